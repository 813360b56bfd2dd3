import { describe, expect, it } from 'vitest'
import { insertion } from '../../../../src-renderer/ticket/macro/insertion'

/** `|` is the cursor. */
function put(typed: string, text: string): string {
  const cursor = typed.indexOf('|')
  const plain = typed.replace('|', '')
  const { at, text: more } = insertion(plain, cursor, text)
  return plain.slice(0, at) + more + plain.slice(at)
}

describe('a macro put into a text', () => {
  it.each([
    ['|', 'M', 'into an empty box as it is'],
    ['Hi|', 'Hi\n\nM', 'behind what was typed, as its own paragraph'],
    ['Hi\n|', 'Hi\n\nM', 'behind a line break, with one more'],
    ['Hi\n\n|', 'Hi\n\nM', 'behind a blank line, without another'],
    ['|Bye', 'M\n\nBye', 'before what was typed'],
    ['Hi |there', 'Hi \n\nM\n\nthere', 'between two words'],
    ['  |', '  M', 'behind blanks as they are'],
  ])('%j becomes %j: %s', (typed, result) => expect(put(typed, 'M')).toBe(result))

  it('replaces nothing, and says where it stands', () => {
    const { from, to } = insertion('Hi there', 2, 'MACRO')
    const whole = 'Hi\n\nMACRO\n\n there'
    expect(put('Hi| there', 'MACRO')).toBe(whole)
    expect(whole.slice(from, to)).toBe('MACRO')
  })
})
