import type { Instant } from '#shared/time/instant'

/** The window's one clock: calls everybody once a second, on the second of portal time. */
export type Ticker = {
  /** Also calls `update` at once. Returns its end. */
  add(update: (now: Instant) => void): () => void
  now(): Instant
  stop(): void
}

const SECOND = 1000

/**
 * Each subscriber writes its own text node and only when its text changed, so that a second costs no React work.
 * Stands still while the window is hidden and catches up in the moment it is seen again.
 */
export function createTicker(now: () => Instant): Ticker {
  const updates = new Set<(now: Instant) => void>()
  let timer: ReturnType<typeof setTimeout> | undefined

  function tick(): void {
    const at = now()
    for (const update of updates) update(at)
    schedule()
  }
  function schedule(): void {
    clearTimeout(timer)
    timer = document.hidden ? undefined : setTimeout(tick, SECOND - (now() % SECOND))
  }
  function onVisibility(): void {
    if (document.hidden) clearTimeout(timer)
    else tick()
  }

  document.addEventListener('visibilitychange', onVisibility)
  schedule()
  return {
    add(update) {
      updates.add(update)
      update(now())
      return () => updates.delete(update)
    },
    now,
    stop() {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', onVisibility)
    },
  }
}
