import { IconChevronRight } from '@tabler/icons-react'
import type { Policy, PolicySettings } from '#shared/sla/policy'
import styles from './settings-of-policy.module.css'

const NAME = {
  hours: 'Hours',
  businessDays: 'Business days',
  firstResponsePauses: 'First response pauses',
  resolutionPauses: 'Resolution pauses',
  plan: 'Plan',
  convention: 'Length of a business day',
  priorityChange: 'Change of priority',
} as const satisfies Record<keyof PolicySettings, string>

type Props = { readonly policy: Policy; readonly open?: boolean }

/** What the offering leaves open, as this policy settles it (sla.md §1): by name, in the policy's own words. */
export function SettingsOfPolicy({ policy, open = false }: Props) {
  const { settings } = policy
  if (!settings) return null
  const names = Object.keys(NAME) as (keyof PolicySettings)[]
  return (
    <details className={styles.settings} open={open}>
      <summary className={styles.summary}>
        <IconChevronRight size={14} aria-hidden /> Settings of the policy
        <span className={styles.version}>
          {policy.id} {policy.version}
        </span>
      </summary>
      <dl className={styles.list}>
        {names.map((name) => (
          <div key={name} className={styles.setting}>
            <dt>{NAME[name]}</dt>
            <dd>{settings[name].description}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
