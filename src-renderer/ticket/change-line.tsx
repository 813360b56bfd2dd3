import { IconArrowRight, IconFlag, IconProgress, IconUser } from '@tabler/icons-react'
import { statusLabel } from '#shared/queue/labels'
import { statusSchema } from '#shared/sla/policy'
import type { Message } from '#shared/tickets/message'
import type { TimelineEntry } from '../store/desk-store'
import { useDesk } from '../ui/use-desk'
import { EventLine, Quoted } from './event-line'
import styles from './timeline.module.css'

type Change = Extract<Message, { type: 'change' }>
type Props = {
  readonly message: Change
  readonly pending: TimelineEntry['pending']
}

const FIELD = { status: 'set status', priority: 'set priority', assigneeId: 'assigned' } as const
const ICON = { status: IconProgress, priority: IconFlag, assigneeId: IconUser } as const

/** Who changed which field from what to what, in one line. */
export function ChangeLine({ message, pending }: Props) {
  const desk = useDesk()
  const valueText = (value: string | undefined) => {
    if (value === undefined) return 'nobody'
    if (message.field === 'assigneeId') return desk.agent(value)?.name ?? value
    const status = message.field === 'status' ? statusSchema.safeParse(value) : undefined
    return status?.success ? statusLabel(status.data) : value
  }
  const claimed = message.field === 'assigneeId' && message.to === message.author.id
  return (
    <EventLine icon={ICON[message.field]} message={message} pending={pending}>
      {claimed && message.from === undefined ? (
        'claimed the ticket'
      ) : (
        <>
          {FIELD[message.field]} {message.from !== undefined && <>{valueText(message.from)} </>}
          <IconArrowRight size={12} className={styles.arrow} aria-label="to" /> <b>{valueText(message.to)}</b>
        </>
      )}
      <Quoted text={message.reason} />
    </EventLine>
  )
}
