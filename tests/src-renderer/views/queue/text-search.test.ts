import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTextSearch } from '../../../../src-renderer/queue/text-search'
import type { Live, TextHits } from '../../../../src-renderer/store/desk-store'

/** Answers of the messages, by text; `say` gives another one. */
function messages() {
  const lives = new Map<string, { hits: TextHits; listeners: Set<() => void> }>()
  const at = (text: string) => {
    const known = lives.get(text) ?? { hits: { ticketIds: new Set(), searched: 0 }, listeners: new Set() }
    lives.set(text, known)
    return known
  }
  return {
    findText(text: string): Live<TextHits> {
      const live = at(text)
      return {
        get: () => live.hits,
        subscribe(listener) {
          live.listeners.add(listener)
          return () => live.listeners.delete(listener)
        },
      }
    },
    say(text: string, ids: readonly string[], searched: number) {
      const live = at(text)
      live.hits = { ticketIds: new Set(ids), searched }
      for (const listener of live.listeners) listener()
    },
    watched: () => [...lives].filter(([, { listeners }]) => listeners.size > 0).map(([text]) => text),
  }
}

describe('the search for words in messages', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  function searching() {
    const desk = messages()
    const told: (readonly string[])[] = []
    let progress = 0
    const search = createTextSearch(
      desk,
      (ids) => told.push(ids),
      () => {
        progress += 1
      },
    )
    return { desk, told, search, progressed: () => progress }
  }

  it('begins when one has stopped typing, and tells of every ticket of which something else is known', () => {
    const { desk, told, search } = searching()
    for (const text of ['tim', 'time', 'timeout']) search.want([text])
    expect([desk.watched(), search.searched()]).toEqual([[], 0])
    vi.runAllTimers()
    expect(desk.watched()).toEqual(['timeout'])
    desk.say('timeout', ['a', 'b'], 0.5)
    desk.say('timeout', ['b', 'c'], 1)
    expect(told).toEqual([
      ['a', 'b'],
      ['c', 'a'],
    ])
    expect([...(search.found('timeout') ?? [])]).toEqual(['b', 'c'])
    expect(search.searched()).toBe(1)
  })

  it('says how far it is for all words together', () => {
    const { desk, search } = searching()
    search.want(['alpha', 'beta'])
    vi.runAllTimers()
    desk.say('alpha', [], 1)
    desk.say('beta', [], 0.25)
    expect(search.searched()).toBe(0.25)
    search.want([])
    expect(search.searched()).toBe(1)
  })

  it('looks for no words of one or two letters', () => {
    const { desk, search } = searching()
    search.want(['a', 'p1'])
    vi.runAllTimers()
    expect([desk.watched(), search.searched()]).toEqual([[], 1])
  })

  it('goes on watching what is wanted alone, and knows what it knew when one comes back', () => {
    const { desk, told, search } = searching()
    search.want(['alpha'])
    vi.runAllTimers()
    desk.say('alpha', ['a'], 1)
    search.want(['beta'])
    vi.runAllTimers()
    expect(desk.watched()).toEqual(['beta'])
    expect([...(search.found('alpha') ?? [])]).toEqual(['a'])
    search.want(['alpha'])
    vi.runAllTimers()
    // The list may have been narrowed meanwhile without knowing.
    expect(told.at(-1)).toEqual(['a'])
    search.stop()
    expect(desk.watched()).toEqual([])
  })
})
