import { describe, expect, it } from 'vitest'
import { columnsThatFit, ROW_EDGES } from '../../../src-renderer/queue/columns-that-fit'

const columnsAt = (width: number) => columnsThatFit(width).columns

describe('the columns of the queue', () => {
  it('are all there at 1280 px without a ticket beside them', () => {
    expect(columnsAt(1280)).toEqual([
      'priority',
      'number',
      'subject',
      'customer',
      'status',
      'assignee',
      'firstResponse',
      'resolution',
      'customerAt',
      'updated',
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
})
