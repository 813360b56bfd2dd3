import { assertNever } from '../assert-never'
import type { SlaReport, TargetReport } from '../sla/report'
import type { Instant } from '../time/instant'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How much of a running target is used up: from its start, from 50 %, 75 %, 90 % of it, and past its end. */
export type Urgency = 'calm' | 'half' | 'high' | 'critical' | 'over'

/** What one target shows at an instant: a live countdown, or a word for a clock that stands still. */
export type TargetFace =
  | { readonly form: 'running'; readonly due: Instant; readonly urgency: Exclude<Urgency, 'over'> }
  | { readonly form: 'breached'; readonly due: Instant; readonly urgency: 'over' }
  | { readonly form: 'paused' | 'awaiting-proposal' | 'met' | 'missed' | 'cancelled'; readonly word: string }

type Thresholds = SlaReport['thresholdsAt']['firstResponse']

/**
 * The face of a target at `now`. A report computed before `now` is read forward: past its due a running target has
 * breached (sla.md §4), and thresholds that have passed since raise the urgency.
 */
export function targetFace(target: TargetReport, thresholds: Thresholds, now: Instant): TargetFace {
  switch (target.state) {
    case 'running':
      if (now > target.due) return { form: 'breached', due: target.due, urgency: 'over' }
      return { form: 'running', due: target.due, urgency: urgencyAt(thresholds, now) }
    case 'breached':
      return { form: 'breached', due: target.due, urgency: 'over' }
    case 'paused':
      return { form: 'paused', word: 'Paused' }
    case 'awaiting-proposal':
      return { form: 'awaiting-proposal', word: 'No date yet' }
    case 'met':
      return { form: 'met', word: 'Met' }
    case 'missed':
      return { form: 'missed', word: 'Missed' }
    case 'cancelled':
      return { form: 'cancelled', word: 'Cancelled' }
    default:
      return assertNever(target, 'target state')
  }
}

/** The urgency that `targetFace` shows, without the rest; undefined for a clock that stands still. */
export function targetUrgency(
  target: TargetReport,
  thresholds: Thresholds,
  now: Instant,
): Urgency | undefined {
  if (target.state === 'breached') return 'over'
  if (target.state !== 'running') return undefined
  return now > target.due ? 'over' : urgencyAt(thresholds, now)
}

function urgencyAt(thresholds: Thresholds, now: Instant): Exclude<Urgency, 'over'> {
  let share = 0
  for (const threshold of thresholds) {
    if (threshold.at <= now && threshold.share > share) share = threshold.share
  }
  if (share >= 0.9) return 'critical'
  if (share >= 0.75) return 'high'
  return share >= 0.5 ? 'half' : 'calm'
}

/** The next instant after `now` at which `targetFace` changes by itself: a threshold, or the first breached one. */
export function nextFaceChangeAt(report: SlaReport, now: Instant): Instant | undefined {
  const next = Math.min(
    nextChangeOf(report.firstResponse, report.thresholdsAt.firstResponse, now),
    nextChangeOf(report.resolution, report.thresholdsAt.resolution, now),
  )
  return next === Number.POSITIVE_INFINITY ? undefined : next
}

function nextChangeOf(target: TargetReport, thresholds: Thresholds, now: Instant): number {
  if (target.state !== 'running') return Number.POSITIVE_INFINITY
  let next = target.due + 1 > now ? target.due + 1 : Number.POSITIVE_INFINITY
  for (const { at } of thresholds) if (at > now && at < next) next = at
  return next
}

/**
 * What is left until `due`, as short text of a steady shape: `12:34` under an hour, `3h 05m` under a day, `2d 4h`
 * beyond. Time left rounds down, overdue rounds up and carries a minus, no whole second left is `due now` (sla.md §2).
 */
export function countdownText(due: Instant, now: Instant): string {
  const left = due - now
  if (left < 0) return `−${durationText(roundUp(-left))}`
  return left < SECOND ? 'due now' : durationText(left)
}

/** Rounds an overdue up to the smallest unit that its text shows, so that the text never says less than the truth. */
function roundUp(ms: number): number {
  const seconds = Math.ceil(ms / SECOND) * SECOND
  if (seconds < HOUR) return seconds
  const minutes = Math.ceil(ms / MINUTE) * MINUTE
  return minutes < DAY ? minutes : Math.ceil(ms / HOUR) * HOUR
}

function durationText(ms: number): string {
  if (ms < HOUR) return `${pad(Math.floor(ms / MINUTE))}:${pad(Math.floor((ms % MINUTE) / SECOND))}`
  if (ms < DAY) return `${Math.floor(ms / HOUR)}h ${pad(Math.floor((ms % HOUR) / MINUTE))}m`
  return `${Math.floor(ms / DAY)}d ${Math.floor((ms % DAY) / HOUR)}h`
}

function pad(value: number): string {
  return value < 10 ? `0${value}` : `${value}`
}

/**
 * Working time left or over, as short text: `12:34` under an hour, `42h 30m` beyond. Never in days, since a day of
 * working time and a day on the wall are not the same. Rounds as `countdownText` does.
 */
export function workingTimeText(leftMs: number): string {
  if (leftMs >= 0) return hoursText(leftMs)
  const seconds = Math.ceil(-leftMs / SECOND) * SECOND
  return `−${hoursText(seconds < HOUR ? seconds : Math.ceil(-leftMs / MINUTE) * MINUTE)}`
}

function hoursText(ms: number): string {
  if (ms < HOUR) return durationText(ms)
  return `${Math.floor(ms / HOUR)}h ${pad(Math.floor((ms % HOUR) / MINUTE))}m`
}

/** `countdownText` for a screen reader, to the minute: `3 hours 5 minutes left`, `12 minutes over`. */
export function spokenCountdown(due: Instant, now: Instant): string {
  const left = due - now
  if (left >= 0 && left < SECOND) return 'due now'
  const ms = left < 0 ? roundUp(-left) : left
  const side = left < 0 ? 'over' : 'left'
  if (ms < MINUTE) return left < 0 ? 'less than a minute over' : 'less than a minute left'
  if (ms < HOUR) return `${count(Math.floor(ms / MINUTE), 'minute')} ${side}`
  const [big, small] =
    ms < DAY
      ? [count(Math.floor(ms / HOUR), 'hour'), count(Math.floor((ms % HOUR) / MINUTE), 'minute')]
      : [count(Math.floor(ms / DAY), 'day'), count(Math.floor((ms % DAY) / HOUR), 'hour')]
  return `${big} ${small} ${side}`
}

function count(value: number, unit: string): string {
  return value === 1 ? `1 ${unit}` : `${value} ${unit}s`
}

/** How long ago, short and rounded down: `now`, `12m`, `3h`, `6d`, `5w`, `2y`. A time yet to come is `now`. */
export function ageText(at: Instant, now: Instant): string {
  const age = now - at
  if (age < MINUTE) return 'now'
  if (age < HOUR) return `${Math.floor(age / MINUTE)}m`
  if (age < DAY) return `${Math.floor(age / HOUR)}h`
  if (age < 14 * DAY) return `${Math.floor(age / DAY)}d`
  if (age < 364 * DAY) return `${Math.floor(age / (7 * DAY))}w`
  return `${Math.floor(age / (365 * DAY)) || 1}y`
}
