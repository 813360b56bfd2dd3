import { expect, test } from 'vitest'
import { storyOf } from './story/generate'
import { runStory } from './story/run-story'

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed)

test('a seed takes the same course again, whatever was played in between', async () => {
  const courses: unknown[] = []
  for (const seed of SEEDS) courses.push(await runStory(storyOf(seed)))
  const again: unknown[] = []
  for (const seed of SEEDS.toReversed()) again.unshift(await runStory(storyOf(seed)))
  expect(again).toEqual(courses)
})

test('other orders of the same steps are other courses', async () => {
  const traces = new Set<number>()
  for (const seed of SEEDS) traces.add((await runStory({ ...storyOf(0), seed })).trace)
  expect(traces.size).toBe(SEEDS.length)
})
