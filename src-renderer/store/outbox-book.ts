import { isDocumentCommand, isTicketCommand, targetKey } from '#shared/commands/command'
import type { OutboxEntry } from '#shared/sync/outbox-entry'
import type { JournalDb } from './journal-db'

const NONE: readonly OutboxEntry[] = []

/** The outbox in memory: small, so it is read whole when it changes. */
export class OutboxBook {
  readonly #db: JournalDb
  #byTicket = new Map<string, readonly OutboxEntry[]>()
  #reads = 0

  constructor(db: JournalDb) {
    this.#db = db
  }

  /** Entries of a ticket; the same array until they change. */
  of(ticketId: string): readonly OutboxEntry[] {
    return this.#byTicket.get(ticketId) ?? NONE
  }

  /** Those that are about records that are edited as a whole. */
  documents(): readonly OutboxEntry[] {
    return [...this.#byTicket.values()].flat().filter(({ command }) => isDocumentCommand(command))
  }

  counts(): { readonly unsent: number; readonly parked: number } {
    let unsent = 0
    let parked = 0
    for (const entries of this.#byTicket.values()) {
      const count = countStates(entries)
      unsent += count.unsent
      parked += count.parked
    }
    return { unsent, parked }
  }

  /** Reads the outbox again. @returns ids of the tickets whose entries changed */
  async reload(): Promise<readonly string[]> {
    this.#reads += 1
    const read = this.#reads
    const entries = await this.#db.outbox.orderBy('seq').toArray()
    // A later reload overtook this one: what it read is newer.
    if (read !== this.#reads) return []
    const next = new Map<string, OutboxEntry[]>()
    for (const entry of entries) {
      const { command } = entry
      // A ticket's are found by its id alone, which is what everybody asks for.
      const key = isTicketCommand(command) ? command.target : targetKey(command)
      const list = next.get(key) ?? []
      list.push(entry)
      next.set(key, list)
    }
    const changed: string[] = []
    for (const ticketId of new Set([...this.#byTicket.keys(), ...next.keys()])) {
      const before = this.#byTicket.get(ticketId)
      const after = next.get(ticketId)
      if (before && after && JSON.stringify(before) === JSON.stringify(after)) next.set(ticketId, [...before])
      else changed.push(ticketId)
    }
    this.#byTicket = next
    return changed
  }
}

/** Applied commands are no longer unsent: the portal has them. */
export function countStates(entries: readonly OutboxEntry[]): { unsent: number; parked: number } {
  let unsent = 0
  let parked = 0
  for (const { state } of entries) {
    if (state.kind === 'queued') unsent += 1
    else if (state.kind === 'parked') parked += 1
  }
  return { unsent, parked }
}
