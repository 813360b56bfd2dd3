import { useEffect, useState } from 'react'
import type { QueueRow } from '#shared/queue/row'
import type { DeskStore } from '../../store/desk-store'
import { PriorityMark } from '../../ui/marks'
import { openTicket } from '../../ui/screen-state'
import { TargetClock } from '../../ui/target-clock'
import { useDesk } from '../../ui/use-desk'
import styles from './customer.module.css'

type Props = { readonly organizationId: string; readonly ticketId: string; readonly customer: string }

const SHOWN = 5

/** What else is open of this customer, next due first; a press opens it here. */
export function OtherTickets({ organizationId, ticketId, customer }: Props) {
  const rows = useOtherTickets(organizationId, ticketId)
  const [isAllShown, setIsAllShown] = useState(false)
  return (
    <div className={styles.part}>
      <h4 className={styles.title}>
        Other open tickets{rows.length > 0 && <span className={`${styles.count} digits`}>{rows.length}</span>}
      </h4>
      {rows.length === 0 && <p className={styles.none}>{customer} has no other open ticket.</p>}
      <ul className={styles.tickets}>
        {(isAllShown ? rows : rows.slice(0, SHOWN)).map((row) => (
          <li key={row.id}>
            <button
              type="button"
              className={styles.ticket}
              data-tip={`${row.number}: ${row.subject}`}
              onClick={() => openTicket(row.id)}
            >
              <PriorityMark priority={row.priority} />
              <span className="spoken">{row.number}</span>
              <span className={`${styles.number} digits`} aria-hidden>
                {row.number}
              </span>
              <span className={styles.subject}>{row.subject}</span>
              {(row.nextTarget === 'firstResponse' || row.nextTarget === 'resolution') && (
                <TargetClock name={row.nextTarget} report={row.report} />
              )}
            </button>
          </li>
        ))}
      </ul>
      {rows.length > SHOWN && (
        <button
          type="button"
          className={styles.more}
          aria-expanded={isAllShown}
          onClick={() => setIsAllShown(!isAllShown)}
        >
          {isAllShown ? 'Fewer' : `All ${rows.length}`}
        </button>
      )}
    </div>
  )
}

/** Followed as it changes; of many thousand rows only those of this customer lead to another look. */
function useOtherTickets(organizationId: string, ticketId: string): readonly QueueRow[] {
  const { rows } = useDesk()
  const [found, setFound] = useState<readonly QueueRow[]>(() => openOf(rows, organizationId, ticketId))
  useEffect(() => {
    let shown = new Set<string>()
    const look = () => {
      const next = openOf(rows, organizationId, ticketId)
      shown = new Set(next.map(({ id }) => id))
      setFound(next)
    }
    look()
    return rows.subscribe((changed) => {
      const concerns = (id: string) => shown.has(id) || rows.get(id)?.organizationId === organizationId
      if (!changed || changed.some(concerns)) look()
    })
  }, [rows, organizationId, ticketId])
  return found
}

function openOf(rows: DeskStore['rows'], organizationId: string, ticketId: string): readonly QueueRow[] {
  const found: QueueRow[] = []
  for (const row of rows.values()) {
    if (row.organizationId === organizationId && row.isOpen && row.id !== ticketId) found.push(row)
  }
  const due = ({ nextDueAt }: QueueRow) => nextDueAt ?? Number.POSITIVE_INFINITY
  return found.sort((a, b) => (due(a) === due(b) ? a.createdAt - b.createdAt : due(a) - due(b)))
}
