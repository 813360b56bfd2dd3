import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { builtinViews, viewOfTab } from '#shared/queue/builtin-views'
import { filterProblems, formatFilter, parseFilter } from '#shared/queue/filter'
import { groupOf } from '#shared/queue/grouping'
import { createQueueView, type QueueView, type ViewSettings } from '#shared/queue/queue-view'
import type { QueueRow } from '#shared/queue/row'
import { groupings, savedViewSchema } from '#shared/queue/saved-view'
import { defaultSort, sortFields, tabs } from '#shared/queue/view'
import { HOUR, ME, NOON, row, running, sla } from './rows'

const OPEN: ViewSettings = { query: 'is:open', filter: '', sort: { field: 'nextDue', direction: 'asc' } }

function viewOf(rows: readonly QueueRow[], now = NOON): { view: QueueView; rows: Map<string, QueueRow> } {
  const byId = new Map(rows.map((r) => [r.id, r]))
  const view = createQueueView(byId, ME)
  view.patch(undefined, now)
  return { view, rows: byId }
}

function idsOf(view: QueueView): string[] {
  return Array.from({ length: view.size }, (_, position) => view.idAt(position) ?? '?')
}

/** Every line: `= label (count)` for the head of a group, `+` when it is folded, or the id of a ticket. */
function linesOf(view: QueueView): string[] {
  return Array.from({ length: view.lineCount }, (_, number) => {
    const line = view.lineAt(number)
    if (line?.kind === 'ticket') return view.idAt(line.position) ?? '?'
    return line ? `${line.group.isFolded ? '+' : '='} ${line.group.label} (${line.group.count})` : '?'
  })
}

function countsOf(view: QueueView): Record<string, number> {
  return Object.fromEntries(builtinViews.map(({ id }) => [id.slice('builtin/'.length), view.countOf(id)]))
}

describe('the built-in views', () => {
  const overdue = running('1', NOON - 3 * HOUR, NOON - HOUR, { region: 'APAC' })
  const escalated = { byId: 'agent-x', at: NOON - HOUR, to: 'EMEA' } as const
  it.each<[string, Partial<QueueRow>, string[]]>([
    ['nobody has it', {}, ['open', 'unassigned']],
    ['mine', { assigneeId: ME.id }, ['open', 'mine']],
    ['of somebody else', { assigneeId: 'agent-x' }, ['open']],
    ['of my region', { assigneeId: 'agent-x', region: 'EMEA' }, ['open', 'my-region']],
    ['half used up', running('1', NOON - HOUR, NOON + HOUR), ['open', 'unassigned', 'my-region']],
    [
      'three quarters used up',
      running('1', NOON - 3 * HOUR, NOON + HOUR),
      ['open', 'unassigned', 'my-region', 'at-risk'],
    ],
    ['past its deadline', overdue, ['open', 'unassigned', 'breached']],
    ['waiting', { status: 'waiting-on-customer' }, ['open', 'unassigned', 'waiting']],
    ['on hold', { status: 'on-hold' }, ['open', 'unassigned', 'waiting']],
    [
      'escalated to my region',
      { assigneeId: 'agent-x', escalation: { ...escalated, state: 'offered' } },
      ['open', 'handed-to-me', 'escalated'],
    ],
    [
      'accepted there by somebody else',
      {
        assigneeId: 'agent-y',
        escalation: { ...escalated, state: 'accepted', answeredById: 'agent-y', answeredAt: NOON },
      },
      ['open', 'escalated'],
    ],
    ['an update is promised', { assigneeId: 'agent-x', promisedAt: NOON }, ['open', 'promised']],
    [
      'needs a course of action',
      { assigneeId: 'agent-x', awaitingProposal: true },
      ['open', 'no-course-of-action'],
    ],
    [
      'so does a P2 of another policy',
      { assigneeId: 'agent-x', awaitingProposal: true, priority: 'P2' },
      ['open'],
    ],
    ['solved', { status: 'solved', isOpen: false, assigneeId: ME.id }, ['closed']],
    ['closed with a breach', { ...overdue, status: 'closed', isOpen: false }, ['closed']],
  ])('of a ticket: %s', (_, changes, expected) => {
    const { view } = viewOf([row({ id: '1', region: 'APAC', ...changes })])
    const counts = countsOf(view)
    expect(Object.keys(counts).filter((id) => counts[id] === 1)).toEqual([...expected, 'all'])
  })

  it.each(builtinViews.map((view) => [view.name, view] as const))(
    '%s is a view like any other',
    (_, view) => {
      expect(savedViewSchema.parse(view)).toEqual(view)
      const filter = parseFilter(view.query)
      expect(formatFilter(filter)).toBe(view.query)
      expect(filterProblems(filter)).toEqual([])
    },
  )

  it('and so are those of the demo', () => {
    const views: { query: string }[] = JSON.parse(readFileSync('resources/demo/views.json', 'utf8'))
    expect(views.length).toBeGreaterThan(2)
    for (const { query } of views) expect(filterProblems(parseFilter(query))).toEqual([])
  })

  it('are what the tabs show, in the same order', () => {
    for (const tab of tabs) expect(viewOfTab(tab).sort).toEqual(defaultSort(tab))
  })
})

describe('the queue', () => {
  it('shows next due first; what has no deadline follows by priority, oldest first', () => {
    const { view } = viewOf([
      row({ id: 'old', createdAt: NOON - 9 * HOUR }),
      row({ id: 'older', createdAt: NOON - 99 * HOUR }),
      row({ id: 'urgent', priority: 'P2' }),
      running('later', NOON, NOON + 4 * HOUR),
      running('soon', NOON, NOON + HOUR),
      running('over', NOON - HOUR, NOON - 1),
    ])
    expect(idsOf(view)).toEqual(['over', 'soon', 'later', 'urgent', 'older', 'old'])
  })

  const plans = ['standard', 'premium-plus', 'premium'] as const
  it.each<[(typeof sortFields)[number], Partial<QueueRow>[], string]>([
    ['assignee', [{}, { assignee: 'bo' }, { assignee: 'Al' }], '2 1 0'],
    ['customer', [{ customer: 'Zeta' }, { customer: 'Ångström' }, { customer: 'acme' }], '2 1 0'],
    ['number', [{ number: 'M-10' }, { number: 'M-9' }, { number: 'M-100' }], '1 0 2'],
    ['plan', plans.map((plan) => ({ plan })), '1 2 0'],
    ['region', [{ region: 'EMEA' }, { region: 'APAC' }, { region: 'AMER' }], '2 1 0'],
    ['tags', [{}, { tags: ['vip'] }, { tags: ['api', 'vip'] }], '2 1 0'],
    ['promisedAt', [{}, { promisedAt: NOON }, { promisedAt: NOON - 1 }], '2 1 0'],
    ['courseOfAction', [{}, { courseOfActionAt: NOON }, { courseOfActionAt: NOON - 1 }], '2 1 0'],
    ['createdAt', [{ createdAt: 3 }, { createdAt: 2 }, { createdAt: 1 }], '2 1 0'],
    ['channel', [{ channel: 'portal' }, { channel: 'chat' }, { channel: 'email' }], '1 2 0'],
    ['productIssues', [{}, { productIssueKeys: ['PLAT-9'] }, { productIssueKeys: ['API-1'] }], '2 1 0'],
    [
      'escalation',
      [
        {},
        { escalation: { state: 'accepted', to: 'AMER', byId: 'x', at: 0 } },
        { escalation: { state: 'offered', to: 'EMEA', byId: 'x', at: 0 } },
      ],
      '2 1 0',
    ],
  ])('is ordered by %s', (field, changes, expected) => {
    const { view } = viewOf(changes.map((change, n) => row({ id: `${n}`, ...change })))
    view.show({ ...OPEN, sort: { field, direction: 'asc' } }, NOON)
    expect(idsOf(view).join(' ')).toBe(expected)
  })

  it('keeps what has nothing in the column last, in both directions', () => {
    const { view } = viewOf([
      row({ id: 'none' }),
      row({ id: 'b', assignee: 'bo' }),
      row({ id: 'a', assignee: 'Al' }),
    ])
    view.show({ ...OPEN, sort: { field: 'assignee', direction: 'desc' } }, NOON)
    expect(idsOf(view)).toEqual(['b', 'a', 'none'])
  })

  it('moves tickets to "at risk" and "breached" when their time comes', () => {
    const { view } = viewOf([running('1', NOON, NOON + 4 * HOUR)])
    const seen: [number | undefined, number, number][] = []
    for (let at = view.wakeAt; at !== undefined; at = view.wakeAt) {
      expect(view.wake(at - 1)).toBe(false)
      expect(view.wake(at)).toBe(true)
      const { 'at-risk': atRisk = -1, breached = -1 } = countsOf(view)
      seen.push([(at - NOON) / HOUR, atRisk, breached])
    }
    expect(seen).toEqual([
      [2, 0, 0],
      [3, 1, 0],
      [3.6, 1, 0],
      [4 + 1 / HOUR, 0, 1],
    ])
  })

  it('moves tickets into a filter of time when their time comes', () => {
    const { view } = viewOf([row({ id: '1', nextDueAt: NOON + 5 * HOUR })])
    view.show({ ...OPEN, filter: 'due:<2h' }, NOON)
    expect([view.size, view.wakeAt]).toEqual([0, NOON + 3 * HOUR])
    view.wake(NOON + 3 * HOUR)
    expect(view.size).toBe(1)
  })

  it('counts views of one’s own beside the built-in ones', () => {
    const { view } = viewOf([row({ id: '1', tags: ['vip'] }), row({ id: '2' })])
    view.countViews([{ id: 'vips', query: 'tag:vip' }], NOON)
    expect([view.countOf('vips'), view.countOf('builtin/open'), view.countOf('other')]).toEqual([1, 2, 0])
  })

  it('makes the texts ready in steps, and finds the same with them', () => {
    const rows = Array.from({ length: 1200 }, (_, n) => row({ id: `${n}`, subject: `Alert ${n % 7}` }))
    const { view, rows: byId } = viewOf(rows)
    const steps: number[] = []
    for (let from: number | undefined = 0; from !== undefined; from = view.prepareTexts(from))
      steps.push(from)
    expect(steps.length).toBeGreaterThan(1)
    view.show({ ...OPEN, filter: '"alert 3"' }, NOON)
    const found = view.size
    byId.set('0', row({ id: '0', subject: 'Alert 3' }))
    view.patch(['0'], NOON)
    expect([found, view.size]).toEqual([171, 172])
  })

  it('is empty of nothing before it is told of rows', () => {
    const view = createQueueView(new Map([['1', row({ id: '1' })]]), ME)
    view.show(OPEN, NOON)
    expect([view.size, view.countOf('builtin/open')]).toEqual([1, 1])
  })
})

describe('groups', () => {
  const rows = [
    row({ id: 'a', priority: 'P2', assigneeId: 'x', assignee: 'Bo', nextDueAt: 3 }),
    row({ id: 'b', priority: 'P1', assigneeId: 'y', assignee: 'Al', nextDueAt: 2 }),
    row({ id: 'c', priority: 'P2', nextDueAt: 1 }),
    row({ id: 'd', priority: 'P2', assigneeId: 'z', assignee: 'Bo', nextDueAt: 4 }),
  ]
  it.each([
    ['priority', ['= P1 (1)', 'b', '= P2 (3)', 'c', 'a', 'd']],
    ['assignee', ['= Unassigned (1)', 'c', '= Al (1)', 'b', '= Bo (1)', 'a', '= Bo (1)', 'd']],
    ['plan', ['= Premium (4)', 'c', 'b', 'a', 'd']],
    ['status', ['= Open (4)', 'c', 'b', 'a', 'd']],
    ['customer', ['= Northwind Traders (4)', 'c', 'b', 'a', 'd']],
    ['region', ['= EMEA (4)', 'c', 'b', 'a', 'd']],
  ] as const)('by %s', (groupBy, expected) => {
    const { view } = viewOf(rows)
    view.show({ ...OPEN, groupBy }, NOON)
    expect(linesOf(view)).toEqual(expected)
  })

  it('fold away: their tickets are counted, and none of their lines is there', () => {
    const { view } = viewOf(rows)
    view.show({ ...OPEN, groupBy: 'priority', folded: new Set(['P2']) }, NOON)
    expect(linesOf(view)).toEqual(['= P1 (1)', 'b', '+ P2 (3)'])
    expect([view.size, view.positionOf('c'), view.lineOf('c'), view.lineOf('b')]).toEqual([4, 1, -1, 1])
    expect([view.lineOfGroup('P2'), view.lineOfGroup('P4')]).toEqual([2, -1])
  })

  it('take in a ticket that changes nothing but its group', () => {
    const { view, rows: byId } = viewOf(rows)
    view.show({ ...OPEN, groupBy: 'assignee' }, NOON)
    byId.set('d', row({ id: 'd', priority: 'P2', nextDueAt: 4, assigneeId: 'y', assignee: 'Al' }))
    view.patch(['d', 'd'], NOON)
    expect(linesOf(view)).toEqual(['= Unassigned (1)', 'c', '= Al (2)', 'b', 'd', '= Bo (1)', 'a'])
  })

  it('keep their order when the sort is turned round', () => {
    const { view } = viewOf(rows)
    view.show({ ...OPEN, sort: { field: 'nextDue', direction: 'desc' }, groupBy: 'priority' }, NOON)
    expect(linesOf(view)).toEqual(['= P1 (1)', 'b', '= P2 (3)', 'd', 'a', 'c'])
  })
})

const anyRow = fc
  .record({
    id: fc.integer({ min: 0, max: 30 }).map(String),
    isOpen: fc.boolean(),
    mine: fc.boolean(),
    due: fc.option(fc.integer({ min: -4, max: 8 }), { nil: undefined }),
    customer: fc.constantFrom('Kestrel Bank', 'Northwind', 'Ångström'),
    priority: fc.constantFrom('P1' as const, 'P3' as const),
  })
  .map(({ id, isOpen, mine, due, customer, priority }) => {
    const rest = {
      isOpen,
      status: isOpen ? ('open' as const) : ('closed' as const),
      customer,
      priority,
      assigneeId: mine ? ME.id : undefined,
    }
    if (due === undefined) return row({ id, report: sla({ state: 'paused' }, { state: 'paused' }), ...rest })
    return running(id, NOON - 4 * HOUR, NOON + due * HOUR, rest)
  })

const anySettings: fc.Arbitrary<ViewSettings> = fc.record({
  query: fc.constantFrom(...builtinViews.map(({ query }) => query), 'is:open customer:kestrel', ''),
  filter: fc.constantFrom('', 'k', 'kestrel', '-kestrel p3', 'due:<2h', 'due:<2h kestrel', 'first:at-risk'),
  sort: fc.record({
    field: fc.constantFrom(...sortFields),
    direction: fc.constantFrom('asc' as const, 'desc' as const),
  }),
  groupBy: fc.constantFrom(undefined, ...groupings),
  folded: fc.constantFrom(undefined, new Set(['P1'])),
})

describe('a view after any changes', () => {
  it('equals one built afresh: rows, order, groups and counts', () => {
    const change = fc.oneof(anyRow, fc.integer({ min: 0, max: 30 }).map(String))
    const step = fc.record({
      changes: fc.array(change, { maxLength: 6 }),
      shown: fc.option(anySettings, { nil: undefined }),
      filter: fc.constantFrom(undefined, 'kestrel', 'kestrel p1', 'due:<2h'),
    })
    fc.assert(
      fc.property(anySettings, fc.array(step, { maxLength: 8 }), (first, steps) => {
        const { view, rows } = viewOf([])
        let settings = first
        view.show(settings, NOON)
        let now = NOON
        for (const { changes, shown, filter } of steps) {
          for (const one of changes) {
            if (typeof one === 'string') rows.delete(one)
            else rows.set(one.id, one)
          }
          now += HOUR / 2
          for (const next of [shown, filter === undefined ? undefined : { ...(shown ?? settings), filter }]) {
            if (!next) continue
            settings = next
            view.show(settings, now)
          }
          view.wake(now)
          view.patch(
            changes.map((one) => (typeof one === 'string' ? one : one.id)),
            now,
          )
          const fresh = createQueueView(rows, ME)
          fresh.show(settings, now)
          expect(idsOf(view)).toEqual(idsOf(fresh))
          expect(view.ids()).toEqual(idsOf(fresh))
          expect(linesOf(view)).toEqual(linesOf(fresh))
          expect(countsOf(view)).toEqual(countsOf(fresh))
          expect(view.wakeAt).toBe(fresh.wakeAt)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('has a line for each ticket that is not folded away, in its group', () => {
    fc.assert(
      fc.property(anySettings, fc.uniqueArray(anyRow, { selector: ({ id }) => id }), (settings, all) => {
        const { view, rows } = viewOf(all)
        view.show(settings, NOON)
        const { groupBy, folded = new Set() } = settings
        let group = ''
        for (let number = 0; number < view.lineCount; number += 1) {
          const line = view.lineAt(number)
          if (line?.kind === 'group') {
            expect(line.group.key > group || number === 0).toBe(true)
            group = line.group.key
            expect(view.lineOfGroup(group)).toBe(number)
            continue
          }
          const id = view.idAt(line?.position ?? -1) ?? '?'
          const there = rows.get(id)
          expect(view.lineOf(id)).toBe(number)
          if (groupBy) expect(there && groupOf(there, groupBy).key).toBe(group)
        }
        const hidden = groupBy ? view.groups.filter(({ key }) => folded.has(key)) : []
        const away = hidden.reduce((sum, { count }) => sum + count, 0)
        expect(view.lineCount).toBe(view.size - away + view.groups.length)
        expect(view.lineAt(-1)).toBeUndefined()
        expect(view.lineAt(view.lineCount)).toBeUndefined()
      }),
    )
  })
})
