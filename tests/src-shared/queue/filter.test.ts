import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filterChips, filterProblems, formatFilter, parseFilter } from '#shared/queue/filter'
import { fieldNames } from '#shared/queue/filter-fields'
import { compileFilter, isNarrower, matches } from '#shared/queue/filter-match'
import type { QueueRow } from '#shared/queue/row'
import { HOUR, ME, NOON, row, running, sla, vocabulary } from './rows'

const ticket = row({
  id: '1042',
  number: 'MER-1042',
  subject: 'Alerts from Premium Outlet arrive twice',
  priority: 'P1',
  plan: 'premium-plus',
  customer: 'Kestrel Bank',
  organizationId: 'org-kestrel',
  assigneeId: 'agent-ana',
  assignee: 'Ana Souza',
  status: 'waiting-on-customer',
  channel: 'email',
  tags: ['webhooks', 'vip'],
  productIssueKeys: ['PLAT-7'],
  escalation: { state: 'offered', to: 'APAC', byId: 'agent-ana', at: NOON },
  promisedAt: NOON + 3 * HOUR,
  nextDueAt: NOON + 2 * HOUR,
  createdAt: NOON - 80 * HOUR,
  unsent: 1,
  report: sla({ state: 'met', satisfiedAt: NOON, by: 'reply' }, { state: 'paused' }),
})

function finds(text: string, in_: QueueRow = ticket): boolean {
  return matches(parseFilter(text), in_, { me: ME, now: NOON })
}

describe('words in the filter box', () => {
  it.each(['', '   ', '1042', 'mer-10', 'KESTREL', 'alerts ana', 'waiting', 'webhooks', 'emea', 'plat-7'])(
    'find it by "%s"',
    (text) => expect(finds(text)).toBe(true),
  )

  it.each(['kestrel nobody', 'closed', '1043', 're:'])('do not find it by "%s"', (text) =>
    expect(finds(text)).toBe(false),
  )

  it.each([
    ['p1', true],
    ['P1 kestrel', true],
    ['p2', false],
    ['-p2', true],
    ['-p1', false],
    ['premium+', true],
    ['premium-plus', true],
    ['premium', false],
    ['"premium outlet"', true],
    ['-"premium outlet"', false],
    ['"alerts ana"', false],
    ['"p1"', false],
    ['"-"', true],
    ['"status:open"', false],
  ])('read "%s" exactly: %s', (text, found) => expect(finds(text)).toBe(found))

  it.each(['"', '-', '"kestrel b', 'status:', '-tag:', 'priority:,', 'due:<', 'assignee:"'])(
    'let everything pass while %s has only been begun',
    (text) => expect(finds(text)).toBe(true),
  )

  it('find tickets that nobody has', () => {
    expect(finds('unassigned')).toBe(false)
    expect(finds('unassigned', row({ id: '2' }))).toBe(true)
  })

  it('find names with or without their accents', () => {
    const there = row({ id: '3', customer: 'Ångström Énergie' })
    for (const text of ['angstrom', 'Ångström', 'ENERGIE', 'customer:énergie']) {
      expect(finds(text, there)).toBe(true)
    }
  })
})

describe('fields of the filter box', () => {
  it.each([
    ['priority:p1', true],
    ['priority:p2,p1', true],
    ['Priority:P1', true],
    ['priority:critical', true],
    ['priority:p2, p3', false],
    ['priority:p2, p1', true],
    ['-priority:p1,p2', false],
    ['-priority:p3,p4', true],
    ['priority:p1 priority:p2', false],
    ['plan:premium+', true],
    ['plan:premium', false],
    ['status:open', false],
    ['status:open,waiting', true],
    ['status:waiting-on-customer', true],
    ['region:emea', true],
    ['region:eme', false],
    ['region:mine', true],
    ['assignee:me', false],
    ['assignee:nobody', false],
    ['-assignee:nobody', true],
    ['assignee:ana', true],
    ['assignee:souza', true],
    ['assignee:"ana souza"', true],
    ['assignee:agent-ana', true],
    ['assignee:na', false],
    ['assignee:"me"', false],
    ['customer:kestrel', true],
    ['customer:"Kestrel Bank"', true],
    ['customer:bank', true],
    ['customer:ank', false],
    ['customer:org-kestrel', true],
    ['tag:vip', true],
    ['tag:vi', false],
    ['tag:vip tag:webhooks', true],
    ['-tag:vip', false],
    ['first:met', true],
    ['first:running,at-risk', false],
    ['resolution:paused', true],
    ['channel:e-mail', true],
    ['channel:phone', false],
    ['issue:plat-7', true],
    ['issue:plat-77', false],
    ['escalated:apac', true],
    ['escalated:mine', false],
    ['escalation:offered', true],
    ['escalation:none', false],
    ['is:escalated', true],
    ['is:promised', true],
    ['is:open', true],
    ['is:closed', false],
    ['is:mine', false],
    ['is:unassigned', false],
    ['is:waiting', true],
    ['is:at-risk', false],
    ['is:breached', false],
    ['is:unsent', true],
    ['is:refused', false],
    ['is:refused,unsent', true],
    ['due:<2h', true],
    ['due:<119m', false],
    ['due:2h', true],
    ['due:>119m', true],
    ['due:over', false],
    ['due:none', false],
    ['age:>3d', true],
    ['age:>3d9h', false],
    ['age:<1w', true],
  ])('%s: %s', (text, found) => expect(finds(text)).toBe(found))

  // A first response that runs from 09:00 to 13:00.
  const clock = running('5', NOON - 3 * HOUR, NOON + HOUR)
  it.each([
    [-2, 'first:running', true],
    [-2, 'first:at-risk', false],
    [0, 'first:at-risk', true],
    [0, 'first:running', true],
    [0, 'is:at-risk', true],
    [1, 'first:breached', false],
    [1.01, 'first:breached', true],
    [1.01, 'first:running', false],
    [1.01, 'is:breached', true],
    [1.01, 'is:at-risk', false],
    [1.01, 'resolution:breached', false],
    [1.01, 'resolution:awaiting-proposal', true],
    [1, 'due:over', false],
    [1.01, 'due:over', true],
    [1.01, 'due:<1h', true],
  ])('%f h later %s: %s', (hours, text, found) => {
    expect(matches(parseFilter(text), clock, { me: ME, now: NOON + hours * HOUR })).toBe(found)
  })

  const asked = { byId: 'agent-x', at: NOON - HOUR, to: ME.region } as const
  const answered = { ...asked, answeredById: ME.id, answeredAt: NOON - 24 * HOUR }
  it.each<[string, Partial<QueueRow>, boolean]>([
    ['an escalation to my backline', { escalation: { ...asked, state: 'offered' } }, true],
    ['to another one', { escalation: { ...asked, to: 'AMER', state: 'offered' } }, false],
    ['my own', { escalation: { ...asked, byId: ME.id, state: 'offered' } }, false],
    ['accepted by me a day ago', { escalation: { ...answered, state: 'accepted' } }, true],
    ['before that', { escalation: { ...answered, answeredAt: NOON - 25 * HOUR, state: 'accepted' } }, false],
    ['by another', { escalation: { ...answered, answeredById: 'agent-x', state: 'accepted' } }, false],
    ['returned to me', { escalation: { ...answered, byId: ME.id, state: 'returned' } }, true],
    ['never escalated', {}, false],
  ])('is:handed: %s', (_what, changes, found) => {
    expect(finds('is:handed', row({ id: '6', ...changes }))).toBe(found)
  })
})

describe('what is not there', () => {
  it.each([
    ['status:opne', "there is no status 'opne': open, waiting-on-customer, on-hold, solved, closed"],
    ['priority:p1,p5', "there is no priority 'p5': p1, p2, p3, p4"],
    ['due:soon', "'soon' is no time until something is due: write it like <30m, <1h, <2h"],
    ['staus:open', "there is no field 'staus': is, priority, plan, status"],
    ['status:constructor', "there is no status 'constructor'"],
    ['due:tostring', "'tostring' is no time"],
    ['assignee:anna', "there is no agent 'anna' here: Ana Souza, Inês Moreau"],
    ['region:mars', "there is no region 'mars' here: AMER, APAC, EMEA"],
    ['customer:initech', "there is no customer 'initech' here"],
    ['tag:vpi', "there is no tag 'vpi' here"],
    ['issue:PLAT-9', "there is no product issue 'PLAT-9' here"],
  ])('%s is said in words', (text, message) => {
    expect(filterProblems(parseFilter(text), vocabulary).map((problem) => problem.message)).toEqual([
      expect.stringContaining(message),
    ])
  })

  it.each(['status:opne', '-status:opne', 'staus:open', 'due:soon'])('%s takes nothing away', (text) => {
    expect(finds(text)).toBe(true)
  })
  it('of several values the known ones count', () => expect(finds('status:opne,closed')).toBe(false))

  it.each([
    'kestrel',
    'assignee:me',
    'assignee:ana',
    'customer:north',
    'tag:VIP',
    'http://x.example/a',
    '12:30',
  ])('%s is no problem', (text) => expect(filterProblems(parseFilter(text), vocabulary)).toEqual([]))
  it('names are only looked at where it is known who is there', () => {
    expect(filterProblems(parseFilter('assignee:anna'))).toEqual([])
  })
})

describe('the canonical text', () => {
  it.each([
    ['P1  Kestrel', 'priority:p1 Kestrel'],
    ['premium+', 'plan:premium-plus'],
    ['status:waiting,hold', 'status:waiting-on-customer,on-hold'],
    ['priority:p1, P1,p2', 'priority:p1,p2'],
    ['assignee:ME,nobody', 'assignee:me,nobody'],
    ['assignee:"me"', 'assignee:"me"'],
    ['customer:"Acme"', 'customer:Acme'],
    ['customer:"Acme, Inc"', 'customer:"Acme, Inc"'],
    ['due:120m due:1.5h', 'due:<2h due:<90m'],
    ['"say ""hi"""', '"say ""hi"""'],
    ['-"p1" "two words"', '-"p1" "two words"'],
    ['is:mine is:mine kestrel kestrel', 'is:mine kestrel'],
    ['status: - "', ''],
    ['foo:"a b",c', 'foo:"a b",c'],
  ])('of %s is %s', (text, canonical) => expect(formatFilter(parseFilter(text))).toBe(canonical))

  const scrap = fc.oneof(
    fc.constantFrom(
      ...fieldNames.map((name) => `${name}:`),
      ' ',
      ' ',
      ',',
      '"',
      '""',
      '-',
      '<2h',
      'over',
      '//',
    ),
    fc.constantFrom(
      'p1',
      'open',
      'me',
      'nobody',
      'waiting',
      'at-risk',
      'vip',
      'Ana Souza',
      'premium+',
      'foo:',
    ),
    fc.string({ unit: 'binary', maxLength: 4 }),
  )
  const typed = fc.array(scrap, { maxLength: 14 }).map((parts) => parts.join(''))

  it('reads back as the same filter, and is its own canonical text', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const filter = parseFilter(text)
        const canonical = formatFilter(filter)
        expect(parseFilter(canonical)).toEqual(filter)
        expect(formatFilter(parseFilter(canonical))).toBe(canonical)
      }),
      { numRuns: 2000 },
    )
  })

  it('stands as chips, each of which can be taken away', () => {
    const chips = filterChips(parseFilter('p1 status:opne "a b"'))
    expect(chips.map(({ text, problems }) => [text, problems.length])).toEqual([
      ['priority:p1', 0],
      ['status:opne', 1],
      ['"a b"', 0],
    ])
    expect(chips.map(({ remove }) => remove())).toEqual([
      'status:opne "a b"',
      'priority:p1 "a b"',
      'priority:p1 status:opne',
    ])
  })
})

describe('a narrower filter', () => {
  it.each([
    ['kes', '', true],
    ['kest', 'kes', true],
    ['kes', 'kest', false],
    ['-kest', '-kes', false],
    ['-kes', '-kest', true],
    ['kes p1', 'kes', true],
    ['priority:p1', 'priority:p1,p2', true],
    ['priority:p1,p3', 'priority:p1,p2', false],
    ['-priority:p1,p2', '-priority:p1', true],
    ['-priority:p1', '-priority:p1,p2', false],
    ['p1', '-p1', false],
    ['kestrel', 'status:opne', true],
    ['status:opne', 'status:open', false],
  ])('"%s" after "%s": %s', (next, before, expected) => {
    expect(isNarrower(parseFilter(next), parseFilter(before))).toBe(expected)
  })

  const part = fc.constantFrom(
    'kes',
    'kestrel',
    '-kes',
    'p1',
    'p2,',
    '-p1',
    'priority:p1,p3',
    'tag:vip',
    'is:open',
  )
  const text = fc.array(part, { maxLength: 3 }).map((parts) => parts.join(' '))
  const some = fc.record({
    priority: fc.constantFrom('P1' as const, 'P2' as const, 'P3' as const),
    customer: fc.constantFrom('Kestrel Bank', 'Kes', 'Northwind'),
    tags: fc.constantFrom(['vip'], []),
    isOpen: fc.boolean(),
  })
  it('never lets a row pass that the wider one held back', () => {
    fc.assert(
      fc.property(text, text, some, (a, b, changes) => {
        const [next, before] = [parseFilter(a), parseFilter(b)]
        fc.pre(isNarrower(next, before))
        const one = row({ id: '1', ...changes })
        if (matches(next, one, { me: ME, now: NOON })) {
          expect(matches(before, one, { me: ME, now: NOON })).toBe(true)
        }
      }),
    )
  })
})

describe('time alone', () => {
  const one = running('1', NOON - 3 * HOUR, NOON + HOUR, {
    escalation: { state: 'accepted', to: 'EMEA', byId: 'x', at: NOON, answeredById: ME.id, answeredAt: NOON },
  })
  it.each([
    'due:<2h',
    'due:>30m',
    'due:over',
    'age:>6h',
    'age:<3h,>2d',
    'first:at-risk',
    'is:breached',
    'is:handed',
  ])('changes what %s says only when a watch tells', (text) => {
    const filter = compileFilter(parseFilter(text), ME)
    let now = NOON - 3 * HOUR
    const ends = NOON + 60 * HOUR
    while (now < ends) {
      const times = filter.watches.flatMap(({ nextAt }) => nextAt(one, now) ?? [])
      const next = Math.min(ends, ...times)
      const before = filter.matches(one, now)
      for (const at of [now + 1, (now + next) / 2, next - 1]) {
        if (at > now && at < next) expect(filter.matches(one, at)).toBe(before)
      }
      now = next
    }
  })
})
