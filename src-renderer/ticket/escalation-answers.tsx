import { mayGive } from '#shared/commands/roles'
import type { TicketView } from '../store/desk-store'
import { useDesk } from '../ui/use-desk'
import styles from './carried.module.css'
import { giveCommand } from './command-form/give-command'

/** What the backline answers to an escalation: both take one press, by button or by key. */
export function EscalationAnswers({ view }: { readonly view: TicketView }) {
  const desk = useDesk()
  const { ticket } = view
  if (!mayGive('accept-escalation', desk.me.role) || ticket.mergedInto !== undefined) return null
  return (
    <span className={styles.answers}>
      <button
        type="button"
        className={styles.answer}
        data-first
        aria-keyshortcuts="Shift+E"
        onClick={() => giveCommand(desk, ticket.id, 'accept-escalation')}
      >
        Accept
      </button>
      <button
        type="button"
        className={styles.answer}
        aria-haspopup="dialog"
        aria-keyshortcuts="Shift+R"
        onClick={() => giveCommand(desk, ticket.id, 'return-escalation')}
      >
        Return
      </button>
    </span>
  )
}
