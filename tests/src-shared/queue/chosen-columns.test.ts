import { describe, expect, it } from 'vitest'
import { builtinViews } from '#shared/queue/builtin-views'
import {
  type ChosenColumn,
  movedBefore,
  type QueueColumnId,
  queueColumnIds,
  queueColumnLabel,
  readColumns,
  sameColumns,
  usualColumns,
  withColumn,
  withWidth,
} from '#shared/queue/chosen-columns'
import { savedViewSchema } from '#shared/queue/saved-view'

const of = (...ids: QueueColumnId[]): readonly ChosenColumn[] => ids.map((id) => ({ id }))
const idsOf = (columns: readonly ChosenColumn[]) => columns.map(({ id }) => id)

describe('the columns of a view', () => {
  it.each(builtinViews.map(({ id }) => [id]))('%s has each usual column once, and the subject', (id) => {
    const ids = idsOf(usualColumns(id))
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toContain('subject')
  })

  it('show in a view of promises when the update is due, and in one of plans how old a ticket is', () => {
    expect(idsOf(usualColumns('builtin/promised'))).toContain('promisedAt')
    expect(idsOf(usualColumns('builtin/no-course-of-action'))).toContain('createdAt')
  })

  it('all have a name, and can be saved with a view', () => {
    expect(new Set(queueColumnIds.map(queueColumnLabel)).size).toBe(queueColumnIds.length)
    const view = { id: 'v', name: 'All', query: '', sort: { field: 'nextDue', direction: 'asc' } }
    const columns = queueColumnIds.map((id) => ({ id, width: 100 }))
    expect(savedViewSchema.parse({ ...view, columns }).columns).toEqual(columns)
  })
})

describe('stored columns', () => {
  it.each<[string, { id: string; width?: number }[], readonly ChosenColumn[]]>([
    [
      'as they are',
      [{ id: 'subject', width: 300 }, { id: 'tags' }],
      [{ id: 'subject', width: 300 }, { id: 'tags' }],
    ],
    ['without those that are gone', [{ id: 'mood' }, { id: 'subject' }], of('subject')],
    ['each once', [{ id: 'subject' }, { id: 'plan' }, { id: 'plan', width: 99 }], of('subject', 'plan')],
    ['never without the subject', [{ id: 'plan' }], of('plan', 'subject')],
    ['no wider than a screen', [{ id: 'subject', width: 9999 }], [{ id: 'subject', width: 1200 }]],
    ['wide enough to be seen', [{ id: 'subject', width: 1.6 }], [{ id: 'subject', width: 32 }]],
  ])('are read %s', (_, stored, expected) => {
    expect(readColumns(stored)).toEqual(expected)
  })
})

describe('choosing', () => {
  const three = of('number', 'subject', 'status')
  it.each<[string, readonly ChosenColumn[], QueueColumnId[]]>([
    ['away', withColumn(three, 'status', false), ['number', 'subject']],
    ['not the subject', withColumn(three, 'subject', false), ['number', 'subject', 'status']],
    [
      'back to its usual place',
      withColumn(three, 'customer', true),
      ['number', 'subject', 'customer', 'status'],
    ],
    ['what stands first', withColumn(three, 'priority', true), ['priority', 'number', 'subject', 'status']],
    [
      'what has no usual place, at the end',
      withColumn(three, 'channel', true),
      ['number', 'subject', 'status', 'channel'],
    ],
    ['what is there already', withColumn(three, 'status', true), ['number', 'subject', 'status']],
    ['moved before another', movedBefore(three, 'status', 'number'), ['status', 'number', 'subject']],
    ['moved to the end', movedBefore(three, 'number', undefined), ['subject', 'status', 'number']],
    ['moved before itself', movedBefore(three, 'number', 'number'), ['number', 'subject', 'status']],
    ['moved though it is not shown', movedBefore(three, 'tags', 'number'), ['number', 'subject', 'status']],
  ])('%s', (_, columns, expected) => {
    expect(idsOf(columns)).toEqual(expected)
  })

  it('a width, and none again', () => {
    const wide = withWidth(three, 'subject', 412.4)
    expect(wide[1]).toEqual({ id: 'subject', width: 412 })
    expect(sameColumns(wide, three)).toBe(false)
    expect(sameColumns(withWidth(wide, 'subject', undefined), three)).toBe(true)
  })
})
