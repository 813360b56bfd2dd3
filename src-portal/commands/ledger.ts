import { inArray, sql } from 'drizzle-orm'
import type { CommandResult } from '#shared/portal/calls'
import type { WireRecord } from '#shared/portal/records'
import type { Command } from '#shared/tickets/command'
import type { Agent } from '#shared/tickets/people'
import type { Instant } from '#shared/time/instant'
import type { Database } from '../db/database'
import { commands } from '../db/schema'
import { storableJson } from '../db/storable-json'
import { advanceSequence, lockSequence } from '../db/write-records'
import { findTickets, insertMessages, type MessageRow, type TicketRow, updateTickets } from './ticket-rows'

/**
 * Versions set aside for one command: its messages take those below, its ticket the last. So a desk that has seen the
 * ticket at the version of the result has seen all the command did. Unused ones are never given out.
 */
export const VERSIONS_PER_COMMAND = 8

/** An answer that was given, and to whom. */
export type Answered = { readonly id: string; readonly agentId: string; readonly result: CommandResult }

/**
 * What some commands are decided against and what they change, in memory between one look at the database and one
 * write: so a transaction takes the same few statements however many commands are in it. Only what holds the lock of
 * all writers has one, which is why nothing in it grows old.
 */
export class Ledger {
  private readonly messages: MessageRow[] = []
  private readonly changed = new Map<string, TicketRow>()
  private readonly taken: (typeof commands.$inferInsert)[] = []

  private constructor(
    private readonly tx: Database,
    private version: number,
    private readonly answered: Map<string, Answered>,
    private readonly tickets: Map<string, WireRecord>,
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
    const tickets = await findTickets(tx, [...new Set(asked.map(({ target }) => target))])
    return new Ledger(tx, version, new Map(answered.map((answer) => [answer.id, answer])), tickets)
  }

  answerTo(id: string): Answered | undefined {
    return this.answered.get(id)
  }

  /** The ticket as it is after the commands before this one. */
  ticket(id: string): WireRecord | undefined {
    return this.tickets.get(id)
  }

  /** The version that a command's ticket gets, if it changes. */
  get nextVersion(): number {
    return this.version + VERSIONS_PER_COMMAND
  }

  /** Takes a changed ticket and its new messages, in wire form, at `nextVersion` and below. */
  change(ticket: Omit<TicketRow, 'version'>, messages: readonly unknown[]): void {
    if (messages.length >= VERSIONS_PER_COMMAND)
      throw new Error(`one command wrote ${messages.length} messages`)
    this.version = this.nextVersion
    const first = this.version - messages.length
    this.messages.push(...messages.map((value, n) => ({ version: first + n, value })))
    this.changed.set(ticket.id, { ...ticket, version: this.version })
    const { id, value } = ticket
    this.tickets.set(id, { kind: 'ticket', id, version: this.version, value })
  }

  /** Keeps the answer to a command, for when it is sent again. */
  answer(command: Command, actor: Agent, at: Instant, result: CommandResult): void {
    const { id, type, target } = command
    this.answered.set(id, { id, agentId: actor.id, result })
    const stored = sql`${storableJson(result)}::jsonb`
    this.taken.push({ id, agentId: actor.id, type, target, result: stored, takenAt: new Date(at) })
  }

  /** Writes all of it. */
  async write(): Promise<void> {
    if (this.messages.length > 0) await insertMessages(this.tx, this.messages)
    if (this.taken.length > 0) await this.tx.insert(commands).values(this.taken)
    if (this.changed.size === 0) return
    await updateTickets(this.tx, [...this.changed.values()])
    await advanceSequence(this.tx, this.version)
  }
}
