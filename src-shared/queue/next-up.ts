import type { Instant } from '../time/instant'
import { dueInWords, spanInWords } from './due-words'
import type { Viewer } from './filter-words'
import { targetLabel } from './labels'
import type { DueName, QueueRow } from './row'
import { targetState, urgencyOf } from './row-clocks'

export type NextUp = {
  readonly row: QueueRow
  /** It is mine already: to be opened, not claimed. */
  readonly isMine: boolean
  /** Why this one, as in "P1 of Acme, first response due in 12 min". */
  readonly why: string
}

/** From here on a promised update is something to do now. */
const PROMISE_NEAR_MS = 30 * 60_000

/**
 * The most urgent open ticket that is mine to take; undefined when there is none. Mine to take is, in this order:
 * 1. what is nobody's in my region, or mine and owes the customer a word. What presses comes first: a P1, or a target
 *    of which three quarters are used up, or a promise that is near. Then by priority, what is due first, and age.
 * 2. P1 and P2 of other regions that are nobody's; those that breach soonest come first.
 *
 * What waits on the customer or is on hold, and what a backline was asked to take over, is nobody's to take.
 * @param except tickets to pass over, such as the one on the screen
 */
export function nextUp(
  rows: Iterable<QueueRow>,
  me: Viewer,
  now: Instant,
  except: ReadonlySet<string> = new Set(),
): NextUp | undefined {
  let best: { row: QueueRow; rank: readonly number[] } | undefined
  for (const row of rows) {
    // Most rows of a workspace are over: they are passed at a glance.
    if (!row.isOpen || row.status !== 'open' || except.has(row.id)) continue
    const rank = rankOf(row, me, now)
    if (rank && (!best || isBefore(rank, row, best.rank, best.row))) best = { row, rank }
  }
  if (!best) return undefined
  const { row } = best
  return { row, isMine: row.assigneeId === me.id, why: whyOf(row, me, now) }
}

/** Numbers to be compared one after the other, the smaller one first; undefined when it isn't mine to take. */
function rankOf(row: QueueRow, me: Viewer, now: Instant): readonly number[] | undefined {
  if (row.mergedInto !== undefined || isEscalatedAway(row, me)) return undefined
  const priority = Number(row.priority.slice(1))
  const due = row.nextDueAt ?? Number.POSITIVE_INFINITY
  const isMine = row.assigneeId === me.id
  if (isMine ? owesAWord(row, now) : row.assigneeId === undefined && row.region === me.region) {
    return [0, isPressing(row, now) ? 0 : 1, priority, due, row.createdAt]
  }
  if (row.assigneeId !== undefined || row.region === me.region || priority > 2) return undefined
  return [1, due, priority, row.createdAt]
}

function isBefore(a: readonly number[], rowA: QueueRow, b: readonly number[], rowB: QueueRow): boolean {
  const place = a.findIndex((value, index) => value !== b[index])
  if (place < 0) return rowA.id < rowB.id
  return (a[place] ?? 0) < (b[place] ?? 0)
}

function isEscalatedAway({ escalation }: QueueRow, me: Viewer): boolean {
  if (!escalation || escalation.state === 'returned') return false
  return escalation.state === 'offered' || escalation.answeredById !== me.id
}

function owesAWord(row: QueueRow, now: Instant): boolean {
  const state = targetState(row, 'firstResponse')
  return row.awaitsReply || state === 'running' || state === 'breached' || isPromiseNear(row, now)
}

function isPromiseNear({ promisedAt }: QueueRow, now: Instant): boolean {
  return promisedAt !== undefined && promisedAt - now <= PROMISE_NEAR_MS
}

function isPressing(row: QueueRow, now: Instant): boolean {
  if (row.priority === 'P1' || isPromiseNear(row, now)) return true
  return (['firstResponse', 'resolution'] as const).some((name) => {
    const urgency = urgencyOf(row, name, now)
    return urgency === 'high' || urgency === 'critical' || urgency === 'over'
  })
}

function whyOf(row: QueueRow, me: Viewer, now: Instant): string {
  const whose =
    row.assigneeId === me.id ? 'yours, ' : row.region === me.region ? '' : `nobody's in ${row.region}, `
  return `${row.priority} of ${row.customer}, ${whose}${dueWords(row, now)}`
}

function dueWords(row: QueueRow, now: Instant): string {
  const { nextDueAt, nextTarget, customerAt, createdAt } = row
  if (nextDueAt !== undefined && nextTarget) return `${dueLabel(nextTarget)} ${dueInWords(nextDueAt, now)}`
  if (row.awaitsReply) {
    return `the customer has waited for an answer for ${spanInWords(now - (customerAt ?? createdAt))}`
  }
  if (row.awaitingProposal) return 'needs a course of action'
  return `opened ${spanInWords(now - createdAt)} ago, nothing due`
}

function dueLabel(name: DueName): string {
  return name === 'promise' ? 'promised update' : targetLabel(name).toLowerCase()
}
