import { retried } from '#shared/sync/after-result'
import type { OutboxEntry } from '#shared/sync/outbox-entry'
import { baseVersionFor, rebase } from '#shared/sync/rebase'
import { commandSchema } from '#shared/tickets/command'
import { decide } from '#shared/tickets/decide'
import type { Agent } from '#shared/tickets/people'
import { formatInstant, type Instant } from '#shared/time/instant'
import type { CommandDraft, ComposerKind } from './desk-store'
import type { Journal } from './journal'
import type { MirrorDb, MirrorRow } from './mirror-db'

export type CommandsInput = {
  readonly journal: Journal
  readonly mirror: MirrorDb
  readonly me: Agent
  readonly uuid: () => string
  /** Corrected time. */
  readonly now: () => Instant
}

export const draftKey = (ticketId: string, kind: ComposerKind): string => `${ticketId}/${kind}`

async function ticketOf(mirror: MirrorDb, id: string): Promise<MirrorRow<'ticket'>> {
  const row = await mirror.ticket.get(id)
  if (!row) throw new Error('this ticket is not on this desk any more')
  return row
}

/**
 * Puts a command into the outbox, after the one rule has let it pass on what the person sees. A text that is sent
 * is no draft any more, in the same transaction: whenever the process ends, there is one of them and never both.
 * @returns the stored entry, durable
 * @throws Error with a message for the person
 */
export async function storeCommand(input: CommandsInput, draft: CommandDraft): Promise<OutboxEntry> {
  const { journal, mirror, me, uuid, now } = input
  const { version, value: confirmed } = await ticketOf(mirror, draft.target)
  const id = uuid()
  const at = formatInstant(now())
  return journal.change(async (transaction) => {
    const { outbox, drafts } = transaction.db
    const all = await outbox.orderBy('seq').toArray()
    const entries = all.filter(({ command }) => command.target === draft.target)
    const baseVersion = baseVersionFor(draft.type, version, entries)
    const read = commandSchema.safeDecode({ ...draft, id, at, baseVersion })
    if (!read.success) {
      const issue = read.error.issues[0]
      throw new Error(issue?.message ?? 'this command is not complete')
    }
    const command = read.data
    const { ticket } = rebase({ ticket: confirmed, version, entries, actor: me })
    const decision = decide(command, ticket, me)
    if (decision.kind === 'reject') throw new Error(decision.message)
    if (decision.kind === 'conflict') {
      throw new Error(`${ticket.number} just changed (${decision.fields.join(', ')}): look again`)
    }
    const seq = (all.at(-1)?.seq ?? 0) + 1
    const entry: OutboxEntry = { id, seq, command, state: { kind: 'queued', conflicts: 0 } }
    await transaction.putEntry(entry)
    if (command.type === 'reply' || command.type === 'note') {
      const key = draftKey(command.target, command.type)
      if (await drafts.get(key)) await transaction.removeDraft(key)
    }
    return entry
  })
}

function parkedEntry(entry: OutboxEntry | undefined): OutboxEntry {
  if (!entry) throw new Error('this command is no longer waiting')
  if (entry.state.kind !== 'parked') throw new Error('this is already on its way')
  return entry
}

/** Sends a parked command again, as a new attempt on the ticket as it is now. Throws with a message for the person. */
export async function retryCommand(input: CommandsInput, entryId: string): Promise<OutboxEntry> {
  const { journal, mirror, me, uuid } = input
  const first = parkedEntry(await journal.db.outbox.get(entryId))
  const row = await ticketOf(mirror, first.command.target)
  return journal.change(async (transaction) => {
    const all = await transaction.db.outbox.orderBy('seq').toArray()
    const entry = parkedEntry(all.find(({ id }) => id === entryId))
    const others = all.filter(({ id, command }) => id !== entryId && command.target === row.id)
    const { ticket } = rebase({ ticket: row.value, version: row.version, entries: others, actor: me })
    const version = baseVersionFor(entry.command.type, row.version, others)
    const again = retried(entry, { ticket, version }, me, uuid())
    await transaction.putEntry(again)
    return again
  })
}

/** Takes a parked command out of the outbox. @returns it, for what was typed in it */
export function discardCommand({ journal }: CommandsInput, entryId: string): Promise<OutboxEntry> {
  return journal.change(async (transaction) => {
    const entry = parkedEntry(await transaction.db.outbox.get(entryId))
    await transaction.removeEntry(entryId)
    return entry
  })
}
