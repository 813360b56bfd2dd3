import { describe, expect, it } from 'vitest'
import { queueColumnIds, usualColumns } from '#shared/queue/chosen-columns'
import { columnsThatFit, ROW_EDGES } from '../../../src-renderer/queue/columns-that-fit'

const columnsAt = (width: number) => columnsThatFit(width).columns

describe('the columns of the queue', () => {
  it('are all there where there is room', () => {
    expect(columnsAt(1920)).toEqual(usualColumns('').map(({ id }) => id))
  })

  it('are nearly all there at 1280 px without a ticket beside them: who is here stands with the subject', () => {
    expect(columnsAt(1280)).toEqual([
      'priority',
      'number',
      'subject',
      'customer',
      'status',
      'assignee',
      'firstResponse',
      'resolution',
      'shift',
      'customerAt',
    ])
  })

  it('are the needful ones beside a ticket at 1280 px: one clock and a face', () => {
    expect(columnsAt(704)).toEqual(['priority', 'number', 'subject', 'customer', 'owner', 'nextDue'])
  })

  it('never fewer than what makes a queue', () => {
    expect(columnsAt(0)).toEqual(['priority', 'number', 'subject', 'nextDue'])
  })

  it('show either both clocks or the one that is due next', () => {
    for (let width = 0; width <= 2560; width += 20) {
      const shown = columnsAt(width)
      const both = shown.includes('firstResponse') && shown.includes('resolution')
      expect(both).not.toBe(shown.includes('nextDue'))
    }
  })

  it('never need more room than there is', () => {
    for (let width = 600; width <= 2560; width += 20) {
      const { template } = columnsThatFit(width)
      const least = [...template.matchAll(/(\d+)px/g)].reduce((sum, [, px]) => sum + Number(px), 0)
      expect(least).toBeLessThanOrEqual(width - ROW_EDGES)
    }
  })

  it('are those that were chosen, in their order, as wide as they were made', () => {
    const chosen = [
      { id: 'subject' as const, width: 300 },
      { id: 'region' as const },
      { id: 'number' as const, width: 120 },
    ]
    expect(columnsThatFit(1000, chosen)).toEqual({
      columns: ['subject', 'region', 'number'],
      template: '300px 72px 120px minmax(0, 1fr)',
    })
  })

  it('leave out what is missed least, whatever was chosen, and give up their widths last', () => {
    const all = queueColumnIds.map((id) => ({ id }))
    const narrow = columnsThatFit(700, all).columns
    expect(narrow).toContain('subject')
    expect(narrow).toContain('nextDue')
    expect(narrow).not.toContain('channel')
    const wide = columnsThatFit(700, [{ id: 'number' }, { id: 'subject', width: 900 }])
    expect(wide.template).toBe('96px minmax(164px, 30fr)')
  })
})
