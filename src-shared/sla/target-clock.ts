import type { Calendar } from '../time/calendar'
import type { Instant } from '../time/instant'
import { dueAfter, type Pause } from './deadline'
import type { Priority, Status, Target, TargetName } from './policy'
import type { SatisfiedBy } from './report'

/** What happens to a target, for whoever wants to tell the story; the report itself listens to nothing. */
export type ClockStep =
  | { readonly kind: 'started' | 'retargeted' | 'cancelled' | 'final'; readonly at: Instant }
  | { readonly kind: 'paused' | 'reopened'; readonly at: Instant; readonly status: Status }
  | { readonly kind: 'resumed'; readonly at: Instant; readonly pausedSince: Instant }
  | { readonly kind: 'proposed' | 'breached'; readonly at: Instant; readonly due: Instant }
  | { readonly kind: 'satisfied'; readonly at: Instant; readonly by: SatisfiedBy }

/** Called after the clock has taken the step. */
export type StepListener = (clock: TargetClock, step: ClockStep) => void

/** One target of one ticket while its history is read (sla.md §4). Mutable, and local to one reading. */
export class TargetClock {
  priority: Priority
  target: Target
  /** Statuses' pauses so far, whatever the kind of target: they count after a re-target to another kind. */
  readonly pauses: Pause[] = []
  pausedSince: Instant | undefined
  satisfiedAt: Instant | undefined
  by: SatisfiedBy | undefined
  breachedAt: Instant | undefined
  isCancelled = false
  /** A workaround: whatever follows, the outcome stays. */
  isFinal = false
  cycle = 0
  proposedDue: Instant | undefined
  proposedAt: Instant
  /** Since when the deadline counts that is in force now. */
  private inForceSince: Instant
  private due: Instant | undefined
  private isDueKnown = false

  constructor(
    readonly name: TargetName,
    readonly start: Instant,
    priority: Priority,
    target: Target,
    private readonly calendar: Calendar,
    private readonly tell: StepListener | undefined,
  ) {
    this.priority = priority
    this.target = target
    this.inForceSince = start
    this.proposedAt = start
    tell?.(this, { kind: 'started', at: start })
  }

  /** Unsatisfied and unbreached: what happens still moves it. */
  get isOpen(): boolean {
    return this.satisfiedAt === undefined && this.breachedAt === undefined && !this.isCancelled
  }

  /** A proposed target never pauses. */
  get isPaused(): boolean {
    return this.pausedSince !== undefined && this.target.kind !== 'proposed'
  }

  /** The deadline in force, frozen with the outcome; `undefined` while nothing is proposed. */
  currentDue(): Instant | undefined {
    if (this.isDueKnown) return this.due
    this.due =
      this.target.kind === 'proposed'
        ? this.proposedDue
        : dueAfter(this.start, this.target, this.pauses, this.calendar)
    this.isDueKnown = true
    return this.due
  }

  /** Breaches the target if it has run past its deadline before `at`. */
  settle(at: Instant): void {
    if (!this.isOpen || this.isPaused) return
    const due = this.currentDue()
    if (due === undefined || due >= at) return
    this.breachedAt = Math.max(due, this.inForceSince)
    this.tell?.(this, { kind: 'breached', at: this.breachedAt, due })
  }

  pause(at: Instant, status: Status): void {
    this.pausedSince = at
    this.tell?.(this, { kind: 'paused', at, status })
  }

  resume(at: Instant): void {
    const { pausedSince } = this
    if (pausedSince === undefined) return
    this.pauses.push([pausedSince, at])
    this.pausedSince = undefined
    this.tell?.(this, { kind: 'resumed', at, pausedSince })
    this.comeIntoForce(at)
  }

  satisfy(at: Instant, by: SatisfiedBy): void {
    if (this.satisfiedAt !== undefined || this.isCancelled) return
    if (this.isOpen && this.isPaused) this.settleAtEndOfPause(at)
    this.currentDue()
    this.satisfiedAt = at
    this.by = by
    this.tell?.(this, { kind: 'satisfied', at, by })
  }

  /** The ticket is no longer solved: what was met runs again, what was missed is breached again. */
  reopen(at: Instant, status: Status): void {
    if (this.satisfiedAt === undefined || this.isFinal || this.isCancelled) return
    this.satisfiedAt = undefined
    this.by = undefined
    this.cycle += 1
    this.tell?.(this, { kind: 'reopened', at, status })
    this.comeIntoForce(at)
  }

  retarget(at: Instant, priority: Priority, target: Target): void {
    this.priority = priority
    this.target = target
    if (!this.isOpen) return
    this.tell?.(this, { kind: 'retargeted', at })
    this.comeIntoForce(at)
  }

  propose(at: Instant, due: Instant): void {
    this.proposedDue = due
    this.proposedAt = at
    this.tell?.(this, { kind: 'proposed', at, due })
    if (this.isOpen && this.target.kind === 'proposed') this.comeIntoForce(at)
  }

  finish(at: Instant): void {
    this.isFinal = true
    this.tell?.(this, { kind: 'final', at })
  }

  cancel(at: Instant): void {
    if (this.satisfiedAt !== undefined) return
    this.isCancelled = true
    this.tell?.(this, { kind: 'cancelled', at })
  }

  private comeIntoForce(at: Instant): void {
    if (!this.isOpen) return
    this.isDueKnown = false
    this.inForceSince = at
    this.settle(at)
  }

  /** Whatever satisfies a paused target ends its pause first; the pause itself stays on record as the status has it. */
  private settleAtEndOfPause(at: Instant): void {
    const since = this.pausedSince
    if (since === undefined || this.target.kind === 'proposed') return
    const due = dueAfter(this.start, this.target, [...this.pauses, [since, at]], this.calendar)
    this.due = due
    this.isDueKnown = true
    if (due < at) {
      this.breachedAt = at
      this.tell?.(this, { kind: 'breached', at, due })
    }
  }
}
