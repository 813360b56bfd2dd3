import { mayGive } from '#shared/commands/roles'
import type { TicketView } from '../store/desk-store'
import { SmallButton } from '../ui/small-button'
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
      <SmallButton
        isFirst
        aria-keyshortcuts="Shift+E"
        onClick={() => giveCommand(desk, ticket.id, 'accept-escalation')}
      >
        Accept
      </SmallButton>
      <SmallButton
        aria-haspopup="dialog"
        aria-keyshortcuts="Shift+R"
        onClick={() => giveCommand(desk, ticket.id, 'return-escalation')}
      >
        Return
      </SmallButton>
    </span>
  )
}
