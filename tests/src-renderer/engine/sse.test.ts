import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SseReader } from '../../../src-renderer/engine/sse'

const all = (...pieces: string[]) => {
  const reader = new SseReader()
  return pieces.flatMap((piece) => reader.push(piece))
}

test.each([
  ['an event', 'event: poke\ndata: {"cursor":"7"}\n\n', [{ event: 'poke', data: '{"cursor":"7"}' }]],
  ['without a name', 'data: x\n\n', [{ event: 'message', data: 'x' }]],
  ['several lines of data', 'data: a\ndata: b\n\n', [{ event: 'message', data: 'a\nb' }]],
  ['a comment (heartbeat)', ': still here\n\n', []],
  ['CRLF', 'event: poke\r\ndata: 1\r\n\r\n', [{ event: 'poke', data: '1' }]],
  ['an unfinished event', 'event: poke\ndata: 1\n', []],
  ['unknown fields', 'id: 4\nretry: 10\ndata: 1\n\n', [{ event: 'message', data: '1' }]],
  ['a name without data', 'event: poke\n\ndata: 1\n\n', [{ event: 'message', data: '1' }]],
])('%s', (_name, text, events) => expect(all(text)).toEqual(events))

test('wherever the pieces break, the events are the same', () => {
  const text =
    'event: poke\r\ndata: {"cursor":"1"}\r\n\r\n: beat\n\nevent: poke\rdata: 2\r\revent: x\ndata: 3\n\n'
  const whole = all(text, '\n')
  expect(whole).toHaveLength(3)
  fc.assert(
    fc.property(fc.array(fc.nat(text.length)), (cuts) => {
      const at = [0, ...[...cuts].sort((a, b) => a - b), text.length]
      const pieces = at.slice(1).map((end, index) => text.slice(at[index], end))
      expect(all(...pieces, '\n')).toEqual(whole)
    }),
  )
})

test('an event without an end is refused', () => {
  expect(() => all(`data: ${'x'.repeat(200_000)}`)).toThrow('without an end')
})
