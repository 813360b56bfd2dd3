import { z } from 'zod'
import type { signInErrorCodes } from '#shared/ipc'
import { problemSchema, type Session, sessionSchema } from '#shared/portal/calls'
import { PROTOCOL_VERSION } from '#shared/portal/protocol'
import { DeskFailure } from './desk-failure'
import { networkFailure } from './network-failure'

export type SignInErrorCode = (typeof signInErrorCodes)[number]

/** A sign-in that failed for a reason the form knows; the message names the thing and the remedy. */
export class SignInFailure extends DeskFailure {
  declare readonly code: SignInErrorCode

  constructor(code: SignInErrorCode, message: string) {
    super(code, message)
    this.name = 'SignInFailure'
  }
}

type Fetch = (url: string, init: RequestInit) => Promise<Response>

const TIMEOUT_MS = 10_000
const MAX_ANSWER_BYTES = 100_000

const productSchema = z.object({ product: z.literal('meridian-portal'), protocol: z.number() })

/**
 * Asks a portal who a token belongs to.
 * @param base as from `parsePortalUrl`
 * @throws SignInFailure
 */
export async function askSession(parts: {
  readonly fetch: Fetch
  readonly base: string
  readonly token: string
  readonly timeoutMs?: number
}): Promise<Session> {
  const { base, token } = parts
  // A token with other characters can't be in a header; it was surely pasted wrongly.
  if (!/^[\x21-\x7e]{1,2000}$/.test(token)) {
    throw new SignInFailure(
      'bad-token',
      'The token has spaces or other characters no token has; paste it again',
    )
  }
  const { status, text } = await ask(parts)
  const value = json(text)
  if (status === 401 || status === 403) {
    if (!problemSchema.safeParse(value).success)
      throw notAPortal(base, `it answered ${status} without a reason`)
    throw new SignInFailure(
      'bad-token',
      `${base} does not accept this token: it is mistyped, expired or revoked. Ask your supervisor for a new one`,
    )
  }
  if (status === 429 || status >= 500) {
    throw new SignInFailure(
      'portal-failed',
      `${base} answered ${status}; try again in a minute, or ask who runs it`,
    )
  }
  const product = productSchema.safeParse(value)
  if (status !== 200 || !product.success) throw notAPortal(base, whatCame(status, text, value))
  if (product.data.protocol > PROTOCOL_VERSION) {
    throw new SignInFailure(
      'newer-protocol',
      `${base} speaks version ${product.data.protocol} of the protocol, this console version ${PROTOCOL_VERSION}: update the console`,
    )
  }
  const session = sessionSchema.safeDecode(value as z.input<typeof sessionSchema>)
  if (session.success) return session.data
  const issue = session.error.issues[0]
  throw notAPortal(base, `its answer has a wrong "${issue?.path.join('.') ?? ''}"`)
}

async function ask(parts: {
  readonly fetch: Fetch
  readonly base: string
  readonly token: string
  readonly timeoutMs?: number
}): Promise<{ readonly status: number; readonly text: string }> {
  const { base } = parts
  const abort = new AbortController()
  const timeoutMs = parts.timeoutMs ?? TIMEOUT_MS
  const timer = setTimeout(() => abort.abort(), timeoutMs)
  try {
    const answer = await parts.fetch(`${base}/v1/session`, {
      headers: { accept: 'application/json', authorization: `Bearer ${parts.token}` },
      redirect: 'error',
      credentials: 'omit',
      cache: 'no-store',
      signal: abort.signal,
    })
    return { status: answer.status, text: await boundedText(answer) }
  } catch (error) {
    if (abort.signal.aborted) {
      throw new SignInFailure(
        'unreachable',
        `${base} did not answer within ${timeoutMs / 1000} s; check the address and your network`,
      )
    }
    const { code, reason } = networkFailure(error)
    if (code === 'redirected') throw notAPortal(base, `${reason}; give that address`)
    throw new SignInFailure(
      'unreachable',
      `${base} can’t be reached: ${reason}. Check the address, your network, and that the portal is running`,
    )
  } finally {
    clearTimeout(timer)
  }
}

/** The body as text; what is beyond a portal's possible answer is left unread. */
async function boundedText(answer: Response): Promise<string> {
  const reader = answer.body?.getReader()
  if (reader === undefined) return ''
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for (;;) {
    const part = await reader.read()
    if (part.done) return text + decoder.decode()
    size += part.value.byteLength
    text += decoder.decode(part.value, { stream: true })
    if (size > MAX_ANSWER_BYTES) {
      await reader.cancel()
      return text
    }
  }
}

function notAPortal(base: string, why: string): SignInFailure {
  return new SignInFailure(
    'not-a-portal',
    `${base} is not a Meridian portal (${why}). Check the address with who runs your portal`,
  )
}

function whatCame(status: number, text: string, value: unknown): string {
  if (value === undefined) {
    return /<html|<!doctype/i.test(text.slice(0, 2000))
      ? 'a web page came back'
      : `it answered ${status}, not JSON`
  }
  return status === 200 ? 'it answers something else' : `it answered ${status}`
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
