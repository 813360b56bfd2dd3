import { assertNever } from '../assert-never'
import { type Day, formatDay, parseDay, weekdayOf } from '../time/civil-date'
import type { Instant } from '../time/instant'
import { wallTimeAt } from '../time/zone'
import type { Plan, Status, Target } from './policy'
import type { SatisfiedBy } from './report'
import { shortenWhy } from './shorten-why'
import type { PauseTold, WhyStep } from './why-step'

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

const PAUSED: Readonly<Record<Status, string>> = {
  open: 'Paused while open',
  'waiting-on-customer': 'Waited on the customer',
  'on-hold': 'On hold',
  solved: 'Solved',
  closed: 'Closed',
}

const EARLIER = {
  retargeted: 'earlier change of priority, earlier changes of priority',
  reopened: 'earlier reopening, earlier reopenings',
  proposed: 'earlier proposed date, earlier proposed dates',
  satisfied: 'earlier outcome undone by a reopening, earlier outcomes undone by reopenings',
  exception: 'earlier day with other hours, earlier days with other hours',
} as const

/**
 * The reasons of `explain` as sentences, one a step, few enough for a panel (`shortenWhy`); times are wall times of `zone`.
 */
export function whyInWords(steps: readonly WhyStep[], zone: string): readonly string[] {
  return shortenWhy(steps).map((step) => sentence(step, zone))
}

function sentence(step: WhyStep, zone: string): string {
  switch (step.kind) {
    case 'policy':
      return `${PLANS[step.plan]} plan${step.id === undefined ? '' : ` of the policy ${step.id}`}${version(step.version)}.`
    case 'calendar': {
      const name = step.name === undefined ? step.id : `${step.name} (${step.id})`
      return `Calendar ${name}${version(step.version)}, zone ${step.zone}.`
    }
    case 'started':
      return `Started ${when(step.at, zone)} as ${step.priority}: ${targetInWords(step.target, step.hoursPerDay)}.`
    case 'opening':
      return `That is outside working hours: the time counts from the opening ${when(step.opensAt, zone)} on.`
    case 'retargeted':
      return `Changed ${when(step.at, zone)} from ${step.from} to ${step.priority}, counted from the original start: ${targetInWords(step.target, step.hoursPerDay)}.`
    case 'paused':
      return pauseInWords(step, zone)
    case 'pauses':
      return `${step.count} earlier pauses between ${when(step.from, zone)} and ${when(step.until, zone)}: together ${moved(step)}.`
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
      return `Skipped ${dayName(step.date)}: ${step.name}.`
    case 'exception':
      return `Other hours on ${dayName(step.date)}${step.name === undefined ? '' : ` (${step.name})`}: ${
        step.hours.map(([opens, closes]) => `${opens}-${closes}`).join(', ') || 'closed'
      }.`
    case 'holidays':
      return `Skipped ${step.holidays.length} holidays: ${holidayNames(step.holidays)}.`
    case 'weekend': {
      const days = step.from === step.to ? dayName(step.from) : `${dayName(step.from)} to ${dayName(step.to)}`
      return `Skipped ${days}: no working days.`
    }
    case 'weekends':
      return `Skipped ${step.count} weekends, the first from ${dayName(step.from)}, the last to ${dayName(step.to)}.`
    case 'moved':
      return `That time of day is outside working hours then: moved to ${when(step.to, zone)}.`
    case 'earlier': {
      const [one, many] = EARLIER[step.what].split(', ')
      return `${step.count} ${step.count === 1 ? one : many}.`
    }
    case 'beyond-calendar':
      return `The calendar knows its holidays through ${step.validThrough} only: this date may be too early.`
    case 'due':
      return `Due ${when(step.due, zone)}.`
    default:
      return assertNever(step, 'step')
  }
}

function pauseInWords(step: PauseTold, zone: string): string {
  const { at, until, status } = step
  if (until === undefined) return `${PAUSED[status]} since ${when(at, zone)}: the clock stands still.`
  return `${PAUSED[status]} from ${when(at, zone)} to ${when(until, zone)}: ${moved(step)}.`
}

function moved({ countedMs, measure }: Pick<PauseTold, 'countedMs' | 'measure'>): string {
  if (countedMs === 0) return 'that moves nothing'
  return `${duration(countedMs)}${measure === 'working' ? ' of working time' : ''} later`
}

function holidayNames(holidays: readonly { readonly date: string; readonly name: string }[]): string {
  const shown = holidays.slice(0, 5).map(({ date, name }) => `${name} ${date}`)
  const more = holidays.length - shown.length
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ')
}

/** `Sat 2026-07-11` */
function dayName(date: string): string {
  const day = parseDay(date)
  return day === undefined ? date : `${weekdayName(day)} ${date}`
}

function weekdayName(day: Day): string {
  const weekday = weekdayOf(day)
  return `${weekday.charAt(0).toUpperCase()}${weekday.slice(1)}`
}

/** `5 business days as working time, that is 42.5 hours` */
export function targetInWords(target: Target, hoursPerDay: number): string {
  switch (target.kind) {
    case 'clock':
      return `${count(target.hours, 'hour')} around the clock`
    case 'businessHours':
      return `${count(target.hours, 'hour')} of working time`
    case 'businessDays': {
      const days = count(target.days, 'business day')
      switch (target.convention) {
        case 'working-time':
          return `${days} as working time, that is ${count(target.days * hoursPerDay, 'hour')}`
        case 'end-of-day':
          return `${days} to the end of the day, until its last closing`
        case 'same-time':
          return `${days} to the same time of the day`
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
export function when(at: Instant, zone: string): string {
  const { day, timeMs } = wallTimeAt(zone, at)
  const time = new Date(timeMs).toISOString().slice(11, -1)
  return `${weekdayName(day)} ${formatDay(day)} ${time.replace(/(:00)?\.000$/, '')}`
}

/** `2 h 30 min`, rounded down. */
export function duration(ms: number): string {
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
