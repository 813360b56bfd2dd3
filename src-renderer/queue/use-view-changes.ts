import { useMemo } from 'react'
import { isBuiltin, viewOfTab } from '#shared/queue/builtin-views'
import type { SavedView } from '#shared/queue/saved-view'
import type { DeskStore } from '../store/desk-store'
import { showFilter, showView, sortBy, toast, toastProblem, useScreen } from '../ui/screen-state'
import { useDesk } from '../ui/use-desk'
import type { Arrangement } from './arrangement'
import { ask } from './queue-dialog'
import { goTo } from './queue-views'

/** What can be done to the view that is shown. */
export type ViewChanges = {
  /** Whether something else is shown than the view keeps: other words, order, columns or groups. */
  readonly isChanged: boolean
  /** One's own, or everybody's for a supervisor. */
  readonly mayEdit: boolean
  readonly saveAs: () => void
  readonly update: () => void
  readonly edit: () => void
  readonly remove: () => void
  /** As it was saved. */
  readonly revert: () => void
}

export function useViewChanges(shown: SavedView, arrangement: Arrangement): ViewChanges {
  const desk = useDesk()
  const filter = useScreen((state) => state.filter)
  const sort = useScreen((state) => state.sort)
  return useMemo(() => {
    const isSorted = sort.field !== shown.sort.field || sort.direction !== shown.sort.direction
    return {
      isChanged: filter.trim() !== '' || isSorted || arrangement.isOwn,
      mayEdit: mayEdit(desk, shown),
      saveAs: () => ask({ kind: 'view', as: 'new' }),
      update: () => {
        saveView(desk, asShown(shown, arrangement)).then(() => {
          arrangement.reset()
          showFilter('')
        }, toastProblem)
      },
      edit: () => ask({ kind: 'view', as: 'edited' }),
      remove: () => removeView(desk, shown),
      revert: () => {
        arrangement.reset()
        showFilter('')
        sortBy(shown.sort)
      },
    }
  }, [desk, shown, arrangement, filter, sort])
}

export function mayEdit({ me }: DeskStore, { id, ownerId }: SavedView): boolean {
  return !isBuiltin(id) && (ownerId === me.id || me.role === 'supervisor')
}

/** A view that asks for what is on the screen now, in the same order and columns. */
export function asShown(view: SavedView, { columns, groupBy }: Arrangement): SavedView {
  const { filter, sort } = useScreen.getState()
  const { groupBy: _group, columns: _columns, ...rest } = view
  return {
    ...rest,
    query: `${view.query} ${filter}`.trim(),
    sort: { ...sort },
    ...(groupBy === undefined ? {} : { groupBy }),
    columns: columns.map((column) => ({ ...column })),
  }
}

export function saveView(desk: DeskStore, view: SavedView): Promise<void> {
  return desk.run({ type: 'save-view', target: view.id, value: view })
}

function removeView(desk: DeskStore, view: SavedView): void {
  desk.run({ type: 'delete-view', target: view.id }).then(() => {
    goTo(viewOfTab('open'))
    toast(`Deleted the view “${view.name}”`, 'info', {
      label: 'Undo',
      run: () => {
        // Another record of the same: the one that is gone stays gone.
        const again = { ...view, id: crypto.randomUUID() }
        saveView(desk, again).then(() => showView(again.id, again.sort), toastProblem)
      },
    })
  }, toastProblem)
}
