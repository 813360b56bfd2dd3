import { useCallback, useMemo } from 'react'
import type { Policy, Priority } from '#shared/sla/policy'
import { report, type TargetReport } from '#shared/sla/report'
import { apply } from '#shared/tickets/apply'
import type { Agent } from '#shared/tickets/people'
import { type PriorityEffect, priorityEffect, type TargetEffect } from '#shared/tickets/priority-effect'
import type { Ticket } from '#shared/tickets/ticket'
import type { Calendar } from '#shared/time/calendar'
import type { Instant } from '#shared/time/instant'
import type { TicketView } from '../../store/desk-store'
import { useClock } from '../../ui/use-clock'
import { useDesk } from '../../ui/use-desk'

/** This second. */
export function useSecond(): Instant {
  return useClock(useCallback((now) => now - (now % 1000), []))
}

/** What this priority would do to both targets as of this second; `undefined` while that can't be said. */
export function usePriorityEffect(
  view: TicketView | undefined,
  priority: Priority | undefined,
): PriorityEffect | undefined {
  const desk = useDesk()
  const now = useSecond()
  return useMemo(() => {
    if (!view || priority === undefined) return undefined
    const ticket = view.confirmed
    const policy = desk.policy(ticket.policyId)
    const calendar = desk.calendar(ticket.calendarId)
    return policy && calendar && priorityEffect({ ticket, priority, actor: desk.me, policy, calendar, now })
  }, [desk, view, priority, now])
}

export type ProposalInput = {
  /** As the portal confirmed it: what the SLA is judged by. */
  readonly ticket: Ticket
  readonly dueAt: Instant
  readonly actor: Agent
  readonly policy: Policy
  readonly calendar: Calendar
  readonly now: Instant
}

/** What this date would do to the resolution: it is the deadline of P3 and P4, and of no other (sla.md §3). */
export function proposalEffect({ ticket, dueAt, actor, policy, calendar, now }: ProposalInput): TargetEffect {
  const { ticket: changed } = apply({
    // Only its effect is looked at; it is never stored, so it needs no identity.
    command: {
      ...{ id: '', at: now, baseVersion: 0, target: ticket.id },
      ...{ type: 'propose-course-of-action', text: '', dueAt },
    },
    ticket,
    actor,
    at: now,
    version: 0,
  })
  // A desk whose clock is a little behind still sees the change it makes.
  const at = Math.max(now, changed.slaEvents.at(-1)?.at ?? now)
  const terms = { policy, calendar, plan: ticket.plan, now: at }
  const before = report({ ...terms, events: ticket.slaEvents }).resolution
  const after = report({ ...terms, events: changed.slaEvents }).resolution
  return compared(before, after)
}

function compared(before: TargetReport, after: TargetReport): TargetEffect {
  if (isSettled(before)) return { kind: 'settled', state: before.state }
  if (isSettled(after)) return { kind: 'settled', state: after.state }
  if (after.state !== 'running') return { kind: 'unchanged' }
  if (before.state !== 'running') return { kind: 'gains-date', to: after.due }
  return before.due === after.due ? { kind: 'unchanged' } : { kind: 'moved', from: before.due, to: after.due }
}

type Settled = Extract<TargetReport, { state: 'met' | 'missed' | 'breached' | 'cancelled' }>

function isSettled(target: TargetReport): target is Settled {
  return ['met', 'missed', 'breached', 'cancelled'].includes(target.state)
}
