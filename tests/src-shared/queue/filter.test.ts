import { describe, expect, it } from 'vitest'
import { parseFilter, passes, searchText } from '#shared/queue/filter'
import type { QueueRow } from '#shared/queue/row'
import { row } from './rows'

const ticket = row({
  id: '1042',
  number: 'MER-1042',
  subject: 'Alerts from Premium Outlet arrive twice',
  priority: 'P1',
  plan: 'premium-plus',
  customer: 'Kestrel Bank',
  assignee: 'Ines Moreau',
  status: 'waiting-on-customer',
  tags: ['webhooks'],
  unsent: 1,
})

function finds(text: string, in_: QueueRow = ticket): boolean {
  return passes(parseFilter(text), in_, searchText(in_))
}

describe('the filter box', () => {
  it.each(['', '   ', '1042', 'mer-10', 'KESTREL', 'alerts ines', 'waiting', 'webhooks', 'emea'])(
    'finds it by "%s"',
    (text) => expect(finds(text)).toBe(true),
  )

  it.each(['kestrel nobody', 'closed', '1043'])('does not find it by "%s"', (text) =>
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
    ['"alerts ines"', false],
    ['is:unsent', true],
    ['is:refused', false],
  ])('reads "%s" exactly: %s', (text, found) => expect(finds(text)).toBe(found))

  it('lets everything pass while a quote or a minus has only been begun', () => {
    expect(finds('"')).toBe(true)
    expect(finds('-')).toBe(true)
    expect(finds('"kestrel b')).toBe(true)
  })

  it('finds tickets that nobody has', () => {
    expect(finds('unassigned')).toBe(false)
    expect(finds('unassigned', row({ id: '2' }))).toBe(true)
  })
})
