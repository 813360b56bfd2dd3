import { storyOf } from './story/generate'
import { runStory } from './story/run-story'

/** All that it takes to play stories, as one module (mutate.ts loads it with something wrong in it). */
export const stage = { runStory, storyOf }
