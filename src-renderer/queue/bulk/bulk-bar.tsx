import { IconDownload, IconX } from '@tabler/icons-react'
import type { QueueView } from '#shared/queue/queue-view'
import { useActions } from '../../ui/actions'
import { focusHome } from '../../ui/focus-home'
import { useScreen } from '../../ui/screen-state'
import { useDesk } from '../../ui/use-desk'
import { markedRows, unmarkAll } from '../marks'
import { ask } from '../queue-dialog'
import styles from './bulk.module.css'
import { type BulkKind, bulkKinds } from './bulk-kinds'
import { planFor, runPlan, useBulkRun } from './run-bulk'

type Props = {
  readonly view: QueueView
  readonly onExport: () => void
}

/** What can be done to all marked tickets; while it is here, the keys for one ticket are for all of them. */
export function BulkBar({ view, onExport }: Props) {
  const desk = useDesk()
  const marked = useScreen((state) => state.marked)
  const progress = useBulkRun((state) => state.progress)
  const elsewhere = [...marked].filter((id) => view.positionOf(id) < 0).length
  const begin = (what: BulkKind) => {
    const rows = markedRows(view, desk.rows)
    // What harms nobody and leaves nobody out needs no question.
    if (what === 'claim') {
      const action = { type: 'claim' } as const
      const plan = planFor(desk, action, rows)
      if (plan.refusals.length === 0 && plan.remarks.length === 0) {
        unmarkAll()
        void runPlan(desk, action, plan)
        return
      }
    }
    ask({ kind: 'bulk', what })
  }
  const leave = () => {
    unmarkAll()
    focusHome()
  }
  useActions([
    ...bulkKinds.map(({ what, label, keys }) => ({
      id: `queue.bulk.${what}`,
      label: `${label}: all marked tickets`,
      section: 'Queue' as const,
      keys,
      run: () => begin(what),
    })),
    { id: 'queue.unmark', label: 'Mark no ticket', section: 'Queue', keys: 'Escape', run: leave },
  ])
  return (
    <div className={styles.bar} role="toolbar" aria-label="Marked tickets">
      <span className={styles.count} role="status">
        {progress ? (
          <span className="digits">
            {progress.done} of {progress.total}
          </span>
        ) : (
          <>
            <strong className="digits">{marked.size.toLocaleString('en')}</strong> marked
            {elsewhere > 0 && <span className={styles.elsewhere}>, {elsewhere} not in this list</span>}
          </>
        )}
      </span>
      {bulkKinds.map(({ what, label, keys }) => (
        <button
          key={what}
          type="button"
          className={styles.action}
          disabled={progress !== undefined}
          onClick={() => begin(what)}
        >
          {label} <kbd>{keys}</kbd>
        </button>
      ))}
      <button
        type="button"
        className={styles.action}
        aria-label="Export the marked as CSV"
        onClick={onExport}
      >
        <IconDownload size={14} aria-hidden /> CSV
      </button>
      <button
        type="button"
        className={styles.action}
        aria-label="Mark none"
        data-tip="Mark none (Esc)"
        onClick={leave}
      >
        <IconX size={14} aria-hidden />
      </button>
    </div>
  )
}
