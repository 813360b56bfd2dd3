import { test } from 'vitest'
import { inPieces, type Range, readSeeds } from './seeds'
import { storyOf } from './story/generate'
import { runStory } from './story/run-story'
import type { Story } from './story/step'

/** Seeds of one test: a line of progress now and then, and one failure does not hide those of other seeds. */
const SEEDS_PER_TEST = 250
/** What is broken breaks many stories: so many say enough. */
const MOST_TOLD = 5
const PIECE_TIMEOUT_MS = 180_000

/** The tests of one worker: every second piece of the seeds is its own, and so on. */
export function testRandomStories(worker: number, workers: number): void {
  const pieces = inPieces(readSeeds(process.env.MERIDIAN_SEEDS), SEEDS_PER_TEST)
  const own = pieces.filter((_, index) => index % workers === worker)
  for (const piece of own) {
    test(nameOf(piece), { timeout: PIECE_TIMEOUT_MS }, () => playAll(piece))
  }
  if (own.length === 0) test.skip('there are fewer seeds than workers', () => {})
}

function nameOf({ from, to }: Range): string {
  return from === to ? `the story of seed ${from}` : `the stories of seeds ${from} to ${to}`
}

async function playAll({ from, to }: Range): Promise<void> {
  const failures: string[] = []
  for (let seed = from; seed <= to && failures.length < MOST_TOLD; seed += 1) {
    const story = storyOf(seed)
    await runStory(story).catch((error: unknown) => {
      failures.push(tell(story, error))
    })
  }
  if (failures.length > 0) throw new Error(failures.join('\n\n'))
}

/** A failure as somebody needs it who wants to see it happen again. */
function tell(story: Story, error: unknown): string {
  const what = error instanceof Error ? (error.name === 'Violation' ? error.message : error.stack) : error
  const { seed, steps, ...setting } = story
  return [
    `seed ${seed}: ${what}`,
    `  again: npm test -- --simulation ${seed}`,
    `  setting: ${JSON.stringify(setting)}`,
    ...steps.map((step) => `  ${JSON.stringify(step)}`),
  ].join('\n')
}
