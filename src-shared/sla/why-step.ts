import type { Instant } from '../time/instant'
import type { Plan, Priority, Status, Target } from './policy'
import type { SatisfiedBy } from './report'

/** One reason why a target stands as it does (sla.md §4, `why`). Instants are epoch ms, dates local to the calendar. */
export type WhyStep =
  | { readonly kind: 'policy'; readonly id?: string; readonly version?: string; readonly plan: Plan }
  | {
      readonly kind: 'calendar'
      readonly id: string
      readonly name?: string
      readonly version?: string
      readonly zone: string
    }
  | ({ readonly kind: 'started'; readonly at: Instant } & TargetTold)
  | ({ readonly kind: 'retargeted'; readonly at: Instant; readonly from: Priority } & TargetTold)
  /** The start lies outside working hours: working time counts from the opening on. */
  | { readonly kind: 'opening'; readonly at: Instant; readonly opensAt: Instant }
  | PauseTold
  | { readonly kind: 'proposed' | 'breached'; readonly at: Instant; readonly due: Instant }
  | { readonly kind: 'satisfied'; readonly at: Instant; readonly by: SatisfiedBy }
  | { readonly kind: 'reopened' | 'final' | 'cancelled'; readonly at: Instant }
  /** A working weekday between start and deadline on which nobody works. */
  | HolidayTold
  /** A date with other hours than its weekday. */
  | {
      readonly kind: 'exception'
      readonly date: string
      readonly name?: string
      readonly hours: readonly (readonly [string, string])[]
    }
  /** Weekdays in a row on which the calendar never works: a weekend. Both dates are included. */
  | { readonly kind: 'weekend'; readonly from: string; readonly to: string }
  /** A same-time deadline whose time of day is outside the hours of its date. */
  | { readonly kind: 'moved'; readonly to: Instant }
  | { readonly kind: 'due'; readonly due: Instant }
  | { readonly kind: 'beyond-calendar'; readonly validThrough: string }
  /** What `shortenWhy` makes of many steps of one kind. */
  | {
      readonly kind: 'pauses'
      readonly count: number
      readonly from: Instant
      readonly until: Instant
      readonly countedMs: number
      readonly measure: PauseTold['measure']
    }
  | { readonly kind: 'weekends'; readonly count: number; readonly from: string; readonly to: string }
  | { readonly kind: 'holidays'; readonly holidays: readonly HolidayTold[] }
  | {
      readonly kind: 'earlier'
      readonly what: 'retargeted' | 'reopened' | 'proposed' | 'satisfied' | 'exception'
      readonly count: number
    }

export type TargetTold = {
  readonly priority: Priority
  readonly target: Target
  /** How much working time the calendar says a business day has. */
  readonly hoursPerDay: number
}

export type PauseTold = {
  readonly kind: 'paused'
  readonly at: Instant
  /** `undefined` while it is open. */
  readonly until: Instant | undefined
  readonly status: Status
  /** By how much it moves the deadline, in the target's own measure: elapsed for a clock target, else working time. */
  readonly countedMs: number
  readonly measure: 'elapsed' | 'working'
}

export type HolidayTold = { readonly kind: 'holiday'; readonly date: string; readonly name: string }
