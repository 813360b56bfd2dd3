import { builtinViews } from '#shared/queue/builtin-views'
import type { QueueView } from '#shared/queue/queue-view'
import type { SavedView } from '#shared/queue/saved-view'
import { type Action, useActions } from '../ui/actions'
import { openDialog, openTicket, showPeek, toast, useScreen, write } from '../ui/screen-state'
import { useDesk } from '../ui/use-desk'
import { planFor, runPlan, undoLast } from './bulk/run-bulk'
import { foldGroup } from './group-head'
import { markAll, markGroup, toggleMark } from './marks'
import { ask, showMenu } from './queue-dialog'
import { goTo, viewName } from './queue-views'
import { takeNext } from './take-next'
import type { ViewChanges } from './use-view-changes'

/** The letter after `g` that goes to a built-in view. */
const LETTER: { readonly [viewId: string]: string } = {
  'builtin/open': 'a',
  'builtin/mine': 'm',
  'builtin/unassigned': 'u',
  'builtin/my-region': 'o',
  'builtin/at-risk': 'r',
  'builtin/waiting': 'w',
  'builtin/breached': 'b',
  'builtin/handed-to-me': 't',
  'builtin/escalated': 'e',
  'builtin/promised': 'p',
  'builtin/no-course-of-action': 'n',
  'builtin/closed': 'c',
  'builtin/all': 'x',
}

type Given = {
  readonly view: QueueView
  readonly changes: ViewChanges
  readonly onMove: (lines: number, marks: boolean) => void
  readonly onExport: () => void
}

/** Everything that can be done in the queue: its keys, its lines in the palette and on the sheet. */
export function useQueueActions({ view, changes, onMove, onExport }: Given): void {
  const desk = useDesk()
  const onSelected = (run: (ticketId: string) => void) => () => {
    const { selectedId } = useScreen.getState()
    if (selectedId !== undefined) run(selectedId)
  }
  const claim = (ticketId: string) => {
    const row = desk.rows.get(ticketId)
    if (!row) return
    const action = { type: 'claim' } as const
    const plan = planFor(desk, action, [row])
    const [refusal] = plan.refusals
    if (refusal) toast(refusal.why, 'problem')
    else void runPlan(desk, action, plan, `Claimed ${row.number}`)
  }
  const actions: readonly Action[] = [
    { id: 'queue.down', label: 'Next ticket', section: 'Move', keys: 'j', run: () => onMove(1, false) },
    { id: 'queue.up', label: 'Ticket before', section: 'Move', keys: 'k', run: () => onMove(-1, false) },
    {
      id: 'queue.first',
      label: 'First ticket',
      section: 'Move',
      keys: 'g g',
      run: () => onMove(-Infinity, false),
    },
    {
      id: 'queue.last',
      label: 'Last ticket',
      section: 'Move',
      keys: 'G',
      run: () => onMove(Infinity, false),
    },
    {
      id: 'queue.open',
      label: 'Open the ticket',
      section: 'Move',
      keys: 'Enter',
      run: () => {
        const { groupKey } = useScreen.getState()
        const group = view.groups.find(({ key }) => key === groupKey)
        if (group) foldGroup(view, group.key, !group.isFolded)
        else onSelected(openTicket)()
      },
    },
    {
      id: 'queue.peek',
      label: 'Preview without opening',
      section: 'Move',
      keys: 'v',
      words: 'peek look',
      run: () => showPeek(!useScreen.getState().isPeekShown),
    },
    {
      id: 'queue.next-up',
      label: 'Next up: take the most urgent',
      section: 'Queue',
      keys: 'N',
      words: 'claim urgent',
      run: () => void takeNext(desk),
    },
    {
      id: 'queue.mark',
      label: 'Mark',
      section: 'Queue',
      keys: 'x',
      words: 'select',
      run: () => {
        const { groupKey } = useScreen.getState()
        if (groupKey !== undefined) markGroup(view, groupKey)
        else onSelected(toggleMark)()
      },
    },
    {
      id: 'queue.mark-down',
      label: 'Mark downwards',
      section: 'Queue',
      keys: 'J',
      run: () => onMove(1, true),
    },
    { id: 'queue.mark-up', label: 'Mark upwards', section: 'Queue', keys: 'K', run: () => onMove(-1, true) },
    {
      id: 'queue.mark-all',
      label: 'Mark all of the view',
      section: 'Queue',
      keys: 'A',
      words: 'select',
      run: () => markAll(view),
    },
    {
      id: 'queue.undo',
      label: 'Undo the last change of the queue',
      section: 'Queue',
      keys: 'z',
      words: 'take back revert',
      run: () => void undoLast(desk),
    },
    {
      id: 'queue.display',
      label: 'Order, groups, columns',
      section: 'Queue',
      keys: 'D',
      words: 'sort display density dense comfortable width',
      run: () => showMenu('display'),
    },
    {
      id: 'queue.csv',
      label: 'Export the view as CSV',
      section: 'Queue',
      words: 'download save table spreadsheet',
      run: onExport,
    },
    {
      id: 'queue.claim',
      label: 'Claim',
      section: 'Ticket',
      keys: 'c',
      words: 'take',
      run: onSelected(claim),
    },
    {
      id: 'queue.reply',
      label: 'Reply to the customer',
      section: 'Ticket',
      keys: 'r',
      run: onSelected((id) => write(id, 'reply')),
    },
    {
      id: 'queue.note',
      label: 'Internal note',
      section: 'Ticket',
      keys: 'n',
      run: onSelected((id) => write(id, 'note')),
    },
    {
      id: 'queue.status',
      label: 'Status',
      section: 'Ticket',
      keys: 's',
      run: onSelected((ticketId) => openDialog({ kind: 'status', ticketId })),
    },
    {
      id: 'queue.priority',
      label: 'Priority',
      section: 'Ticket',
      keys: 'p',
      run: onSelected((ticketId) => openDialog({ kind: 'priority', ticketId })),
    },
    {
      id: 'queue.views',
      label: 'All views',
      section: 'Views',
      keys: 'g v',
      run: () => showMenu('views'),
    },
    {
      id: 'queue.save-view',
      label: 'Save as a new view',
      section: 'Views',
      keys: 'S',
      words: 'keep filter',
      run: changes.saveAs,
    },
    ...builtinViews.map((one) => ({
      id: `queue.view.${one.id}`,
      label: viewName(one),
      section: 'Views' as const,
      words: 'view go to',
      ...(LETTER[one.id] === undefined ? {} : { keys: `g ${LETTER[one.id]}` }),
      run: () => goTo(one),
    })),
  ]
  useActions(actions)
  useActions(ownViews(desk.shared.get().views))
  useActions(editing(changes), changes.mayEdit)
}

function ownViews(views: readonly SavedView[]): readonly Action[] {
  return views.map((one) => ({
    id: `queue.view.${one.id}`,
    label: one.name,
    section: 'Views',
    words: 'view go to',
    run: () => goTo(one),
  }))
}

function editing(changes: ViewChanges): readonly Action[] {
  return [
    {
      id: 'queue.change-view',
      label: 'Rename or change this view',
      section: 'Views',
      run: () => ask({ kind: 'view', as: 'edited' }),
    },
    ...(changes.isChanged
      ? [
          {
            id: 'queue.update-view',
            label: 'Save the changes to this view',
            section: 'Views' as const,
            run: changes.update,
          },
        ]
      : []),
    { id: 'queue.delete-view', label: 'Delete this view', section: 'Views', run: changes.remove },
  ]
}
