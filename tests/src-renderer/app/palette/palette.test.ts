import { describe, expect, test } from 'vitest'
import { foldText } from '#shared/queue/fold-text'
import { offers } from '../../../../src-renderer/app/palette/offer'
import { fitName, readQuery } from '../../../../src-renderer/app/palette/rank'
import { type FoundTicket, TicketSearch } from '../../../../src-renderer/app/palette/ticket-search'
import { type Action, actionSections } from '../../../../src-renderer/ui/actions'
import { row } from '../../../src-shared/queue/rows'

const action = (label: string, more: Partial<Action> = {}): Action => ({
  id: label,
  label,
  section: 'Ticket',
  run: () => {},
  ...more,
})

describe('how well a name fits what is typed', () => {
  const fitOf = (typed: string, name: string) => fitName(readQuery(typed), foldText(name))

  test.each([
    ['claim', 'Claim'],
    ['CLA', 'Claim'],
    ['reply cust', 'Reply to the customer'],
    ['customer reply', 'Reply to the customer'],
    ['pca', 'Propose a course of action'],
    ['clm', 'Claim'],
    ['escl', 'Escalate to the backline'],
    ['osaka', 'Ōsaka queue'],
    ['', 'Anything'],
  ])('“%s” finds “%s”', (typed, name) => expect(fitOf(typed, name)).toBeGreaterThan(0))

  test.each([
    ['claimx', 'Claim'],
    ['reply xyz', 'Reply to the customer'],
    ['mialc', 'Claim'],
    ['ebx', 'Excuse a breach'],
    ['z', 'Claim'],
  ])('“%s” does not find “%s”', (typed, name) => expect(fitOf(typed, name)).toBe(0))

  test.each([
    ['claim', 'Claim', 'Reclaim'],
    ['note', 'Note', 'Notes of all'],
    ['mark', 'Mark all of the view', 'Unmark and Mark'],
    ['pr', 'Priority', 'Express'],
    ['as', 'Assign', 'Waiting as said'],
    ['due', 'Due today', 'Dull uneven'],
  ])('“%s” fits “%s” better than “%s”', (typed, better, worse) => {
    expect(fitOf(typed, better)).toBeGreaterThan(fitOf(typed, worse))
  })
})

const never = () => false
const always = () => true
function searched(search: TicketSearch, typed: string): readonly string[] {
  search.begin(readQuery(typed))
  expect(search.step(never)).toBe(true)
  return search.found().map(({ row: { number } }) => number)
}

describe('a ticket by a few letters', () => {
  const rows = [
    row({ id: 'a', number: 'MER-1001', subject: 'Alerts of Kestrel come twice', customer: 'Northwind' }),
    row({ id: 'b', number: 'MER-1100', subject: 'Login fails', customer: 'Kestrel Air' }),
    row({ id: 'c', number: 'MER-2100', subject: 'Error 1001 in the log', customer: 'Acme', isOpen: false }),
    row({ id: 'd', number: 'MER-100', subject: 'Login is slow', customer: 'Ångström Labs' }),
  ]
  const search = (recent: readonly string[] = []) => new TicketSearch(rows, (id) => recent.includes(id), 3)

  test.each([
    ['1001', ['MER-1001', 'MER-2100']],
    ['mer-100', ['MER-100', 'MER-1001']],
    ['100', ['MER-100', 'MER-1100', 'MER-2100']],
    ['kestrel', ['MER-1001', 'MER-1100']],
    ['login kestrel', ['MER-1100']],
    ['angstrom', ['MER-100']],
    ['nothing of the kind', []],
  ])('“%s” finds %j, the most likely first', (typed, numbers) => {
    const found = searched(search(), typed)
    expect(found[0]).toBe(numbers[0])
    expect([...found].sort()).toEqual([...numbers].sort())
  })

  test('of those that fit alike the one that was opened last comes first', () => {
    expect(searched(search(['d']), 'login')[0]).toBe('MER-100')
    expect(searched(search(['b']), 'login')[0]).toBe('MER-1100')
  })

  test('typing on gives what typing at once gives, and so does taking letters back', () => {
    const one = search()
    for (const typed of [
      'k',
      'ke',
      'kes',
      'kest a',
      'kest',
      'l',
      'log',
      '1',
      '10',
      '100',
      '1001',
      '10',
      '',
    ]) {
      expect(searched(one, typed), typed).toEqual(searched(search(), typed))
    }
  })

  test('what was not looked through to its end is not taken for all there is', () => {
    const many = Array.from({ length: 2000 }, (_, index) =>
      row({ id: `t${index}`, number: `MER-${index}`, subject: index === 1999 ? 'needle in hay' : 'hay' }),
    )
    const slow = new TicketSearch(many, never, 5)
    slow.begin(readQuery('hay'))
    expect(slow.step(always)).toBe(false)
    expect(searched(slow, 'hay needle')).toEqual(['MER-1999'])
  })

  test('50,000 tickets: no step lasts longer than it was given', () => {
    const many = Array.from({ length: 50_000 }, (_, index) =>
      row({ id: `t${index}`, number: `MER-${index}`, subject: `Correlation pattern ${index} groups alerts` }),
    )
    const large = new TicketSearch(many, never, 8)
    large.begin(readQuery('pattern 4711'))
    const steps: number[] = []
    for (let isDone = false; !isDone; ) {
      const begin = performance.now()
      isDone = large.step(() => performance.now() - begin >= 12)
      steps.push(performance.now() - begin)
    }
    expect(large.found()[0]?.row.subject).toContain('pattern 4711')
    // The median: one step may meet the collector.
    expect(steps.sort((a, b) => a - b)[steps.length >> 1]).toBeLessThan(50)
  })
})

describe('what the palette offers', () => {
  const claim = action('Claim', { keys: 'c', words: 'take' })
  const mine = action('Mine', { section: 'Views' })
  const close = action('Close the ticket')
  const actions = [close, mine, claim]
  const ticket = (id: string, score: number): FoundTicket => ({
    row: row({ id, number: `MER-${id}` }),
    score,
  })
  const shown = (typed: string, more: Partial<Parameters<typeof offers>[0]> = {}) =>
    offers({
      query: readQuery(typed),
      actions,
      tickets: [],
      recentActions: [],
      recentTickets: [],
      ...more,
    }).map(({ title, offers: those }) => [
      title,
      those.map((one) => (one.kind === 'action' ? one.action.label : one.row.number)),
    ])

  test('nothing typed: what was done last, then everything in the order of the sheet', () => {
    const recentTickets = [row({ id: '7', number: 'MER-7' })]
    expect(shown('', { recentActions: ['Claim', 'gone'], recentTickets })).toEqual([
      ['Recent', ['Claim', 'MER-7']],
      ['Ticket', ['Close the ticket']],
      ['Views', ['Mine']],
    ])
    expect(actionSections.indexOf('Ticket')).toBeLessThan(actionSections.indexOf('Views'))
  })

  test.each([
    ['cl', [['Actions', ['Claim', 'Close the ticket']]], []],
    ['cl', [['Actions', ['Close the ticket', 'Claim']]], ['Close the ticket']],
    ['take', [['Actions', ['Claim']]], []],
    ['mine', [['Views', ['Mine']]], []],
    ['nothing of the kind', [], []],
  ])('“%s”: %j', (typed, expected, recentActions) => {
    expect(shown(typed, { recentActions })).toEqual(expected)
  })

  test('what fits best stands first, whatever it is', () => {
    expect(shown('cl', { tickets: [ticket('1', 3)] }).map(([title]) => title)).toEqual(['Tickets', 'Actions'])
    expect(shown('cl', { tickets: [ticket('1', 0.5)] }).map(([title]) => title)).toEqual([
      'Actions',
      'Tickets',
    ])
  })
})
