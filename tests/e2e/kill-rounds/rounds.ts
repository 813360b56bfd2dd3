import type { Random } from '../../../src-portal/demo/random'

export type Victim = 'engine' | 'portal' | 'app' | 'app with all its processes'
export type Round = {
  readonly kills: Victim
  /** After the beginning of something that the agent does. */
  readonly afterMs: number
}

/** Longest time from the beginning of an act to the kill: some acts are over by then and on their way to the portal. */
const LATEST_MS = 700

/**
 * Fifty rounds: 14 of the app, 18 each of the engine and the portal, in random order. Main waits longer each time the
 * engine dies, and forgets about it when it is started itself, so the deaths of the engine are spread between those.
 */
export function drawRounds(random: Random): readonly Round[] {
  const blocks = 14
  const others = spread('engine', 18, blocks).map((engines, block) => [
    ...engines,
    // From the other end, so that the blocks are of one size.
    ...(spread('portal', 18, blocks)[blocks - 1 - block] ?? []),
  ])
  return random
    .shuffle(others)
    .flatMap((block, index) =>
      random
        .shuffle<Victim>([...block, index % 2 === 0 ? 'app' : 'app with all its processes'])
        .map((kills) => ({ kills, afterMs: Math.round(random.between(0, LATEST_MS)) })),
    )
}

function spread(victim: Victim, count: number, blocks: number): Victim[][] {
  const list = Array.from({ length: blocks }, (): Victim[] => [])
  for (let n = 0; n < count; n += 1) list[n % blocks]?.push(victim)
  return list
}
