import { type Command, commandSchema, targetKind } from '#shared/commands/command'
import { judge } from '#shared/commands/judge'
import { VERSIONS_PER_COMMAND } from '#shared/commands/judgement'
import type { Lookup } from '#shared/commands/subjects'
import { type CommandResult, commandBatchSchema } from '#shared/portal/calls'
import { PROTOCOL_VERSION } from '#shared/portal/protocol'
import { encodeValue, type RecordKind, type RecordValue, type WireRecord } from '#shared/portal/records'
import type { Agent } from '#shared/tickets/people'
import { isOpen, type Ticket } from '#shared/tickets/ticket'

/** A command that changed something, for whoever checks what became of it. */
export type Taken = { readonly command: Command; readonly agentId: string; readonly version: number }

/** What an operator's backup holds. */
export type Backup = {
  readonly version: number
  readonly records: ReadonlyMap<string, WireRecord>
  readonly values: ReadonlyMap<string, unknown>
  readonly answers: ReadonlyMap<string, Answered>
  readonly taken: readonly Taken[]
}
type Answered = { readonly agentId: string; readonly result: CommandResult }

/** An answer before it is put on the wire. */
export type PortalAnswer = { readonly status: number; readonly json: unknown }

/** A database that was set back counts on from the next multiple (src-portal/db/generation.ts). */
const GENERATION_STEP = 1_000_000_000

/**
 * A portal in memory: the same decide and apply, the same order of versions and pages as the real one's, and no
 * database. What it answers is worked out at once; the network around it decides when that arrives, and whether.
 */
export class SimulatedPortal {
  version = 0
  generation = 1
  /** Cursors below answer 410. */
  oldest = 0
  /** Most records in one page, whatever is asked for: many small pages show more than one large one. */
  pageCap = 1000
  records = new Map<string, WireRecord>()
  /** The same, decoded; by `kind/id`. */
  values = new Map<string, unknown>()
  answers = new Map<string, Answered>()
  taken: Taken[] = []
  readonly workspaceId = 'acme'
  /** Told after each change. */
  onChange: () => void = () => {}
  readonly #now: () => number

  /** @param now the portal's own clock */
  constructor(now: () => number) {
    this.#now = now
  }

  ticket(id: string): Ticket | undefined {
    return this.values.get(`ticket/${id}`) as Ticket | undefined
  }

  /** Every record of a kind that is there. */
  all<K extends RecordKind>(kind: K): readonly RecordValue<K>[] {
    return [...this.values].flatMap(([key, value]) =>
      key.startsWith(`${kind}/`) ? [value as RecordValue<K>] : [],
    )
  }

  put<K extends RecordKind>(kind: K, id: string, value: RecordValue<K> | undefined): void {
    this.version += 1
    this.#store(kind, id, value, this.version)
    this.onChange()
  }

  /** A ticket and its conversation are gone. */
  remove(ticketId: string): void {
    for (const [key, value] of [...this.values]) {
      const [kind = '', id = ''] = key.split('/')
      const isOfIt = kind === 'message' && (value as { ticketId: string }).ticketId === ticketId
      if (isOfIt || key === `ticket/${ticketId}`) this.put(kind as RecordKind, id, undefined)
    }
  }

  customerWrites(ticket: Ticket): void {
    const at = Math.max(this.#now(), ticket.slaEvents.at(-1)?.at ?? 0)
    const id = `from-customer-${this.version}`
    this.put('message', id, {
      id,
      ticketId: ticket.id,
      at,
      author: { kind: 'customer', name: 'Olu Adeyemi' },
      type: 'reply',
      channel: ticket.channel,
      body: 'Is there any news?',
    })
    this.put('ticket', ticket.id, {
      ...ticket,
      customerAt: at,
      updatedAt: at,
      slaEvents: [...ticket.slaEvents, { at, type: 'replied', by: 'customer', public: true }],
    })
  }

  #store<K extends RecordKind>(kind: K, id: string, value: RecordValue<K> | undefined, version: number) {
    const key = `${kind}/${id}`
    const wire = { kind, id, version }
    this.records.set(key, value === undefined ? wire : { ...wire, value: encodeValue(kind, value) })
    if (value === undefined) this.values.delete(key)
    else this.values.set(key, value)
  }

  backup(): Backup {
    const { version, records, values, answers, taken } = this
    return {
      version,
      records: new Map(records),
      values: new Map(values),
      answers: new Map(answers),
      taken: [...taken],
    }
  }

  /** Back to an older state; cursors of before are worth nothing any more. @returns what it no longer knows of */
  restore(backup: Backup): readonly Taken[] {
    const kept = new Set(backup.taken)
    const undone = this.taken.filter((taken) => !kept.has(taken))
    this.generation += 1
    const version = (Math.floor(this.version / GENERATION_STEP) + 1) * GENERATION_STEP
    this.begin({ ...backup, version })
    return undone
  }

  /** Takes over everything that a backup holds. */
  begin(backup: Backup): void {
    this.version = backup.version
    this.records = new Map(backup.records)
    this.values = new Map(backup.values)
    this.answers = new Map(backup.answers)
    this.taken = [...backup.taken]
  }

  answer(agent: Agent, path: string, query: URLSearchParams, body: string | undefined): PortalAnswer {
    const limit = Math.min(Number(query.get('limit') ?? 1000), this.pageCap)
    switch (path) {
      case 'session':
        return ok({
          product: 'meridian-portal',
          protocol: PROTOCOL_VERSION,
          workspace: { id: this.workspaceId, name: 'Acme' },
          agent,
          serverTime: new Date(this.#now()).toISOString(),
          features: [],
        })
      case 'bootstrap':
        return this.#bootstrap(query.get('after') ?? undefined, limit)
      case 'changes':
        return this.#changes(query.get('after') ?? '', limit)
      case 'commands': {
        const { commands } = commandBatchSchema.parse(JSON.parse(body ?? ''))
        return ok({ results: commands.map((raw) => this.take(raw, agent)) })
      }
      case 'presence':
        return { status: 204, json: undefined }
      default:
        return problem(404, 'not-found', path)
    }
  }

  /** @param raw a command in wire form */
  take(raw: unknown, actor: Agent): CommandResult {
    const command = commandSchema.decode(raw as never)
    const known = this.answers.get(command.id)
    if (known) {
      if (known.agentId !== actor.id) throw new Error(`two agents sent the id ${command.id}`)
      return { ...known.result, duplicate: true }
    }
    const result = this.#judge(command, actor)
    this.answers.set(command.id, { agentId: actor.id, result })
    if (result.outcome === 'applied') this.onChange()
    return result
  }

  #judge(command: Command, actor: Agent): CommandResult {
    const { id, target } = command
    const version = this.version + VERSIONS_PER_COMMAND
    const judged = judge({ command, lookup: this.#lookup, actor, at: this.#now(), version })
    if (judged.kind === 'conflict') {
      const current = this.records.get(`${targetKind(command)}/${target}`)
      if (!current) throw new Error('a conflict about a record that is not there')
      return { id, outcome: 'conflict', current, fields: [...judged.fields] }
    }
    if (judged.kind === 'reject') {
      const { code, message } = judged
      return { id, outcome: 'rejected', code, message }
    }
    for (const { kind, id, version, value } of judged.changes) this.#store(kind, id, value as never, version)
    this.version = version
    this.taken.push({ command, agentId: actor.id, version })
    return { id, outcome: 'applied', version }
  }

  readonly #lookup: Lookup = {
    get: (kind, id) => {
      const wire = this.records.get(`${kind}/${id}`)
      return wire && { version: wire.version, value: this.values.get(`${kind}/${id}`) as never }
    },
    all: (kind) => this.all(kind) as never,
  }

  #cursor(version: number): string {
    return `${this.generation}.${version}`
  }

  /** The version a cursor stands for; undefined for one that leads nowhere any more. */
  #reachable(cursor: string): number | undefined {
    const [generation, version = Number.NaN] = cursor.split('.').map(Number)
    const fits = generation === this.generation && version <= this.version && version >= this.oldest
    return fits ? version : undefined
  }

  #changes(after: string, limit: number): PortalAnswer {
    const from = this.#reachable(after)
    if (from === undefined) return problem(410, 'cursor-too-old', 'start over')
    const newer: WireRecord[] = []
    for (const record of this.records.values()) if (record.version > from) newer.push(record)
    newer.sort((a, b) => a.version - b.version)
    const records = newer.slice(0, limit)
    const more = newer.length > limit
    return ok({
      records,
      cursor: this.#cursor(more ? (records.at(-1)?.version ?? from) : this.version),
      more,
    })
  }

  /** Reference data, open tickets with their messages, the others; nothing newer than the first page. */
  #bootstrap(after: string | undefined, limit: number): PortalAnswer {
    const [cursor = this.#cursor(this.version), place = '0'] = after?.split('/') ?? []
    const upTo = this.#reachable(cursor)
    if (upTo === undefined) return problem(410, 'cursor-too-old', 'start over')
    const all = [...this.records.values()]
      .filter(({ value, version }) => value !== undefined && version <= upTo)
      .map((record) => ({ record, order: this.#orderOf(record, upTo) }))
      .sort((a, b) => (a.order < b.order ? -1 : 1))
    const start = all.findIndex(({ order }) => order > place)
    const from = start === -1 ? all.length : start
    const page = all.slice(from, from + limit)
    const done = from + page.length
    const isLast = done >= all.length
    return ok({
      records: page.map(({ record }) => record),
      cursor,
      ...(isLast ? {} : { next: `${cursor}/${page.at(-1)?.order}` }),
      progress: { done, total: all.length, openDone: isLast || (all[done]?.order ?? '') >= 'closed' },
    })
  }

  /** Sorts as the real one pages: by what makes a desk useful first. */
  #orderOf({ kind, id, value }: WireRecord, upTo: number): string {
    if (kind !== 'ticket' && kind !== 'message') return `a ${kind} ${id}`
    const ticketId = kind === 'ticket' ? id : (value as { ticketId: string }).ticketId
    const ticket = this.ticket(ticketId)
    // One that changed meanwhile may have come into a phase that is over: its messages come last.
    const isOld = (this.records.get(`ticket/${ticketId}`)?.version ?? 0) <= upTo
    if (!ticket || !isOld) return `stray ${kind} ${id}`
    return `${isOpen(ticket) ? 'b' : 'closed'} ${ticketId} ${kind === 'ticket' ? '' : id}`
  }
}

function ok(json: unknown): PortalAnswer {
  return { status: 200, json }
}

/** A problem document (RFC 9457). */
export function problem(status: number, code: string, detail: string): PortalAnswer {
  return { status, json: { type: 'about:blank', title: code, status, code, detail } }
}
