import type { BulkPlan, BulkRefusal } from '#shared/queue/bulk-plan'
import { Scrollable } from '../../ui/scrollable'
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
        <Scrollable className={styles.refusals} label="What stays as it is">
          <ul>
            <li className={styles.heading}>
              {refusals.length} {refusals.length === 1 ? 'stays as it is' : 'stay as they are'}
            </li>
            {[...byReason(refusals)].map(([why, numbers]) => (
              <li key={why}>
                <span className="digits">{numbers.join(', ')}</span> {why}
              </li>
            ))}
          </ul>
        </Scrollable>
      )}
    </div>
  )
}

/** One line for each reason: most tickets that are left out are left out for the same. */
function byReason(refusals: readonly BulkRefusal[]): ReadonlyMap<string, readonly string[]> {
  const reasons = new Map<string, string[]>()
  for (const { number, why } of refusals) {
    const reason = why.startsWith(`${number} `) ? why.slice(number.length + 1) : `: ${why}`
    reasons.set(reason, [...(reasons.get(reason) ?? []), number])
  }
  return reasons
}
