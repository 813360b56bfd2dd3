import { expect, it } from 'vitest'
import type { Present } from '../../../../src-renderer/store/desk-store'
import { othersWords } from '../../../../src-renderer/ticket/presence/others-words'

const at = (doing: Present['doing'], ...names: string[]): Present[] =>
  names.map((name) => ({ agentId: name, name, doing }))

it.each<[Present[], string]>([
  [[], ''],
  [at('viewing', 'Ben'), 'Ben is viewing'],
  [at('viewing', 'Ben', 'Ana'), 'Ben and Ana are viewing'],
  [at('replying', 'Ben', 'Ana', 'Cy'), 'Ben and 2 others are replying'],
  [[...at('viewing', 'Ana'), ...at('replying', 'Ben')], 'Ben is replying, Ana is viewing'],
])('who else is here: %j is “%s”', (others, words) => expect(othersWords(others)).toBe(words))
