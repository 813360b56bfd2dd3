import { planLabel, priorityLabel, targetLabel } from '#shared/queue/labels'
import {
  type InternalTargets,
  type Plan,
  type Policy,
  type Priority,
  planSchema,
  prioritySchema,
  type TargetName,
  targetNameSchema,
} from '#shared/sla/policy'
import { PriorityMark } from '../ui/marks'
import { SettingsOfPolicy } from '../ui/settings-of-policy'
import { targetText } from '../ui/target-text'
import { useDesk } from '../ui/use-desk'
import styles from './settings.module.css'

/** What was promised, to whom, for what; and beside it, dashed, what the team promised itself. */
export function PoliciesSection() {
  const policies = useDesk().policies()
  if (policies.length === 0) return <p className={styles.aside}>No policy has arrived from the portal yet.</p>
  return policies.map((policy) => <OnePolicy key={policy.id} policy={policy} />)
}

function OnePolicy({ policy }: { readonly policy: Policy }) {
  const { internal } = policy
  return (
    <section className={styles.policy} aria-label={policy.name}>
      <h3 className={styles.heading}>{policy.name}</h3>
      <p className={styles.facts}>
        <span>{policy.id}</span>
        <span className="digits">version {policy.version}</span>
        {targetNameSchema.options.map((name) => (
          <span key={name} className="digits">
            {targetLabel(name)} alerts at{' '}
            {policy.thresholds[name].map((share) => `${Math.round(share * 100)} %`).join(', ')}
          </span>
        ))}
      </p>
      {targetNameSchema.options.map((name) => (
        <TargetTable key={name} name={name} policy={policy} />
      ))}
      {internal && <Internal internal={internal} />}
      <SettingsOfPolicy policy={policy} open />
    </section>
  )
}

function TargetTable({ name, policy }: { readonly name: TargetName; readonly policy: Policy }) {
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>{targetLabel(name)}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="spoken">Priority</span>
          </th>
          {planSchema.options.map((plan) => (
            <th key={plan} scope="col">
              {planLabel(plan)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {prioritySchema.options.map((priority) => (
          <tr key={priority}>
            <th scope="row">
              <PriorityMark priority={priority} />
              <span className="spoken"> {priorityLabel(priority)}</span>
            </th>
            {planSchema.options.map((plan) => (
              <td key={plan} className="digits">
                {targetText(policy.targets[name][priority][plan])}
                <Stretch internal={policy.internal} name={name} priority={priority} plan={plan} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type StretchProps = {
  readonly internal: InternalTargets | undefined
  readonly name: TargetName
  readonly priority: Priority
  readonly plan: Plan
}

function Stretch({ internal, name, priority, plan }: StretchProps) {
  const stretch = internal?.stretch[name]?.[priority]?.[plan]
  if (!stretch) return null
  return (
    <span className={styles.stretch} data-tip="Our own goal, not part of the contract">
      internal {targetText(stretch)}
    </span>
  )
}

function Internal({ internal }: { readonly internal: InternalTargets }) {
  const { updates } = internal
  if (!updates) return null
  const every = prioritySchema.options.flatMap((priority) => {
    const target = updates.every[priority]
    return target ? [`${priority} every ${targetText(target)}`] : []
  })
  return (
    <p className={styles.internal}>
      <span className={styles.internalName}>Internal</span> The customer hears from us: {every.join(', ')}.
    </p>
  )
}
