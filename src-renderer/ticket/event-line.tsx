import type { TablerIcon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Message } from '#shared/tickets/message'
import type { TimelineEntry } from '../store/desk-store'
import { Age } from '../ui/age'
import { timeOfDay } from '../ui/show-time'
import { PendingMark } from './pending-mark'
import styles from './timeline.module.css'

type Props = {
  readonly icon: TablerIcon
  readonly message: Message
  readonly pending: TimelineEntry['pending']
  /** What the author did, as the rest of a sentence that begins with their name. */
  readonly children: ReactNode
}

/** Something that was done to the ticket, in one line. */
export function EventLine({ icon: Icon, message, pending, children }: Props) {
  return (
    <div className={styles.change} data-pending={pending?.state}>
      <Icon size={14} className={styles.changeIcon} aria-hidden />
      <p className={styles.changeText}>
        <strong>{message.author.name}</strong> {children}
        {!pending && (
          <span className={styles.quiet}>
            {' '}
            · <When at={message.at} />
          </span>
        )}
      </p>
      {pending && <PendingMark ticketId={message.ticketId} pending={pending} />}
    </div>
  )
}

export function When({ at }: { readonly at: number }) {
  return (
    <>
      <Age at={at} ago /> · {timeOfDay(at)}
    </>
  )
}

/** The words of somebody, at the end of a line. */
export function Quoted({ text }: { readonly text: string | undefined }) {
  return text ? <span className={styles.quoted}>: “{text}”</span> : null
}
