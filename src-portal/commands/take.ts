import { ZodError } from 'zod'
import { assertNever } from '#shared/assert-never'
import { type Command, commandSchema, targetKind } from '#shared/commands/command'
import { judge } from '#shared/commands/judge'
import type { Change } from '#shared/commands/judgement'
import type { CommandResult } from '#shared/portal/calls'
import type { Refusal } from '#shared/tickets/decide'
import type { Agent } from '#shared/tickets/people'
import type { Instant } from '#shared/time/instant'
import type { Database } from '../db/database'
import { type Answered, Ledger } from './ledger'
import { KEPT_DAYS, keptMs, tooOld } from './retention'

/** A batch as it came: each command is decoded by itself. */
export type Batch = { readonly raw: readonly unknown[]; readonly actor: Agent }

function rejected(id: string, { code, message, field }: Refusal): CommandResult {
  return { id, outcome: 'rejected', code, message, ...(field === undefined ? {} : { field }) }
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
 * @param keptForMs how long answers are kept (retention.ts)
 * @returns the results of each batch
 */
export async function takeBatches(
  db: Database,
  batches: readonly Batch[],
  now: () => Instant,
  keptForMs: number = keptMs(KEPT_DAYS),
): Promise<CommandResult[][]> {
  const read = batches.map(({ raw, actor }) => ({ actor, items: raw.map(readCommand) }))
  const asked = read.flatMap(({ items }) => items.flatMap(({ command }) => (command ? [command] : [])))
  const answer = (ledger?: Ledger) =>
    read.map(({ actor, items }) =>
      items.map(({ command, refusal }) =>
        command && ledger ? takeOne(ledger, command, actor, now(), keptForMs) : refusal,
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
  // PostgreSQL has no text with NUL in it, so nothing is called that.
  if (command.target.includes('\0')) {
    const message = `there is no ${targetKind(command)} of that name`
    return { refusal: rejected(command.id, { code: 'not-found', message, field: 'target' }) }
  }
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

function takeOne(
  ledger: Ledger,
  command: Command,
  actor: Agent,
  at: Instant,
  keptForMs: number,
): CommandResult {
  const known = ledger.answerTo(command.id)
  if (known) return answerAgain(known, actor)
  const old = tooOld(command, at, keptForMs)
  const result = old ? rejected(command.id, old) : decideOne(ledger, command, actor, at)
  ledger.answer(command, actor, at, result)
  return result
}

/**
 * The first answer, whatever it was: one that has been refused is decided about by its author, under a new id. Only
 * what a conflict shows beside it is as it is now: its author compares with that (ledger.ts).
 */
function answerAgain(known: Answered, actor: Agent): CommandResult {
  if (known.agentId === actor.id) return { ...known.result, duplicate: true }
  return rejected(known.id, {
    code: 'id-taken',
    message: 'another agent has sent a command with this id',
    field: 'id',
  })
}

/** Decides a command against its subjects as they are now, and keeps what it changes. */
function decideOne(ledger: Ledger, command: Command, actor: Agent, at: Instant): CommandResult {
  const { id, target } = command
  const version = ledger.nextVersion
  const judged = judge({ command, lookup: ledger.lookup, actor, at, version })
  switch (judged.kind) {
    case 'reject':
      return rejected(id, judged)
    case 'conflict': {
      const current = ledger.wire({ kind: targetKind(command), id: target })
      if (!current) throw new Error(`a conflict about ${target}, which isn't there`)
      return { id, outcome: 'conflict', current, fields: [...judged.fields] }
    }
    case 'apply': {
      const refusal = ledger.filesRefusal(command, actor)
      return refusal ? rejected(id, refusal) : change(ledger, judged.changes, command, version)
    }
    default:
      return assertNever(judged, 'judgement')
  }
}

function change(
  ledger: Ledger,
  changes: readonly Change[],
  command: Command,
  version: number,
): CommandResult {
  const { id } = command
  try {
    ledger.change(changes)
    ledger.keepFiles(command)
  } catch (error) {
    // A list or a text of the record has grown to its limit.
    if (!(error instanceof ZodError)) throw error
    const issue = error.issues[0]
    const field = issue?.path.join('.') ?? ''
    return rejected(id, {
      code: 'full',
      message: `can't take this: ${field} ${issue?.message ?? 'is too long'}`,
      field,
    })
  }
  return { id, outcome: 'applied', version }
}
