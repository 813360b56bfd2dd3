import { isAboutTicket, type OutboxEntry, type TicketEntry } from '#shared/sync/outbox-entry'
import { typedText } from '#shared/tickets/seen'
import type { Live, Orphan } from './desk-store'
import { lateTexts } from './drafts'
import type { JournalDb } from './journal-db'
import type { DraftRow } from './journal-lines'
import { LiveValue } from './live-value'
import { type MirrorDb, readSyncState } from './mirror-db'
import { keyOf } from './mirror-write'
import type { TypedText } from './typed-text'

export type OrphansInput = {
  readonly mirror: MirrorDb
  readonly journal: JournalDb
  readonly typed: TypedText
}

/** What is in the journal about tickets that are not in the mirror, and what was refused about other records. */
export class Orphans implements Live<readonly Orphan[]> {
  readonly #input: OrphansInput
  readonly #value = new LiveValue<readonly Orphan[]>([])
  readonly get = this.#value.get
  readonly subscribe = this.#value.subscribe
  #running: Promise<void> | undefined
  #isWanted = false

  constructor(input: OrphansInput) {
    this.#input = input
  }

  /** Looks again; what is asked for meanwhile is looked at once, after it. */
  refresh(): Promise<void> {
    this.#isWanted = true
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async #run(): Promise<void> {
    while (this.#isWanted) {
      this.#isWanted = false
      const found = await this.#find()
      if (found && JSON.stringify(found) !== JSON.stringify(this.#value.get())) this.#value.set(found)
    }
  }

  /** @returns `undefined` while nobody can say: the tickets are not all here */
  async #find(): Promise<readonly Orphan[] | undefined> {
    const { mirror, journal } = this.#input
    const all = await journal.outbox.orderBy('seq').toArray()
    const entries = all.filter(isAboutTicket).filter(({ state }) => state.kind !== 'applied')
    const refused = all.filter((entry) => !isAboutTicket(entry)).flatMap(ofRefused)
    const drafts = await this.#withTyped(await journal.drafts.toArray())
    const ids = [
      ...new Set([...entries.map(({ command }) => command.target), ...drafts.map((row) => row.ticketId)]),
    ]
    if (ids.length === 0) return refused
    if ((await readSyncState(mirror)).cursor === undefined) return refused.length > 0 ? refused : undefined
    const [tickets, unreadable] = await Promise.all([
      mirror.ticket.where('id').anyOf(ids).primaryKeys(),
      mirror.problems.bulkGet(ids.map((id) => keyOf('ticket', id))),
    ])
    // One that this version can't read is there all the same.
    const here = new Set([...tickets, ...ids.filter((_, index) => unreadable[index])])
    return [
      ...entries.filter(({ command }) => !here.has(command.target)).map(ofEntry),
      ...drafts.filter(({ ticketId }) => !here.has(ticketId)).map(ofDraft),
      ...refused,
    ].sort((a, b) => a.at - b.at)
  }

  /** Drafts as they were typed last. */
  async #withTyped(rows: readonly DraftRow[]): Promise<readonly DraftRow[]> {
    const { journal, typed } = this.#input
    const late = await lateTexts(
      journal,
      typed,
      rows.map(({ key }) => key),
    )
    return rows
      .map((row) => ({ ...row, body: late.get(row.key) ?? row.body }))
      .filter(({ body }) => body !== '')
  }
}

function ofEntry({ id, command, about, state }: TicketEntry): Orphan {
  return {
    id,
    ticketId: command.target,
    about,
    what: { kind: 'command', type: command.type },
    text: typedText(command) ?? '',
    at: command.at,
    ...(state.kind === 'parked' ? { problem: state.message } : {}),
  }
}

/** About a record that has no page where it could wait for its author. */
function ofRefused({ id, command, state }: OutboxEntry): readonly Orphan[] {
  if (state.kind !== 'parked') return []
  const text = 'value' in command && 'name' in command.value ? command.value.name : ''
  const what = { kind: 'command', type: command.type } as const
  return [
    {
      id,
      ticketId: command.target,
      about: undefined,
      what,
      text,
      at: command.at,
      problem: state.message,
      canRetry: true,
    },
  ]
}

function ofDraft({ key, ticketId, kind, body, at, about }: DraftRow): Orphan {
  return { id: key, ticketId, about, what: { kind: 'draft', composer: kind }, text: body, at }
}
