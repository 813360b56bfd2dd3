import type { OutboxEntry } from '#shared/sync/outbox-entry'
import type { Message } from '#shared/tickets/message'
import { type BuildInput, buildRow } from './build-row'
import type { Live, ParkedCommand, TicketView, TimelineEntry } from './desk-store'
import { LiveValue } from './live-value'
import type { MirrorDb } from './mirror-db'

export type TicketInput = Omit<BuildInput, 'mirrored'> & { readonly mirror: MirrorDb; readonly id: string }

/** Reads one ticket with its timeline; `undefined` when it isn't there or can't be shown. */
export async function readTicketView(input: TicketInput): Promise<TicketView | undefined> {
  const { mirror, id, reference } = input
  const [mirrored, messages] = await Promise.all([
    mirror.ticket.get(id),
    mirror.message.where('value.ticketId').equals(id).toArray(),
  ])
  if (!mirrored) return undefined
  const built = buildRow({ ...input, mirrored })
  if ('problem' in built) return undefined
  const { row, rebased } = built
  const { requesterId, organizationId } = rebased.ticket
  const requester = requesterId === undefined ? undefined : await mirror.contact.get(requesterId)

  const confirmed = messages
    .sort((a, b) => a.value.at - b.value.at || a.version - b.version)
    .map(({ value }): TimelineEntry => ({ message: value }))
  // A pending entry has the id its confirmed self will have: once that is here, it is the entry.
  const here = new Set(confirmed.map(({ message }) => message.id))
  const pending = rebased.pending
    .filter(({ message }) => !here.has(message.id))
    .map(({ message, entryId, state, problem }) => pendingEntry(message, entryId, state, problem))
  return {
    ticket: rebased.ticket,
    confirmed: mirrored.value,
    row,
    organization: reference.organizations.get(organizationId),
    requester: requester?.value,
    timeline: [...confirmed, ...pending],
    parked: input.entries.flatMap(parkedCommand),
  }
}

function parkedCommand({ id, command, seen, state }: OutboxEntry): readonly ParkedCommand[] {
  if (state.kind !== 'parked') return []
  return [{ id, command, code: state.code, problem: state.message, fields: state.fields ?? [], seen }]
}

function pendingEntry(
  message: Message,
  commandId: string,
  state: 'unsent' | 'parked' | 'applied',
  problem: string | undefined,
): TimelineEntry {
  if (state === 'applied') return { message }
  return problem === undefined
    ? { message, pending: { state, commandId } }
    : { message, pending: { state, commandId, problem } }
}

/** A ticket that is read while somebody looks at it. */
export class LiveTicket implements Live<TicketView | undefined> {
  readonly #value = new LiveValue<TicketView | undefined>(undefined)
  readonly #read: () => Promise<TicketView | undefined>
  readonly #watched: Set<LiveTicket>
  #watchers = 0
  #reads = 0

  /** While somebody looks at it, it is in `watched`. */
  constructor(
    readonly id: string,
    watched: Set<LiveTicket>,
    read: () => Promise<TicketView | undefined>,
  ) {
    this.#watched = watched
    this.#read = read
    this.get = this.get.bind(this)
    this.subscribe = this.subscribe.bind(this)
  }

  get(): TicketView | undefined {
    return this.#value.get()
  }

  subscribe(listener: () => void): () => void {
    const unsubscribe = this.#value.subscribe(listener)
    this.#watchers += 1
    if (this.#watchers === 1) {
      this.#watched.add(this)
      void this.refresh()
    }
    return () => {
      unsubscribe()
      this.#watchers -= 1
      if (this.#watchers === 0) this.#watched.delete(this)
    }
  }

  /** Reads it again; of several reads the last begun wins. */
  async refresh(): Promise<void> {
    this.#reads += 1
    const read = this.#reads
    let view: TicketView | undefined
    try {
      view = await this.#read()
    } catch (error) {
      // The desk closes behind its views: what nobody looks at any more can't fail.
      if (this.#watchers === 0) return
      throw error
    }
    if (read === this.#reads) this.#value.set(view)
  }
}
