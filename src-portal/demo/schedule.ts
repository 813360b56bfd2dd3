import type { Instant } from '#shared/time/instant'
import type { Random } from './random'
import { isPublicAnswer, type Step, type TimedStep } from './step'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

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
  for (const step of steps.slice(first + 1)) {
    part.push(step)
    if (step.do !== 'propose' || step.dueAt > endsAt) continue
    const margin = Math.min(2 * HOUR_MS, (step.dueAt - from) / 3)
    place(part, from, step.dueAt - margin)
    from = step.dueAt - margin
    part = []
    if (!step.again && steps.at(-1) === step) break
  }
  const impatient = part.length > 0 && part.every((step) => step.do !== 'propose')
  const overdue = timed.findLast((step) => step.do === 'propose' && step.dueAt <= endsAt)
  if (overdue?.do === 'propose' && impatient) from = Math.max(from, overdue.dueAt)
  place(part, from, endsAt)
  return timed
}
