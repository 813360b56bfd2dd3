import { expect, test } from 'vitest'
import { mutants } from './mutants'
import { type Stage, stageWith } from './mutate'

/** Of ten thousand stories in CI: what takes more than these to be found is hardly looked for. */
const WITHIN_SEEDS = 400

/** @returns what the first story says that something is wrong in */
async function firstFound({ runStory, storyOf }: Stage): Promise<string | undefined> {
  for (let seed = 0; seed < WITHIN_SEEDS; seed += 1) {
    try {
      await runStory(storyOf(seed))
    } catch (error) {
      const found = error as Error & { invariant?: string }
      return found.invariant ?? 'failure'
    }
  }
  return undefined
}

test.for(mutants)('$name: found', { timeout: 120_000 }, async (mutant) => {
  const found = await firstFound(await stageWith(mutant))
  expect(mutant.caughtAs).toContain(found)
})
