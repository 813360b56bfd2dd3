import { assertNever } from '#shared/assert-never'
import type { CommandResult } from '#shared/portal/calls'
import { encodeValue } from '#shared/portal/records'
import { apply } from '#shared/tickets/apply'
import { type Command, commandSchema } from '#shared/tickets/command'
import { decide, type Refusal } from '#shared/tickets/decide'
import type { Agent } from '#shared/tickets/people'
import { isOpen, type Ticket, ticketSchema } from '#shared/tickets/ticket'
import type { Instant } from '#shared/time/instant'
import type { Database } from '../db/database'
import { authorise } from './authorise'
import { type Answered, Ledger } from './ledger'

/** A batch as it came: each command is decoded by itself. */
export type Batch = { readonly raw: readonly unknown[]; readonly actor: Agent }

function rejected(id: string, { code, message, field }: Refusal): CommandResult {
  return { id, outcome: 'rejected', code, message, ...(field === undefined ? {} : { field }) }
}

function noTicket(target: string): Refusal {
  return { code: 'not-found', message: `there is no ticket ${target}`, field: 'target' }
}

/**
 * Takes a batch in order; a command that is refused doesn't keep the others.
 * @param raw as they came; each is decoded by itself
 * @param now the portal's clock, read once for each command
 * @returns one result for each, in the same order
 */
export async function takeCommands(
  db: Database,
  raw: readonly unknown[],
  actor: Agent,
  now: () => Instant,
): Promise<CommandResult[]> {
  const [results = []] = await takeBatches(db, [{ raw, actor }], now)
  return results
}

/**
 * Takes batches of several desks, one after the other, in one transaction: waiting for the lock of all writers and for
 * the disk, which takes longer than all else, is done once. All or nothing of it is stored.
 * @returns the results of each batch
 */
export async function takeBatches(
  db: Database,
  batches: readonly Batch[],
  now: () => Instant,
): Promise<CommandResult[][]> {
  const read = batches.map(({ raw, actor }) => ({ actor, items: raw.map(readCommand) }))
  const asked = read.flatMap(({ items }) => items.flatMap(({ command }) => (command ? [command] : [])))
  const answer = (ledger?: Ledger) =>
    read.map(({ actor, items }) =>
      items.map(({ command, refusal }) =>
        command && ledger ? takeOne(ledger, command, actor, now()) : refusal,
      ),
    )
  const answers =
    asked.length === 0
      ? answer()
      : await db.transaction(async (tx) => {
          const ledger = await Ledger.open(tx, asked)
          const results = answer(ledger)
          await ledger.write()
          return results
        })
  return answers.map((results) => results.filter((result) => result !== undefined))
}

type Read =
  | { readonly command: Command; readonly refusal?: undefined }
  | { readonly command?: undefined; readonly refusal: CommandResult }

function readCommand(raw: unknown): Read {
  const decoded = commandSchema.safeDecode(raw as never)
  if (!decoded.success) return { refusal: invalid(raw, decoded.error.issues[0]) }
  const command = decoded.data
  // PostgreSQL has no text with NUL in it, so no ticket is called that.
  if (command.target.includes('\0')) return { refusal: rejected(command.id, noTicket(command.target)) }
  return { command }
}

/** A command that can't be read. Not kept: what is wrong is in the command itself, so the answer stays the same. */
function invalid(
  raw: unknown,
  issue: { path: PropertyKey[]; message: string; code?: string; keys?: string[] } | undefined,
): CommandResult {
  const id =
    typeof raw === 'object' && raw !== null && 'id' in raw && typeof raw.id === 'string' ? raw.id : ''
  const field = [...(issue?.path ?? []), ...(issue?.keys?.slice(0, 1) ?? [])].join('.')
  return rejected(id.slice(0, 100), {
    code: 'invalid',
    message: `${field || 'command'}: ${issue?.message ?? 'is invalid'}`,
    ...(field ? { field } : {}),
  })
}

function takeOne(ledger: Ledger, command: Command, actor: Agent, at: Instant): CommandResult {
  const known = ledger.answerTo(command.id)
  if (known) return answerAgain(known, actor)
  const result = judge(ledger, command, actor, at)
  ledger.answer(command, actor, at, result)
  return result
}

/** The first answer, whatever it was: one that has been refused is decided about by its author, under a new id. */
function answerAgain(known: Answered, actor: Agent): CommandResult {
  if (known.agentId === actor.id) return { ...known.result, duplicate: true }
  return rejected(known.id, {
    code: 'id-taken',
    message: 'another agent has sent a command with this id',
    field: 'id',
  })
}

/** Decides a command against the ticket as it is now, and applies it. */
function judge(ledger: Ledger, command: Command, actor: Agent, at: Instant): CommandResult {
  const { id } = command
  const forbidden = authorise(command, actor)
  if (forbidden) return rejected(id, forbidden)
  const row = ledger.ticket(command.target)
  if (!row) return rejected(id, noTicket(command.target))
  const ticket = ticketSchema.decode(row.value as never)
  const decision = decide(command, ticket, actor)
  switch (decision.kind) {
    case 'reject':
      return rejected(id, decision)
    case 'conflict':
      return { id, outcome: 'conflict', current: row, fields: [...decision.fields] }
    case 'apply':
      return change(ledger, ticket, command, actor, at)
    default:
      return assertNever(decision, 'decision')
  }
}

function change(ledger: Ledger, before: Ticket, command: Command, actor: Agent, at: Instant): CommandResult {
  const version = ledger.nextVersion
  const { ticket, messages } = apply({ command, ticket: before, actor, at, version })
  const encoded = ticketSchema.safeEncode(ticket)
  if (!encoded.success) {
    const field = encoded.error.issues[0]?.path.join('.') ?? ''
    return rejected(command.id, {
      code: 'ticket-full',
      message: `${before.number} can't take this: ${field} ${encoded.error.issues[0]?.message ?? 'is too long'}`,
      field,
    })
  }
  const values = messages.map((message) => encodeValue('message', message))
  ledger.change({ id: ticket.id, value: encoded.data, open: isOpen(ticket) }, values)
  return { id: command.id, outcome: 'applied', version }
}
