import { eq, sql } from 'drizzle-orm'
import { assertNever } from '#shared/assert-never'
import type { CommandResult } from '#shared/portal/calls'
import { encodeValue } from '#shared/portal/records'
import { apply } from '#shared/tickets/apply'
import { type Command, commandSchema } from '#shared/tickets/command'
import { decide, type Refusal } from '#shared/tickets/decide'
import type { Agent } from '#shared/tickets/people'
import { type Ticket, ticketSchema } from '#shared/tickets/ticket'
import type { Instant } from '#shared/time/instant'
import type { Database } from '../db/database'
import { commands } from '../db/schema'
import { storableJson } from '../db/storable-json'
import { advanceSequence, lockSequence } from '../db/write-records'
import { authorise } from './authorise'
import { findTicket, insertMessages, updateTicket } from './ticket-rows'

/**
 * Versions set aside for one command: its messages take those below, its ticket the last. So a desk that has seen the
 * ticket at the version of the result has seen all the command did. Unused ones are never given out.
 */
const VERSIONS_PER_COMMAND = 8

function rejected(id: string, { code, message, field }: Refusal): CommandResult {
  return { id, outcome: 'rejected', code, message, ...(field === undefined ? {} : { field }) }
}

function noTicket(target: string): Refusal {
  return { code: 'not-found', message: `there is no ticket ${target}`, field: 'target' }
}

/**
 * Takes a batch in order, each command in a transaction of its own: one that is refused doesn't keep the others.
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
  const results: CommandResult[] = []
  for (const value of raw) results.push(await takeCommand(db, value, actor, now))
  return results
}

async function takeCommand(
  db: Database,
  raw: unknown,
  actor: Agent,
  now: () => Instant,
): Promise<CommandResult> {
  const decoded = commandSchema.safeDecode(raw as never)
  if (!decoded.success) return invalid(raw, decoded.error.issues[0])
  const command = decoded.data
  // PostgreSQL has no text with NUL in it, so no ticket is called that.
  if (command.target.includes('\0')) return rejected(command.id, noTicket(command.target))
  return db.transaction(async (tx) => {
    // First of all the lock: of two that send the same command at once, the second then sees the first one's answer.
    const seq = await lockSequence(tx)
    const [known] = await tx.select().from(commands).where(eq(commands.id, command.id))
    if (known) return answerAgain(known, actor)
    const at = now()
    const result = await judge(tx, { command, actor, at, version: seq + VERSIONS_PER_COMMAND })
    await tx.insert(commands).values({
      id: command.id,
      agentId: actor.id,
      type: command.type,
      target: command.target,
      result: sql`${storableJson(result)}::jsonb`,
      takenAt: new Date(at),
    })
    return result
  })
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

/** The first answer, whatever it was: one that has been refused is decided about by its author, under a new id. */
function answerAgain(known: typeof commands.$inferSelect, actor: Agent): CommandResult {
  if (known.agentId === actor.id) return { ...(known.result as CommandResult), duplicate: true }
  return rejected(known.id, {
    code: 'id-taken',
    message: 'another agent has sent a command with this id',
    field: 'id',
  })
}

type Judgement = {
  readonly command: Command
  readonly actor: Agent
  readonly at: Instant
  readonly version: number
}

/** Decides a command against the ticket as it is now, and applies it. */
async function judge(tx: Database, { command, actor, at, version }: Judgement): Promise<CommandResult> {
  const { id } = command
  const forbidden = authorise(command, actor)
  if (forbidden) return rejected(id, forbidden)
  const row = await findTicket(tx, command.target)
  if (!row) {
    return rejected(id, {
      code: 'not-found',
      message: `there is no ticket ${command.target}`,
      field: 'target',
    })
  }
  const ticket = ticketSchema.decode(row.value as never)
  const decision = decide(command, ticket, actor)
  switch (decision.kind) {
    case 'reject':
      return rejected(id, decision)
    case 'conflict':
      return { id, outcome: 'conflict', current: row, fields: [...decision.fields] }
    case 'apply':
      return write(tx, ticket, { command, actor, at, version })
    default:
      return assertNever(decision, 'decision')
  }
}

async function write(
  tx: Database,
  before: Ticket,
  { command, actor, at, version }: Judgement,
): Promise<CommandResult> {
  const { ticket, messages } = apply({ command, ticket: before, actor, at, version })
  if (messages.length >= VERSIONS_PER_COMMAND)
    throw new Error(`${command.type} wrote ${messages.length} messages`)
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
  await insertMessages(tx, values, version - values.length)
  await updateTicket(tx, ticket, encoded.data, version)
  await advanceSequence(tx, version)
  return { id: command.id, outcome: 'applied', version }
}
