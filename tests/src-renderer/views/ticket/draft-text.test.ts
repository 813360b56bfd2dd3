import { describe, expect, test } from 'vitest'
import { above, withoutSent } from '../../../../src-renderer/ticket/draft-text'

describe('a text that comes back', () => {
  test.each([
    ['stands alone in an empty box', 'one', ' \n', 'one'],
    ['stands above what is there', 'one', 'two', 'one\n\ntwo'],
  ])('%s', (_what, more, there, both) => {
    expect(above(more, there)).toBe(both)
  })
})

describe('what was typed beside a text that is sent', () => {
  test.each([
    ['nothing', 'one', 'one', ''],
    ['a new line is nothing', 'one\n', 'one', ''],
    ['went on behind it', 'one\nand two', 'one', 'and two'],
    ['begun before it', 'two one', 'one', 'two'],
    ['in the middle of it: all stays', 'on two e', 'one', 'on two e'],
    ['in its place: all of that', 'two', 'one', 'two'],
  ])('%s', (_what, text, sent, next) => {
    expect(withoutSent(text, sent)).toBe(next)
  })
})
