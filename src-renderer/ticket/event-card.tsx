import {
  IconCalendarCheck,
  IconCircleArrowUp,
  IconPhoneIncoming,
  IconPhoneOutgoing,
  IconTool,
  type TablerIcon,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { assertNever } from '#shared/assert-never'
import type { Message } from '#shared/tickets/message'
import type { TimelineEntry } from '../store/desk-store'
import { timeOfDay, timeSeenFrom } from '../ui/show-time'
import styles from './event-card.module.css'
import { When } from './event-line'
import { LinkedText } from './linked-text'
import { PendingMark } from './pending-mark'
import { Moved } from './ticket-event'

type Kind = 'call' | 'escalation' | 'workaround' | 'course-of-action'
type Props = {
  readonly message: Extract<Message, { type: Kind }>
  readonly pending: TimelineEntry['pending']
  readonly customer: string | undefined
}

/** What was decided about the ticket and has to be read: an escalation's case, a call, a workaround, a plan. */
export function EventCard({ message, pending, customer }: Props) {
  switch (message.type) {
    case 'call': {
      const to = message.direction === 'to-customer'
      return (
        <Card
          icon={to ? IconPhoneOutgoing : IconPhoneIncoming}
          title={`Call ${to ? 'to' : 'from'} ${customer ?? 'the customer'}`}
          message={message}
          pending={pending}
        >
          <Words text={message.body} />
          {message.writtenAt !== undefined && !pending && (
            <p className={styles.aside}>
              Written offline {timeOfDay(message.writtenAt)}, sent {timeOfDay(message.at)}
            </p>
          )}
        </Card>
      )
    }
    case 'escalation':
      return (
        <Card
          icon={IconCircleArrowUp}
          title={`Escalated to the backline of ${message.to}`}
          message={message}
          pending={pending}
        >
          <dl className={styles.parts}>
            <Part name="Situation" text={message.summary} />
            <Part name="Background" text={message.tried} />
            <Part name="Assessment" text={message.assessment} />
            <Part name="Request" text={message.ask} />
          </dl>
        </Card>
      )
    case 'workaround':
      return (
        <Card icon={IconTool} title="Workaround" message={message} pending={pending}>
          <Words text={message.text} />
        </Card>
      )
    case 'course-of-action':
      return (
        <Card icon={IconCalendarCheck} title="Course of action" message={message} pending={pending}>
          <Words text={message.text} />
          <p className={styles.date}>
            By <b className="digits">{timeSeenFrom(message.dueAt, message.at)}</b>
            <Moved from={message.before} to={message.dueAt} />
          </p>
        </Card>
      )
    default:
      return assertNever(message, 'message')
  }
}

type CardProps = Omit<Props, 'customer'> & {
  readonly icon: TablerIcon
  readonly title: string
  readonly children: ReactNode
}

function Card({ icon: Icon, title, message, pending, children }: CardProps) {
  return (
    <article className={styles.card} data-pending={pending?.state} aria-label={title}>
      <span className={styles.sign}>
        <Icon size={16} stroke={1.75} aria-hidden />
      </span>
      <div className={styles.body}>
        <header className={styles.head}>
          <strong className={styles.title}>{title}</strong>
          <span className={styles.by}>{message.author.name}</span>
          {!pending && (
            <span className={styles.when}>
              <When at={message.at} />
            </span>
          )}
        </header>
        {children}
        {pending && <PendingMark ticketId={message.ticketId} pending={pending} />}
      </div>
    </article>
  )
}

function Words({ text }: { readonly text: string }) {
  return (
    <div className={styles.text}>
      <LinkedText text={text} />
    </div>
  )
}

function Part({ name, text }: { readonly name: string; readonly text: string | undefined }) {
  if (!text) return null
  return (
    <div className={styles.part}>
      <dt>{name}</dt>
      <dd>
        <LinkedText text={text} />
      </dd>
    </div>
  )
}
