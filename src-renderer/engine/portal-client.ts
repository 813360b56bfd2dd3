import { z } from 'zod'
import { problemSchema } from '#shared/portal/calls'
import { SERVER_TIME_HEADER } from '#shared/portal/protocol'
import { readRetryAfter } from '#shared/sync/backoff'
import { nextOffset } from '#shared/sync/clock-offset'
import { parseInstant } from '#shared/time/instant'
import { boundedText, MOST_BYTES, TooLargeError } from './bounded-text'
import type { EngineWorld } from './engine-world'

/** Main answers this scheme: it adds the token and pins the portal's origin. */
export const PORTAL = 'portal://api/v1'

const TIMEOUT_MS = 30_000
/** Of a file of 10 MB over a line of 400 kbit/s. */
const UPLOAD_TIMEOUT_MS = 240_000

/** Main refuses a request when somebody else is signed in by now (src-main/portal-scheme.ts). */
export const PROFILE_HEADER = 'x-desk-profile'
/** On answers that main itself gave because the portal could not be asked; carries the reason's code. */
const MAIN_PROBLEM_HEADER = 'x-portal-problem'

export type Failure =
  /** No usable answer; `answered` when something did answer. Worth trying again. */
  | {
      readonly kind: 'offline'
      readonly message: string
      readonly answered: boolean
      readonly retryAfterMs?: number
      /** Less at once may get through: it was too large, or not here in time. */
      readonly tooMuch?: true
    }
  | { readonly kind: 'unauthorised' }
  /** The position in the feed is too old. */
  | { readonly kind: 'gone' }
  /** The portal understood and said no: asking again changes nothing. */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'stopped' }

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure }

export type PortalClient = {
  get<S extends z.ZodType>(path: string, schema: S): Promise<Answer<z.output<S>>>
  post<S extends z.ZodType>(path: string, body: unknown, schema: S): Promise<Answer<z.output<S>>>
  /** Stores bytes; they have time to arrive. */
  put(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<Answer<null>>
  /** Says something that has no answer; whether it was heard is not known. */
  tell(path: string, body: unknown): void
  /** Portal time − desk time, ms; `undefined` until the first answer. */
  offsetMs(): number | undefined
  readonly profile: string
  /** Takes the portal's time from any response, such as the stream's. */
  heard(response: Response, sentAt: number): void
}

export type ClientInput = {
  readonly world: EngineWorld
  readonly profile: string
  readonly signal: AbortSignal
  readonly offsetMs: number | undefined
  readonly onOffset: (offsetMs: number) => void
}

/** Of a call that is answered by its status alone; anywhere else an empty answer is a broken one. */
const NOTHING: z.ZodType<null> = z.null()

/** Speaks with the portal; every way in which an answer can be wrong becomes a failure in words. */
export function createClient({ world, profile, signal, offsetMs, onOffset }: ClientInput): PortalClient {
  let offset = offsetMs

  const heard = (response: Response, sentAt: number): void => {
    const serverAt = parseInstant(response.headers.get(SERVER_TIME_HEADER) ?? '')
    if (serverAt === undefined) return
    const next = nextOffset(offset, { sentAt, receivedAt: world.now(), serverAt })
    if (next === undefined || next === offset) return
    offset = next
    onOffset(next)
  }

  async function ask<S extends z.ZodType>(
    path: string,
    schema: S,
    init: RequestInit,
    timeoutMs = TIMEOUT_MS,
  ): Promise<Answer<z.output<S>>> {
    if (signal.aborted) return failed({ kind: 'stopped' })
    const what = `${init.method ?? 'GET'} ${path.split('?')[0]}`
    const abort = new AbortController()
    let timedOut = false
    const cancelTimer = world.after(timeoutMs, () => {
      timedOut = true
      abort.abort()
    })
    const onStop = (): void => abort.abort()
    signal.addEventListener('abort', onStop)
    let answered = false
    try {
      const sentAt = world.now()
      const headers = { ...init.headers, [PROFILE_HEADER]: profile }
      const response = await world.fetch(`${PORTAL}${path}`, { ...init, headers, signal: abort.signal })
      answered = true
      heard(response, sentAt)
      const text = await boundedText(response, abort.signal)
      return read(text, response, schema, what, world.now() + (offset ?? 0))
    } catch (error) {
      if (signal.aborted) return failed({ kind: 'stopped' })
      if (timedOut) return tooMuch(`the portal did not answer within ${timeoutMs / 1000} s`, answered)
      if (error instanceof TooLargeError) {
        return tooMuch(`the portal's answer is larger than ${MOST_BYTES / 1e6} MB (${what})`, answered)
      }
      const why = error instanceof Error ? error.message : String(error)
      return offline(
        answered ? `the portal's answer broke off (${what}: ${why})` : `the portal can't be reached (${why})`,
        answered,
      )
    } finally {
      cancelTimer()
      signal.removeEventListener('abort', onStop)
    }
  }

  return {
    get: (path, schema) => ask(path, schema, {}),
    post: (path, body, schema) =>
      ask(path, schema, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    put: (path, bytes) =>
      ask(
        path,
        NOTHING,
        { method: 'PUT', headers: { 'content-type': 'application/octet-stream' }, body: bytes },
        UPLOAD_TIMEOUT_MS,
      ),
    tell: (path, body) => {
      void ask(path, z.unknown(), {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    },
    offsetMs: () => offset,
    profile,
    heard,
  }
}

function failed<T>(failure: Failure): Answer<T> {
  return { ok: false, failure }
}

function offline<T>(message: string, answered = true, retryAfterMs?: number): Answer<T> {
  const failure: Failure = { kind: 'offline', message, answered }
  return failed(retryAfterMs === undefined ? failure : { ...failure, retryAfterMs })
}

function tooMuch<T>(message: string, answered: boolean): Answer<T> {
  return failed({ kind: 'offline', message, answered, tooMuch: true })
}

function read<S extends z.ZodType>(
  text: string,
  response: Response,
  schema: S,
  what: string,
  now: number,
): Answer<z.output<S>> {
  const json = Object.is(schema, NOTHING) && response.status === 204 ? null : parse(text)
  if (!response.ok) return refused(response, json, text, what, now)
  if (json === undefined) return offline(`${notData(response, text)} (${what})`)
  const decoded = schema.safeDecode(json as z.input<S>)
  if (decoded.success) return { ok: true, value: decoded.data }
  const issue = decoded.error.issues[0]
  const field = issue?.path.join('.') || 'the answer'
  return offline(`the portal's answer is not as agreed: ${field} ${issue?.message ?? 'is wrong'} (${what})`)
}

function refused<T>(response: Response, json: unknown, text: string, what: string, now: number): Answer<T> {
  const { status } = response
  if (status === 401) return failed({ kind: 'unauthorised' })
  if (status === 410) return failed({ kind: 'gone' })
  const problem = problemSchema.safeDecode(json as z.input<typeof problemSchema>)
  const words = problem.success ? (problem.data.detail ?? problem.data.title) : undefined
  const fromMain = response.headers.get(MAIN_PROBLEM_HEADER) ?? undefined
  if (problem.success && fromMain !== undefined && fromMain !== 'too-large') {
    const { title, detail } = problem.data
    return offline(detail ?? title, false)
  }
  const passing = status >= 500 || status === 408 || status === 425 || status === 429
  if (problem.success && !passing) {
    return failed({ kind: 'refused', code: problem.data.code, message: words ?? `status ${status}` })
  }
  const retryAfterMs = readRetryAfter(response.headers.get('retry-after') ?? undefined, now)
  if (status === 429) return offline('the portal asks this desk to slow down (429)', true, retryAfterMs)
  const said = words ?? (json === undefined && text !== '' ? notData(response, text) : undefined)
  return offline(`the portal answered ${status}${said ? `: ${said}` : ''} (${what})`, true, retryAfterMs)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function notData(response: Response, text: string): string {
  const type = response.headers.get('content-type') ?? ''
  if (type.includes('html') || /^\s*</.test(text)) {
    return 'a web page came instead of data: is there a proxy or a sign-in page in between?'
  }
  return text === '' ? 'an empty answer came' : "the answer was cut short or isn't JSON"
}
