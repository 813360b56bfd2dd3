import { decodeRecord, type WireRecord } from '#shared/portal/records'
import type { QueueRow } from '#shared/queue/row'
import type { Policy } from '#shared/sla/policy'
import type { Message } from '#shared/tickets/message'
import type { Agent, Organization } from '#shared/tickets/people'
import type { Ticket } from '#shared/tickets/ticket'
import type { Calendar } from '#shared/time/calendar'
import { buildRow } from '../../../src-renderer/store/build-row'
import type { MirrorRow } from '../../../src-renderer/store/mirror-db'
import type { Reference } from '../../../src-renderer/store/reference'
import type { DeskWindow } from '../simulator/computer'
import type { SimulatedPortal } from '../simulator/portal'
import type { StoryDesk } from './desk'
import { Violation } from './violation'

/** The portal's records as a desk reads them, decoded once for all desks. */
export class Truth {
  readonly #portal: SimulatedPortal
  readonly #texts = new Map<string, string>()
  readonly #values = new Map<string, unknown>()

  constructor(portal: SimulatedPortal) {
    this.#portal = portal
    for (const [key, wire] of portal.records) {
      if (wire.value === undefined) continue
      const { value, text } = decoded(wire)
      this.#values.set(key, value)
      this.#texts.set(key, text)
    }
  }

  get cursor(): string {
    return `${this.#portal.generation}.${this.#portal.version}`
  }
  /** JSON of version and value by `kind/id`. */
  get texts(): ReadonlyMap<string, string> {
    return this.#texts
  }
  of<T>(kind: string): ReadonlyMap<string, T> {
    const prefix = `${kind}/`
    return new Map(
      [...this.#values].flatMap(([key, value]) =>
        key.startsWith(prefix) ? [[key.slice(prefix.length), value as T] as const] : [],
      ),
    )
  }
  versionOf(key: string): number {
    return this.#portal.records.get(key)?.version ?? 0
  }
}

type Decoded = { readonly value: unknown; readonly text: string }

/** Most records are those of the beginning, the same in every story. */
const known = new WeakMap<WireRecord, Decoded>()

function decoded(wire: WireRecord): Decoded {
  const before = known.get(wire)
  if (before) return before
  const read = decodeRecord(wire)
  if ('problem' in read) throw new Error(read.problem.problem)
  const { value } = read.record
  const made = { value, text: JSON.stringify([wire.version, value]) }
  known.set(wire, made)
  return made
}

/** I4, the databases: byte for byte what the portal has, and nothing else. */
export function judgeMirror(desk: StoryDesk, truth: Truth): void {
  const { disk, name } = desk.computer
  const kinds = new Set([...truth.texts.keys()].map((key) => key.slice(0, key.indexOf('/'))))
  let rows = 0
  for (const kind of kinds) {
    for (const { id, version, value } of disk.rows(desk.mirror, kind) as MirrorRow[]) {
      rows += 1
      const here = JSON.stringify([version, value])
      const there = truth.texts.get(`${kind}/${id}`)
      if (here !== there) {
        throw new Violation('I4', `${name} has ${kind}/${id} as ${here}, the portal as ${there ?? 'nothing'}`)
      }
    }
  }
  if (rows !== truth.texts.size) {
    throw new Violation('I4', `${name} has ${rows} records, the portal ${truth.texts.size}`)
  }
}

/** I4, the screens: each line of the queue as it follows from the portal's state and what is parked here. */
export function judgeWindow(desk: StoryDesk, window: DeskWindow, truth: Truth): void {
  const { store } = window
  const { name } = desk.computer
  if (!store) throw new Violation('I4', `a window of ${name} does not open: ${String(window.problem)}`)
  const reference: Reference = {
    organizations: truth.of<Organization>('organization'),
    agents: truth.of<Agent>('agent'),
    policies: truth.of<Policy>('policy'),
    calendars: truth.of<Calendar>('calendar'),
  }
  const tickets = truth.of<Ticket>('ticket')
  const entries = desk.entries()
  for (const [id, value] of tickets) {
    const built = buildRow({
      mirrored: { id, version: truth.versionOf(`ticket/${id}`), value },
      entries: entries.filter(({ command }) => command.target === id),
      reference,
      me: desk.computer.agent,
      now: store.now(),
    })
    if (!('row' in built)) throw new Error(built.problem)
    const wanted = JSON.stringify(built.row)
    const shown = JSON.stringify(saidBy(store.rows.get(id), built.row))
    if (shown !== wanted) throw new Violation('I4', `${name} is shown ${shown} and should be ${wanted}`)
  }
  if (store.rows.size !== tickets.size) {
    throw new Violation('I4', `${name} is shown ${store.rows.size} tickets of ${tickets.size}`)
  }
  const { unsent, parked, connection } = store.status.get()
  const waits = entries.filter(({ state }) => state.kind === 'parked').length
  if (unsent !== 0 || parked !== waits) {
    throw new Violation(
      'I4',
      `${name} is told of ${unsent} unsent and ${parked} parked; it is 0 and ${waits}`,
    )
  }
  if (connection.kind !== 'live' && connection.kind !== 'polling') {
    throw new Violation('I4', `${name} is told that it is ${JSON.stringify(connection)}`)
  }
}

/** What a row says in the fields of another, whether it keeps them or looks them up. */
function saidBy(row: QueueRow | undefined, like: QueueRow): Partial<QueueRow> | undefined {
  const fields = Object.keys(like) as (keyof QueueRow)[]
  return row && Object.fromEntries(fields.map((field) => [field, row[field]]))
}

/** I4 and I6, an open ticket: its whole conversation, and each parked command with the reason. */
export async function judgeTicket(
  desk: StoryDesk,
  window: DeskWindow,
  ticketId: string,
  truth: Truth,
  rest: () => Promise<void>,
): Promise<void> {
  const { store } = window
  if (!store) return
  const live = store.ticket(ticketId)
  let close = (): void => {}
  window.process.deliver('ipc', () => {
    close = live.subscribe(() => {})
  })
  await rest()
  const view = live.get()
  close()
  const { name } = desk.computer
  if (!view) throw new Violation('I4', `${name} is not shown ${ticketId}`)
  const wanted = [...truth.of<Message>('message').values()]
    .filter((message) => message.ticketId === ticketId)
    .map(({ id }) => id)
    .sort()
  const shown = view.timeline.flatMap(({ message, pending }) => (pending ? [] : [message.id])).sort()
  if (JSON.stringify(shown) !== JSON.stringify(wanted)) {
    throw new Violation('I4', `${name} is shown the messages ${shown} of ${ticketId}; there are ${wanted}`)
  }
  const problems = JSON.stringify(view)
  for (const { id, command, state } of desk.entries()) {
    if (command.target !== ticketId || state.kind !== 'parked') continue
    if (!problems.includes(id))
      throw new Violation('I6', `${name} is not shown the parked ${id} on ${ticketId}`)
  }
}
