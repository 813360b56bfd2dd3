import type { OutboxEntry } from '#shared/sync/outbox-entry'
import type { Message } from '#shared/tickets/message'
import { type BuildInput, buildRow } from './build-row'
import type { Live, ParkedCommand, TicketView, TimelineEntry } from './desk-store'
import { LiveValue } from './live-value'
import type { MirroredTicket } from './read-ticket'

export type ViewInput = Omit<BuildInput, 'mirrored'>

/** A ticket as this desk sees it; `undefined` when it can't be shown. */
export function ticketView(mirrored: MirroredTicket, input: ViewInput): TicketView | undefined {
  const { ticket: confirmed, messages, requester } = mirrored
  const built = buildRow({ ...input, mirrored: confirmed })
  if ('problem' in built) return undefined
  const { row, rebased } = built
  // A pending entry has the id its confirmed self will have: once that is here, it is the entry.
  const here = new Set(messages.map(({ id }) => id))
  const pending = rebased.pending
    .filter(({ message }) => !here.has(message.id))
    .map(({ message, entryId, state, problem }) => pendingEntry(message, entryId, state, problem))
  return {
    ticket: rebased.ticket,
    confirmed: confirmed.value,
    row,
    organization: input.reference.organizations.get(rebased.ticket.organizationId),
    requester,
    timeline: [...messages.map(({ value }): TimelineEntry => ({ message: value })), ...pending],
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

export type TicketSource = {
  /** `undefined` when the ticket isn't here. */
  readonly read: () => Promise<MirroredTicket | undefined>
  /** What to show of it now, with the outbox as it is now. */
  readonly view: (mirrored: MirroredTicket) => TicketView | undefined
}

/** A ticket that is read while somebody looks at it. */
export class LiveTicket implements Live<TicketView | undefined> {
  readonly #value = new LiveValue<TicketView | undefined>(undefined)
  readonly #source: TicketSource
  readonly #watched: Set<LiveTicket>
  #mirrored: MirroredTicket | undefined
  #watchers = 0
  #reads = 0

  /** While somebody looks at it, it is in `watched`. */
  constructor(
    readonly id: string,
    watched: Set<LiveTicket>,
    source: TicketSource,
  ) {
    this.#watched = watched
    this.#source = source
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
    let mirrored: MirroredTicket | undefined
    try {
      mirrored = await this.#source.read()
    } catch (error) {
      // The desk closes behind its views: what nobody looks at any more can't fail.
      if (this.#watchers === 0) return
      throw error
    }
    if (read !== this.#reads) return
    this.#mirrored = mirrored
    this.#show()
  }

  /** What I did about it changed: what the portal said of it needn't be read again for that. */
  outboxChanged(): void {
    if (this.#mirrored) this.#show()
  }

  #show(): void {
    this.#value.set(this.#mirrored && this.#source.view(this.#mirrored))
  }
}
