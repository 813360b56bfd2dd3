import type { Instant } from '#shared/time/instant'

const REMEMBER_MS = 5 * 60_000
const FIRST_MS = 300
const LONGEST_MS = 60_000

/**
 * How long to wait before starting again what died: at once the first time, longer the more often lately, so that
 * something which can't live doesn't take the machine with it.
 * @param deaths when it died, with this time; only the last five minutes count
 */
export function restartDelayMs(deaths: readonly Instant[], now: Instant): number {
  const lately = deaths.filter((at) => now - at < REMEMBER_MS).length
  return Math.min(FIRST_MS * 2 ** Math.max(0, lately - 1), LONGEST_MS)
}
