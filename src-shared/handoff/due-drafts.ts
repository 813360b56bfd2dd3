import { shiftsBetween } from '../shifts/coverage'
import type { Rota } from '../shifts/rota'
import type { Instant } from '../time/instant'
import { type Pair, pairAfter } from './sides'

/** A draft opens so long before the end of a shift (follow-the-sun.md §2). */
export const DRAFT_OPENS_MS = 60 * 60_000

/**
 * The hand-offs that should exist at `now`: of shifts that end within the hour, and of those that have ended, until the
 * shift that takes over is itself about to hand over. Whoever opens drafts opens those that don't exist yet, however
 * long it slept.
 */
export function dueDrafts(rota: Rota, now: Instant): readonly Pair[] {
  return shiftsBetween(rota, now - LONGEST_MS, now + DRAFT_OPENS_MS)
    .filter(({ endsAt }) => endsAt - DRAFT_OPENS_MS <= now)
    .flatMap((shift) => pairAfter(rota, shift) ?? [])
    .filter(({ from, to }) => from.startsAt <= now && now < Math.max(from.endsAt, to.endsAt - DRAFT_OPENS_MS))
}

/** When the next draft is due after `now`; `undefined` when no shift ends in the next two weeks. */
export function nextDraftAt(rota: Rota, now: Instant): Instant | undefined {
  const times = shiftsBetween(rota, now, now + LONGEST_MS)
    .filter((shift) => pairAfter(rota, shift) !== undefined)
    .map(({ startsAt, endsAt }) => Math.max(startsAt, endsAt - DRAFT_OPENS_MS))
    .filter((at) => at > now)
  return times.length === 0 ? undefined : Math.min(...times)
}

/** Between two shifts there may be a long weekend. */
const LONGEST_MS = 14 * 24 * 60 * 60_000
