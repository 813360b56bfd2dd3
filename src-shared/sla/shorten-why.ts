import type { HolidayTold, PauseTold, WhyStep } from './why-step'

/** How many of one kind a panel tells one by one; of more it tells the last ones, and how many came before. */
const LAST = {
  paused: 3,
  retargeted: 3,
  reopened: 2,
  satisfied: 2,
  proposed: 1,
  exception: 4,
  weekend: 2,
} as const
type Repeated = Exclude<keyof typeof LAST, 'paused' | 'weekend'>

/**
 * The same reasons in as few steps as a panel has room for: long runs of pauses, weekends, holidays and changes become
 * one step each. The sums stay exact; nothing is left out without being counted.
 */
export function shortenWhy(steps: readonly WhyStep[]): readonly WhyStep[] {
  const repeated = (Object.keys(LAST) as (keyof typeof LAST)[]).filter(
    (kind): kind is Repeated => kind !== 'paused' && kind !== 'weekend',
  )
  return repeated.reduce((list, kind) => tellLast(list, kind), joinHolidays(joinWeekends(joinPauses(steps))))
}

function tellLast(steps: readonly WhyStep[], kind: Repeated): readonly WhyStep[] {
  const found = steps.filter((step) => step.kind === kind)
  const count = found.length - LAST[kind]
  if (count <= 0) return steps
  const earlier = new Set(found.slice(0, count))
  return replace(steps, earlier, { kind: 'earlier', what: kind, count })
}

function joinPauses(steps: readonly WhyStep[]): readonly WhyStep[] {
  const ended = steps.filter((step): step is PauseTold & { until: number } => {
    return step.kind === 'paused' && step.until !== undefined
  })
  const early = ended.slice(0, Math.max(0, ended.length - LAST.paused))
  const [first] = early
  const last = early.at(-1)
  // One alone is shorter told as it is.
  if (first === undefined || last === undefined || early.length < 2) return steps
  return replace(steps, new Set(early), {
    kind: 'pauses',
    count: early.length,
    from: first.at,
    until: last.until,
    countedMs: early.reduce((sum, pause) => sum + pause.countedMs, 0),
    measure: first.measure,
  })
}

function joinWeekends(steps: readonly WhyStep[]): readonly WhyStep[] {
  const weekends = steps.filter((step) => step.kind === 'weekend')
  const [first] = weekends
  const last = weekends.at(-1)
  if (first === undefined || last === undefined || weekends.length <= LAST.weekend) return steps
  const { from } = first
  const { to } = last
  return replace(steps, new Set(weekends), { kind: 'weekends', count: weekends.length, from, to })
}

function joinHolidays(steps: readonly WhyStep[]): readonly WhyStep[] {
  const holidays = steps.filter((step): step is HolidayTold => step.kind === 'holiday')
  return holidays.length < 2 ? steps : replace(steps, new Set(holidays), { kind: 'holidays', holidays })
}

/** Puts one step in the place of the first of several. */
function replace(steps: readonly WhyStep[], gone: ReadonlySet<WhyStep>, by: WhyStep): readonly WhyStep[] {
  const at = steps.findIndex((step) => gone.has(step))
  return steps.flatMap((step, i) => (i === at ? [by] : gone.has(step) ? [] : [step]))
}
