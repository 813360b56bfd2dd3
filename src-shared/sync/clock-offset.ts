import type { Instant } from '../time/instant'

/** One answer of the portal: when the desk asked and heard (desk clock) and what the portal's clock said. */
export type ClockSample = {
  readonly sentAt: Instant
  readonly receivedAt: Instant
  readonly serverAt: Instant
}

/** Above this the offset is shown to the person (portal.md §2). */
export const VISIBLE_OFFSET_MS = 5000

const SHARE_OF_NEW = 0.2
const LONGEST_ROUND_TRIP_MS = 30_000
const JUMP_MS = 2000

/**
 * The portal's time minus the desk's, in ms: taken at the middle of the round trip and smoothed (portal.md §2).
 * A difference that jitter can't explain means that a clock was set, and is taken at once. A sample during which the
 * desk's own clock was set back, or whose round trip was too long to say much, is left out.
 */
export function nextOffset(previousMs: number | undefined, sample: ClockSample): number | undefined {
  const roundTrip = sample.receivedAt - sample.sentAt
  if (roundTrip < 0 || roundTrip > LONGEST_ROUND_TRIP_MS) return previousMs
  const measured = sample.serverAt - (sample.sentAt + roundTrip / 2)
  if (previousMs === undefined) return Math.round(measured)
  const difference = measured - previousMs
  if (Math.abs(difference) > JUMP_MS + roundTrip / 2) return Math.round(measured)
  return Math.round(previousMs + difference * SHARE_OF_NEW)
}
