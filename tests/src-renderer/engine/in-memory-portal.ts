import { type Command, commandSchema, targetKind } from '#shared/commands/command'
import { judge } from '#shared/commands/judge'
import { VERSIONS_PER_COMMAND } from '#shared/commands/judgement'
import type { Lookup } from '#shared/commands/subjects'
import { type CommandResult, commandBatchSchema } from '#shared/portal/calls'
import { PROTOCOL_VERSION, SERVER_TIME_HEADER } from '#shared/portal/protocol'
import {
  decodeRecord,
  encodeValue,
  type RecordKind,
  type RecordValue,
  type WireRecord,
} from '#shared/portal/records'
import type { Agent } from '#shared/tickets/people'
import type { Ticket } from '#shared/tickets/ticket'
import { attachmentsOf } from '../../../src-renderer/store/files'
import { ana } from '../../src-shared/tickets/samples'

export type Fault = (
  url: string,
  init: RequestInit,
) => Promise<Response> | Response | 'lose-answer' | undefined

/**
 * A portal in memory, for the engine's tests: the same decide and apply, the same wire, and faults on demand.
 * It is a fake: the real one, with its database, is src-portal.
 */
export class InMemoryPortal {
  version = 0
  /** Portal time − machine time, ms. */
  offsetMs = 0
  protocol = PROTOCOL_VERSION
  agent: Agent = ana
  workspaceId = 'acme'
  /** Positions older than this answer 410. */
  oldestCursor = 0
  withStream = false
  fault: Fault = () => undefined
  readonly requests: string[] = []
  readonly records = new Map<string, WireRecord>()
  readonly tickets = new Map<string, Ticket>()
  readonly answers = new Map<string, CommandResult>()
  /** Files by their ids. */
  readonly files = new Map<string, Uint8Array>()
  applied = 0
  readonly #streams = new Set<ReadableStreamDefaultController<Uint8Array>>()
  readonly #machine: { clock: number }

  constructor(machine: { clock: number }) {
    this.#machine = machine
  }

  get now(): number {
    return this.#machine.clock + this.offsetMs
  }

  put<K extends RecordKind>(kind: K, id: string, value: RecordValue<K> | undefined): number {
    this.version += 1
    this.records.set(`${kind}/${id}`, {
      kind,
      id,
      version: this.version,
      ...(value === undefined ? {} : { value: encodeValue(kind, value) }),
    })
    if (kind === 'ticket') {
      if (value === undefined) this.tickets.delete(id)
      else this.tickets.set(id, value as Ticket)
    }
    return this.version
  }

  /** A record as it is, however wrong. */
  putRaw(kind: string, id: string, value: unknown): void {
    this.version += 1
    this.records.set(`${kind}/${id}`, { kind, id, version: this.version, value })
  }

  take(command: Command, actor: Agent): CommandResult {
    const before = this.answers.get(command.id)
    if (before) return { ...before, duplicate: true }
    const result = this.#decide(command, actor)
    this.answers.set(command.id, result)
    return result
  }

  #decide(command: Command, actor: Agent): CommandResult {
    const { id, target } = command
    if (attachmentsOf(command).some((file) => this.files.get(file.id)?.byteLength !== file.size)) {
      return { id, outcome: 'rejected', code: 'attachment-missing', message: 'a file did not arrive' }
    }
    const version = this.version + VERSIONS_PER_COMMAND
    const judged = judge({ command, lookup: this.#lookup, actor, at: this.now, version })
    if (judged.kind === 'conflict') {
      const current = this.records.get(`${targetKind(command)}/${target}`)
      if (!current) throw new Error('a conflict about a record that is not there')
      return { id, outcome: 'conflict', current, fields: [...judged.fields] }
    }
    if (judged.kind === 'reject') {
      return { id, outcome: 'rejected', code: judged.code, message: judged.message }
    }
    for (const change of judged.changes) {
      this.version = change.version - 1
      this.put(change.kind, change.id, change.value as never)
    }
    this.applied += 1
    this.poke()
    return { id, outcome: 'applied', version }
  }

  readonly #lookup: Lookup = {
    get: (kind, id) => {
      const wire = this.records.get(`${kind}/${id}`)
      if (!wire) return undefined
      const decoded = decodeRecord(wire)
      if ('problem' in decoded) throw new Error(decoded.problem.problem)
      return { version: wire.version, value: decoded.record.value as never }
    },
    all: (kind) =>
      [...this.records.values()].flatMap((wire) => {
        const value = wire.kind === kind ? this.#lookup.get(kind, wire.id)?.value : undefined
        return value === undefined ? [] : [value]
      }) as never,
  }

  poke(): void {
    this.say(`event: poke\ndata: {"cursor":"${this.version}"}\n\n`)
  }

  /** Sends text to every open stream. */
  say(text: string): void {
    for (const stream of this.#streams) stream.enqueue(new TextEncoder().encode(text))
  }

  cutStreams(): void {
    for (const stream of this.#streams) stream.error(new TypeError('network error'))
    this.#streams.clear()
  }

  get openStreams(): number {
    return this.#streams.size
  }

  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const { pathname, searchParams } = new URL(url.replace('portal://api', 'http://portal'))
    const path = pathname.replace('/v1/', '')
    this.requests.push(`${init.method ?? 'GET'} ${path}${url.includes('?') ? `?${searchParams}` : ''}`)
    const fault = await this.fault(path, init)
    if (fault instanceof Response) return fault
    const answer = this.#answer(path, searchParams, init)
    if (fault === 'lose-answer') throw new TypeError('connection reset')
    return answer
  }

  #answer(path: string, query: URLSearchParams, init: RequestInit): Response {
    const limit = Number(query.get('limit') ?? 1000)
    const [, fileId] = /^attachments\/(.+)$/.exec(path) ?? []
    if (fileId !== undefined) return this.#store(fileId, init.body as Uint8Array)
    switch (path) {
      case 'session':
        return this.#json({
          product: 'meridian-portal',
          protocol: this.protocol,
          workspace: { id: this.workspaceId, name: 'Acme' },
          agent: this.agent,
          serverTime: new Date(this.now).toISOString(),
          features: [],
        })
      case 'bootstrap': {
        const [first, index] = (query.get('after') ?? `${this.version}.0`).split('.').map(Number)
        const alive = [...this.records.values()].filter(({ value }) => value !== undefined)
        const start = index ?? 0
        const end = start + limit
        return this.#json({
          records: alive.slice(start, end),
          cursor: String(first),
          ...(end < alive.length ? { next: `${first}.${end}` } : {}),
          progress: { done: Math.min(end, alive.length), total: alive.length, openDone: end >= alive.length },
        })
      }
      case 'changes': {
        const after = Number(query.get('after'))
        if (after < this.oldestCursor) return problem(410, 'cursor-too-old', 'start over')
        const newer = [...this.records.values()]
          .filter(({ version }) => version > after)
          .sort((a, b) => a.version - b.version)
        // A version is never cut in two.
        const last = newer[limit - 1]?.version ?? this.version
        const records = newer.filter(({ version }) => version <= last)
        return this.#json({ records, cursor: String(last), more: records.length < newer.length })
      }
      case 'commands': {
        const { commands } = commandBatchSchema.parse(JSON.parse(String(init.body)))
        return this.#json({
          results: commands.map((raw) => this.take(commandSchema.decode(raw as never), this.agent)),
        })
      }
      case 'stream':
        return this.withStream ? this.#openStream() : problem(404, 'no-stream', 'no stream here')
      default:
        return problem(404, 'not-found', path)
    }
  }

  /** Once more is harmless; other bytes under the same id are refused. */
  #store(id: string, bytes: Uint8Array): Response {
    const known = this.files.get(id)
    if (known && Buffer.compare(known, bytes) !== 0)
      return problem(400, 'bad-request', 'another file has this id')
    this.files.set(id, bytes.slice())
    return new Response(null, { status: 204, headers: this.#time() })
  }

  #openStream(): Response {
    let mine: ReadableStreamDefaultController<Uint8Array> | undefined
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        mine = controller
        this.#streams.add(controller)
      },
      cancel: () => {
        if (mine) this.#streams.delete(mine)
      },
    })
    return new Response(body, { headers: { ...this.#time(), 'content-type': 'text/event-stream' } })
  }

  #json(value: unknown): Response {
    return new Response(JSON.stringify(value), {
      headers: { ...this.#time(), 'content-type': 'application/json' },
    })
  }

  #time(): Record<string, string> {
    return { [SERVER_TIME_HEADER]: new Date(this.now).toISOString() }
  }
}

export function problem(
  status: number,
  code: string,
  detail: string,
  headers: Record<string, string> = {},
): Response {
  return new Response(JSON.stringify({ type: 'about:blank', title: code, status, code, detail }), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  })
}
