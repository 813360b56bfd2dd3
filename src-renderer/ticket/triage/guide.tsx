import { planLabel, targetLabel } from '#shared/queue/labels'
import { type Policy, type Priority, targetNameSchema } from '#shared/sla/policy'
import type { Ticket } from '#shared/tickets/ticket'
import { targetText } from '../../ui/target-text'
import styles from './triage.module.css'
import { triageGuide } from './triage-guide'

type Props = {
  readonly priority: Priority
  readonly plan: Ticket['plan']
  readonly policy: Policy | undefined
  /** An example says why: absent where nothing is changed. */
  readonly onReason: ((reason: string) => void) | undefined
}

/** What a priority is for, what is like it, and what the customer was promised for it. */
export function Guide({ priority, plan, policy, onReason }: Props) {
  const { definition, examples } = triageGuide[priority]
  return (
    <section className={styles.guide} aria-label={`What ${priority} is for`}>
      <p className={styles.definition}>{definition}</p>
      <ul className={styles.examples} aria-label="Examples">
        {examples.map((example) => (
          <li key={example}>
            {onReason ? (
              <button
                type="button"
                className={styles.example}
                data-tip="Take it as the reason"
                onClick={() => onReason(`${example}.`)}
              >
                {example}
              </button>
            ) : (
              example
            )}
          </li>
        ))}
      </ul>
      {policy && (
        <p className={styles.promise}>
          {planLabel(plan)}:{' '}
          {targetNameSchema.options
            .map(
              (name) =>
                `${targetLabel(name).toLowerCase()} ${targetText(policy.targets[name][priority][plan])}`,
            )
            .join(', ')}
        </p>
      )}
    </section>
  )
}
