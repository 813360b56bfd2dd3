import { describe, expect, it } from 'vitest'
import type { TimelineEntry } from '../../../src-renderer/store/desk-store'
import { timelineDays } from '../../../src-renderer/ticket/timeline-days'

function note(id: string, at: number): TimelineEntry {
  const author = { kind: 'agent', name: 'Ines Moreau' } as const
  return { message: { id, ticketId: 't', at, author, type: 'note', body: id } }
}

describe('the days of a timeline', () => {
  const nameOf = (at: number) => (at < 10 ? 'Yesterday' : 'Today')

  it('hold what happened on them, in order', () => {
    const days = timelineDays([note('a', 1), note('b', 9), note('c', 10)], nameOf)
    expect(days.map((day) => [day.name, day.entries.map((entry) => entry.message.id)])).toEqual([
      ['Yesterday', ['a', 'b']],
      ['Today', ['c']],
    ])
  })

  it('are none for an empty conversation', () => {
    expect(timelineDays([], nameOf)).toEqual([])
  })
})
