import type { Random } from '../simulator/random'
import { firstTickets } from '../simulator/workspace'
import type { Pause, Step } from './step'

/** What a step is drawn with. `n` is another number for each step: a text with it is there once in a story. */
export type Draw = { readonly random: Random; readonly n: number; readonly desks: number }
export type Weighted<T> = readonly (readonly [weight: number, make: (draw: Draw) => T])[]

export function weighted<T>(of: readonly (readonly [number, T])[], random: Random): T {
  const total = of.reduce((sum, [weight]) => sum + weight, 0)
  let left = random.next() * total
  for (const [weight, value] of of) {
    left -= weight
    if (left < 0) return value
  }
  throw new RangeError('nothing to draw from')
}

export function drawn<T>(of: Weighted<T>, draw: Draw): T {
  return weighted(of, draw.random)(draw)
}

export function desk({ random, desks }: Draw): { desk: number } {
  return { desk: random.below(desks) }
}

/** Mostly the first two: what never meets shows nothing. */
export function ticket({ random }: Draw): { ticket: string } {
  return { ticket: firstTickets[Math.min(random.below(4), random.below(4))] ?? 't1' }
}

export function pause({ random }: Draw): Pause | undefined {
  const draw = random.next()
  if (draw < 0.1) return undefined
  if (draw < 0.55) return { events: random.between(1, random.pick([6, 30, 120])) }
  if (draw < 0.8) return 'rest'
  return { ms: random.pick([1, 500, 3000, 8000]) }
}

export function withPause(step: Step, pause: Pause | undefined): Step {
  return pause === undefined ? step : { ...step, pause }
}
