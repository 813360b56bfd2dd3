import { assertNever } from '../assert-never'
import type { ExplainInput } from '../sla/explain'
import type { Priority, TargetName } from '../sla/policy'
import { report, type TargetReport } from '../sla/report'
import { type ClockSpan, clockSpans, timeLeft } from '../sla/time-left'
import type { Calendar } from '../time/calendar'
import type { Instant } from '../time/instant'
import { apply } from './apply'
import type { Agent } from './people'
import type { Ticket } from './ticket'

/**
 * What a change of priority does to one target (sla.md §6). Instants are epoch ms; `from` and `to` are due times.
 * - `settled`: met, missed, breached or cancelled already, nothing moves it any more
 * - `breaches`: breaches at once, for good, since `to` has passed
 * - `breaches-at-resume`: the same, declared when the open pause ends
 * - `paused`: stands still afterwards; `from` and `to` are what would be due if the pause ended at `now`
 */
export type TargetEffect =
  | { readonly kind: 'settled'; readonly state: 'met' | 'missed' | 'breached' | 'cancelled' }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'moved'; readonly from: Instant; readonly to: Instant }
  | { readonly kind: 'gains-date'; readonly to: Instant }
  | { readonly kind: 'loses-date'; readonly from: Instant | undefined }
  | { readonly kind: 'breaches'; readonly from: Instant | undefined; readonly to: Instant }
  | { readonly kind: 'breaches-at-resume' }
  | { readonly kind: 'paused'; readonly from: Instant | undefined; readonly to: Instant }

export type PriorityEffect = { readonly [name in TargetName]: TargetEffect }

export type PriorityEffectInput = {
  /** As the portal confirmed it: what the SLA is judged by. */
  readonly ticket: Ticket
  readonly priority: Priority
  readonly actor: Agent
  readonly policy: ExplainInput['policy']
  readonly calendar: Calendar
  readonly now: Instant
}

/**
 * What the SLA would say if this priority were set at `now`: the ticket's report with and without that change.
 * @throws FieldError as `report` does
 */
export function priorityEffect(input: PriorityEffectInput): PriorityEffect {
  const { ticket, priority, actor, policy, calendar, now } = input
  const { ticket: changed } = apply({
    // Only its effect is looked at; it is never stored, so it needs no identity.
    command: { id: '', at: now, baseVersion: 0, type: 'set-priority', target: ticket.id, priority },
    ticket,
    actor,
    at: now,
    version: 0,
  })
  const terms = { policy, calendar, plan: ticket.plan }
  // A desk whose clock is a little behind still sees the change it makes.
  const at = Math.max(now, changed.slaEvents.at(-1)?.at ?? now)
  const without = { ...terms, events: ticket.slaEvents, now: at }
  const withIt = { ...terms, events: changed.slaEvents, now: at }
  const before = report(without)
  const after = report(withIt)
  const spans = { before: clockSpans(without), after: clockSpans(withIt) }
  const effectOn = (name: TargetName): TargetEffect => {
    const span = spans.after[name]
    if (after[name].state !== 'paused' || span === undefined) return compare(before[name], after[name])
    const dueIn = (one: ClockSpan) => at + timeLeft(one, calendar, at).elapsedMs
    const old = spans.before[name]
    const from = old && dueIn(old)
    const to = dueIn(span)
    if (to < at) return { kind: 'breaches-at-resume' }
    return from === to ? { kind: 'unchanged' } : { kind: 'paused', from, to }
  }
  return { firstResponse: effectOn('firstResponse'), resolution: effectOn('resolution') }
}

function compare(before: TargetReport, after: TargetReport): TargetEffect {
  switch (before.state) {
    case 'met':
    case 'missed':
    case 'breached':
    case 'cancelled':
      return { kind: 'settled', state: before.state }
    case 'running':
    case 'paused':
    case 'awaiting-proposal':
      break
    default:
      return assertNever(before, 'target state')
  }
  const from = before.state === 'running' ? before.due : undefined
  switch (after.state) {
    case 'breached':
      return { kind: 'breaches', from, to: after.due }
    case 'paused':
      return { kind: 'unchanged' }
    case 'awaiting-proposal':
      return before.state === 'awaiting-proposal' ? { kind: 'unchanged' } : { kind: 'loses-date', from }
    case 'running':
      if (from === undefined) return { kind: 'gains-date', to: after.due }
      return from === after.due ? { kind: 'unchanged' } : { kind: 'moved', from, to: after.due }
    case 'met':
    case 'missed':
    case 'cancelled':
      return { kind: 'settled', state: after.state }
    default:
      return assertNever(after, 'target state')
  }
}
