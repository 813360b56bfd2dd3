import { memo, useId } from 'react'
import { targetNameSchema } from '#shared/sla/policy'
import type { TicketView } from '../store/desk-store'
import { useActions } from '../ui/actions'
import { showPanel, showWhy, type TicketPanel, useScreen } from '../ui/screen-state'
import { TargetClock } from '../ui/target-clock'
import { Carried } from './carried'
import { CustomerPanel } from './customer/customer-panel'
import styles from './panels.module.css'
import { SlaPanel } from './sla-panel'
import { WhyButton } from './why-button'

const NAMES = { sla: 'Service level', customer: 'Customer' } as const satisfies Record<TicketPanel, string>
const ORDER = ['sla', 'customer'] as const

/** What one has to know about a ticket: all of it beside the conversation, or one at a time above it. */
export const Panels = memo(function Panels({ view }: { readonly view: TicketView }) {
  const shown = useScreen((state) => state.panel)
  const id = useId()
  const turn = (panel: TicketPanel) => showPanel(useScreen.getState().panel === panel ? undefined : panel)
  useActions([
    {
      id: 'ticket.why',
      label: 'Why it is due then',
      section: 'Ticket',
      keys: 'y',
      words: 'sla target deadline calendar pause',
      run: () => {
        const { isWhyShown, panel } = useScreen.getState()
        // Where it stood behind another panel it comes to the front instead of going away.
        showWhy(panel === 'sla' ? !isWhyShown : true)
        showPanel('sla')
      },
    },
    {
      id: 'ticket.customer',
      label: 'The customer: plan, contacts, other tickets',
      section: 'Ticket',
      keys: 'C',
      words: 'entitlement organisation organization notices documentation community',
      run: () => turn('customer'),
    },
  ])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable with the keyboard.
    <section className={styles.rail} aria-label="About the ticket" tabIndex={0}>
      <nav className={styles.switch} aria-label="Panels">
        {ORDER.map((panel) => (
          <button
            key={panel}
            type="button"
            className={styles.name}
            aria-expanded={shown === panel}
            aria-controls={`${id}-${panel}`}
            aria-keyshortcuts={panel === 'customer' ? 'Shift+C' : undefined}
            onClick={() => turn(panel)}
          >
            {NAMES[panel]}
          </button>
        ))}
        {shown === 'sla' ? (
          <WhyButton className={styles.why} />
        ) : (
          <span className={styles.clocks}>
            {targetNameSchema.options.map((name) => (
              <TargetClock key={name} name={name} report={view.row.report} named />
            ))}
          </span>
        )}
      </nav>
      <div id={`${id}-sla`} className={styles.panel} data-shown={shown === 'sla' || undefined}>
        <SlaPanel view={view} />
      </div>
      <Carried view={view} />
      <div id={`${id}-customer`} className={styles.panel} data-shown={shown === 'customer' || undefined}>
        <CustomerPanel view={view} />
      </div>
    </section>
  )
})
