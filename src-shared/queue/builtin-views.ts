import type { SavedView } from './saved-view'
import type { Sort, Tab } from './view'

const NEXT_DUE = { field: 'nextDue', direction: 'asc' } as const satisfies Sort

function view(id: string, name: string, query: string, sort: Sort = NEXT_DUE): SavedView {
  return { id: `builtin/${id}`, name, query, sort: { ...sort } }
}

/** The views that everybody has, in order; nobody can change them, so they are no records. */
export const builtinViews: readonly SavedView[] = [
  view('open', 'Open', 'is:open'),
  view('mine', 'Mine', 'is:open is:mine'),
  view('unassigned', 'Unassigned', 'is:open is:unassigned'),
  view('my-region', 'My region', 'is:open region:mine'),
  view('at-risk', 'At risk', 'is:open is:at-risk'),
  view('waiting', 'Waiting', 'is:open is:waiting'),
  view('breached', 'Breached', 'is:open is:breached'),
  view('handed-to-me', 'Handed to me', 'is:open is:handed'),
  view('escalated', 'Escalated to my region', 'is:open escalated:mine'),
  view('promised', 'Promised updates', 'is:open is:promised', { field: 'promisedAt', direction: 'asc' }),
  view('no-course-of-action', 'No course of action', 'is:open priority:p3,p4 is:awaiting-proposal', {
    field: 'createdAt',
    direction: 'asc',
  }),
  view('closed', 'Closed', 'is:closed', { field: 'updated', direction: 'desc' }),
  view('all', 'All tickets', '', { field: 'updated', direction: 'desc' }),
]

/** Ids of built-in views begin so; a view that somebody saves must not. */
export function isBuiltin(viewId: string): boolean {
  return viewId.startsWith('builtin/')
}

/** The built-in view of a tab. */
export function viewOfTab(tab: Tab): SavedView {
  const found = builtinViews.find(({ id }) => id === `builtin/${tab}`)
  if (!found) throw new Error(`there is no built-in view for the tab ${tab}`)
  return found
}
