import {
  type Command,
  commandSchema,
  isDocumentCommand,
  isTicketCommand,
  targetKey,
  targetKind,
} from '#shared/commands/command'
import { decideDocument } from '#shared/commands/documents'
import { authorise } from '#shared/commands/roles'
import type { OutboxEntry } from '#shared/sync/outbox-entry'
import { baseVersionFor, rebase } from '#shared/sync/rebase'
import { rebaseDocument } from '#shared/sync/rebase-document'
import { triedAgain } from '#shared/sync/try-again'
import type { TicketCommand } from '#shared/tickets/command'
import { decide, type Refusal } from '#shared/tickets/decide'
import type { Agent } from '#shared/tickets/people'
import { referenceObjection, referencesOf } from '#shared/tickets/references'
import { seenBy } from '#shared/tickets/seen'
import type { Ticket } from '#shared/tickets/ticket'
import { formatInstant, type Instant } from '#shared/time/instant'
import type { CommandDraft } from './desk-store'
import { draftKey } from './drafts'
import { giveFilesBack, giveFilesTo, refuseLeftFiles, removeDraftFiles, storeAgain } from './files'
import type { Journal } from './journal'
import type { MirrorDb, MirrorRow } from './mirror-db'

export type CommandsInput = {
  readonly journal: Journal
  readonly mirror: MirrorDb
  readonly me: Agent
  readonly uuid: () => string
  /** Corrected time. */
  readonly now: () => Instant
  /** Whether a text that is sent is the draft under this key, and up to when nothing of that is to come back then. */
  readonly sending: (key: string, body: string, saved: string | undefined) => Instant | undefined
}

async function ticketOf(mirror: MirrorDb, id: string): Promise<MirrorRow<'ticket'>> {
  const row = await mirror.ticket.get(id)
  if (!row) throw new Error('this ticket is not on this desk any more')
  return row
}

/** A command on what is on screen, what its author saw there, and what it is about in words. */
type Made = Pick<OutboxEntry, 'command' | 'seen' | 'about'>

/**
 * Puts a command into the outbox, after the one rule has let it pass on what the person sees. A text that is sent
 * is no draft any more, in the same transaction: whenever the process ends, there is one of them and never both. A
 * draft of something else stays.
 * @returns the stored entry, durable
 * @throws Error with a message for the person
 */
export async function storeCommand(input: CommandsInput, draft: CommandDraft): Promise<OutboxEntry> {
  const { journal, me, uuid, now, sending } = input
  const id = uuid()
  const at = now()
  const make = (baseVersion: number): Command => {
    const read = commandSchema.safeDecode({ ...draft, id, at: formatInstant(at), baseVersion } as never)
    if (read.success) return read.data
    throw new Error(read.error.issues[0]?.message ?? 'this command is not complete')
  }
  const probe = make(0)
  refuse(authorise(probe, me))
  const decided = await (isTicketCommand(probe)
    ? aboutTicket(input, probe, at, make)
    : aboutDocument(input, probe, make))
  const stored = journal.change(async (transaction) => {
    const { outbox, drafts } = transaction.db
    const all = await outbox.orderBy('seq').toArray()
    const made = decided(all)
    const seq = (all.at(-1)?.seq ?? 0) + 1
    const entry: OutboxEntry = { id, seq, ...made, state: { kind: 'queued', conflicts: 0 } }
    await transaction.putEntry(entry)
    const { command } = made
    await giveFilesTo(transaction, id, command)
    if (command.type === 'reply' || command.type === 'note') {
      const key = draftKey(command.target, command.type)
      const saved = await drafts.get(key)
      const typedUpTo = sending(key, command.body, saved?.body)
      if (typedUpTo !== undefined) {
        await transaction.putNote({ key: `typed/${key}`, at: typedUpTo })
        if (saved) await transaction.removeDraft(key)
        await refuseLeftFiles(transaction, command)
      }
    }
    return entry
  })
  return stored.catch(async (error: unknown) => {
    // A database whose process died may have stored it and not have come to say so.
    const entry = await journal.db.outbox.get(id).catch(() => undefined)
    if (entry) return entry
    throw error
  })
}

/** Reads what a ticket command is decided against; the decision falls with the outbox as it is in the transaction. */
async function aboutTicket(
  { mirror, me }: CommandsInput,
  probe: TicketCommand,
  at: Instant,
  make: (baseVersion: number) => Command,
): Promise<(all: readonly OutboxEntry[]) => Made> {
  const { version, value: confirmed } = await ticketOf(mirror, probe.target)
  refuse(await referenceRefusal(mirror, probe, confirmed))
  return (all) => {
    const entries = all.filter((entry) => targetKey(entry.command) === targetKey(probe))
    const command = make(baseVersionFor(probe.type, version, entries))
    const { ticket } = rebase({ ticket: confirmed, version, entries, actor: me })
    if (!isTicketCommand(command)) throw new Error(`${command.type} is about no ticket`)
    const decision = decide(command, ticket, me, at)
    if (decision.kind === 'reject') throw new Error(decision.message)
    if (decision.kind === 'conflict') {
      throw new Error(`${ticket.number} just changed (${decision.fields.join(', ')}): look again`)
    }
    const { number, subject } = ticket
    return { command, seen: seenBy(command, ticket), about: { number, subject } }
  }
}

/** The same for a record that is edited as a whole. */
async function aboutDocument(
  { mirror, me }: CommandsInput,
  probe: Command,
  make: (baseVersion: number) => Command,
): Promise<(all: readonly OutboxEntry[]) => Made> {
  const kind = targetKind(probe)
  const row = await mirror.table<{ version: number; value: unknown }>(kind).get(probe.target)
  return (all) => {
    const entries = all.filter((entry) => targetKey(entry.command) === targetKey(probe))
    const seen = rebaseDocument(row, entries)
    const command = make(seen.version)
    // A hand-off is decided against far more than a desk has at hand here: the portal says what it thinks of it.
    if (!isDocumentCommand(command)) return { command }
    const decision = decideDocument(
      command,
      seen.version === 0 && seen.value === undefined ? undefined : seen,
      me,
    )
    if (decision.kind === 'reject') throw new Error(decision.message)
    return { command }
  }
}

/** Whether what the command names beside its ticket is there and fits, as far as this desk knows. */
async function referenceRefusal(
  mirror: MirrorDb,
  command: TicketCommand,
  ticket: Ticket,
): Promise<Refusal | undefined> {
  const agents = new Map<string, Agent>()
  const tickets = new Map<string, Ticket>()
  for (const { kind, id } of referencesOf(command)) {
    if (kind === 'agent') {
      const row = await mirror.agent.get(id)
      if (row) agents.set(id, row.value)
    } else {
      const row = await mirror.ticket.get(id)
      if (row) tickets.set(id, row.value)
    }
  }
  return referenceObjection(command, ticket, {
    agent: (id) => agents.get(id),
    ticket: (id) => tickets.get(id),
  })
}

function refuse(refusal: Refusal | undefined): void {
  if (refusal) throw new Error(refusal.message)
}

function parkedEntry(entry: OutboxEntry | undefined): OutboxEntry {
  if (!entry) throw new Error('this command is no longer waiting')
  if (entry.state.kind !== 'parked') throw new Error('this is already on its way')
  return entry
}

/**
 * Sends a parked command again, as a new attempt on what is on screen now.
 * @param edits what the person changed of it, by the command's own field names, in wire form
 * @throws Error with a message for the person
 */
export async function retryCommand(
  input: CommandsInput,
  entryId: string,
  edits?: Readonly<Record<string, unknown>>,
): Promise<OutboxEntry> {
  const { journal, mirror, me, uuid, now } = input
  const first = parkedEntry(await journal.db.outbox.get(entryId)).command
  const row = isTicketCommand(first) ? await ticketOf(mirror, first.target) : undefined
  const document = row
    ? undefined
    : await mirror.table<{ version: number }>(targetKind(first)).get(first.target)
  return journal.change(async (transaction) => {
    const all = await transaction.db.outbox.orderBy('seq').toArray()
    const entry = parkedEntry(all.find(({ id }) => id === entryId))
    const others = all.filter(
      (other) => other.id !== entryId && targetKey(other.command) === targetKey(first),
    )
    const common = { entry, actor: me, now: now(), newId: uuid(), ...(edits ? { edits } : {}) }
    const again =
      row && isTicketCommand(first)
        ? triedAgain({
            ...common,
            version: baseVersionFor(first.type, row.version, others),
            ticket: rebase({ ticket: row.value, version: row.version, entries: others, actor: me }).ticket,
          })
        : triedAgain({ ...common, version: document?.version ?? 0, ticket: undefined })
    await transaction.putEntry(again)
    // Refused, maybe because the portal has its files no more.
    await storeAgain(transaction, entryId)
    return again
  })
}

/** Takes a parked command out of the outbox. @returns it, for what was typed in it */
export function discardCommand({ journal }: CommandsInput, entryId: string): Promise<OutboxEntry> {
  return journal.change(async (transaction) => {
    const entry = parkedEntry(await transaction.db.outbox.get(entryId))
    await giveFilesBack(transaction, entryId, entry.command)
    await transaction.removeEntry(entryId)
    return entry
  })
}

/** Takes something out of the journal whose ticket is gone: a command that can't be sent, or a draft. */
export function discardOrphan({ journal }: CommandsInput, id: string): Promise<void> {
  return journal.change(async (transaction) => {
    const entry = await transaction.db.outbox.get(id)
    if (entry) await transaction.removeEntry(id)
    else {
      await transaction.removeDraft(id)
      await removeDraftFiles(transaction, id)
    }
  })
}
