import type { Instant } from '../time/instant'

/** Shortest and longest waits, in ms. A portal's own `Retry-After` is believed up to `longestAnswer`. */
export const WAITS = { first: 1000, cap: 60_000, least: 200, longestAnswer: 3_600_000 } as const

export type WaitInput = {
  /** Failures in a row before this wait, 1 after the first. */
  readonly failures: number
  /** In [0, 1). */
  readonly random: number
  /** What the portal asked for; wins over everything else (portal.md §2). */
  readonly retryAfterMs?: number | undefined
}

/** How long to wait after a failure, in ms: exponential with full jitter and a cap, or what `Retry-After` says. */
export function waitAfterFailure({ failures, random, retryAfterMs }: WaitInput): number {
  if (retryAfterMs !== undefined) return Math.min(Math.max(retryAfterMs, 0), WAITS.longestAnswer)
  const ceiling = Math.min(WAITS.cap, WAITS.first * 2 ** Math.min(Math.max(failures, 1) - 1, 30))
  return Math.max(WAITS.least, Math.round(random * ceiling))
}

/** `ms` give or take a fifth, so that many desks don't ask at the same moment. `random` is in [0, 1). */
export function jittered(ms: number, random: number): number {
  return Math.round(ms * (0.8 + 0.4 * random))
}

/**
 * Reads a `Retry-After` header (RFC 9110 §10.2.3): seconds, or a date.
 * @returns ms from `now`, at least 0, or `undefined` for anything else
 */
export function readRetryAfter(header: string | undefined, now: Instant): number | undefined {
  if (header === undefined) return undefined
  const text = header.trim()
  if (/^\d{1,10}$/.test(text)) return Number(text) * 1000
  const date = /^[A-Za-z]{3}, /.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
