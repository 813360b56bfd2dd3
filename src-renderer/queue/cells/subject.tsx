import { IconAlertTriangle, IconCloudUp } from '@tabler/icons-react'
import type { QueueRow } from '#shared/queue/row'
import { PlanBadge } from '../../ui/marks'
import styles from './cells.module.css'
import { PresenceFaces } from './presence'

type Props = { readonly row: QueueRow }

export function Subject({ row }: Props) {
  return (
    <span className={styles.subject}>
      {row.parked > 0 && (
        <span
          className={styles.mark}
          data-tone="danger"
          data-tip="A change of yours was refused: open to decide"
        >
          <IconAlertTriangle size={12} aria-hidden /> Refused
        </span>
      )}
      {row.unsent > 0 && (
        <span className={styles.mark} data-tone="accent" data-tip="Yours, not yet taken by the portal">
          <IconCloudUp size={12} aria-hidden /> Unsent
        </span>
      )}
      <span className={styles.name} data-tip={row.subject} data-tip-when="cut">
        {row.subject}
      </span>
      {row.tags.length > 0 && (
        <span className={styles.tags}>
          {row.tags.slice(0, 3).map((tag) => (
            <span key={tag} className={styles.tag}>
              {tag}
            </span>
          ))}
        </span>
      )}
      <PresenceFaces ticketId={row.id} />
    </span>
  )
}

/** The customer, and the plan unless it has a column of its own. */
export function Customer({ row }: Props) {
  return (
    <span className={styles.customer}>
      <span className={styles.name} data-tip={row.customer} data-tip-when="cut">
        {row.customer}
      </span>
      <span className={styles.planOfCustomer}>
        <PlanBadge plan={row.plan} />
      </span>
    </span>
  )
}
