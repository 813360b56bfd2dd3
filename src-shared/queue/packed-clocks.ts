import type { TargetName } from '../sla/policy'
import type { SlaReport, TargetReport } from '../sla/report'
import type { Threshold } from '../sla/thresholds'
import type { Instant } from '../time/instant'
import type { Urgency } from './countdown'

const STATES = [
  'running',
  'paused',
  'awaiting-proposal',
  'met',
  'missed',
  'breached',
  'cancelled',
] as const satisfies readonly TargetReport['state'][]
const RUNNING = STATES.indexOf('running')
const BREACHED = STATES.indexOf('breached')
/** The shares from which a running target's urgency is another one, as `targetUrgency` has it. */
const SHARES = [0.5, 0.75, 0.9] as const
/** Of each target: when it is due, then when each share is used up. */
const WIDTH = 1 + SHARES.length

/**
 * What queues ask of the reports of some tickets, as numbers: a tenth of what the reports would take. They are computed with
 * each start and say what `targetUrgency` and `nextFaceChangeAt` say.
 */
export class PackedClocks {
  readonly #times: Float64Array
  readonly #states: Uint8Array

  constructor(size: number) {
    this.#times = new Float64Array(2 * WIDTH * size)
    this.#states = new Uint8Array(2 * size)
  }

  set(index: number, report: SlaReport): void {
    this.#setTarget(2 * index, report.firstResponse, report.thresholdsAt.firstResponse)
    this.#setTarget(2 * index + 1, report.resolution, report.thresholdsAt.resolution)
  }

  #setTarget(place: number, target: TargetReport, thresholds: readonly Threshold[]): void {
    const times = this.#times
    const at = place * WIDTH
    this.#states[place] = STATES.indexOf(target.state)
    times[at] = target.state === 'running' || target.state === 'breached' ? target.due : Number.NaN
    for (let step = 0; step < SHARES.length; step += 1) {
      const share = SHARES[step] ?? 1
      let first = Number.POSITIVE_INFINITY
      for (const threshold of thresholds) {
        if (threshold.share >= share && threshold.at < first) first = threshold.at
      }
      times[at + 1 + step] = first
    }
  }

  state(index: number, name: TargetName): TargetReport['state'] {
    return STATES[this.#states[placeOf(index, name)] ?? 0] ?? 'running'
  }

  due(index: number, name: TargetName): Instant | undefined {
    const due = this.#times[placeOf(index, name) * WIDTH] ?? Number.NaN
    return Number.isNaN(due) ? undefined : due
  }

  urgency(index: number, name: TargetName, now: Instant): Urgency | undefined {
    const place = placeOf(index, name)
    const state = this.#states[place]
    if (state === BREACHED) return 'over'
    if (state !== RUNNING) return undefined
    const times = this.#times
    const at = place * WIDTH
    if (now > (times[at] ?? now)) return 'over'
    if (now >= (times[at + 3] ?? now)) return 'critical'
    if (now >= (times[at + 2] ?? now)) return 'high'
    return now >= (times[at + 1] ?? now) ? 'half' : 'calm'
  }

  nextFaceChangeAt(index: number, now: Instant): Instant | undefined {
    const next = Math.min(this.#nextOf(2 * index, now), this.#nextOf(2 * index + 1, now))
    return next === Number.POSITIVE_INFINITY ? undefined : next
  }

  #nextOf(place: number, now: Instant): number {
    let next = Number.POSITIVE_INFINITY
    if (this.#states[place] !== RUNNING) return next
    const times = this.#times
    const at = place * WIDTH
    const over = (times[at] ?? 0) + 1
    if (over > now) next = over
    for (let step = 1; step < WIDTH; step += 1) {
      const time = times[at + step] ?? next
      if (time > now && time < next) next = time
    }
    return next
  }
}

function placeOf(index: number, name: TargetName): number {
  return 2 * index + (name === 'firstResponse' ? 0 : 1)
}
