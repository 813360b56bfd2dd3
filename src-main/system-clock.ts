import type { Clock } from './alarm'

export const systemClock: Clock = {
  now: Date.now,
  later: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}
