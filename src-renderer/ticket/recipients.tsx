import { IconAlertTriangle } from '@tabler/icons-react'
import type { TicketView } from '../store/desk-store'
import styles from './composer.module.css'

const BY = { portal: 'on the portal', chat: 'in the chat', email: 'by e-mail', phone: 'by e-mail' } as const

/** Who gets a public reply, and which way. */
export function Recipients({ view }: { readonly view: TicketView }) {
  const { ticket, requester, organization } = view
  const name = requester?.name ?? organization?.name
  if (name === undefined) {
    return (
      <span className={styles.label} data-tip="The customer of this ticket is not on this desk yet">
        <IconAlertTriangle size={12} aria-hidden /> Public reply to whoever asked
      </span>
    )
  }
  const isMail = ticket.channel === 'email' || ticket.channel === 'phone'
  const address = requester?.email
  return (
    <span
      className={styles.label}
      data-tip={`Goes to ${name}${address ? ` <${address}>` : ''}, ${BY[ticket.channel]}`}
    >
      Public reply to <b className={styles.to}>{name}</b>
      {isMail && address ? <span>&lt;{address}&gt;</span> : <span>{BY[ticket.channel]}</span>}
    </span>
  )
}
