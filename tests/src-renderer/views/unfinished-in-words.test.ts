import { expect, test } from 'vitest'
import { unfinishedInWords } from '../../../src-renderer/app/unfinished-in-words'

test.each([
  [0, 0, 0, undefined],
  [1, 0, 0, '1 change not sent'],
  [2, 0, 0, '2 changes not sent'],
  [0, 1, 0, '1 change refused'],
  [0, 0, 1, '1 draft'],
  [2, 1, 0, '2 changes not sent and 1 refused'],
  [0, 2, 1, '2 changes refused and 1 draft'],
  [1, 2, 3, '1 change not sent, 2 refused and 3 drafts'],
])('%i unsent, %i parked, %i drafts: %s', (unsent, parked, drafts, words) => {
  expect(unfinishedInWords({ unsent, parked, drafts })).toBe(words)
})
