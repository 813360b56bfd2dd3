import { inArray, sql } from 'drizzle-orm'
import type { Command } from '#shared/commands/command'
import { type Change, VERSIONS_PER_COMMAND } from '#shared/commands/judgement'
import { type Lookup, type RecordName, subjectsOf } from '#shared/commands/subjects'
import type { CommandResult } from '#shared/portal/calls'
import { decodeRecord, type RecordKind, type RecordValue, type WireRecord } from '#shared/portal/records'
import type { Attachment } from '#shared/tickets/attachment'
import type { Refusal } from '#shared/tickets/decide'
import type { Agent } from '#shared/tickets/people'
import type { Instant } from '#shared/time/instant'
import { findFiles, type StoredFile, takeFiles } from '../attachments/store'
import type { Database } from '../db/database'
import { commands } from '../db/schema'
import { storableJson } from '../db/storable-json'
import { advanceSequence, lockSequence } from '../db/write-records'
import { findSubjects } from './find-records'
import { type ChangedRow, changedRow, nameOf, writeRows } from './rows'

/** An answer that was given, and to whom. */
export type Answered = { readonly id: string; readonly agentId: string; readonly result: CommandResult }

/**
 * What some commands are decided against and what they change, in memory between one look at the database and one
 * write: so a transaction takes the same few statements however many commands are in it. Only what holds the lock of
 * all writers has one, which is why nothing in it grows old.
 */
export class Ledger {
  private readonly changed = new Map<string, ChangedRow>()
  private readonly decoded = new WeakMap<WireRecord, { readonly value: unknown }>()
  private readonly used: { readonly id: string; readonly message_id: string }[] = []
  private readonly taken: (typeof commands.$inferInsert)[] = []

  private constructor(
    private readonly tx: Database,
    private version: number,
    private readonly answered: Map<string, Answered>,
    private readonly records: Map<string, WireRecord>,
    private readonly files: Map<string, StoredFile>,
  ) {}

  /** Takes the lock of all writers, then looks up what the commands are about. */
  static async open(tx: Database, asked: readonly Command[]): Promise<Ledger> {
    // First of all the lock: of two that send the same command at once, the second then sees the first one's answer.
    const version = await lockSequence(tx)
    const ids = asked.map(({ id }) => id)
    const known = await tx.select().from(commands).where(inArray(commands.id, ids))
    const answered = known.map(({ id, agentId, result }) => ({
      id,
      agentId,
      result: result as CommandResult,
    }))
    const again = answered.flatMap(({ result }) =>
      result.outcome === 'conflict' ? [result.current as RecordName] : [],
    )
    const records = await findSubjects(tx, asked.map(subjectsOf), again)
    const files = await findFiles(
      tx,
      asked.flatMap(filesOf).map(({ id }) => id),
    )
    return new Ledger(tx, version, new Map(answered.map((answer) => [answer.id, answer])), records, files)
  }

  answerTo(id: string): Answered | undefined {
    const known = this.answered.get(id)
    if (known?.result.outcome !== 'conflict') return known
    const { result } = known
    return {
      ...known,
      result: { ...result, current: this.records.get(nameOf(result.current)) ?? result.current },
    }
  }

  /** A record in wire form, as it is after the commands before this one. */
  wire(name: RecordName): WireRecord | undefined {
    return this.records.get(nameOf(name))
  }

  /**
   * A record as it is after the commands before this one.
   * @throws Error when what is stored doesn't fit its schema
   */
  readonly lookup: Lookup = {
    get: <K extends RecordKind>(kind: K, id: string) => {
      const wire = this.wire({ kind, id })
      return wire && { version: wire.version, value: this.valueOf<K>(wire) }
    },
    all: <K extends RecordKind>(kind: K) =>
      [...this.records.values()].flatMap((wire) => {
        const value = wire.kind === kind ? this.valueOf<K>(wire) : undefined
        return value === undefined ? [] : [value]
      }),
  }

  private valueOf<K extends RecordKind>(wire: WireRecord): RecordValue<K> | undefined {
    const known = this.decoded.get(wire)
    if (known) return known.value as RecordValue<K> | undefined
    const read = decodeRecord(wire)
    if ('problem' in read)
      throw new Error(`the database holds what breaks its schema: ${read.problem.problem}`)
    const { value } = read.record
    this.decoded.set(wire, { value })
    return value as RecordValue<K> | undefined
  }

  /** Why a message can't have its files; undefined when all of them are there for it. */
  filesRefusal(command: Command, actor: Agent): Refusal | undefined {
    const index = filesOf(command).findIndex(({ id, size }) => {
      const stored = this.files.get(id)
      return stored?.agentId !== actor.id || stored.size !== size || stored.messageId !== undefined
    })
    if (index === -1) return undefined
    const message = `the file ${filesOf(command)[index]?.name} did not arrive: send it again`
    return { code: 'attachment-missing', message, field: `attachments.${index}` }
  }

  /** From now on these files are that message's. */
  keepFiles(command: Command): void {
    for (const { id } of filesOf(command)) {
      const stored = this.files.get(id)
      if (stored) this.files.set(id, { ...stored, messageId: command.id })
      this.used.push({ id, message_id: command.id })
    }
  }

  /** The version that a command's target gets, if it changes. */
  get nextVersion(): number {
    return this.version + VERSIONS_PER_COMMAND
  }

  /**
   * Takes what a command changes, at `nextVersion` and below.
   * @throws ZodError when a value breaks its schema; nothing is taken then
   */
  change(changes: readonly Change[]): void {
    if (changes.length > VERSIONS_PER_COMMAND) throw new Error(`one command wrote ${changes.length} records`)
    const rows = changes.map(changedRow)
    this.version = this.nextVersion
    for (const row of rows) {
      const { kind, id, version, value } = row
      this.changed.set(nameOf(row), row)
      this.records.set(
        nameOf(row),
        value === undefined ? { kind, id, version } : { kind, id, version, value },
      )
    }
  }

  /** Keeps the answer to a command, for when it is sent again. */
  answer(command: Command, actor: Agent, at: Instant, result: CommandResult): void {
    const { id, type, target } = command
    const kept = withoutValue(result)
    this.answered.set(id, { id, agentId: actor.id, result: kept })
    const stored = sql`${storableJson(kept)}::jsonb`
    this.taken.push({ id, agentId: actor.id, type, target, result: stored, takenAt: new Date(at) })
  }

  /** Writes all of it. */
  async write(): Promise<void> {
    if (this.taken.length > 0) await this.tx.insert(commands).values(this.taken)
    if (this.changed.size === 0) return
    await writeRows(this.tx, [...this.changed.values()])
    await takeFiles(this.tx, this.used)
    await advanceSequence(this.tx, this.version)
  }
}

/** A conflict is kept without the record it is about, which may be large and is given as it is when it is asked for. */
function withoutValue(result: CommandResult): CommandResult {
  if (result.outcome !== 'conflict') return result
  const { kind, id, version } = result.current
  return { ...result, current: { kind, id, version } }
}

function filesOf(command: Command): readonly Attachment[] {
  return ('attachments' in command ? command.attachments : undefined) ?? []
}
