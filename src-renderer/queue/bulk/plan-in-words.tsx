import type { BulkPlan } from '#shared/queue/bulk-plan'
import styles from './bulk.module.css'

/** What would be done, what to know before, and which tickets are left out, each with its reason. */
export function PlanInWords({ plan }: { readonly plan: BulkPlan }) {
  const { title, remarks, refusals, steps } = plan
  return (
    <div role="status" className={styles.plan}>
      <p className={styles.title}>{steps.length === 0 ? 'This applies to none of them' : title}</p>
      {remarks.map((remark) => (
        <p key={remark} className={styles.remark}>
          {remark}.
        </p>
      ))}
      {refusals.length > 0 && (
        <ul className={styles.refusals}>
          <li className={styles.heading}>
            {refusals.length} {refusals.length === 1 ? 'stays as it is' : 'stay as they are'}
          </li>
          {refusals.map(({ ticketId, number, why }) => (
            <li key={ticketId}>{why.includes(number) ? why : `${number}: ${why}`}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
