import { expect, test } from 'vitest'
import { mutants } from './mutants'
import { type Stage, stageWith } from './mutate'

/** Of ten thousand stories in CI: what takes more than these to be found is hardly looked for. */
const WITHIN_SEEDS = 400

/** @returns what the first story says that something is wrong in, and in which words */
async function firstFound({
  runStory,
  storyOf,
}: Stage): Promise<{ as: string; seed: number; words: string }> {
  for (let seed = 0; seed < WITHIN_SEEDS; seed += 1) {
    try {
      await runStory(storyOf(seed))
    } catch (error) {
      const found = error as Error & { invariant?: string }
      return { as: found.invariant ?? 'failure', seed, words: found.message }
    }
  }
  return { as: 'nothing', seed: WITHIN_SEEDS, words: 'every story held' }
}

test.for(mutants)('$name: found', { timeout: 120_000 }, async (mutant) => {
  const { as, seed, words } = await firstFound(await stageWith([mutant]))
  expect(mutant.caughtAs, `seed ${seed}: ${words}`).toContain(as)
})
