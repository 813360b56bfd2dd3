import { MAX_REQUEST_BYTES, SERVER_TIME_HEADER } from '#shared/portal/protocol'
import { MAX_ATTACHMENT_BYTES } from '#shared/tickets/attachment'
import { APP_ORIGIN } from './app-origin'
import { networkFailure } from './network-failure'
import { corsHeaders, problemResponse } from './portal-problem'

/** Where requests go right now, and as whom. */
export type PortalTarget =
  | { readonly kind: 'ready'; readonly base: string; readonly token: string; readonly profile: string }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'unreachable'; readonly reason: string }

export type PortalDoor = {
  handle(request: Request): Promise<Response>
  /** Ends every open request: the engine navigated, died, or somebody signed in or out. */
  closeAll(): void
  /** Refuses everything until `release`: whoever asks now may still work for the person who was signed in before. */
  hold(): void
  release(): void
  /** Requests and streams that are open, for tests and diagnosis. */
  readonly openCount: number
}

type Fetch = (url: string, init: RequestInit) => Promise<Response>
type Open = { readonly abort: AbortController; readonly stream: string | undefined }

/** A request of the engine may name the profile it works for; it is refused when somebody else is signed in by now. */
export const PROFILE_HEADER = 'x-desk-profile'

const methods: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT'])
const passedToPortal = ['accept', 'content-type', 'last-event-id'] as const
const passedToPage = ['content-type', 'retry-after', SERVER_TIME_HEADER] as const
const bodyless: ReadonlySet<number> = new Set([204, 205, 304])

/** The whole of an ordinary request must be done by then; a stream only its head. */
const LIMIT_MS = 60_000
/** Files are larger than all else, and have more time. */
const FILES = '/v1/attachments/'
const FILE_LIMIT_MS = 300_000

/**
 * Answers `portal://api/v1/...` from the configured portal, and from no other place: the token is added here and
 * never enters a window; redirects, foreign origins and other paths are refused (reliability.md "Doors").
 */
export function portalScheme(parts: {
  readonly target: () => Promise<PortalTarget>
  readonly fetch: Fetch
  readonly limitMs?: number
}): PortalDoor {
  const open = new Set<Open>()
  let held = false

  function close(entry: Open): void {
    open.delete(entry)
    entry.abort.abort()
  }

  function closeAll(): void {
    for (const entry of [...open]) close(entry)
  }

  async function handle(request: Request): Promise<Response> {
    const address = new URL(request.url)
    const origin = request.headers.get('origin')
    if (address.host !== 'api' || (origin !== null && origin !== APP_ORIGIN))
      return problemResponse('forbidden')
    if (request.method === 'OPTIONS') return preflight()
    if (!methods.has(request.method)) return problemResponse('forbidden', `method ${request.method}`)

    const body = request.method === 'GET' ? undefined : new Uint8Array(await request.arrayBuffer())
    const isFile = address.pathname.startsWith(FILES)
    const mostBytes = isFile ? MAX_ATTACHMENT_BYTES : MAX_REQUEST_BYTES
    if (body !== undefined && body.byteLength > mostBytes) {
      return problemResponse('too-large', `at most ${mostBytes} bytes`)
    }
    const target = await parts.target()
    if (held) return problemResponse('other-profile')
    if (target.kind === 'signed-out') return problemResponse('signed-out')
    if (target.kind === 'unreachable') return problemResponse('unreachable', target.reason)
    const profile = request.headers.get(PROFILE_HEADER)
    if (profile !== null && profile !== target.profile) return problemResponse('other-profile')
    const url = inside(target.base, address)
    if (url === undefined) return problemResponse('forbidden', 'only /v1/ of the portal can be asked')

    const limitMs = parts.limitMs ?? (isFile ? FILE_LIMIT_MS : LIMIT_MS)
    return ask({ url, request, body, token: target.token, limitMs })
  }

  async function ask(asked: {
    readonly url: string
    readonly request: Request
    readonly body: Uint8Array<ArrayBuffer> | undefined
    readonly token: string
    readonly limitMs: number
  }): Promise<Response> {
    const { url, request, body, token, limitMs } = asked
    const stream = request.headers.get('accept')?.includes('text/event-stream')
      ? url.split('?')[0]
      : undefined
    // On Electron 25 nothing tells that the page has aborted: asking for a stream again is how an old one is known dead.
    if (stream !== undefined) for (const entry of [...open]) if (entry.stream === stream) close(entry)

    const entry: Open = { abort: new AbortController(), stream }
    open.add(entry)
    let late = false
    const timer = setTimeout(() => {
      late = true
      close(entry)
    }, limitMs)
    request.signal?.addEventListener('abort', () => close(entry))
    const done = () => {
      clearTimeout(timer)
      open.delete(entry)
    }
    try {
      const answer = await parts.fetch(url, {
        method: request.method,
        headers: outgoing(request, token),
        ...(body === undefined ? {} : { body }),
        redirect: 'error',
        credentials: 'omit',
        cache: 'no-store',
        signal: entry.abort.signal,
      })
      if (stream !== undefined) clearTimeout(timer)
      return passOn(answer, entry, done)
    } catch (error) {
      done()
      if (late) return problemResponse('timeout')
      const { code, reason } = networkFailure(error)
      return problemResponse(code, reason)
    }
  }

  return {
    handle,
    closeAll,
    hold() {
      held = true
      closeAll()
    },
    release() {
      held = false
    },
    get openCount() {
      return open.size
    },
  }
}

/** The portal's address of a request, or `undefined` when it would leave `BASE/v1/`. */
function inside(base: string, address: URL): string | undefined {
  const prefix = `${base}/v1/`
  const url = new URL(`${base}${address.pathname}${address.search}`)
  return url.href.startsWith(new URL(prefix).href) ? url.href : undefined
}

function outgoing(request: Request, token: string): Record<string, string> {
  const headers: Record<string, string> = { authorization: `Bearer ${token}` }
  for (const name of passedToPortal) {
    const value = request.headers.get(name)
    if (value !== null) headers[name] = value
  }
  return headers
}

function passOn(answer: Response, entry: Open, done: () => void): Response {
  const headers: Record<string, string> = { ...corsHeaders }
  for (const name of passedToPage) {
    const value = answer.headers.get(name)
    if (value !== null) headers[name] = value
  }
  const { status } = answer
  if (answer.body === null || bodyless.has(status)) {
    done()
    return new Response(null, { status, headers })
  }
  return new Response(watched(answer.body, entry, done), { status, headers })
}

/** The same bytes; ends the upstream when the page gives up, and says when it is over. */
function watched(
  body: ReadableStream<Uint8Array>,
  entry: Open,
  done: () => void,
): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const part = await reader.read()
        if (part.done) {
          done()
          controller.close()
        } else {
          controller.enqueue(part.value)
        }
      } catch (error) {
        done()
        controller.error(error)
      }
    },
    cancel() {
      done()
      entry.abort.abort()
    },
  })
}

function preflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...corsHeaders,
      'access-control-allow-methods': 'GET, POST, PUT',
      'access-control-allow-headers': `accept, content-type, last-event-id, ${PROFILE_HEADER}`,
      'access-control-max-age': '600',
    },
  })
}
