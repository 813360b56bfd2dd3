import { describe, expect, it, onTestFinished, test, vi } from 'vitest'
import { type PortalTarget, PROFILE_HEADER, portalScheme } from '../../src-main/portal-scheme'

const ready: PortalTarget = {
  kind: 'ready',
  base: 'https://p.example/desk',
  token: 'secret',
  profile: 'ws.ana',
}

type Sent = { readonly url: string; readonly init: RequestInit }

function door(
  options: {
    readonly target?: PortalTarget
    readonly answer?: (sent: Sent) => Response | Promise<Response>
    readonly limitMs?: number
  } = {},
) {
  const sent: Sent[] = []
  const made = portalScheme({
    target: async () => options.target ?? ready,
    fetch: async (url, init) => {
      sent.push({ url, init })
      return (await options.answer?.({ url, init })) ?? new Response('{}')
    },
    ...(options.limitMs === undefined ? {} : { limitMs: options.limitMs }),
  })
  return { door: made, sent }
}

const ask = (path: string, init?: RequestInit) => new Request(`portal://api${path}`, init)
const problemOf = async (response: Response) => ({
  status: response.status,
  header: response.headers.get('x-portal-problem'),
  body: await response.json(),
})

describe('a request to portal://api', () => {
  it('goes to the configured portal with the token, without anything else of the page', async () => {
    const { door: made, sent } = door()
    await made.handle(
      ask('/v1/commands?x=1', {
        method: 'POST',
        body: '{"a":1}',
        headers: {
          'content-type': 'application/json',
          authorization: 'Bearer forged',
          cookie: 'a=b',
          'x-other': '1',
        },
      }),
    )
    expect(sent[0]?.url).toBe('https://p.example/desk/v1/commands?x=1')
    expect(sent[0]?.init).toMatchObject({
      method: 'POST',
      headers: { authorization: 'Bearer secret', 'content-type': 'application/json' },
      redirect: 'error',
      credentials: 'omit',
    })
    expect(Object.keys(sent[0]?.init.headers ?? {}).sort()).toEqual(['authorization', 'content-type'])
    expect(new TextDecoder().decode(sent[0]?.init.body as Uint8Array)).toBe('{"a":1}')
  })

  it('answers with what the page may see, readable by our pages only', async () => {
    const { door: made } = door({
      answer: () =>
        new Response('{"ok":true}', {
          status: 429,
          headers: {
            'content-type': 'application/json',
            'retry-after': '7',
            'x-server-time': 't',
            'set-cookie': 'a=b',
          },
        }),
    })
    const response = await made.handle(ask('/v1/changes'))
    expect(response.status).toBe(429)
    expect(Object.fromEntries(response.headers)).toEqual({
      'access-control-allow-origin': 'console://app',
      'access-control-expose-headers': 'x-server-time, retry-after, x-portal-problem',
      'content-type': 'application/json',
      'retry-after': '7',
      'x-server-time': 't',
      vary: 'origin',
    })
    expect(await response.json()).toEqual({ ok: true })
    expect(made.openCount).toBe(0)
  })

  test.each([204, 304])('passes %i on, which has no body', async (status) => {
    const { door: made } = door({ answer: () => new Response(null, { status }) })
    expect((await made.handle(ask('/v1/changes'))).status).toBe(status)
  })

  test.each([
    ['outside /v1/', ask('/admin')],
    ['/v1 as the beginning of another name', ask('/v1x/changes')],
    ['up and out', ask('/v1/../admin')],
    ['up and out, encoded', ask('/v1/%2e%2e/admin')],
    ['up and out, with backslashes', ask('/v1/..\\..\\admin')],
    ['another host', new Request('portal://evil/v1/changes')],
    ['another method', ask('/v1/changes', { method: 'DELETE' })],
    ['a page of another origin', ask('/v1/changes', { headers: { origin: 'https://evil.example' } })],
  ])('is refused: %s', async (_name, request) => {
    const { door: made, sent } = door()
    expect(await problemOf(await made.handle(request))).toMatchObject({ status: 403, header: 'forbidden' })
    expect(sent).toEqual([])
  })

  it('is refused with more than a megabyte', async () => {
    const { door: made, sent } = door()
    const request = ask('/v1/commands', { method: 'POST', body: 'x'.repeat(1_000_001) })
    expect(await problemOf(await made.handle(request))).toMatchObject({ status: 413, header: 'too-large' })
    expect(sent).toEqual([])
  })

  test.each<[string, PortalTarget, number, string]>([
    ['nobody is signed in', { kind: 'signed-out' }, 503, 'signed-out'],
    ['the demo could not start', { kind: 'unreachable', reason: 'no space left' }, 502, 'unreachable'],
  ])('is answered in words when %s', async (_name, target, status, code) => {
    const problem = await problemOf(await door({ target }).door.handle(ask('/v1/changes')))
    expect(problem).toMatchObject({ status, header: code, body: { code, status } })
  })

  test.each([
    ['net::ERR_CONNECTION_REFUSED', 502, 'unreachable', /nothing answers/],
    ['net::ERR_NAME_NOT_RESOLVED', 502, 'unreachable', /no such host/],
    ['net::ERR_CERT_AUTHORITY_INVALID', 502, 'certificate', /certificate/],
    ['net::ERR_TIMED_OUT', 504, 'timeout', /in time/],
    ["Attempted to redirect, but redirect policy was 'error'", 502, 'redirected', /another address/],
    ['net::ERR_SOMETHING_ELSE', 502, 'unreachable', /ERR_SOMETHING_ELSE/],
    ['fetch failed with Bearer secret', 502, 'unreachable', /failed/],
  ])('is answered in words when the network says %s', async (message, status, code, detail) => {
    const { door: made } = door({ answer: () => Promise.reject(new Error(message)) })
    const problem = await problemOf(await made.handle(ask('/v1/changes')))
    expect(problem).toMatchObject({
      status,
      header: code,
      body: { code, detail: expect.stringMatching(detail) },
    })
    expect(JSON.stringify(problem)).not.toContain('secret')
    expect(made.openCount).toBe(0)
  })

  it('ends when the portal is silent for too long', async () => {
    const { door: made } = door({ limitMs: 5, answer: ({ init }) => untilAborted(init) })
    expect(await problemOf(await made.handle(ask('/v1/changes')))).toMatchObject({
      status: 504,
      header: 'timeout',
    })
  })

  it('is refused for somebody who is not signed in any more', async () => {
    const { door: made, sent } = door()
    const request = ask('/v1/commands', {
      method: 'POST',
      body: '{}',
      headers: { [PROFILE_HEADER]: 'ws.bob' },
    })
    expect(await problemOf(await made.handle(request))).toMatchObject({
      status: 503,
      header: 'other-profile',
    })
    expect(sent).toEqual([])
  })

  it('waits outside while the engine of the person before may still ask', async () => {
    const { door: made, sent } = door()
    made.hold()
    expect(await problemOf(await made.handle(ask('/v1/changes')))).toMatchObject({ header: 'other-profile' })
    expect(sent).toEqual([])
    made.release()
    expect((await made.handle(ask('/v1/changes'))).status).toBe(200)
  })
})

describe('a stream', () => {
  const stream = () => ask('/v1/stream', { headers: { accept: 'text/event-stream' } })

  it('passes each part on as it comes', async () => {
    const upstream = new Upstream()
    const { door: made } = door({ answer: ({ init }) => upstream.response(init) })
    const reader = (await made.handle(stream())).body?.getReader()
    for (const text of ['one', 'two']) {
      upstream.send(text)
      expect(new TextDecoder().decode((await reader?.read())?.value)).toBe(text)
    }
    expect(made.openCount).toBe(1)
  })

  test.each<[string, (made: ReturnType<typeof portalScheme>, page: ReadableStreamDefaultReader) => unknown]>([
    ['the page gives it up', (_made, page) => page.cancel()],
    ['the engine navigates, dies or signs out', (made) => made.closeAll()],
    ['the engine asks for it again', (made) => made.handle(stream())],
  ])('is ended upstream when %s', async (_name, end) => {
    const upstream = new Upstream()
    const { door: made } = door({ answer: ({ init }) => upstream.response(init) })
    const reader = (await made.handle(stream())).body?.getReader()
    if (!reader) throw new Error('no body')
    upstream.send('one')
    await reader.read()
    void end(made, reader)
    await vi.waitFor(() => expect(upstream.signals[0]?.aborted).toBe(true))
    expect(made.openCount).toBe(upstream.signals.length - 1)
  })

  it('is not ended by the limit of ordinary requests', async () => {
    vi.useFakeTimers()
    onTestFinished(() => {
      vi.useRealTimers()
    })
    const upstream = new Upstream()
    const { door: made } = door({ answer: ({ init }) => upstream.response(init) })
    const reader = (await made.handle(stream())).body?.getReader()
    vi.advanceTimersByTime(24 * 3_600_000)
    upstream.send('still here')
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('still here')
  })

  it('breaks off for the page when the portal breaks off', async () => {
    const upstream = new Upstream()
    const { door: made } = door({ answer: ({ init }) => upstream.response(init) })
    const reader = (await made.handle(stream())).body?.getReader()
    upstream.fail(new Error('net::ERR_CONNECTION_RESET'))
    await expect(reader?.read()).rejects.toThrow('ERR_CONNECTION_RESET')
    expect(made.openCount).toBe(0)
  })
})

test('a preflight is answered for our pages', async () => {
  const response = await door().door.handle(ask('/v1/commands', { method: 'OPTIONS' }))
  expect(response.status).toBe(204)
  expect(response.headers.get('access-control-allow-headers')).toContain('content-type')
})

function untilAborted(init: RequestInit): Promise<Response> {
  return new Promise((_resolve, reject) => {
    init.signal?.addEventListener('abort', () => reject(new Error('aborted')))
  })
}

/** A portal whose streams the test feeds. */
class Upstream {
  readonly signals: AbortSignal[] = []
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined

  response(init: RequestInit): Response {
    const { signal } = init
    if (!signal) throw new Error('a stream without a signal can never be ended')
    this.signals.push(signal)
    return new Response(
      new ReadableStream<Uint8Array>({
        start: (controller) => {
          this.#controller = controller
          signal.addEventListener('abort', () => controller.error(new Error('aborted')))
        },
      }),
    )
  }

  send(text: string): void {
    this.#controller?.enqueue(new TextEncoder().encode(text))
  }

  fail(error: Error): void {
    this.#controller?.error(error)
  }
}
