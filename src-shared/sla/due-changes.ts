import type { Calendar } from '../time/calendar'
import { LATEST } from '../time/horizon'
import type { Instant } from '../time/instant'
import { workingTimeBetween } from '../time/working-time'
import type { SlaEvent } from './events'
import type { Plan, TargetName } from './policy'
import { type ReportInput, report, type TargetReport } from './report'

/** A ticket as far as its deadlines need it. */
export type DueTicket = { readonly id: string; readonly plan: Plan; readonly events: readonly SlaEvent[] }

/** What deadlines are reckoned with: one of these, or both, is about to change. */
export type Terms = { readonly policy: ReportInput['policy']; readonly calendar: Calendar }

/** One open target whose deadline or state changes with the terms. */
export type DueChange = {
  readonly id: string
  readonly target: TargetName
  readonly before: TargetReport
  readonly after: TargetReport
  /** Elapsed time from the old deadline to the new one, negative when earlier; `undefined` when one of them is missing. */
  readonly movedMs: number | undefined
  /** The same as working time of the new calendar. */
  readonly movedWorkingMs: number | undefined
}

export type DueChanges = {
  /** Targets that are running, paused or breached under the old terms or the new ones. */
  readonly open: number
  readonly changed: readonly DueChange[]
  readonly later: number
  readonly earlier: number
  /** The one that moves furthest, either way. */
  readonly largest: DueChange | undefined
  readonly newlyBreached: readonly DueChange[]
  readonly noLongerBreached: readonly DueChange[]
  /** Outcomes (met, missed) that would read differently: reports are computed, so a change of terms reaches back. */
  readonly outcomesChanged: readonly DueChange[]
}

/**
 * What a new calendar or policy does to tickets at `now`: by how much each open target's due time moves, and which
 * breach by it. `before` and `after` give the terms of a ticket; for a ticket the change is not about, the same twice.
 * @throws FieldError when a ticket's history is none, as `report` does
 */
export function dueChanges<T extends DueTicket>(
  tickets: readonly T[],
  before: (ticket: T) => Terms,
  after: (ticket: T) => Terms,
  now: Instant,
): DueChanges {
  const changed: DueChange[] = []
  const outcomesChanged: DueChange[] = []
  let open = 0
  for (const ticket of tickets) {
    const { id, plan, events } = ticket
    const newTerms = after(ticket)
    const old = report({ ...before(ticket), plan, events, now })
    const fresh = report({ ...newTerms, plan, events, now })
    for (const target of ['firstResponse', 'resolution'] as const) {
      const change = changeOf(id, target, old[target], fresh[target], newTerms.calendar)
      const isStillOpen = isOpen(old[target]) || isOpen(fresh[target])
      if (isStillOpen) open += 1
      if (isSame(change.before, change.after)) continue
      if (isStillOpen) changed.push(change)
      // When it would have been due is nobody's concern any more; whether it was in time is.
      else if (change.before.state !== change.after.state) outcomesChanged.push(change)
    }
  }
  const by = (change: DueChange) => change.movedMs ?? 0
  return {
    open,
    changed,
    later: changed.filter((change) => by(change) > 0).length,
    earlier: changed.filter((change) => by(change) < 0).length,
    largest: changed.reduce<DueChange | undefined>(
      (most, change) => (Math.abs(by(change)) > Math.abs(most === undefined ? 0 : by(most)) ? change : most),
      undefined,
    ),
    newlyBreached: changed.filter(
      (change) => change.after.state === 'breached' && change.before.state !== 'breached',
    ),
    noLongerBreached: changed.filter(
      (change) => change.before.state === 'breached' && change.after.state !== 'breached',
    ),
    outcomesChanged,
  }
}

function changeOf(
  id: string,
  target: TargetName,
  before: TargetReport,
  after: TargetReport,
  calendar: Calendar,
): DueChange {
  const from = dueOf(before)
  const to = dueOf(after)
  const hasBoth = from !== undefined && to !== undefined
  // A date somebody proposed may lie where no zone is known any more.
  const isKnown = hasBoth && from < LATEST && to < LATEST
  return {
    id,
    target,
    before,
    after,
    movedMs: hasBoth ? to - from : undefined,
    movedWorkingMs: isKnown ? workingTimeBetween(calendar, from, to) : undefined,
  }
}

function dueOf(target: TargetReport): Instant | undefined {
  return 'due' in target ? target.due : undefined
}

function isOpen({ state }: TargetReport): boolean {
  return state === 'running' || state === 'paused' || state === 'breached' || state === 'awaiting-proposal'
}

function isSame(a: TargetReport, b: TargetReport): boolean {
  const breachedAt = (target: TargetReport) => ('breachedAt' in target ? target.breachedAt : undefined)
  return a.state === b.state && dueOf(a) === dueOf(b) && breachedAt(a) === breachedAt(b)
}
