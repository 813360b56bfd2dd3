import type { Calendar } from '../time/calendar'
import type { Instant } from '../time/instant'
import type { SlaEvent } from './events'
import type { Plan, SlaTerms, TargetName } from './policy'

export type SatisfiedBy = 'reply' | 'call' | 'solve' | 'workaround'

/** The state of one target (sla.md §4). All instants are epoch ms. */
export type TargetReport =
  | { readonly state: 'running'; readonly due: Instant }
  | { readonly state: 'paused' }
  | { readonly state: 'awaiting-proposal' }
  | { readonly state: 'met'; readonly satisfiedAt: Instant; readonly due?: Instant; readonly by: SatisfiedBy }
  | {
      readonly state: 'missed'
      readonly satisfiedAt: Instant
      readonly due: Instant
      readonly breachedAt: Instant
      readonly by: SatisfiedBy
    }
  | { readonly state: 'breached'; readonly due: Instant; readonly breachedAt: Instant }
  | { readonly state: 'cancelled' }

/** What the SLA says of a ticket at `now`; computed on reading, never stored. */
export type SlaReport = {
  readonly [name in TargetName]: TargetReport
} & {
  /** The next instant strictly after `now` at which this report changes by itself; nothing needs to poll. */
  readonly nextChangeAt?: Instant
  /** For running targets: the instants at which `thresholds` shares of the target are consumed, ascending. */
  readonly thresholdsAt: { readonly [name in TargetName]: readonly { share: number; at: Instant }[] }
  /** How often each target was re-opened (0 at first): part of an alert's identity. */
  readonly cycle: { readonly [name in TargetName]: number }
  /** `beyond-calendar`: a due date lies after the calendar's `validThrough`. */
  readonly warnings: readonly 'beyond-calendar'[]
}

export type ReportInput = {
  readonly events: readonly SlaEvent[]
  readonly policy: SlaTerms & { readonly thresholds?: { readonly [name in TargetName]: readonly number[] } }
  readonly calendar: Calendar
  readonly plan: Plan
  readonly now: Instant
}

/** The report of a ticket (sla.md §4): a pure function of its history, the terms and the time. */
export declare function report(input: ReportInput): SlaReport
