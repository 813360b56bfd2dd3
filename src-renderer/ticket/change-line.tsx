import { IconArrowRight, IconFlag, IconProgress, IconUser } from '@tabler/icons-react'
import { assertNever } from '#shared/assert-never'
import { statusLabel } from '#shared/queue/labels'
import { statusSchema } from '#shared/sla/policy'
import type { Message } from '#shared/tickets/message'
import type { TimelineEntry } from '../store/desk-store'
import { Age } from '../ui/age'
import { timeOfDay } from '../ui/show-time'
import { useDesk } from '../ui/use-desk'
import { PendingMark } from './pending-mark'
import styles from './timeline.module.css'

type Change = Extract<Message, { type: 'change' }>
type Props = {
  readonly message: Change
  readonly pending: TimelineEntry['pending']
}

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
    <div className={styles.change} data-pending={pending?.state}>
      <FieldIcon field={message.field} />
      <p className={styles.changeText}>
        <strong>{message.author.name}</strong>{' '}
        {claimed && message.from === undefined ? (
          'claimed the ticket'
        ) : (
          <>
            {FIELD[message.field]} {message.from !== undefined && <>{valueText(message.from)} </>}
            <IconArrowRight size={12} className={styles.arrow} aria-label="to" />{' '}
            <b>{valueText(message.to)}</b>
          </>
        )}
        {message.reason && <span className={styles.quiet}>: “{message.reason}”</span>}
        {!pending && (
          <span className={styles.quiet}>
            {' '}
            · <Age at={message.at} ago /> · {timeOfDay(message.at)}
          </span>
        )}
      </p>
      {pending && <PendingMark pending={pending} />}
    </div>
  )
}

const FIELD = { status: 'set status', priority: 'set priority', assigneeId: 'assigned' } as const

function FieldIcon({ field }: { readonly field: Change['field'] }) {
  const props = { size: 14, className: styles.changeIcon, 'aria-hidden': true } as const
  switch (field) {
    case 'status':
      return <IconProgress {...props} />
    case 'priority':
      return <IconFlag {...props} />
    case 'assigneeId':
      return <IconUser {...props} />
    default:
      return assertNever(field, 'field')
  }
}
