import { openTicket } from '../ui/screen-state'
import { useDesk } from '../ui/use-desk'
import styles from './timeline.module.css'

/** Another ticket by its number; it opens in this pane. */
export function TicketLink({ id, number }: { readonly id: string; readonly number?: string }) {
  const row = useDesk().rows.get(id)
  return (
    <button
      type="button"
      className={`${styles.ticketLink} digits`}
      data-tip={row ? row.subject : undefined}
      onClick={() => openTicket(id)}
    >
      {row?.number ?? number ?? 'the other ticket'}
    </button>
  )
}
