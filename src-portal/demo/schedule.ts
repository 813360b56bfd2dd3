import type { Instant } from '#shared/time/instant'
import type { Random } from './random'
import { isPublicAnswer, type Step, type TimedStep } from './step'

/** Ascending instants strictly between two, denser at the beginning, as conversations are. */
function instantsBetween(count: number, from: Instant, to: Instant, random: Random): Instant[] {
  return Array.from({ length: count }, (_, index) => {
    const even = (index + 1 + random.between(-0.35, 0.35)) / (count + 1)
    return Math.floor(from + (to - from) * even ** 1.4)
  })
}

type ScheduleInput = {
  readonly createdAt: Instant
  /** When the first public answer is given. */
  readonly answerAt: Instant
  readonly endsAt: Instant
  readonly random: Random
}

/**
 * Gives every step its instant: the first public answer at `answerAt`, a proposal before the date it names, an
 * impatient customer after that date.
 */
export function schedule(
  steps: readonly Step[],
  { createdAt, answerAt, endsAt, random }: ScheduleInput,
): TimedStep[] {
  const first = steps.findIndex(isPublicAnswer)
  const timed: TimedStep[] = []
  const place = (part: readonly Step[], from: Instant, to: Instant) => {
    const instants = instantsBetween(part.length, from, to, random)
    for (const [index, step] of part.entries()) timed.push({ ...step, at: instants[index] ?? to })
  }
  if (first < 0) {
    place(steps, createdAt, endsAt)
    return timed
  }
  place(steps.slice(0, first), createdAt, answerAt)
  const answer = steps[first]
  if (answer) timed.push({ ...answer, at: answerAt })
  let from = answerAt
  let part: Step[] = []
  let promised: Instant | undefined
  for (const step of steps.slice(first + 1)) {
    part.push(step)
    if (step.do !== 'propose') continue
    // A date is named well before it comes, and moved while it is still ahead.
    const latest = Math.min(step.dueAt, promised ?? endsAt, endsAt)
    const to = from + (latest - from) * (step.again ? 0.9 : 0.6)
    place(part, from, to)
    part = []
    from = to
    promised = step.dueAt
  }
  const overdue = promised !== undefined && promised < endsAt
  place(
    part,
    overdue && part.every((step) => step.do === 'impatient') ? Math.max(from, promised ?? from) : from,
    endsAt,
  )
  return timed
}
