import { describe, expect, test } from 'vitest'
import { joined } from '../../../src-renderer/store/joined-text'
import { above, withoutSent } from '../../../src-renderer/ticket/draft-text'

describe('a text taken back never takes the place of what is being written', () => {
  test.each([
    ['into an empty box', 'Refused text', '', 'Refused text'],
    ['above what is there', 'Refused text', 'Half a senten', 'Refused text\n\nHalf a senten'],
    ['blank lines are nothing', 'Refused text', ' \n', 'Refused text'],
  ])('%s', (_name, more, there, both) => expect(above(more, there)).toBe(both))
})

describe('a draft that is read late is joined with what was typed meanwhile', () => {
  test.each([
    ['nothing was typed', 'Saved', '', 'Saved'],
    ['nothing was saved', '', 'Typed', 'Typed'],
    ['both stay', 'Saved', 'Typed', 'Saved\n\nTyped'],
    ['the same is there once', 'Saved', 'Saved', 'Saved'],
    ['joined already', 'Saved\n\nTyped', 'Typed', 'Saved\n\nTyped'],
    ['saved in the middle of a word, which went on', 'D', 'Dear Olu', 'Dear Olu'],
    ['the same below a draft of before', 'Saved\n\nD', 'Dear Olu', 'Saved\n\nDear Olu'],
    ['an ending in common is no reason to drop it', 'Thanks', 's', 'Thanks\n\ns'],
  ])('%s', (_name, saved, typed, both) => expect(joined(saved, typed)).toBe(both))
})

describe('what was typed beside a text while that was sent is the next text', () => {
  test.each([
    ['nothing', 'Sent', 'Sent', ''],
    ['a new line is nothing', 'Sent\n', 'Sent', ''],
    ['behind it', 'Sent\nand next', 'Sent', 'and next'],
    ['before it', 'Next Sent', 'Sent', 'Next'],
    ['in the middle of it: all stays', 'Senext nt', 'Sent', 'Senext nt'],
    ['in its place: all of that', 'Next', 'Sent', 'Next'],
  ])('%s', (_name, text, sent, next) => expect(withoutSent(text, sent)).toBe(next))
})
