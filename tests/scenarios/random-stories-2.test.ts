import { testRandomStories } from './random-stories'

testRandomStories(1, 2)
