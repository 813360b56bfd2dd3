import { IconLock } from '@tabler/icons-react'
import type { Message } from '#shared/tickets/message'
import type { TimelineEntry } from '../store/desk-store'
import { Age } from '../ui/age'
import { Avatar } from '../ui/marks'
import { exactTime, timeOfDay } from '../ui/show-time'
import { useDesk } from '../ui/use-desk'
import { MessageFiles } from './files/message-files'
import { LinkedText } from './linked-text'
import { PendingMark } from './pending-mark'
import styles from './timeline.module.css'

type Props = {
  readonly message: Extract<Message, { type: 'reply' | 'note' }>
  readonly pending: TimelineEntry['pending']
  readonly customer: string | undefined
}

const CHANNEL = { portal: 'portal', chat: 'chat', email: 'e-mail', phone: 'telephone' } as const

/** Something written: by the customer, to the customer, or for colleagues only; no two of them look alike. */
export function MessageEntry({ message, pending, customer }: Props) {
  const me = useDesk().me.id
  const { author } = message
  const isMine = author.kind === 'agent' && author.id === me
  const side = message.type === 'note' ? 'note' : author.kind === 'customer' ? 'customer' : 'agent'
  return (
    <article className={styles.message} data-side={side} data-pending={pending?.state}>
      <Avatar name={author.name} size="entry" kind={isMine ? 'me' : author.kind} />
      <div className={styles.bubble}>
        <header className={styles.byline}>
          <strong className={styles.author}>{author.name}</strong>
          {side === 'note' && (
            <span className={styles.internal}>
              <IconLock size={12} aria-hidden /> Internal note
            </span>
          )}
          {side === 'agent' && (
            <span className={styles.quiet}>
              {author.kind === 'automation' ? 'automatic message' : `to ${customer ?? 'the customer'}`}
            </span>
          )}
          {side === 'customer' && message.type === 'reply' && (
            <span className={styles.quiet}>by {CHANNEL[message.channel]}</span>
          )}
          <span className={styles.when}>
            {pending ? null : (
              <>
                <Age at={message.at} ago /> · {timeOfDay(message.at)}
              </>
            )}
          </span>
        </header>
        <div className={styles.text}>
          <LinkedText text={message.body} />
        </div>
        <MessageFiles attachments={message.attachments ?? []} pending={pending} />
        {message.writtenAt !== undefined && !pending && (
          <p className={styles.late} data-tip={`Written ${exactTime(message.writtenAt)}`}>
            Written offline {timeOfDay(message.writtenAt)}, sent {timeOfDay(message.at)}
          </p>
        )}
        {pending && <PendingMark ticketId={message.ticketId} pending={pending} />}
      </div>
    </article>
  )
}
