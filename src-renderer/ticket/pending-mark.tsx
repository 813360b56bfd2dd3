import { IconAlertTriangle, IconCloudUp, IconGitCompare } from '@tabler/icons-react'
import type { TimelineEntry } from '../store/desk-store'
import { ParkedActions } from './parked-actions'
import { useParked } from './parked-context'
import { isClash, problemWords } from './parked-words'
import styles from './timeline.module.css'

type Props = {
  readonly ticketId: string
  readonly pending: NonNullable<TimelineEntry['pending']>
}

/** On its way, or refused and waiting for a decision: compared, sent again, mended, or thrown away. */
export function PendingMark({ ticketId, pending }: Props) {
  const parked = useParked().parked.find(({ id }) => id === pending.commandId)
  if (pending.state === 'unsent') {
    return (
      <p className={styles.pending} data-state="unsent">
        <IconCloudUp size={14} aria-hidden /> Unsent: kept on this computer until the portal takes it
      </p>
    )
  }
  const clashes = parked !== undefined && isClash(parked)
  return (
    <div className={styles.pending} data-state="parked">
      {clashes ? <IconGitCompare size={14} aria-hidden /> : <IconAlertTriangle size={14} aria-hidden />}
      <span className={styles.problem}>
        {!clashes && 'Refused: '}
        {parked ? problemWords(parked) : (pending.problem ?? 'the portal gave no reason')}
      </span>
      {parked && <ParkedActions parked={parked} ticketId={ticketId} />}
    </div>
  )
}
