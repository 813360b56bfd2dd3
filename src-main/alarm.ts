import type { Instant } from '#shared/time/instant'

/** Timers stand still while the machine sleeps and clocks get set: none runs longer than this. */
export const LONGEST_TICK_MS = 30_000
const SHORTEST_TICK_MS = 5
/** A tick this much later than planned means that the machine was asleep or the process stopped. */
const GAP_MS = 15_000

export type Tick = {
  /** The alarm is due by the wall clock. */
  readonly ring: boolean
  /** Time passed in which we did not run. */
  readonly woke: boolean
  /** When to look again, at the latest. */
  readonly nextMs: number
}

/**
 * What to do at a look at the clock. Timers are hints, the wall clock decides.
 * @param alarmAt the one instant to ring at, if any
 * @param plannedAt when this look was meant to happen
 */
export function tick(alarmAt: Instant | undefined, plannedAt: Instant, now: Instant): Tick {
  const ring = alarmAt !== undefined && now >= alarmAt
  const wait = alarmAt === undefined || ring ? LONGEST_TICK_MS : alarmAt - now
  return {
    ring,
    woke: now - plannedAt > GAP_MS,
    nextMs: Math.min(Math.max(wait, SHORTEST_TICK_MS), LONGEST_TICK_MS),
  }
}

export type Alarm = {
  /** Replaces the instant; `undefined` waits for nothing. */
  set(at: Instant | undefined): void
  /** Looks at the clock now: the machine woke, or the engine is back. */
  check(): void
  stop(): void
}

/** How a process waits, so that tests can bring their own clock. */
export type Clock = {
  now(): Instant
  later(ms: number, run: () => void): () => void
}

const AGAIN_MS = 1000

/**
 * The one alarm of the desk. It rings once per `set`.
 * @param parts.ring whether the engine heard it; if not, as while it is started again, it is rung once more
 */
export function alarm(parts: {
  readonly clock: Clock
  readonly ring: () => boolean
  readonly woke: () => void
}): Alarm {
  const { clock } = parts
  let at: Instant | undefined
  let planned = clock.now()
  let cancel = () => {}

  function look(): void {
    cancel()
    const now = clock.now()
    const step = tick(at, planned, now)
    if (step.woke) parts.woke()
    let nextMs = step.nextMs
    if (step.ring) {
      if (parts.ring()) at = undefined
      else nextMs = AGAIN_MS
    }
    plan(nextMs)
  }

  function plan(ms: number): void {
    planned = clock.now() + ms
    cancel = clock.later(ms, look)
  }

  plan(LONGEST_TICK_MS)
  return {
    set(to) {
      at = to
      cancel()
      const now = clock.now()
      const step = tick(at, now, now)
      plan(step.ring ? 0 : step.nextMs)
    },
    check: look,
    stop: () => cancel(),
  }
}
