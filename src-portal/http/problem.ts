import type { Problem } from '#shared/portal/calls'

/** Every code with its status; desks switch on the code, people read the detail. */
const problems = {
  'bad-request': [400, 'The request can not be understood'],
  'bad-json': [400, 'The body is not JSON'],
  unauthorized: [401, 'A valid token is needed'],
  forbidden: [403, 'This is not for you'],
  'not-found': [404, 'There is no such call'],
  'cursor-too-old': [410, 'Changes can not be read from there: start over with bootstrap'],
  'too-large': [413, 'The body is too large'],
  'not-json': [415, 'The body has to be application/json'],
  'wrong-type': [415, 'The body has to be application/octet-stream'],
  'too-many-calls': [429, 'Slow down'],
  internal: [500, 'The portal failed'],
  unavailable: [503, 'The portal can not answer now'],
} as const
export type ProblemCode = keyof typeof problems

/** The HTTP status that goes with a code. */
export const statusOf = (code: ProblemCode): number => problems[code][0]

/** A call that ends in problem details (RFC 9457) instead of an answer. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  /** Names what to mend: a field of the body or a parameter. */
  readonly field: string | undefined
  /** When it is worth trying again, in ms from now. */
  readonly waitMs: number | undefined
  constructor(
    readonly code: ProblemCode,
    readonly detail?: string,
    { field, waitMs }: { field?: string | undefined; waitMs?: number } = {},
  ) {
    super(detail ?? code)
    this.field = field
    this.waitMs = waitMs
  }
}

const HEADERS: Partial<Record<ProblemCode, Record<string, string>>> = {
  unauthorized: { 'www-authenticate': 'Bearer' },
  unavailable: { 'retry-after': '5' },
}

function retryAfter(waitMs: number | undefined): Record<string, string> {
  return waitMs === undefined ? {} : { 'retry-after': String(Math.max(1, Math.ceil(waitMs / 1000))) }
}

export function problemResponse({ code, detail, field, waitMs }: ProblemError): Response {
  const [status, title] = problems[code]
  const problem: Problem = {
    type: `urn:meridian:problem:${code}`,
    title,
    status,
    code,
    ...(detail === undefined ? {} : { detail }),
    ...(field === undefined ? {} : { field }),
  }
  return new Response(JSON.stringify(problem), {
    status,
    headers: { ...HEADERS[code], ...retryAfter(waitMs), 'content-type': 'application/problem+json' },
  })
}
