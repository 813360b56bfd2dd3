import { assertNever } from '../assert-never'
import { formatDay, weekdayOf } from '../time/civil-date'
import type { Instant } from '../time/instant'
import { wallTimeAt } from '../time/zone'
import type { WhyStep } from './explain'
import type { Plan, Target } from './policy'
import type { SatisfiedBy } from './report'

const PLANS: Readonly<Record<Plan, string>> = {
  standard: 'Standard',
  premium: 'Premium',
  'premium-plus': 'Premium+',
}

const BY: Readonly<Record<SatisfiedBy, string>> = {
  reply: 'by a public reply',
  call: 'by the call an agent logged',
  solve: 'because the ticket was solved',
  workaround: 'by a workaround',
}

/** The reasons of `explain` as sentences, one a step; times are wall times of `zone`. */
export function whyInWords(steps: readonly WhyStep[], zone: string): readonly string[] {
  return steps.map((step) => sentence(step, zone))
}

function sentence(step: WhyStep, zone: string): string {
  switch (step.kind) {
    case 'policy':
      return `${PLANS[step.plan]} plan${step.id === undefined ? '' : ` of the policy ${step.id}`}${version(step.version)}.`
    case 'calendar':
      return `Calendar ${step.id}${version(step.version)}, zone ${step.zone}.`
    case 'started':
      return `Started ${when(step.at, zone)} as ${step.priority}: ${targetInWords(step.target, step.hoursPerDay)}.`
    case 'retargeted':
      return `Changed ${when(step.at, zone)} to ${step.priority}, from the original start: ${targetInWords(step.target, step.hoursPerDay)}.`
    case 'paused':
      return `Paused ${when(step.at, zone)}: ${step.status.replaceAll('-', ' ')}.`
    case 'resumed':
      return `The pause since ${when(step.pausedSince, zone)} ended ${when(step.at, zone)}; it counts for ${duration(step.countedMs)}.`
    case 'proposed':
      return `A course of action was proposed ${when(step.at, zone)} for ${when(step.due, zone)}.`
    case 'satisfied':
      return `Satisfied ${when(step.at, zone)} ${BY[step.by]}.`
    case 'breached':
      return step.at === step.due
        ? `Breached: the deadline ${when(step.due, zone)} passed.`
        : `Breached ${when(step.at, zone)}: from then on the deadline ${when(step.due, zone)} counts, which had passed.`
    case 'reopened':
      return `Reopened ${when(step.at, zone)}.`
    case 'final':
      return `The workaround of ${when(step.at, zone)} makes the outcome final.`
    case 'cancelled':
      return `Cancelled ${when(step.at, zone)}.`
    case 'holiday':
      return `Skipped ${step.date}: ${step.name}.`
    case 'exception':
      return `Other hours on ${step.date}${step.name === undefined ? '' : ` (${step.name})`}: ${
        step.hours.map(([opens, closes]) => `${opens}-${closes}`).join(', ') || 'closed'
      }.`
    case 'due':
      return `Due ${when(step.due, zone)}.`
    default:
      return assertNever(step, 'step')
  }
}

function targetInWords(target: Target, hoursPerDay: number): string {
  switch (target.kind) {
    case 'clock':
      return `${count(target.hours, 'hour')} around the clock`
    case 'businessHours':
      return `${count(target.hours, 'hour')} of working time`
    case 'businessDays': {
      const days = count(target.days, 'business day')
      switch (target.convention) {
        case 'working-time':
          return `${days}, that is ${count(target.days * hoursPerDay, 'hour')} of working time`
        case 'end-of-day':
          return `${days}, until the last closing of that day`
        case 'same-time':
          return `${days}, until the same time of that day`
        default:
          return assertNever(target.convention, 'convention')
      }
    }
    case 'proposed':
      return 'the date of a proposed course of action'
    default:
      return assertNever(target, 'target')
  }
}

/** `Fri 2026-07-10 16:30` on the wall of the zone, with seconds only where there are some. */
function when(at: Instant, zone: string): string {
  const { day, timeMs } = wallTimeAt(zone, at)
  const weekday = weekdayOf(day)
  const time = new Date(timeMs).toISOString().slice(11, -1)
  return `${weekday.charAt(0).toUpperCase()}${weekday.slice(1)} ${formatDay(day)} ${time.replace(/(:00)?\.000$/, '')}`
}

function duration(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  const parts = [
    ...(minutes >= 60 ? [`${Math.floor(minutes / 60)} h`] : []),
    ...(minutes % 60 > 0 ? [`${minutes % 60} min`] : []),
  ]
  if (parts.length > 0) return parts.join(' ')
  return ms === 0 ? 'nothing' : 'less than a minute'
}

function count(n: number, what: string): string {
  return `${Number(n.toFixed(2))} ${what}${n === 1 ? '' : 's'}`
}

function version(text: string | undefined): string {
  return text === undefined ? '' : `, version ${text}`
}
