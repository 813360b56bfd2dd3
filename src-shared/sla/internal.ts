import type { Calendar } from '../time/calendar'
import { LATEST } from '../time/horizon'
import type { Instant } from '../time/instant'
import { type CountedTarget, dueAfter } from './deadline'
import type { SlaEvent } from './events'
import {
  type InternalTargets,
  type Plan,
  type Priority,
  planSchema,
  prioritySchema,
  type SlaTerms,
  type Status,
  type Target,
  type TargetName,
} from './policy'
import type { ReportInput } from './report'
import type { TargetClock } from './target-clock'
import { readHistory } from './ticket-history'

/**
 * A goal the team set itself (`Policy.internal`). Named so that it is never taken for a target of the contract: nothing
 * here is `due`, and nothing breaches.
 */
export type InternalGoal =
  | { readonly goal: 'ahead' | 'behind'; readonly goalAt: Instant }
  | { readonly goal: 'reached' | 'reached-late'; readonly goalAt: Instant; readonly reachedAt: Instant }
  | { readonly goal: 'paused' }

/** The internal goals of a ticket; those the policy does not have, or that no longer apply, are `undefined`. */
export type InternalReport = {
  readonly stretch: { readonly [name in TargetName]: InternalGoal | undefined }
  /** When the customer should hear from an agent again, and since when that counts. */
  readonly nextUpdate:
    | { readonly goal: 'ahead' | 'behind'; readonly goalAt: Instant; readonly since: Instant }
    | undefined
  /** The next instant after `now` at which this report changes by itself. */
  readonly nextChangeAt: Instant | undefined
}

export type InternalInput = ReportInput & { readonly policy: { readonly internal?: InternalTargets } }

/**
 * The internal goals of a ticket at `now`, beside the report of its contract and never part of it. Stretch targets
 * follow the rules of sla.md §3 and §4 with the policy's own pauses.
 * @throws FieldError as `report` does
 */
export function internalReport(input: InternalInput): InternalReport {
  const { internal } = input.policy
  if (internal === undefined) {
    return {
      stretch: { firstResponse: undefined, resolution: undefined },
      nextUpdate: undefined,
      nextChangeAt: undefined,
    }
  }
  const clocks = readHistory({ ...input, policy: stretchTerms(input.policy, internal) })
  const stretch = { firstResponse: goalOf(clocks.firstResponse), resolution: goalOf(clocks.resolution) }
  const nextUpdate = nextUpdateOf(input.events, internal, input.calendar, clocks.now)
  const changes = [stretch.firstResponse, stretch.resolution, nextUpdate].flatMap((goal) =>
    goal?.goal === 'ahead' ? [goal.goalAt + 1] : [],
  )
  return { stretch, nextUpdate, nextChangeAt: changes.length === 0 ? undefined : Math.min(...changes) }
}

/** A goal that is never missed stands where the policy has none: it lies beyond every instant a ticket can have. */
const NO_GOAL: CountedTarget = { kind: 'clock', hours: 1e7 }

const termsOf = new WeakMap<InternalTargets, SlaTerms>()

function stretchTerms(policy: SlaTerms, internal: InternalTargets): SlaTerms {
  const known = termsOf.get(internal)
  if (known !== undefined && known.pausesWhile === policy.pausesWhile) return known
  const targets = (name: TargetName) =>
    byEach(prioritySchema.options, (priority: Priority) =>
      byEach(
        planSchema.options,
        (plan: Plan): Target => internal.stretch[name]?.[priority]?.[plan] ?? NO_GOAL,
      ),
    )
  const terms = {
    targets: { firstResponse: targets('firstResponse'), resolution: targets('resolution') },
    pausesWhile: policy.pausesWhile,
  }
  termsOf.set(internal, terms)
  return terms
}

function byEach<K extends string, V>(keys: readonly K[], make: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, make(key)])) as Record<K, V>
}

function goalOf(clock: TargetClock): InternalGoal | undefined {
  if (clock.isCancelled) return undefined
  const isPaused = clock.isOpen && clock.isPaused
  if (isPaused) return clock.target === NO_GOAL ? undefined : { goal: 'paused' }
  const goalAt = clock.currentDue()
  if (goalAt === undefined || goalAt >= LATEST) return undefined
  const { satisfiedAt, breachedAt } = clock
  const isLate = breachedAt !== undefined
  return satisfiedAt === undefined
    ? { goal: isLate ? 'behind' : 'ahead', goalAt }
    : { goal: isLate ? 'reached-late' : 'reached', goalAt, reachedAt: satisfiedAt }
}

/**
 * Counts from the last public reply of an agent, or the call that was logged; from the moment the ticket came back to a
 * status of `updates.while` if that is later. Before the first reply nothing is promised but the first response itself.
 */
function nextUpdateOf(
  events: readonly SlaEvent[],
  { updates }: InternalTargets,
  calendar: Calendar,
  now: Instant,
): InternalReport['nextUpdate'] {
  if (updates === undefined) return undefined
  const applies = (status: Status) => updates.while.some((one) => one === status)
  let status: Status = 'open'
  let priority: Priority | undefined
  let enteredAt = 0
  let toldAt: Instant | undefined
  for (const event of events) {
    if (event.at > now) break
    if (event.type === 'cancelled') return undefined
    if (event.type === 'created') {
      enteredAt = event.at
      if (event.channel === 'phone' && event.by === 'agent') toldAt = event.at
    }
    if (event.type === 'created' || event.type === 'prioritised') priority = event.priority
    if (event.type === 'replied' && event.public && event.by === 'agent') toldAt = event.at
    if (event.type === 'status') {
      if (!applies(status) && applies(event.to)) enteredAt = event.at
      status = event.to
    }
  }
  const every = priority === undefined ? undefined : updates.every[priority]
  if (toldAt === undefined || every === undefined || !applies(status)) {
    return undefined
  }
  const since = Math.max(toldAt, enteredAt)
  const goalAt = dueAfter(since, every, [], calendar)
  return { goal: goalAt < now ? 'behind' : 'ahead', goalAt, since }
}
