import { useMemo } from 'react'
import { builtinViews, viewOfTab } from '#shared/queue/builtin-views'
import type { SavedView } from '#shared/queue/saved-view'
import { showView, useScreen } from '../ui/screen-state'
import { useDesk, useLive } from '../ui/use-desk'

/** All views that can be shown: those that everybody has, those that supervisors keep for everybody, and one's own. */
export type QueueViews = {
  readonly builtin: readonly SavedView[]
  readonly shared: readonly SavedView[]
  readonly own: readonly SavedView[]
  readonly all: readonly SavedView[]
}

export function useQueueViews(): QueueViews {
  const { views } = useLive(useDesk().shared)
  return useMemo(
    () => ({
      builtin: builtinViews,
      shared: views.filter(({ ownerId }) => ownerId === undefined),
      own: views.filter(({ ownerId }) => ownerId !== undefined),
      all: [...builtinViews, ...views],
    }),
    [views],
  )
}

/** The view that is shown; all open tickets when it was deleted meanwhile. */
export function useShownView({ all }: QueueViews): SavedView {
  const viewId = useScreen((state) => state.viewId)
  return useMemo(() => all.find(({ id }) => id === viewId) ?? viewOfTab('open'), [all, viewId])
}

export function goTo(view: SavedView): void {
  showView(view.id, view.sort)
}

const EVERYTHING = 'builtin/all'

export function isEverything({ id }: SavedView): boolean {
  return id === EVERYTHING
}

/** Looks for what is in the filter box in all tickets that are stored here, open and closed. */
export function lookEverywhere(): void {
  const everything = builtinViews.find(isEverything)
  if (everything) goTo(everything)
}

/** As it stands above the list: the view of all open tickets is called so. */
export function viewName({ id, name }: SavedView): string {
  return id === 'builtin/open' ? 'All open' : name
}
