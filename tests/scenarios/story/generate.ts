import { Random } from '../simulator/random'
import { drawn, weighted } from './draw'
import { scenes } from './draw-scene'
import type { DeskSetup, Step, Story } from './step'

const people: readonly (readonly DeskSetup['who'][])[] = [['ana'], ['ana', 'ben'], ['ana', 'ben', 'cleo']]

/** The story of a seed: always the same one. */
export function storyOf(seed: number): Story {
  // Another stream of numbers than the one that plays it.
  const random = new Random(seed + 2 ** 40)
  const who =
    weighted(
      [
        [11, people[0]],
        [8, people[1]],
        [1, people[2]],
      ] as const,
      random,
    ) ?? []
  const desks = who.map(
    (name): DeskSetup => ({
      who: name,
      windows: random.chance(0.15) ? 2 : 1,
      start: random.chance(0.12) ? 'cold' : 'warm',
    }),
  )
  const length = random.between(3, 6)
  const drawnSteps = Array.from({ length }, (_, n): readonly Step[] => {
    const draw = { random, n: n + 1, desks: desks.length }
    return drawn(scenes, draw)
  }).flat()
  return {
    seed,
    desks,
    hasStreams: random.chance(0.8),
    pageCap: random.chance(0.2) ? random.between(1, 5) : 1000,
    // Everybody is at work before the first thing happens, or not quite.
    steps: random.chance(0.8) ? [{ do: 'sync', desk: 0, pause: 'rest' }, ...drawnSteps] : drawnSteps,
  }
}
