import type { Calendar } from '../time/calendar'
import type { Instant } from '../time/instant'
import { addWorkingTime, workingTimeBetween } from '../time/working-time'
import { dueWithoutPauses } from './deadline'
import type { Priority, Status, Target } from './policy'
import type { ClockStep, TargetClock } from './target-clock'
import type { WhyStep } from './why-step'

type RawPause = {
  readonly kind: 'raw-pause'
  readonly from: Instant
  until?: Instant
  readonly status: Status
}
type RawStep = RawPause | WhyStep

/** Collects what happens to one clock while its history is read, as far as its deadline or outcome rests on it. */
export class WhyRecord {
  private readonly steps: RawStep[] = []
  /** What happened after the outcome; it matters only if the ticket is reopened. */
  private afterOutcome: RawStep[] = []
  private openPause: RawPause | undefined
  private priority: Priority
  /** The target that made the deadline; one that is changed after the outcome did not. */
  target: Target

  constructor(
    clock: TargetClock,
    private readonly calendar: Calendar,
  ) {
    this.priority = clock.priority
    this.target = clock.target
  }

  /** Takes what the clock has just done. */
  take(clock: TargetClock, step: ClockStep): void {
    const list = clock.isOpen ? this.steps : this.afterOutcome
    switch (step.kind) {
      case 'started':
        this.steps.push({ kind: 'started', at: step.at, ...this.told(clock) })
        break
      case 'retargeted':
        this.retarget(clock, step.at)
        break
      case 'paused':
        this.openPause = { kind: 'raw-pause', from: step.at, status: step.status }
        list.push(this.openPause)
        break
      case 'resumed':
        this.endPause(step.at)
        break
      case 'proposed':
        list.push(step)
        break
      case 'satisfied':
        this.splitPause(step.at, step.by === 'solve' ? 'solved' : undefined, this.afterOutcome)
        this.steps.push(step)
        break
      case 'reopened':
        if (clock.breachedAt === undefined) {
          this.steps.push(...this.afterOutcome)
          this.afterOutcome = []
        }
        this.steps.push({ kind: step.kind, at: step.at })
        this.splitPause(step.at, step.status, list)
        // A change of priority while the ticket was solved takes effect now.
        if (clock.isOpen && clock.priority !== this.priority) this.retarget(clock, step.at)
        break
      case 'breached':
        this.steps.push(step)
        break
      case 'final':
      case 'cancelled':
        this.steps.push({ kind: step.kind, at: step.at })
    }
  }

  /** The steps, each pause with the time by which it moved the deadline. */
  finish(start: Instant): readonly WhyStep[] {
    const counted = this.countPauses(start)
    const isProposed = this.target.kind === 'proposed'
    const measure = this.target.kind === 'clock' ? 'elapsed' : 'working'
    return this.steps.flatMap((step): WhyStep[] => {
      if (step.kind === 'proposed') return isProposed ? [step] : []
      if (step.kind !== 'raw-pause') return [step]
      // A proposed target never pauses, and a pause of no length is none.
      if (isProposed || step.from === step.until) return []
      const { from, until, status } = step
      return [{ kind: 'paused', at: from, until, status, countedMs: counted.get(step) ?? 0, measure }]
    })
  }

  private retarget(clock: TargetClock, at: Instant): void {
    this.steps.push({ kind: 'retargeted', at, from: this.priority, ...this.told(clock) })
    this.priority = clock.priority
    this.target = clock.target
  }

  private told(clock: TargetClock) {
    return {
      priority: clock.priority,
      target: clock.target,
      hoursPerDay: this.calendar.hoursPerDay,
    }
  }

  /** The pause goes on, but from here on for another reason. */
  private splitPause(at: Instant, status: Status | undefined, list: RawStep[]): void {
    const before = this.openPause
    if (before === undefined) return
    this.endPause(at)
    this.openPause = { kind: 'raw-pause', from: at, status: status ?? before.status }
    list.push(this.openPause)
  }

  private endPause(at: Instant): void {
    if (this.openPause !== undefined) this.openPause.until ??= at
    this.openPause = undefined
  }

  /** sla.md §3: a pause counts if it, or the touching ones before it, begin at or before the deadline so far. */
  private countPauses(start: Instant): ReadonlyMap<RawPause, number> {
    const counted = new Map<RawPause, number>()
    const { target, calendar } = this
    if (target.kind === 'proposed') return counted
    let due = dueWithoutPauses(start, target, calendar)
    let touches: Instant | undefined
    let counts = false
    for (const pause of this.steps) {
      if (pause.kind !== 'raw-pause' || pause.until === undefined || pause.from === pause.until) continue
      if (pause.from !== touches) counts = pause.from <= due
      touches = pause.until
      if (!counts) continue
      const isClock = target.kind === 'clock'
      const ms = isClock ? pause.until - pause.from : workingTimeBetween(calendar, pause.from, pause.until)
      due = isClock ? due + ms : addWorkingTime(calendar, due, ms)
      counted.set(pause, ms)
    }
    return counted
  }
}
