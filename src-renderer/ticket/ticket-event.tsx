import {
  IconArrowBackUp,
  IconArrowMerge,
  IconBan,
  IconBellRinging,
  IconLink,
  IconShieldCheck,
  IconTag,
  IconUnlink,
  IconUserCheck,
} from '@tabler/icons-react'
import { assertNever } from '#shared/assert-never'
import { countdownText } from '#shared/queue/countdown'
import { targetLabel } from '#shared/queue/labels'
import type { Message } from '#shared/tickets/message'
import type { Instant } from '#shared/time/instant'
import type { TimelineEntry } from '../store/desk-store'
import { timeSeenFrom } from '../ui/show-time'
import { EventLine, Quoted } from './event-line'
import { NamedLink } from './outside-link'
import { TicketLink } from './ticket-link'
import styles from './timeline.module.css'

type Kind = 'escalation' | 'product-issue' | 'promise' | 'tags' | 'merge' | 'cancelled' | 'excused'
type Props = {
  readonly message: Extract<Message, { type: Kind }>
  readonly pending: TimelineEntry['pending']
}

/** What was decided about the ticket and needs no more than a line to say. */
export function TicketEvent({ message, pending }: Props) {
  const common = { message, pending }
  switch (message.type) {
    case 'escalation':
      return message.state === 'accepted' ? (
        <EventLine icon={IconUserCheck} {...common}>
          accepted the escalation and has the ticket now
        </EventLine>
      ) : (
        <EventLine icon={IconArrowBackUp} {...common}>
          returned the escalation
          <Quoted text={message.reason} />
        </EventLine>
      )
    case 'product-issue':
      return <IssueLine {...common} message={message} />
    case 'promise':
      return (
        <EventLine icon={IconBellRinging} {...common}>
          promised an update by <b className="digits">{timeSeenFrom(message.promisedAt, message.at)}</b>
          <Moved from={message.before} to={message.promisedAt} />
        </EventLine>
      )
    case 'tags':
      return (
        <EventLine icon={IconTag} {...common}>
          <TagList word="added" tags={message.added} />
          {message.added.length > 0 && message.removed.length > 0 && ', '}
          <TagList word="removed" tags={message.removed} />
        </EventLine>
      )
    case 'merge':
      return (
        <EventLine icon={IconArrowMerge} {...common}>
          merged {message.direction === 'into' && 'this ticket into '}
          <TicketLink id={message.otherId} number={message.otherNumber} />
          {message.direction === 'from' && ' into this ticket'}
        </EventLine>
      )
    case 'cancelled':
      return (
        <EventLine icon={IconBan} {...common}>
          cancelled the ticket
          <Quoted text={message.reason} />
        </EventLine>
      )
    case 'excused':
      return (
        <EventLine icon={IconShieldCheck} {...common}>
          excused the breach of {targetLabel(message.of).toLowerCase()}
          <Quoted text={message.reason} />
        </EventLine>
      )
    default:
      return assertNever(message, 'message')
  }
}

function IssueLine({
  message,
  pending,
}: Props & { readonly message: Props['message'] & { type: 'product-issue' } }) {
  const { change, issue } = message
  const isGone = change === 'unlinked'
  return (
    <EventLine icon={isGone ? IconUnlink : IconLink} message={message} pending={pending}>
      {change} product issue <NamedLink url={issue.url} name={issue.key} />
      {!isGone && (
        <>
          : <b>{issue.state}</b>
          {issue.checkAt !== undefined && (
            <span className={styles.quiet}>, next check {timeSeenFrom(issue.checkAt, message.at)}</span>
          )}
        </>
      )}
    </EventLine>
  )
}

function TagList({ word, tags }: { readonly word: string; readonly tags: readonly string[] }) {
  if (tags.length === 0) return null
  return (
    <>
      {word} {tags.length === 1 ? 'tag' : 'tags'} <b>{tags.join(', ')}</b>
    </>
  )
}

/** How a date moved: the one before, and by how much. */
export function Moved({ from, to }: { readonly from: Instant | undefined; readonly to: Instant }) {
  if (from === undefined || from === to) return null
  const span = countdownText(Math.max(from, to), Math.min(from, to))
  return (
    <span className={`${styles.quiet} digits`}>
      {', '}
      {span} {to > from ? 'later' : 'earlier'} than <s>{timeSeenFrom(from, to)}</s>
    </span>
  )
}
