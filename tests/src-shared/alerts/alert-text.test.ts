import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alertRequest, digestRequest, plain } from '#shared/alerts/alert-text'
import { type Firing, planAlerts } from '#shared/alerts/plan-alerts'
import { alertRequestSchema } from '#shared/ipc'
import type { Ticket } from '#shared/tickets/ticket'
import { aTicket, MINUTE, T0 } from '../tickets/samples'

const NOW = T0
/** Nine o'clock on a Monday for them. */
const READER = { now: NOW, zone: 'UTC' }
const firing = (n: number, minutesLeft: number, changes: Partial<Ticket> = {}): Firing => {
  const ticket = aTicket({ id: `t${n}`, number: `MER-${n}`, priority: 'P1', ...changes })
  const due = NOW + minutesLeft * MINUTE
  return {
    ticket,
    customer: 'Northwind',
    superseded: [],
    crossing: {
      key: `t${n}/firstResponse/0/x`,
      ticketId: ticket.id,
      target: 'firstResponse',
      level: minutesLeft < 0 ? 'breach' : 0.75,
      due,
      ...(minutesLeft < 0 ? { breachedAt: due } : {}),
    },
  }
}

describe('the title says priority, target, and how long', () => {
  test.each([
    [12, 'P1 · first response due 09:12 (in 12 min)'],
    [12.99, 'P1 · first response due 09:12 (in 12 min)'],
    [0.5, 'P1 · first response due 09:00 (now)'],
    [60, 'P1 · first response due 10:00 (in 1 h)'],
    [185, 'P1 · first response due 12:05 (in 3 h 5 min)'],
    [24 * 60, 'P1 · first response due Tue 09:00 (in 1 d)'],
    [50 * 60, 'P1 · first response due Wed 11:00 (in 2 d 2 h)'],
    [8 * 24 * 60, 'P1 · first response due Tue 14 Jul, 09:00 (in 8 d)'],
    [-0.5, 'P1 · first response breached 08:59 (just now)'],
    [-2.1, 'P1 · first response breached 08:57 (3 min ago)'],
    [-3, 'P1 · first response breached 08:57 (3 min ago)'],
    [-60.5, 'P1 · first response breached 07:59 (1 h 1 min ago)'],
    [-24 * 60, 'P1 · first response breached Sun 09:00 (1 d ago)'],
    [-24 * 60 - 1, 'P1 · first response breached Sun 08:59 (1 d 1 h ago)'],
    [-49 * 60 - 30, 'P1 · first response breached Sat 07:30 (2 d 2 h ago)'],
  ])('%d minutes left', (minutes, title) => {
    expect(alertRequest(firing(1, minutes), READER).title).toBe(title)
  })

  test.each([
    ['Europe/Berlin', 12, 'due 11:12 (in 12 min)'],
    ['Asia/Kolkata', 12, 'due 14:42 (in 12 min)'],
    ['America/New_York', 12, 'due 05:12 (in 12 min)'],
    ['Pacific/Auckland', 200, 'due Tue 00:20 (in 3 h 20 min)'],
    ['America/Los_Angeles', -180, 'breached Sun 23:00 (3 h ago)'],
  ])('by the clock on the reader’s wall: %s, %d minutes left', (zone, minutes, words) => {
    expect(alertRequest(firing(1, minutes), { now: NOW, zone }).title).toBe(`P1 · first response ${words}`)
  })

  test('the body says which ticket and whose', () => {
    expect(alertRequest(firing(10421, 12, { plan: 'premium-plus' }), READER)).toEqual({
      key: 't10421/firstResponse/0/x',
      title: 'P1 · first response due 09:12 (in 12 min)',
      body: 'MER-10421 Alerts arrive late — Northwind (Premium+)',
      urgency: 'critical',
      ticketId: 't10421',
    })
  })

  test.each([
    ['P1', 5, 'critical'],
    ['P2', 5, 'normal'],
    ['P2', -5, 'critical'],
  ] as const)('%s, %i minutes left: %s', (priority, minutes, urgency) => {
    expect(alertRequest(firing(1, minutes, { priority }), READER).urgency).toBe(urgency)
  })
})

describe('hostile text', () => {
  test.each([
    ['line\nbreak\ttab\u0007bell', 'line break tab bell'],
    ['\u202eevil\u202c \u2066x\u2069\u200f', 'evil x'],
    ['<b>bold</b> &amp;', '<b>bold</b> &amp;'],
    ['half \ud83d of one', 'half � of one'],
    ['zero\u200bwidth\ufeff', 'zerowidth'],
    ['   spaces   ', 'spaces'],
  ])('%j becomes %j', (text, expected) => {
    expect(plain(text, 100)).toBe(expected)
  })

  test('whatever a subject holds, the alert fits its bounds and cuts no character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 2000 }),
        fc.string({ unit: 'binary' }),
        (subject, customer) => {
          const request = alertRequest({ ...firing(1, 5, { subject }), customer }, READER)
          expect(alertRequestSchema.safeParse(request).success).toBe(true)
          expect(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u.test(request.body)).toBe(false)
        },
      ),
    )
  })

  test('a megabyte of subject is cut', () => {
    expect(plain('😀'.repeat(500_000), 160)).toHaveLength(159 * 2 + 1)
  })
})

describe('several at once', () => {
  test('a digest counts tickets and names the most urgent', () => {
    const all = [firing(1, 40), firing(2, -10), firing(3, 5), firing(4, -30), firing(5, 20)]
    expect(digestRequest('digest/x', all, READER)).toEqual({
      key: 'digest/x',
      title: '5 tickets crossed a threshold: 2 breached',
      body:
        'MER-4 P1 first response breached 08:30 (30 min ago) · ' +
        'MER-2 P1 first response breached 08:50 (10 min ago) · ' +
        'MER-3 P1 first response due 09:05 (in 5 min) · and 2 more',
      urgency: 'critical',
    })
  })

  test.each([
    ['four: each by itself', 4, false, 4, 0],
    ['five: one digest', 5, false, 1, 5],
    ['the very first look, one: by itself', 1, true, 1, 0],
    ['the very first look, two: one digest', 2, true, 1, 2],
    ['nothing', 0, true, 0, 0],
  ])('%s', (_name, count, isFirst, shown, inDigest) => {
    const firings = Array.from({ length: count }, (_, n) => firing(n, 5))
    const plan = planAlerts({ firings, isFirst, digestKey: 'digest/x', reader: READER })
    expect([plan.show.length, plan.inDigest.length]).toEqual([shown, inDigest])
  })
})
