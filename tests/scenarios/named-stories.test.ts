import { describe, expect, test } from 'vitest'
import { stageWith } from './mutate'
import { namedStories } from './named-stories'
import { stage } from './stage'

/** The same steps meet in another order with each. */
const SEEDS = Array.from({ length: 15 }, (_, seed) => seed)

describe.each(namedStories)('$name', ({ story, was }) => {
  test('ends well in whatever order it happens', async () => {
    for (const seed of SEEDS) await stage.runStory({ ...story, seed })
  })

  if (!was) return
  test('went wrong before', async () => {
    const { runStory } = await stageWith(was.changes)
    const play = async (): Promise<void> => {
      for (const seed of SEEDS) await runStory({ ...story, seed })
    }
    await expect(play()).rejects.toMatchObject({ invariant: was.brokenAs })
  })
})
