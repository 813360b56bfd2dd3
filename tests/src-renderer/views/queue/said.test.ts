import { describe, expect, it } from 'vitest'
import type { Message } from '#shared/tickets/message'
import { excerptOf, lastSaid } from '../../../../src-renderer/queue/peek/said'

const author = { kind: 'customer', name: 'Olu' } as const
const reply = (id: string, body: string): { message: Message } => ({
  message: { id, ticketId: 't1', at: 0, author, type: 'reply', channel: 'portal', body },
})
const tags: { message: Message } = {
  message: { id: 'tags', ticketId: 't1', at: 0, author, type: 'tags', added: ['vip'], removed: [] },
}

/** Found pieces in brackets. */
const marked = (text: string, ...wanted: string[]) =>
  excerptOf(text, wanted)
    .map((piece) => (piece.isFound ? `[${piece.text}]` : piece.text))
    .join('')

describe('the preview of a ticket', () => {
  const timeline = [
    reply('1', 'Hello'),
    reply('2', 'It times out'),
    tags,
    reply('3', 'Still'),
    reply('4', 'Thanks'),
  ]
  it('shows the last texts, and no events', () => {
    expect(lastSaid(timeline, [], 2).map(({ id }) => id)).toEqual(['3', '4'])
  })
  it('shows where the words of the filter were found, if they were', () => {
    expect(lastSaid(timeline, ['TIMES out', 'hello'], 3).map(({ id }) => id)).toEqual(['1', '2'])
    expect(lastSaid(timeline, ['nowhere'], 2).map(({ id }) => id)).toEqual(['3', '4'])
  })
})

describe('what was found in a text', () => {
  it.each<[string, string, string[], string]>([
    ['nothing', 'It times out', ['never'], 'It times out'],
    ['a word, in any case', 'It times out', ['TIMES'], 'It [times] out'],
    ['each time', 'ping pong ping', ['ping'], '[ping] pong [ping]'],
    ['several words', 'one two three', ['three', 'one'], '[one] two [three]'],
    ['the longer of two that begin at the same place', 'timeout', ['time', 'timeout'], '[timeout]'],
    ['not with empty words', 'abc', [''], 'abc'],
    ['as it is where accents would move places', 'e\u0301te\u0301 time', ['time'], 'e\u0301te\u0301 time'],
  ])('%s', (_, text, wanted, expected) => {
    expect(marked(text, ...wanted)).toBe(expected)
  })
  it('far into a text, which then begins near it', () => {
    const found = marked(`${'word '.repeat(100)}needle at last`, 'needle')
    expect(found).toMatch(/^… (word )+\[needle\] at last$/)
    expect(found.length).toBeLessThan(140)
  })
})
