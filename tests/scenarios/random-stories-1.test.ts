import { testRandomStories } from './random-stories'

testRandomStories(0, 2)
