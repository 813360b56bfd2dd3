import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { dueInWords, spanInWords } from '#shared/queue/due-words'
import { nextUp } from '#shared/queue/next-up'
import type { QueueRow } from '#shared/queue/row'
import { HOUR, ME, NOON, row, running, sla } from './rows'

const MINUTE = 60_000
const away = { byId: 'agent-x', at: NOON, to: 'EMEA' } as const

/** Runs out in `minutes`, of `hours` in all. */
function due(id: string, minutes: number, hours: number, changes: Partial<QueueRow> = {}): QueueRow {
  const end = NOON + minutes * MINUTE
  return running(id, end - hours * HOUR, end, changes)
}
const mine = { assigneeId: ME.id, awaitsReply: true }

describe('next up', () => {
  it.each<[string, QueueRow[], string | undefined]>([
    ['nothing there', [], undefined],
    ['only what others have', [row({ id: 'a', assigneeId: 'agent-x', priority: 'P1' })], undefined],
    ['waiting on the customer', [row({ id: 'a', status: 'waiting-on-customer' })], undefined],
    ['on hold', [row({ id: 'a', status: 'on-hold' })], undefined],
    ['solved', [row({ id: 'a', status: 'solved', isOpen: false })], undefined],
    ['merged', [row({ id: 'a', mergedInto: 'b' })], undefined],
    ['offered to a backline', [row({ id: 'a', escalation: { ...away, state: 'offered' } })], undefined],
    [
      'accepted by somebody else',
      [row({ id: 'a', escalation: { ...away, state: 'accepted', answeredById: 'agent-y' } })],
      undefined,
    ],
    [
      'accepted by me',
      [row({ id: 'a', ...mine, escalation: { ...away, state: 'accepted', answeredById: ME.id } })],
      'a',
    ],
    ['returned by the backline', [row({ id: 'a', escalation: { ...away, state: 'returned' } })], 'a'],
    ['mine, answered', [row({ id: 'a', assigneeId: ME.id })], undefined],
    ['mine, unanswered', [row({ id: 'a', ...mine })], 'a'],
    ['mine, a promise in an hour', [row({ id: 'a', assigneeId: ME.id, promisedAt: NOON + HOUR })], undefined],
    ['mine, a promise soon', [row({ id: 'a', assigneeId: ME.id, promisedAt: NOON + 29 * MINUTE })], 'a'],
    ['mine, opened by a colleague and not answered', [due('a', 90, 4, { assigneeId: ME.id })], 'a'],
    [
      'my region before a P1 elsewhere',
      [due('b', 5, 1, { priority: 'P1', region: 'APAC' }), row({ id: 'a' })],
      'a',
    ],
    ['a P3 elsewhere is theirs', [due('a', 5, 1, { region: 'APAC' })], undefined],
    [
      'elsewhere what breaches soonest, whatever its priority',
      [
        due('b', 50, 4, { priority: 'P1', region: 'APAC' }),
        due('a', 40, 4, { priority: 'P2', region: 'AMER' }),
        row({ id: 'c', priority: 'P1', region: 'AMER' }),
      ],
      'a',
    ],
    ['priority before due', [due('b', 100, 4), due('a', 200, 8, { priority: 'P2' })], 'a'],
    ['what presses before priority', [due('b', 200, 8, { priority: 'P2' }), due('a', 60, 4)], 'a'],
    ['a P1 presses from the start', [due('b', 1, 4), due('a', 239, 4, { priority: 'P1' })], 'a'],
    ['over before near', [due('b', 5, 4), due('a', -5, 4)], 'a'],
    ['then what is due first', [due('b', 110, 4), due('a', 100, 4)], 'a'],
    ['then the oldest', [row({ id: 'b', createdAt: 2 }), row({ id: 'a', createdAt: 1 })], 'a'],
    ['then the same one each time', [row({ id: 'b' }), row({ id: 'a' })], 'a'],
    [
      'mine and nobody’s by the same order',
      [row({ id: 'b', ...mine }), row({ id: 'a', priority: 'P2' })],
      'a',
    ],
  ])('%s', (_what, rows, expected) => {
    expect(nextUp(rows, ME, NOON)?.row.id).toBe(expected)
    expect(nextUp([...rows].reverse(), ME, NOON)?.row.id).toBe(expected)
  })

  it('passes over what it is told to', () => {
    const rows = [row({ id: 'a' }), row({ id: 'b' })]
    expect(nextUp(rows, ME, NOON, new Set(['a']))?.row.id).toBe('b')
  })

  it.each<[QueueRow, string, boolean]>([
    [
      due('a', 12.9, 1, { priority: 'P1', customer: 'Acme' }),
      'P1 of Acme, first response due in 12 min',
      false,
    ],
    [due('a', -0.5, 1, { ...mine }), 'P3 of Northwind Traders, yours, first response 1 min over', true],
    [
      due('a', 185, 9, { priority: 'P2', region: 'APAC' }),
      "P2 of Northwind Traders, nobody's in APAC, first response due in 3 h 5 min",
      false,
    ],
    [
      row({ id: 'a', ...mine, nextDueAt: NOON, nextTarget: 'promise', promisedAt: NOON }),
      'P3 of Northwind Traders, yours, promised update due now',
      true,
    ],
    [
      row({ id: 'a', ...mine, customerAt: NOON - 25 * HOUR }),
      'P3 of Northwind Traders, yours, the customer has waited for an answer for 1 d 1 h',
      true,
    ],
    [row({ id: 'a', awaitingProposal: true }), 'P3 of Northwind Traders, needs a course of action', false],
    [row({ id: 'a' }), 'P3 of Northwind Traders, opened 2 h ago, nothing due', false],
  ])('says why: %#', (there, why, isMine) => {
    expect(nextUp([there], ME, NOON)).toMatchObject({ why, isMine })
  })

  const some = fc.record({
    id: fc.integer({ min: 0, max: 99 }).map(String),
    priority: fc.constantFrom('P1' as const, 'P2' as const, 'P4' as const),
    region: fc.constantFrom('EMEA', 'APAC'),
    assigneeId: fc.constantFrom(undefined, undefined, ME.id, 'agent-x'),
    awaitsReply: fc.boolean(),
    minutes: fc.option(fc.integer({ min: -90, max: 240 }), { nil: undefined }),
  })
  test('taking one after the other shows each that is mine to take exactly once', () => {
    fc.assert(
      fc.property(fc.uniqueArray(some, { selector: ({ id }) => id, maxLength: 12 }), (given) => {
        const rows = given.map(({ minutes, ...changes }) =>
          minutes === undefined
            ? row({ ...changes, report: sla({ state: 'cancelled' }, { state: 'cancelled' }) })
            : due(changes.id, minutes, 4, changes),
        )
        const taken: string[] = []
        for (let next = nextUp(rows, ME, NOON); next; next = nextUp(rows, ME, NOON, new Set(taken))) {
          taken.push(next.row.id)
        }
        const mineToTake = rows.filter(({ id }) =>
          nextUp(
            rows.filter((one) => one.id === id),
            ME,
            NOON,
          ),
        )
        expect([...taken].sort()).toEqual(mineToTake.map(({ id }) => id).sort())
      }),
    )
  })
})

test.each([
  [59_999, 'due now'],
  [60_000, 'due in 1 min'],
  [HOUR - 1, 'due in 59 min'],
  [HOUR, 'due in 1 h'],
  [24 * HOUR - 1, 'due in 23 h 59 min'],
  [52 * HOUR, 'due in 2 d 4 h'],
  [0, 'due now'],
  [-1, '1 min over'],
  [-HOUR - 1, '1 h 1 min over'],
  [-24 * HOUR - 1, '1 d 1 h over'],
])('%i ms to go is %s', (left, words) => expect(dueInWords(NOON + left, NOON)).toBe(words))

test('a span is never nothing', () => expect(spanInWords(0)).toBe('1 min'))
