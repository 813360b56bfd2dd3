import { useMemo } from 'react'
import { targetLabel } from '#shared/queue/labels'
import { explain } from '#shared/sla/explain'
import { targetNameSchema } from '#shared/sla/policy'
import type { TicketView } from '../store/desk-store'
import { SettingsOfPolicy } from '../ui/settings-of-policy'
import { cityOf } from '../ui/show-time'
import { useTicker } from '../ui/use-desk'
import { WhySteps, whyParts } from '../ui/why-steps'
import styles from './sla-panel.module.css'
import type { SlaReading } from './sla-reading'

type Props = { readonly id: string; readonly view: TicketView; readonly reading: SlaReading }

/** Why each target is due when it is, step by step, and the settings of the policy that decide it (sla.md §1, §4). */
export function WhyThen({ id, view, reading }: Props) {
  const ticker = useTicker()
  const { policy, calendar } = reading
  const why = useMemo(() => {
    const { plan, slaEvents: events } = view.confirmed
    const steps = explain({ policy, calendar, plan, events, now: ticker.now() })
    return {
      firstResponse: whyParts(steps.firstResponse, calendar.zone),
      resolution: whyParts(steps.resolution, calendar.zone),
    }
  }, [view, policy, calendar, ticker])
  return (
    <section id={id} className={styles.why} aria-label="Why it is due then">
      <div className={styles.whyColumns}>
        {targetNameSchema.options.map((name) => (
          <section key={name} className={styles.whyColumn} aria-label={`Why: ${targetLabel(name)}`}>
            <h4 className={styles.whyName}>{targetLabel(name)}</h4>
            <WhySteps steps={why[name].steps} />
          </section>
        ))}
      </div>
      <p className={styles.whyTerms}>
        {why.resolution.terms.join(' ')} Times above are those of {cityOf(calendar.zone)}.
      </p>
      <SettingsOfPolicy policy={policy} />
    </section>
  )
}
