import type { SlaEvent } from '#shared/sla/events'
import { type Policy, type Priority, policySchema, type Status } from '#shared/sla/policy'
import { report, type SlaReport, type TargetReport } from '#shared/sla/report'
import type { Instant } from '#shared/time/instant'
import pack from '../../../resources/policies/bigpanda.json'
import { calendarOf } from '../time/calendars'

/** The shipped pack: resolution pauses while waiting on the customer, first response never. */
export const policy: Policy = policySchema.parse(pack)

/** Mon to Fri 09:00 to 17:00 UTC, 8 hours a day. */
export const calendar = calendarOf({ zone: 'UTC' })

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const FIRST_MONDAY = Date.parse('2026-07-06T00:00:00Z')

/** `Mon 09:00` of the week of 2026-07-06, `Mon+1 09:00:00.001` of the next one; UTC. */
export function on(text: string): Instant {
  const [, day = '', week = '0', time = ''] = /^(\w{3})(?:\+(\d))? (.+)$/.exec(text) ?? []
  const date = FIRST_MONDAY + (DAYS.indexOf(day) + 7 * Number(week)) * 86_400_000
  return date + Date.parse(`1970-01-01T${time}Z`)
}

function said(at: Instant): string {
  const day = Math.floor((at - FIRST_MONDAY) / 86_400_000)
  const week = Math.floor(day / 7)
  const time = new Date(at)
    .toISOString()
    .slice(11, -1)
    .replace(/:00\.000$|\.000$/, '')
  return `${DAYS[day - week * 7]}${week === 0 ? '' : `+${week}`} ${time}`
}

export type Written = readonly [at: string, what: string]

/** Events as people would note them: `created P1`, `call P1`, `reply`, `P2`, `wait`, `propose Fri 12:00`, … */
export function history(...written: readonly Written[]): readonly SlaEvent[] {
  return written.map(([when, what]) => eventOf(on(when), what))
}

const STATUS: Readonly<Record<string, Status>> = {
  open: 'open',
  wait: 'waiting-on-customer',
  hold: 'on-hold',
  solve: 'solved',
  close: 'closed',
}

function eventOf(at: Instant, what: string): SlaEvent {
  const [verb = '', ...rest] = what.split(' ')
  const status = STATUS[verb]
  if (status !== undefined) return { at, type: 'status', to: status }
  const priority = (rest[0] ?? verb) as Priority
  switch (verb) {
    case 'created':
      return { at, type: 'created', priority, channel: 'email', by: 'customer' }
    case 'call':
      return { at, type: 'created', priority, channel: 'phone', by: 'agent' }
    case 'portal-by-phone':
      return { at, type: 'created', priority, channel: 'phone', by: 'customer' }
    case 'agent-by-email':
      return { at, type: 'created', priority, channel: 'email', by: 'agent' }
    case 'reply':
      return { at, type: 'replied', by: 'agent', public: true }
    case 'note':
      return { at, type: 'replied', by: 'agent', public: false }
    case 'robot':
      return { at, type: 'replied', by: 'automation', public: true }
    case 'customer':
      return { at, type: 'replied', by: 'customer', public: true }
    case 'workaround':
      return { at, type: 'workaround' }
    case 'propose':
      return { at, type: 'proposed', dueAt: on(rest.join(' ')) }
    case 'cancel':
      return { at, type: 'cancelled', reason: 'duplicate' }
    default:
      return { at, type: 'prioritised', priority: verb as Priority }
  }
}

export function reportAt(now: string, events: readonly SlaEvent[], terms: Policy = policy): SlaReport {
  return report({ events, policy: terms, calendar, plan: 'premium', now: on(now) })
}

/** `missed Mon 12:00 (reply), due Mon 11:00, breached Mon 11:00` */
export function told(target: TargetReport): string {
  return [
    'satisfiedAt' in target ? `${target.state} ${said(target.satisfiedAt)} (${target.by})` : target.state,
    ...('due' in target && target.due !== undefined ? [`due ${said(target.due)}`] : []),
    ...('breachedAt' in target ? [`breached ${said(target.breachedAt)}`] : []),
  ].join(', ')
}
