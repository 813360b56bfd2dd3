import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { assertNever } from '#shared/assert-never'
import { SERVER_TIME_HEADER } from '#shared/portal/protocol'
import type { Call, Fault, Question, Rule } from './fault'
import { type Answer, badStream, canned, drip, flood, pageOf, send, sendHalf } from './spoilt-answers'

export type Asked = {
  readonly call: Call | 'other'
  readonly url: string
  /** By the machine's clock. */
  readonly at: number
}
type Ask = (path: string, init: RequestInit) => Promise<Response>
type Exchange = {
  readonly call: Asked['call']
  readonly path: string
  readonly init: RequestInit
  readonly response: ServerResponse
}
type Live = { readonly rule: Rule; toSkip: number; left: number; times: number }
type Hit = { readonly fault: Fault; readonly times: number }

const CALLS = ['session', 'bootstrap', 'changes', 'commands', 'stream'] as const

/**
 * A real HTTP server on loopback between a desk and a portal, which does to each request what the first rule that
 * fits it says, and passes on all others.
 */
export class FaultProxy {
  readonly asked: Asked[] = []
  /** Bytes of floods that reached the network. */
  floodedBytes = 0
  /** Most records on a page, so that a small workspace has many; what the desk asks for when it is less. */
  pageLimit = 10
  readonly #portal: Ask
  readonly #after: (ms: number, callback: () => void) => () => void
  readonly #now: () => number
  readonly #clock: () => number
  readonly #onStream: () => void
  readonly #sockets = new Set<Socket>()
  readonly #held = new Set<ServerResponse>()
  readonly #streams = new Set<ServerResponse>()
  /** The answers that were passed on last, by call. */
  readonly #last = new Map<string, Answer>()
  #rules: Live[] = []
  #server: Server | undefined
  #port = 0

  /**
   * @param parts.portal answers without a network
   * @param parts.after time in which answers drip
   * @param parts.now the portal's clock
   * @param parts.clock the desk's
   * @param parts.onStream a stream is open that wants to be told that its portal lives
   */
  constructor(parts: {
    portal: Ask
    after: (ms: number, callback: () => void) => () => void
    now: () => number
    clock: () => number
    onStream: () => void
  }) {
    this.#portal = parts.portal
    this.#after = parts.after
    this.#now = parts.now
    this.#clock = parts.clock
    this.#onStream = parts.onStream
  }

  /** Starts to listen, at the address of before if there was one. */
  async up(): Promise<void> {
    const server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => response.destroy(error as Error))
    })
    server.on('connection', (socket) => {
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
    })
    server.keepAliveTimeout = 60_000
    await new Promise<void>((listening) => server.listen(this.#port, '127.0.0.1', listening))
    this.#port = (server.address() as AddressInfo).port
    this.#server = server
  }

  /** Nothing listens any more: connections are refused, those that are open are reset. */
  async down(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    if (!server) return
    const closed = new Promise((resolve) => server.close(resolve))
    for (const socket of this.#sockets) socket.resetAndDestroy()
    await closed
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** Replaces what is done to requests from now on. */
  follow(rules: readonly Rule[]): void {
    this.#rules = rules.map((rule) => ({
      rule,
      toSkip: rule.after ?? 0,
      left: rule.times ?? Number.POSITIVE_INFINITY,
      times: 0,
    }))
  }

  /** Requests that wait for time to pass or for a rule to be taken away. */
  get held(): number {
    return this.#held.size
  }

  /** Faults that have not hit as often as they were to. */
  get unspent(): number {
    return this.#rules.filter(({ left }) => Number.isFinite(left) && left > 0).length
  }

  get openStreams(): number {
    return this.#streams.size
  }

  /** What a portal says now and then so that its streams are known to live; silent ones stay silent. */
  heartbeat(): void {
    for (const stream of this.#streams) stream.write(': heartbeat\n\n')
  }

  cutStreams(): void {
    for (const stream of this.#streams) stream.socket?.resetAndDestroy()
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const url = new URL(request.url ?? '/', 'http://portal')
    const call = CALLS.find((name) => url.pathname === `/v1/${name}`) ?? 'other'
    this.asked.push({ call, url: `${url.pathname}${url.search}`, at: this.#clock() })
    if (call === 'bootstrap' || call === 'changes') {
      const wanted = Number(url.searchParams.get('limit') ?? this.pageLimit)
      url.searchParams.set('limit', String(Math.min(wanted, this.pageLimit)))
    }
    const gone = new AbortController()
    response.on('close', () => {
      this.#held.delete(response)
      this.#streams.delete(response)
      gone.abort()
    })
    const exchange: Exchange = {
      call,
      path: `${url.pathname}${url.search}`,
      init: {
        method: request.method ?? 'GET',
        headers: headersOf(request),
        signal: gone.signal,
        ...(parts.length > 0 ? { body: Buffer.concat(parts) } : {}),
      },
      response,
    }
    const hit = this.#hitOf(call, String(exchange.init.body ?? ''))
    if (hit) await this.#spoil(exchange, hit)
    else if (call === 'stream') await this.#stream(exchange)
    else this.#pass(exchange, await this.#ask(exchange))
  }

  #hitOf(call: Asked['call'], body: string): Hit | undefined {
    for (const live of this.#rules) {
      const { on, holding, fault } = live.rule
      if (on !== 'everything' && on !== call) continue
      if (holding !== undefined && !body.includes(holding)) continue
      if (live.toSkip > 0) live.toSkip -= 1
      else if (live.left > 0) {
        live.left -= 1
        live.times += 1
        return { fault, times: live.times }
      }
    }
    return undefined
  }

  async #spoil(exchange: Exchange, { fault, times }: Hit): Promise<void> {
    const { response, call } = exchange
    switch (fault.kind) {
      case 'never answers':
        this.#held.add(response)
        break
      case 'reset':
        response.socket?.resetAndDestroy()
        break
      case 'answer lost':
        await this.#ask(exchange)
        if (fault.by === 'reset') response.socket?.resetAndDestroy()
        else this.#held.add(response)
        break
      case 'half':
        sendHalf(response, await this.#ask(exchange), fault.ends)
        break
      case 'answers':
        send(response, canned(fault.answer, this.#now(), times))
        break
      case 'drips': {
        const answer = await this.#ask(exchange)
        this.#held.add(response)
        await drip(response, answer, fault, this.#after)
        this.#held.delete(response)
        break
      }
      case 'spoils': {
        const answer = await this.#ask(exchange)
        const edited = await fault.edit(pageOf(answer), this.#question(exchange, times))
        this.#pass(exchange, { ...answer, body: Buffer.from(JSON.stringify(edited)) })
        break
      }
      case 'repeats':
        this.#pass(exchange, this.#last.get(call) ?? (await this.#ask(exchange)))
        break
      case 'hides the time': {
        const { headers, ...answer } = await this.#ask(exchange)
        const { [SERVER_TIME_HEADER]: _, ...others } = headers
        send(response, { ...answer, headers: others })
        break
      }
      case 'floods':
        flood(response, fault.bytes, (bytes) => {
          this.floodedBytes += bytes
        })
        break
      case 'stream':
        badStream(response, fault.then)
        if (fault.then === 'only heartbeats') this.#opened(response)
        break
      default:
        assertNever(fault, 'fault')
    }
  }

  #opened(stream: ServerResponse): void {
    this.#streams.add(stream)
    this.#onStream()
  }

  #question(exchange: Exchange, times: number): Question {
    const url = new URL(exchange.path, 'http://portal')
    const last = this.#last.get(exchange.call)
    return {
      after: url.searchParams.get('after') ?? undefined,
      times,
      before: last && pageOf(last),
      from: async (after) => {
        url.searchParams.set('after', after)
        return pageOf(await this.#ask({ ...exchange, path: `${url.pathname}${url.search}` }))
      },
    }
  }

  async #ask({ path, init }: Exchange): Promise<Answer> {
    const answer = await this.#portal(path, init)
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    }
  }

  #pass({ call, response }: Exchange, answer: Answer): void {
    this.#last.set(call, answer)
    send(response, answer)
  }

  async #stream({ response, path, init }: Exchange): Promise<void> {
    const answer = await this.#portal(path, init)
    response.writeHead(answer.status, Object.fromEntries(answer.headers))
    if (!answer.body) {
      response.end()
      return
    }
    if (answer.ok) this.#opened(response)
    const reader = answer.body.getReader()
    response.on('close', () => void reader.cancel().catch(() => {}))
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      response.write(value)
    }
    response.end()
  }
}

function headersOf(request: IncomingMessage): Record<string, string> {
  const { host: _, connection: __, 'content-length': ___, ...rest } = request.headers
  return Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]))
}
