import { describe, expect, it } from 'vitest'
import type { Notice } from '#shared/uptime/notice'
import { customerNotices } from '../../../../src-renderer/ticket/customer/customer-notices'
import { helpPlaces, searchWords } from '../../../../src-renderer/ticket/customer/help-places'

const NOW = Date.UTC(2026, 6, 10, 12)
const HOUR = 3_600_000
const notice = (change: Partial<Notice>): Notice => ({
  id: 'n',
  type: 'incident',
  title: 'Late alerts',
  body: '',
  impact: 'degraded',
  state: 'identified',
  startsAt: NOW - HOUR,
  announcedAt: NOW - HOUR,
  updates: [],
  ...change,
})
const told = (notices: readonly Notice[], openedAt = NOW - 10 * 24 * HOUR) =>
  customerNotices({ notices, organizationId: 'org-a', openedAt, now: NOW })

describe('what concerns a customer', () => {
  it.each<[string, Partial<Notice>, string | undefined]>([
    ['an incident of everybody that goes on', {}, 'now'],
    ['one of theirs', { organizationIds: ['org-a'] }, 'now'],
    ['none of others', { organizationIds: ['org-b'] }, undefined],
    ['nothing that was cancelled', { state: 'cancelled' }, undefined],
    [
      'what ended within a day',
      { endsAt: NOW - 23 * HOUR, startsAt: NOW - 24 * HOUR, state: 'resolved' },
      'over',
    ],
    [
      'nothing that ended before',
      { endsAt: NOW - 25 * HOUR, startsAt: NOW - 26 * HOUR, state: 'resolved' },
      undefined,
    ],
    ['what was resolved and says no end', { state: 'resolved' }, 'over'],
    ['maintenance within a week', { startsAt: NOW + 6 * 24 * HOUR, state: 'scheduled' }, 'coming'],
    ['nothing later', { startsAt: NOW + 8 * 24 * HOUR, state: 'scheduled' }, undefined],
    ['a window that passed, whatever its state says', { endsAt: NOW, state: 'in-progress' }, 'over'],
  ])('%s', (_, change, phase) => expect(told([notice(change)])[0]?.phase).toBe(phase))

  it('is whatever was going on when the ticket was opened, however long ago', () => {
    const old = notice({ startsAt: NOW - 90 * HOUR, endsAt: NOW - 80 * HOUR, state: 'resolved' })
    expect(told([old], NOW - 85 * HOUR)).toMatchObject([{ phase: 'over', wasOnAtStart: true }])
    expect(told([old], NOW - 79 * HOUR)).toEqual([])
  })

  it('comes in the order in which it matters', () => {
    const list = [
      notice({ id: 'over', endsAt: NOW - HOUR, startsAt: NOW - 2 * HOUR }),
      notice({ id: 'later', startsAt: NOW + 20 * HOUR }),
      notice({ id: 'soon', startsAt: NOW + HOUR }),
      notice({ id: 'earlier', startsAt: NOW - 5 * HOUR }),
      notice({ id: 'just now', startsAt: NOW - HOUR }),
    ]
    expect(told(list).map((one) => one.notice.id)).toEqual(['just now', 'earlier', 'soon', 'later', 'over'])
  })
})

describe('where to look things up', () => {
  it('is every place of the list, searched for the subject', () => {
    const places = helpPlaces('Re: [EXT] Webhooks fail with 401 & "x"')
    expect(places.map(({ name }) => name)).toEqual(['Documentation', 'Community'])
    for (const { url } of places) {
      expect(new URL(url).protocol).toBe('https:')
      expect(url).toContain('Webhooks%20fail%20with%20401%20%26%20%22x%22')
    }
  })

  it.each([
    ['  Console\n returns 502 ', 'Console returns 502'],
    ['RE: Fwd: down', 'down'],
    ['[P1] [prod] down', 'down'],
    ['regarding: x', 'regarding: x'],
    ['half \ud83d', 'half'],
  ])('%j is looked for as %j', (subject, words) => expect(searchWords(subject)).toBe(words))

  it('cuts an essay between two words', () => {
    const words = searchWords('word '.repeat(100))
    expect(words.length).toBeLessThanOrEqual(160)
    expect(words.endsWith(' word')).toBe(true)
    expect(searchWords('x'.repeat(500))).toHaveLength(160)
  })
})
