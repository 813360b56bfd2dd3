import type { Decision } from '../tickets/decide'
import type { Agent } from '../tickets/people'
import type { Instant } from '../time/instant'
import { actionInWords, type BulkAction, type BulkDraft, draftFor, type Names } from './bulk-action'
import { type Undo, undoOf } from './bulk-undo'
import type { QueueRow } from './row'

/** One ticket that the action changes. */
export type BulkStep = {
  readonly ticketId: string
  readonly number: string
  readonly command: BulkDraft
  readonly undo: Undo
}

/** One ticket that stays as it is. */
export type BulkRefusal = { readonly ticketId: string; readonly number: string; readonly why: string }

/** What an action would do, before anything is done. */
export type BulkPlan = {
  readonly steps: readonly BulkStep[]
  readonly refusals: readonly BulkRefusal[]
  /** As in "Claim 3 of 5 tickets". */
  readonly title: string
  /** What to know before saying yes: what is taken from whom, what stays, and what can't be undone. */
  readonly remarks: readonly string[]
}

export type BulkInput = {
  readonly action: BulkAction
  /** Each ticket counts once. */
  readonly rows: Iterable<QueueRow>
  readonly actor: Agent
  /** What the ticket says to a command: `decide` of tickets/decide.ts where the ticket is at hand. */
  readonly decide: (command: BulkDraft, row: QueueRow) => Decision
  readonly names: Names
  readonly now: Instant
}

export function bulkPlan({ action, rows, actor, decide, names, now }: BulkInput): BulkPlan {
  const each = new Map([...rows].map((row) => [row.id, row]))
  const steps: BulkStep[] = []
  const refusals: BulkRefusal[] = []
  const taken = new Map<string, number>()
  for (const row of each.values()) {
    const command = draftFor(action, row.id)
    const decision = decide(command, row)
    const { id: ticketId, number } = row
    if (decision.kind === 'apply') {
      steps.push({ ticketId, number, command, undo: undoOf(action, row, actor, now) })
      if (isTaken(action, row, actor)) {
        const owner = names.agent(row.assigneeId ?? '')
        taken.set(owner, (taken.get(owner) ?? 0) + 1)
      }
    } else {
      const why =
        decision.kind === 'reject' ? decision.message : `${number} was changed meanwhile: look at it first`
      refusals.push({ ticketId, number, why })
    }
  }
  const tickets = each.size === 1 ? 'ticket' : 'tickets'
  const count = refusals.length === 0 ? `${steps.length}` : `${steps.length} of ${each.size}`
  return {
    steps,
    refusals,
    title: actionInWords(action, `${count} ${tickets}`, names),
    remarks: [
      ...[...taken].map(([owner, number]) => `${number} ${number === 1 ? 'is' : 'are'} taken from ${owner}`),
      ...undoRemarks(steps),
    ],
  }
}

function isTaken(action: BulkAction, { assigneeId }: QueueRow, actor: Agent): boolean {
  const givesAway = action.type === 'claim' || action.type === 'assign'
  return givesAway && assigneeId !== undefined && assigneeId !== actor.id
}

function undoRemarks(steps: readonly BulkStep[]): readonly string[] {
  const remarks = new Map<string, number>()
  for (const { undo } of steps) {
    const remark =
      'impossible' in undo
        ? `No undo: ${undo.impossible}`
        : undo.stays === undefined
          ? undefined
          : `Undo brings back all but this: ${undo.stays}`
    if (remark !== undefined) remarks.set(remark, (remarks.get(remark) ?? 0) + 1)
  }
  return [...remarks].map(([remark, count]) =>
    count === steps.length ? remark : `${remark} (${count} of ${steps.length})`,
  )
}

/**
 * The one undo of all that was done: the inverse commands, in order; empty when nothing can be taken back.
 * @param done steps of a plan whose commands were given
 */
export function undoCommands(done: readonly BulkStep[]): readonly BulkDraft[] {
  return done.flatMap(({ undo }) => ('commands' in undo ? undo.commands : []))
}
