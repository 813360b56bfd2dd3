import { assertNever } from '../assert-never'
import type { Calendar } from '../time/calendar'
import { FieldError } from '../time/field-error'
import { withinHorizon } from '../time/horizon'
import type { Instant } from '../time/instant'
import type { SlaEvent } from './events'
import type { Plan, SlaTerms, Status, TargetName } from './policy'
import { type StepListener, TargetClock } from './target-clock'

export type HistoryInput = {
  readonly events: readonly SlaEvent[]
  readonly policy: SlaTerms
  readonly calendar: Calendar
  readonly plan: Plan
  readonly now: Instant
}

/** Both clocks of a ticket as they stand at `now`. */
export type ReadHistory = {
  readonly firstResponse: TargetClock
  readonly resolution: TargetClock
  /** Never before the creation: a ticket exists from then on, also for a desk whose clock is a little behind. */
  readonly now: Instant
}

/**
 * Reads a ticket's events up to `now` (sla.md §4).
 * @throws FieldError when the list is empty or out of order, or is not one `created` followed by other events
 */
export function readHistory(input: HistoryInput, tell?: StepListener): ReadHistory {
  const { events, policy, calendar, plan } = input
  const [created] = events
  if (created?.type !== 'created') throw new FieldError('events[0]', "must be the ticket's 'created'")
  withinHorizon(created.at, 'events[0].at')
  if (!Number.isFinite(input.now)) throw new FieldError('now', 'must be an instant in epoch milliseconds')
  const now = Math.max(input.now, created.at)
  refuseBadOrder(events)

  const { at: start, priority } = created
  const { targets } = policy
  const firstResponse = new TargetClock(
    'firstResponse',
    start,
    priority,
    targets.firstResponse[priority][plan],
    calendar,
    tell,
  )
  const resolution = new TargetClock(
    'resolution',
    start,
    priority,
    targets.resolution[priority][plan],
    calendar,
    tell,
  )
  const clocks = [firstResponse, resolution] as const
  let status: Status = 'open'
  for (const clock of clocks) if (stopsClock(policy, clock.name, status)) clock.pause(created.at, status)
  // An agent who logs a phone call has just answered it.
  if (created.channel === 'phone' && created.by === 'agent') firstResponse.satisfy(created.at, 'call')

  for (let i = 1; i < events.length; i += 1) {
    const event = events[i]
    if (event === undefined || event.at > now) break
    const { at } = event
    firstResponse.settle(at)
    resolution.settle(at)
    switch (event.type) {
      case 'created':
        break
      case 'replied':
        if (event.public && event.by === 'agent') firstResponse.satisfy(at, 'reply')
        break
      case 'prioritised':
        for (const clock of clocks) {
          clock.retarget(at, event.priority, policy.targets[clock.name][event.priority][plan])
        }
        break
      case 'status':
        changeStatus(policy, clocks, status, event.to, at)
        status = event.to
        break
      case 'workaround':
        resolution.satisfy(at, 'workaround')
        resolution.finish(at)
        break
      case 'proposed':
        for (const clock of clocks) clock.propose(at, event.dueAt)
        break
      case 'cancelled':
        for (const clock of clocks) clock.cancel(at)
        return { firstResponse, resolution, now }
      default:
        assertNever(event, 'event')
    }
  }
  for (const clock of clocks) clock.settle(now)
  return { firstResponse, resolution, now }
}

function changeStatus(
  policy: SlaTerms,
  clocks: readonly [firstResponse: TargetClock, resolution: TargetClock],
  from: Status,
  to: Status,
  at: Instant,
): void {
  const [, resolution] = clocks
  if (isSolved(to) && !isSolved(from)) for (const clock of clocks) clock.satisfy(at, 'solve')
  for (const clock of clocks) {
    const stopped = stopsClock(policy, clock.name, from)
    const stops = stopsClock(policy, clock.name, to)
    if (stops && !stopped) clock.pause(at, to)
    if (stopped && !stops) clock.resume(at)
  }
  if (isSolved(from) && !isSolved(to)) resolution.reopen(at, to)
}

function isSolved(status: Status): boolean {
  return status === 'solved' || status === 'closed'
}

/** While the ticket is solved its resolution stands still too: the time until a reopening is a pause. */
function stopsClock(policy: SlaTerms, name: TargetName, status: Status): boolean {
  return policy.pausesWhile[name].includes(status) || (name === 'resolution' && isSolved(status))
}

function refuseBadOrder(events: readonly SlaEvent[]): void {
  for (let i = 1; i < events.length; i += 1) {
    const event = events[i]
    const before = events[i - 1]
    if (event === undefined || before === undefined) continue
    if (event.at < before.at) throw new FieldError(`events[${i}].at`, 'lies before the event before it')
    if (event.type === 'created') throw new FieldError(`events[${i}]`, 'a ticket is created only once')
  }
}
