import type { Urgency } from '#shared/queue/countdown'
import type { TargetName } from '#shared/sla/policy'
import { report, type SlaReport, type TargetReport } from '#shared/sla/report'
import type { Threshold } from '#shared/sla/thresholds'
import type { Ticket } from '#shared/tickets/ticket'
import type { Instant } from '#shared/time/instant'
import { judgedAt } from './judged-at'
import type { MirrorRow } from './mirror-db'
import type { Reference } from './reference'

/** What the clocks of tickets are computed with. */
export type ClockTerms = { readonly reference: Reference; readonly now: Instant }

/**
 * Clocks as the snapshot keeps them. They hold for as long as their tickets and their terms are the same: at a later time
 * they are read forward, and at an earlier one they are not used.
 */
export type StoredClocks = {
  /** `nameOf` the terms that they were computed with. */
  readonly terms: string
  /** When: no ticket was judged earlier. */
  readonly at: Instant
  readonly times: Float64Array
  readonly states: Uint8Array
}

/** To be counted up by whoever changes what `report` says of a ticket: clocks that were stored before are then not used. */
export const RULES = 1

const STATES = [
  'running',
  'paused',
  'awaiting-proposal',
  'met',
  'missed',
  'breached',
  'cancelled',
] as const satisfies readonly TargetReport['state'][]
/** The ticket gives no report. */
const NONE = 255
const RUNNING = STATES.indexOf('running')
const BREACHED = STATES.indexOf('breached')
const TARGETS = ['firstResponse', 'resolution'] as const
/** The shares from which a running target's urgency is another one, as `targetUrgency` has it. */
const SHARES = [0.5, 0.75, 0.9] as const
/** Of each target: when it is due, then when each share is used up. */
const WIDTH = 1 + SHARES.length

/** What queues ask of the reports of some tickets, as numbers: a tenth of what the reports would take. */
export class PackedClocks {
  readonly #times: Float64Array
  readonly #states: Uint8Array

  constructor(size: number, stored?: Pick<StoredClocks, 'times' | 'states'>) {
    this.#times = stored ? stored.times : new Float64Array(2 * WIDTH * size)
    this.#states = stored ? stored.states : new Uint8Array(2 * size).fill(NONE)
  }

  stored(terms: string, at: Instant): StoredClocks {
    return { terms, at, times: this.#times, states: this.#states }
  }

  has(index: number): boolean {
    return this.#states[2 * index] !== NONE
  }

  /** What is running past its deadline has breached (sla.md §4); nothing else changes by time alone. */
  readForward(index: number, now: Instant): void {
    for (const place of [2 * index, 2 * index + 1]) {
      if (this.#states[place] !== RUNNING || now <= (this.#times[place * WIDTH] ?? now)) continue
      this.#states[place] = BREACHED
    }
  }

  /** Whether they say the same of a ticket at `now` as a report of then. */
  agrees(index: number, sla: SlaReport, now: Instant): boolean {
    const right = new PackedClocks(1)
    right.set(0, sla)
    return (
      TARGETS.every((name) => {
        const isSame =
          this.state(index, name) === right.state(0, name) && this.due(index, name) === right.due(0, name)
        return isSame && this.urgency(index, name, now) === right.urgency(0, name, now)
      }) && this.nextFaceChangeAt(index, now) === right.nextFaceChangeAt(0, now)
    )
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
    return STATES[this.#states[placeOf(index, name)] ?? NONE] ?? 'cancelled'
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

/** The report of a ticket with its policy and calendar; undefined when it gives none. */
export function reportOf(
  ticket: Pick<Ticket, 'policyId' | 'calendarId' | 'plan' | 'slaEvents'>,
  { reference, now }: ClockTerms,
): SlaReport | undefined {
  const policy = reference.policies.get(ticket.policyId)
  const calendar = reference.calendars.get(ticket.calendarId)
  if (!policy || !calendar) return undefined
  const { plan, slaEvents: events } = ticket
  try {
    return report({ events, policy, calendar, plan, now: judgedAt(ticket, now) })
  } catch {
    // It refuses a history or a calendar that breaks its rules; buildRow says so of the ticket.
    return undefined
  }
}

export function packClocks(rows: readonly MirrorRow<'ticket'>[], terms: ClockTerms): StoredClocks {
  const clocks = new PackedClocks(rows.length)
  rows.forEach(({ value }, index) => {
    const sla = reportOf(value, terms)
    if (sla) clocks.set(index, sla)
  })
  return clocks.stored(nameOf(terms.reference), terms.now)
}

/** Whether stored clocks are what would be stored now; without terms nobody can tell. */
export function areClocksRight(
  stored: StoredClocks | undefined,
  rows: readonly MirrorRow<'ticket'>[],
  terms: ClockTerms | undefined,
): boolean {
  if (!terms) return true
  if (!stored || stored.terms !== nameOf(terms.reference) || stored.at > terms.now) return false
  const clocks = new PackedClocks(rows.length, stored)
  return rows.every(({ value }, index) => {
    const sla = reportOf(value, terms)
    if (!sla) return !clocks.has(index)
    const now = judgedAt(value, terms.now)
    clocks.readForward(index, now)
    return clocks.agrees(index, sla, now)
  })
}

const names = new WeakMap<Reference, string>()

/** Names policies and calendars by all that they say, so that nobody takes clocks of others for theirs. */
export function nameOf(reference: Reference): string {
  const known = names.get(reference)
  if (known !== undefined) return known
  const terms = [reference.policies, reference.calendars].map((all) =>
    [...all].sort(([a], [b]) => (a < b ? -1 : 1)),
  )
  const text = JSON.stringify(terms)
  const name = `${RULES} ${text.length} ${hashOf(text, 1)} ${hashOf(text, 2)}`
  names.set(reference, name)
  return name
}

/** FNV-1a; two of them with the length tell texts apart that were not made to be mistaken. */
function hashOf(text: string, seed: number): number {
  let hash = 0x811c_9dc5 ^ (seed * 0x9e37_79b1)
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), seed === 1 ? 0x0100_0193 : 0x85eb_ca6b)
  }
  return hash >>> 0
}
