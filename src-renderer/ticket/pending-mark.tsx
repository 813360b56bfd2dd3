import { IconAlertTriangle, IconCloudUp } from '@tabler/icons-react'
import type { TimelineEntry } from '../store/desk-store'
import { toast, toastProblem } from '../ui/screen-state'
import { useDesk } from '../ui/use-desk'
import styles from './timeline.module.css'

type Props = {
  readonly pending: NonNullable<TimelineEntry['pending']>
  /** Absent where there is nothing written to edit. */
  readonly onEdit?: (kind: 'reply' | 'note', body: string) => void
}

/** On its way, or refused and waiting for a decision: sent again, taken back to the composer, or thrown away. */
export function PendingMark({ pending, onEdit }: Props) {
  const desk = useDesk()
  if (pending.state === 'unsent') {
    return (
      <p className={styles.pending} data-state="unsent">
        <IconCloudUp size={14} aria-hidden /> Unsent: kept on this computer until the portal takes it
      </p>
    )
  }
  const { commandId } = pending
  const discard = async (thenEdit: boolean) => {
    const typed = await desk.discard(commandId)
    if (!typed || !onEdit) return
    if (thenEdit) return onEdit(typed.kind, typed.body)
    toast('Discarded', 'info', { label: 'Put the text back', run: () => onEdit(typed.kind, typed.body) })
  }
  return (
    <div className={styles.pending} data-state="parked" role="alert">
      <IconAlertTriangle size={14} aria-hidden />
      <span className={styles.problem}>Refused: {pending.problem ?? 'the portal gave no reason'}</span>
      <span className={styles.choices}>
        <button type="button" onClick={() => desk.retry(commandId).catch(toastProblem)}>
          Retry
        </button>
        {onEdit && (
          <button type="button" onClick={() => discard(true).catch(toastProblem)}>
            Edit
          </button>
        )}
        <button type="button" onClick={() => discard(false).catch(toastProblem)}>
          Discard
        </button>
      </span>
    </div>
  )
}
