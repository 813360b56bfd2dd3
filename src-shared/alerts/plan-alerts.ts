import type { AlertRequest } from '../ipc'
import { alertRequest, digestRequest, type Reader, type Spoken } from './alert-text'

/** From this many at once they are said in one alert (experience.md "Alerts"). */
export const DIGEST_FROM = 5
/** The first time a person's desk looks, everything is news: it is said in one. */
const FIRST_DIGEST_FROM = 2

export type Firing = Spoken & { readonly superseded: readonly string[] }

export type AlertPlan = {
  /** To be shown. */
  readonly show: readonly AlertRequest[]
  /** Keys that a digest speaks for. */
  readonly inDigest: readonly string[]
  /** Keys that a higher threshold of the same target speaks for. */
  readonly superseded: readonly string[]
}

export type PlanInput = {
  readonly firings: readonly Firing[]
  /** Whether alerts of this person were never planned before. */
  readonly isFirst: boolean
  /** Names a digest, if it comes to one. */
  readonly digestKey: string
  readonly reader: Reader
}

/** Turns what fires at one moment into what is shown: each by itself, or all in a digest. */
export function planAlerts({ firings, isFirst, digestKey, reader }: PlanInput): AlertPlan {
  const superseded = firings.flatMap((firing) => firing.superseded)
  if (firings.length < (isFirst ? FIRST_DIGEST_FROM : DIGEST_FROM)) {
    return { show: firings.map((firing) => alertRequest(firing, reader)), inDigest: [], superseded }
  }
  return {
    show: [digestRequest(digestKey, firings, reader)],
    inDigest: firings.map(({ crossing }) => crossing.key),
    superseded,
  }
}
