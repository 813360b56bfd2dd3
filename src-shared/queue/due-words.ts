import type { Instant } from '../time/instant'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** What is left until `due`, in a sentence: `due in 12 min`, `due now`, `5 min over`. Rounds as `countdownText` does. */
export function dueInWords(due: Instant, now: Instant): string {
  const left = due - now
  if (left < 0) {
    const minutes = Math.ceil(-left / MINUTE) * MINUTE
    return `${spanInWords(minutes < DAY ? minutes : Math.ceil(-left / HOUR) * HOUR)} over`
  }
  return left < MINUTE ? 'due now' : `due in ${spanInWords(left)}`
}

/** `12 min`, `3 h 5 min`, `2 d 4 h`; rounded down, and never less than a minute. */
export function spanInWords(ms: number): string {
  if (ms < HOUR) return `${Math.max(1, Math.floor(ms / MINUTE))} min`
  return ms < DAY
    ? both(Math.floor(ms / HOUR), 'h', Math.floor((ms % HOUR) / MINUTE), 'min')
    : both(Math.floor(ms / DAY), 'd', Math.floor((ms % DAY) / HOUR), 'h')
}

function both(big: number, bigUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`
}
