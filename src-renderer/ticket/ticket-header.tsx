import { Button } from '@mantine/core'
import { IconChevronDown, IconHandGrab, IconX } from '@tabler/icons-react'
import { memo } from 'react'
import type { TicketView } from '../store/desk-store'
import { Age } from '../ui/age'
import { Avatar, PlanBadge, PriorityMark, StatusMark } from '../ui/marks'
import { openDialog, toastProblem } from '../ui/screen-state'
import { useDesk } from '../ui/use-desk'
import { MoreMenu } from './more-menu'
import { OthersHere } from './presence/others-here'
import styles from './ticket.module.css'

const CHANNEL = { portal: 'portal', chat: 'chat', email: 'e-mail', phone: 'telephone' } as const

type Props = {
  readonly view: TicketView
  /** A window closes by its own button. */
  readonly isAlone: boolean
  readonly onClose: () => void
}

/** What the ticket is, whose it is, and the three things one changes about it. */
export const TicketHeader = memo(function TicketHeader({ view, isAlone, onClose }: Props) {
  const desk = useDesk()
  const { ticket, row, organization, requester } = view
  const isMine = ticket.assigneeId === desk.me.id
  const assignee =
    ticket.assigneeId === undefined ? undefined : (desk.agent(ticket.assigneeId)?.name ?? ticket.assigneeId)
  return (
    <header className={styles.header}>
      <div className={styles.controls}>
        <span className={`${styles.number} digits`}>{ticket.number}</span>
        <button
          type="button"
          className={styles.control}
          aria-haspopup="dialog"
          onClick={() => openDialog({ kind: 'priority', ticketId: ticket.id })}
        >
          <span className="spoken">Priority </span>
          <PriorityMark priority={ticket.priority} worded />
          <IconChevronDown size={12} aria-hidden />
        </button>
        <button
          type="button"
          className={styles.control}
          aria-haspopup="dialog"
          onClick={() => openDialog({ kind: 'status', ticketId: ticket.id })}
        >
          <span className="spoken">Status </span>
          <StatusMark status={ticket.status} />
          <IconChevronDown size={12} aria-hidden />
        </button>
        <OthersHere ticketId={ticket.id} />
        {assignee !== undefined && (
          <span
            className={styles.assignee}
            data-mine={isMine || undefined}
            data-tip={`Assigned to ${assignee}`}
          >
            <Avatar name={assignee} kind={isMine ? 'me' : 'agent'} />
            <span className={styles.assigneeName}>{isMine ? 'Mine' : assignee}</span>
          </span>
        )}
        {!isMine && row.isOpen && (
          <Button
            size="compact-sm"
            variant={assignee === undefined ? 'filled' : 'default'}
            leftSection={<IconHandGrab size={14} aria-hidden />}
            onClick={() => desk.run({ type: 'claim', target: ticket.id }).catch(toastProblem)}
          >
            Claim
          </Button>
        )}
        <MoreMenu view={view} isAlone={isAlone} />
        {!isAlone && (
          <button
            type="button"
            className={styles.close}
            aria-label="Close the ticket"
            data-tip="Close (Esc)"
            onClick={onClose}
          >
            <IconX size={16} aria-hidden />
          </button>
        )}
      </div>
      <h2 className={styles.subject}>{ticket.subject}</h2>
      <p className={styles.facts}>
        <span className={styles.customer}>{organization?.name ?? row.customer}</span>
        <PlanBadge plan={ticket.plan} />
        {requester && <span>{requester.name}</span>}
        <span>{ticket.region}</span>
        <span>
          via {CHANNEL[ticket.channel]} <Age at={ticket.createdAt} ago what="Created" />
        </span>
        {ticket.tags.map((tag) => (
          <span key={tag} className={styles.tag}>
            {tag}
          </span>
        ))}
      </p>
    </header>
  )
})
