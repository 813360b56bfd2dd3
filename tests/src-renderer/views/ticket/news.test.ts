import { describe, expect, it } from 'vitest'
import type { Message } from '#shared/tickets/message'
import type { TimelineEntry } from '../../../../src-renderer/store/desk-store'
import { newsSince, sinceNow } from '../../../../src-renderer/ticket/news/news'
import { newsWords } from '../../../../src-renderer/ticket/news/news-words'

const ME = 'agent-me'
const BEN = { kind: 'agent', id: 'agent-ben', name: 'Ben' } as const
const MYSELF = { kind: 'agent', id: ME, name: 'Me' } as const
const CUSTOMER = { kind: 'customer', id: 'contact-olu', name: 'Olu' } as const
const ROBOT = { kind: 'automation', name: 'Status page' } as const

type Extra = { readonly [field: string]: unknown }
const entry = (id: string, at: number, author: Message['author'], extra: Extra = {}): TimelineEntry => ({
  message: {
    ...{ id, at, author, ticketId: 't', type: 'reply', channel: 'portal', body: `says ${id}` },
    ...extra,
  } as Message,
})
const reply = entry
const note = (id: string, at: number, author: Message['author']) => entry(id, at, author, { type: 'note' })
const change = (id: string, at: number, author: Message['author'], extra: Extra) =>
  entry(id, at, author, { type: 'change', ...extra })
const ids = (messages: readonly Message[]) => messages.map(({ id }) => id)

const BEFORE = [reply('first', 100, CUSTOMER), note('noted', 200, BEN)]

describe('what is new since a text was begun', () => {
  const since = sinceNow(BEFORE)

  it.each<[string, TimelineEntry[], string[]]>([
    ['nothing', [], []],
    ['a reply of a colleague', [reply('a', 300, BEN)], ['a']],
    ['a word of the customer', [reply('a', 300, CUSTOMER)], ['a']],
    ['a note', [note('a', 300, BEN)], ['a']],
    ['a status that somebody set', [change('a', 300, BEN, { field: 'status', to: 'solved' })], ['a']],
    ['an assignee', [change('a', 300, BEN, { field: 'assigneeId', to: 'agent-ben' })], ['a']],
    ['nothing of mine, from whichever desk', [reply('a', 300, MYSELF)], []],
    ['nothing a machine sent', [reply('a', 300, ROBOT)], []],
    [
      'no tags, which answer nothing',
      [entry('a', 300, BEN, { type: 'tags', added: ['x'], removed: [] })],
      [],
    ],
    [
      'what is mine and on its way',
      [{ ...reply('a', 300, BEN), pending: { state: 'unsent', commandId: 'a' } }],
      [],
    ],
  ])('%s', (_, more, news) => expect(ids(newsSince([...BEFORE, ...more], since, ME))).toEqual(news))

  it('is what comes late and belongs before the newest, too', () => {
    const [first, noted] = BEFORE as [TimelineEntry, TimelineEntry]
    expect(ids(newsSince([first, reply('late', 150, BEN), noted], since, ME))).toEqual(['late'])
  })

  it('is nothing of what stood there long before, however long the conversation is', () => {
    const long = Array.from({ length: 60 }, (_, index) => reply(`m${index}`, index, BEN))
    expect(newsSince(long, sinceNow(long), ME)).toEqual([])
    expect(ids(newsSince([...long, reply('new', 99, BEN)], sinceNow(long), ME))).toEqual(['new'])
  })

  it('is everything where nothing had been written', () => {
    expect(ids(newsSince(BEFORE, sinceNow([]), ME))).toEqual(['first', 'noted'])
  })

  it('goes by time where nothing that was known is left', () => {
    expect(ids(newsSince([reply('x', 150, BEN), reply('y', 250, BEN)], since, ME))).toEqual(['y'])
  })
})

describe('news in words', () => {
  const nameOf = (id: string) => (id === 'agent-ana' ? 'Ana' : id)
  it.each<[TimelineEntry, string, string | undefined]>([
    [reply('a', 1, BEN), 'replied', 'says a'],
    [reply('a', 1, CUSTOMER), 'wrote', 'says a'],
    [note('a', 1, BEN), 'added a note', 'says a'],
    [
      change('a', 1, BEN, { field: 'status', to: 'waiting-on-customer' }),
      'set the status to Waiting',
      undefined,
    ],
    [
      change('a', 1, BEN, { field: 'priority', to: 'P1', reason: 'all\n blind' }),
      'set the priority to P1',
      'all blind',
    ],
    [change('a', 1, BEN, { field: 'assigneeId', to: 'agent-ben' }), 'claimed it', undefined],
    [change('a', 1, BEN, { field: 'assigneeId', to: 'agent-ana' }), 'assigned it to Ana', undefined],
    [change('a', 1, BEN, { field: 'assigneeId' }), 'gave it back to the unassigned', undefined],
  ])('%#', ({ message }, did, text) => {
    expect(newsWords(message, nameOf)).toEqual(text === undefined ? { did } : { did, text })
  })
})
