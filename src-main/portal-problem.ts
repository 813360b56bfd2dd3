import type { Problem } from '#shared/portal/calls'
import { APP_ORIGIN } from './app-origin'

/** Why main itself answered a `portal:` request, the portal did not. The header `x-portal-problem` carries the code. */
export const portalProblems = {
  unreachable: { status: 502, title: 'The portal can’t be reached' },
  timeout: { status: 504, title: 'The portal did not answer in time' },
  certificate: { status: 502, title: 'The certificate of the portal is not trusted' },
  redirected: { status: 502, title: 'The portal sent us to another address, which is refused' },
  'signed-out': { status: 503, title: 'Nobody is signed in' },
  'other-profile': { status: 503, title: 'Somebody else is signed in now' },
  forbidden: { status: 403, title: 'This request is not allowed' },
  'too-large': { status: 413, title: 'The request is too large' },
} as const

export type PortalProblem = keyof typeof portalProblems

export const PROBLEM_HEADER = 'x-portal-problem'

/** Headers that let our pages, and no other, read an answer of `portal://api`. */
export const corsHeaders = {
  'access-control-allow-origin': APP_ORIGIN,
  'access-control-expose-headers': `x-server-time, retry-after, ${PROBLEM_HEADER}`,
  vary: 'origin',
} as const

/** The answer to a request that did not get through, in the form of the portal's own problems (RFC 9457). */
export function problemResponse(code: PortalProblem, detail?: string): Response {
  const { status, title } = portalProblems[code]
  const problem: Problem = {
    type: 'about:blank',
    title,
    status,
    code,
    detail: detail === undefined ? title : `${title}: ${detail}`,
  }
  return new Response(JSON.stringify(problem), {
    status,
    headers: { ...corsHeaders, 'content-type': 'application/problem+json', [PROBLEM_HEADER]: code },
  })
}
