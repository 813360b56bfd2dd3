import { assertNever } from '../assert-never'
import type { Policy, TargetName } from '../sla/policy'
import type { SlaReport } from '../sla/report'
import type { Agent } from '../tickets/people'
import type { Ticket } from '../tickets/ticket'
import type { Instant } from '../time/instant'
import { isFor, type Level } from './recipients'

export type Crossing = {
  /** Once for each ticket, target, cycle and threshold, across restarts and windows. */
  readonly key: string
  readonly ticketId: string
  readonly target: TargetName
  readonly level: Level
  readonly due: Instant
  /** Present for a breach. */
  readonly breachedAt?: Instant
}

/** Why a target of a ticket alerts nobody right now; there is always a name for it. */
export type Silence =
  | 'low-priority'
  | 'not-yet'
  | 'not-mine'
  | 'already-fired'
  | 'satisfied'
  | 'paused'
  | 'no-deadline'
  | 'cancelled'

export type AlertDecision =
  | {
      readonly kind: 'fire'
      readonly crossing: Crossing
      /** Lower thresholds crossed unnoticed: only the highest one speaks. */
      readonly superseded: readonly string[]
    }
  | { readonly kind: 'silent'; readonly target: TargetName; readonly reason: Silence }

export type AlertInput = {
  /** As the portal confirmed it: an unsent reply has not reached the customer. */
  readonly ticket: Ticket
  /** Of that ticket, at the time of the decision. */
  readonly report: SlaReport
  readonly policy: Pick<Policy, 'thresholds' | 'alertPriorities'>
  readonly me: Agent
  /** Whether this key was decided on before. */
  readonly isFired: (key: string) => boolean
  readonly now: Instant
}

/** What each target of a ticket has to say at `now`: at most one alert each. */
export function decideAlerts(input: AlertInput): readonly AlertDecision[] {
  return (['firstResponse', 'resolution'] as const).map((target) => decideTarget(input, target))
}

function decideTarget(input: AlertInput, target: TargetName): AlertDecision {
  const { ticket, report, policy, me, isFired, now } = input
  const silent = (reason: Silence): AlertDecision => ({ kind: 'silent', target, reason })
  if (!policy.alertPriorities.includes(ticket.priority)) return silent('low-priority')
  const state = report[target]
  switch (state.state) {
    case 'met':
    case 'missed':
      return silent('satisfied')
    case 'paused':
      return silent('paused')
    case 'awaiting-proposal':
      return silent('no-deadline')
    case 'cancelled':
      return silent('cancelled')
    case 'running':
    case 'breached':
      break
    default:
      return assertNever(state, 'target state')
  }
  const levels: Level[] =
    state.state === 'breached'
      ? [...policy.thresholds[target], 'breach']
      : report.thresholdsAt[target].filter(({ at }) => at <= now).map(({ share }) => share)
  const level = levels.at(-1)
  if (level === undefined) return silent('not-yet')
  if (!isFor(me, ticket, level)) return silent('not-mine')
  const keyOf = (at: Level): string => alertKey(ticket.id, target, report.cycle[target], at)
  const key = keyOf(level)
  if (isFired(key)) return silent('already-fired')
  return {
    kind: 'fire',
    crossing: {
      key,
      ticketId: ticket.id,
      target,
      level,
      due: state.due,
      ...(state.state === 'breached' ? { breachedAt: state.breachedAt } : {}),
    },
    superseded: levels
      .slice(0, -1)
      .map(keyOf)
      .filter((lower) => !isFired(lower)),
  }
}

export function alertKey(ticketId: string, target: TargetName, cycle: number, level: Level): string {
  return `${ticketId}/${target}/${cycle}/${level === 'breach' ? level : Math.round(level * 100)}`
}
