import { builtinViews } from '#shared/queue/builtin-views'
import type { SavedView } from '#shared/queue/saved-view'
import { tabs } from '#shared/queue/view'
import { type QueueViews, viewName } from './queue-views'

/** Around the name: the space at both sides, and the number of tickets. */
const EDGES = 48
const CHARACTER = 6.4
/** The button that lists all views. */
const MENU = 84

/**
 * The views that have a tab where there is room for it: the first built-in ones, then one's own, then everybody's. The
 * one that is shown is always among them.
 */
export function fittingViews(
  { own, shared, all }: QueueViews,
  shown: SavedView,
  width: number,
): readonly SavedView[] {
  const usual = builtinViews.filter(({ id }) => tabs.some((tab) => id === `builtin/${tab}`))
  const wanted = [...usual, ...own, ...shared]
  const current = all.find(({ id }) => id === shown.id) ?? shown
  const room = width - MENU
  const fits = (views: readonly SavedView[]) => views.reduce((sum, view) => sum + widthOf(view), 0) <= room
  for (let count = wanted.length; count > 0; count -= 1) {
    const some = wanted.slice(0, count)
    const views = some.some(({ id }) => id === current.id) ? some : [...some, current]
    if (fits(views)) return views
  }
  return [current]
}

function widthOf(view: SavedView): number {
  return Math.min(180, viewName(view).length * CHARACTER) + EDGES
}
