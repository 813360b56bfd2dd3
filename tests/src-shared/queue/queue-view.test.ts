import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createQueueView, type QueueView } from '#shared/queue/queue-view'
import type { QueueRow } from '#shared/queue/row'
import { defaultSort, inTab, sortFields, type Tab, tabs } from '#shared/queue/view'
import { HOUR, NOON, row, running, sla } from './rows'

const ME = 'agent-ines'

function viewOf(rows: readonly QueueRow[], now = NOON): { view: QueueView; rows: Map<string, QueueRow> } {
  const byId = new Map(rows.map((r) => [r.id, r]))
  const view = createQueueView(byId, ME)
  view.patch(undefined, now)
  return { view, rows: byId }
}

function idsOf(view: QueueView): string[] {
  return Array.from({ length: view.size }, (_, position) => view.idAt(position) ?? '?')
}

describe('the tabs', () => {
  const overdue = running('1', NOON - 3 * HOUR, NOON - HOUR)
  it.each<[string, QueueRow, Tab[]]>([
    ['nobody has it', row({ id: '1' }), ['open', 'unassigned']],
    ['mine', row({ id: '1', assigneeId: ME }), ['open', 'mine']],
    ['of somebody else', row({ id: '1', assigneeId: 'agent-x' }), ['open']],
    ['half used up', running('1', NOON - HOUR, NOON + HOUR), ['open', 'unassigned']],
    ['three quarters used up', running('1', NOON - 3 * HOUR, NOON + HOUR), ['open', 'unassigned', 'at-risk']],
    ['past its deadline', overdue, ['open', 'unassigned', 'breached']],
    ['waiting', row({ id: '1', status: 'waiting-on-customer' }), ['open', 'unassigned', 'waiting']],
    ['on hold', row({ id: '1', status: 'on-hold' }), ['open', 'unassigned', 'waiting']],
    ['solved', row({ id: '1', status: 'solved', isOpen: false, assigneeId: ME }), ['closed']],
    ['closed with a breach', { ...overdue, status: 'closed', isOpen: false }, ['closed']],
  ])('of a ticket: %s', (_, ticket, expected) => {
    expect(tabs.filter((tab) => inTab(tab, ticket, ME, NOON))).toEqual(expected)
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

  it('keeps what has nothing in the column last, in both directions', () => {
    const { view } = viewOf([
      row({ id: 'none' }),
      row({ id: 'b', assignee: 'bo' }),
      row({ id: 'a', assignee: 'Al' }),
    ])
    view.show({ tab: 'open', filter: '', sort: { field: 'assignee', direction: 'asc' } }, NOON)
    expect(idsOf(view)).toEqual(['a', 'b', 'none'])
    view.show({ tab: 'open', filter: '', sort: { field: 'assignee', direction: 'desc' } }, NOON)
    expect(idsOf(view)).toEqual(['b', 'a', 'none'])
  })

  it('orders numbers as numbers', () => {
    const { view } = viewOf(['10', '9', '100'].map((id) => row({ id })))
    view.show({ tab: 'open', filter: '', sort: { field: 'number', direction: 'asc' } }, NOON)
    expect(idsOf(view)).toEqual(['9', '10', '100'])
  })

  it('moves tickets to "at risk" and "breached" when their time comes', () => {
    const { view } = viewOf([running('1', NOON, NOON + 4 * HOUR)])
    const seen: [number | undefined, number, number][] = []
    for (let at = view.wakeAt; at !== undefined; at = view.wakeAt) {
      expect(view.wake(at - 1)).toBe(false)
      expect(view.wake(at)).toBe(true)
      seen.push([(at - NOON) / HOUR, view.counts['at-risk'], view.counts.breached])
    }
    expect(seen).toEqual([
      [2, 0, 0],
      [3, 1, 0],
      [3.6, 1, 0],
      [4 + 1 / HOUR, 0, 1],
    ])
  })
})

const anyRow = fc
  .record({
    id: fc.integer({ min: 0, max: 30 }).map(String),
    isOpen: fc.boolean(),
    mine: fc.boolean(),
    due: fc.option(fc.integer({ min: -4, max: 8 }), { nil: undefined }),
    customer: fc.constantFrom('Kestrel Bank', 'Northwind', 'Ångström'),
  })
  .map(({ id, isOpen, mine, due, customer }) => {
    const rest = {
      isOpen,
      status: isOpen ? ('open' as const) : ('closed' as const),
      customer,
      assigneeId: mine ? ME : undefined,
    }
    if (due === undefined) return row({ id, report: sla({ state: 'paused' }, { state: 'paused' }), ...rest })
    return running(id, NOON - 4 * HOUR, NOON + due * HOUR, rest)
  })

describe('a view after any changes', () => {
  it('equals one built afresh: rows, order and counts', () => {
    const settings = fc.record({
      tab: fc.constantFrom(...tabs),
      filter: fc.constantFrom('', 'kestrel', '-kestrel p3'),
      sort: fc.record({
        field: fc.constantFrom(...sortFields),
        direction: fc.constantFrom('asc' as const, 'desc' as const),
      }),
    })
    const change = fc.oneof(anyRow, fc.integer({ min: 0, max: 30 }).map(String))
    fc.assert(
      fc.property(
        settings,
        fc.array(fc.array(change, { maxLength: 6 }), { maxLength: 8 }),
        (shown, steps) => {
          const { view, rows } = viewOf([])
          view.show(shown, NOON)
          let now = NOON
          for (const changes of steps) {
            for (const one of changes) {
              if (typeof one === 'string') rows.delete(one)
              else rows.set(one.id, one)
            }
            now += HOUR / 2
            view.wake(now)
            view.patch([...new Set(changes.map((one) => (typeof one === 'string' ? one : one.id)))], now)
            const fresh = createQueueView(rows, ME)
            fresh.show(shown, now)
            fresh.patch(undefined, now)
            expect(idsOf(view)).toEqual(idsOf(fresh))
            expect(view.counts).toEqual(fresh.counts)
            expect(view.wakeAt).toBe(fresh.wakeAt)
          }
        },
      ),
    )
  })

  it('starts with every tab in its own order', () => {
    expect(tabs.map((tab) => defaultSort(tab).field)).toEqual([
      ...Array<string>(6).fill('nextDue'),
      'updated',
    ])
  })
})
