import { describe, expect, it } from 'vitest'
import { builtinViews, viewOfTab } from '#shared/queue/builtin-views'
import type { SavedView } from '#shared/queue/saved-view'
import { fittingViews } from '../../../../src-renderer/queue/fitting-views'

const saved = (name: string, ownerId?: string): SavedView => ({
  ...{ id: name, name, query: '', sort: { field: 'nextDue', direction: 'asc' } },
  ...(ownerId === undefined ? {} : { ownerId }),
})
const own = [saved('Tuesday', 'me')]
const shared = [saved('With R&D')]
const views = { builtin: builtinViews, own, shared, all: [...builtinViews, ...own, ...shared] }
const namesAt = (width: number, shown: SavedView) => fittingViews(views, shown, width).map(({ name }) => name)

describe('the views that have a tab', () => {
  const open = viewOfTab('open')
  it('are the first built-in ones, then my own, then everybody’s', () => {
    expect(namesAt(2000, open)).toEqual([
      ...['Open', 'Mine', 'Unassigned', 'At risk', 'Breached', 'Waiting', 'Closed'].sort(byPlace),
      ...['Tuesday', 'With R&D'],
    ])
  })
  it('are fewer where there is less room', () => {
    const counts = [1200, 900, 600, 300].map((width) => namesAt(width, open).length)
    expect(counts).toEqual([...counts].sort((a, b) => b - a))
    expect(counts.at(-1)).toBeLessThan(4)
  })
  it('always have the one that is shown among them, however little room there is', () => {
    for (const view of views.all) {
      for (const width of [0, 200, 500, 1000]) expect(namesAt(width, view)).toContain(view.name)
    }
  })
})

function byPlace(a: string, b: string): number {
  const place = (name: string) => builtinViews.findIndex((view) => view.name === name)
  return place(a) - place(b)
}
