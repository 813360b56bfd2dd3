import type { Calendar } from '../time/calendar'
import { isWorkingAt, nextWorkingInstant } from '../time/working-time'
import { wallTimeAt } from '../time/zone'
import { dueWithoutPauses, isBeyond } from './deadline'
import type { TargetName } from './policy'
import type { ReportInput } from './report'
import { skippedDays } from './skipped-days'
import type { TargetClock } from './target-clock'
import { readHistory } from './ticket-history'
import { WhyRecord } from './why-record'
import type { WhyStep } from './why-step'

export type ExplainInput = ReportInput & {
  readonly policy: { readonly id?: string; readonly version?: string }
}

/**
 * Why each target of a ticket stands as `report` says (sla.md §4): the same reading of the history, with its steps kept.
 * Every step is here; `shortenWhy` makes them few enough for a panel.
 * @throws FieldError as `report` does
 */
export function explain(input: ExplainInput): { readonly [name in TargetName]: readonly WhyStep[] } {
  const { calendar } = input
  const records = new Map<TargetName, WhyRecord>()
  const clocks = readHistory(input, (clock, step) => {
    const record = records.get(clock.name) ?? new WhyRecord(clock, calendar)
    records.set(clock.name, record)
    record.take(clock, step)
  })
  return {
    firstResponse: stepsOf(clocks.firstResponse, records.get('firstResponse'), input),
    resolution: stepsOf(clocks.resolution, records.get('resolution'), input),
  }
}

function stepsOf(
  clock: TargetClock,
  record: WhyRecord | undefined,
  { policy, calendar, plan }: ExplainInput,
): readonly WhyStep[] {
  const isStill = clock.isCancelled || (clock.isOpen && clock.isPaused)
  const due = isStill ? undefined : clock.currentDue()
  const [started, ...rest] = record?.finish(clock.start) ?? []
  const target = record?.target ?? clock.target
  const countsWorkingTime = target.kind === 'businessHours' || target.kind === 'businessDays'
  const moves = countsWorkingTime && !(target.kind === 'businessDays' && target.convention === 'same-time')
  return [
    { kind: 'policy', plan, ...defined({ id: policy.id, version: policy.version }) },
    {
      kind: 'calendar',
      id: calendar.id,
      zone: calendar.zone,
      ...defined({ name: calendar.name, version: calendar.version }),
    },
    ...(started === undefined ? [] : [started]),
    ...(moves ? opening(calendar, clock) : []),
    ...rest,
    ...(due !== undefined && countsWorkingTime ? skippedDays(calendar, clock.start, due) : []),
    ...(due !== undefined && countsWorkingTime && !moves ? movedResult(calendar, clock, record) : []),
    ...(due === undefined ? [] : [{ kind: 'due', due } as const]),
    ...(due !== undefined && calendar.validThrough !== undefined && isBeyond(calendar, due)
      ? [{ kind: 'beyond-calendar', validThrough: calendar.validThrough } as const]
      : []),
  ]
}

function opening(calendar: Calendar, { start }: TargetClock): readonly WhyStep[] {
  if (isWorkingAt(calendar, start)) return []
  return [{ kind: 'opening', at: start, opensAt: nextWorkingInstant(calendar, start) }]
}

/** A same-time deadline that is not at the same time: its date is closed then. */
function movedResult(
  calendar: Calendar,
  { start }: TargetClock,
  record: WhyRecord | undefined,
): readonly WhyStep[] {
  if (record === undefined || record.target.kind === 'proposed') return []
  const to = dueWithoutPauses(start, record.target, calendar)
  const isSame = wallTimeAt(calendar.zone, to).timeMs === wallTimeAt(calendar.zone, start).timeMs
  return isSame ? [] : [{ kind: 'moved', to }]
}

function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
