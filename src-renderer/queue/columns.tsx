import { IconAlertTriangle, IconCloudUp } from '@tabler/icons-react'
import {
  columnVisibilityFeature,
  createColumnHelper,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table'
import { useLayoutEffect, useRef } from 'react'
import { countdownText } from '#shared/queue/countdown'
import type { QueueRow } from '#shared/queue/row'
import type { Instant } from '#shared/time/instant'
import { Age } from '../ui/age'
import { Avatar, PlanBadge, PriorityMark, StatusMark, shortName } from '../ui/marks'
import { exactTime } from '../ui/show-time'
import { TargetClock } from '../ui/target-clock'
import { useDesk, useTicker } from '../ui/use-desk'
import styles from './queue.module.css'

export const features = tableFeatures({ columnVisibilityFeature, rowSortingFeature })
const column = createColumnHelper<typeof features, QueueRow>()

/** Every column the queue knows, in order; which of them are shown depends on the room (columns-that-fit.ts). */
export const columns = column.columns([
  column.display({
    id: 'priority',
    header: 'Priority',
    cell: ({ row }) => <PriorityMark priority={row.original.priority} />,
  }),
  column.display({
    id: 'number',
    header: 'Ticket',
    cell: ({ row }) => <span className={`${styles.number} digits`}>{row.original.number}</span>,
  }),
  column.display({ id: 'subject', header: 'Subject', cell: ({ row }) => <Subject row={row.original} /> }),
  column.display({
    id: 'customer',
    header: 'Customer',
    cell: ({ row }) => (
      <span className={styles.customer}>
        <span className={styles.name} data-tip={row.original.customer} data-tip-when="cut">
          {row.original.customer}
        </span>
        <PlanBadge plan={row.original.plan} />
      </span>
    ),
  }),
  column.display({
    id: 'status',
    header: 'Status',
    cell: ({ row }) => <StatusMark status={row.original.status} />,
  }),
  column.display({ id: 'assignee', header: 'Assignee', cell: ({ row }) => <Assignee row={row.original} /> }),
  column.display({
    id: 'owner',
    header: 'Assignee',
    cell: ({ row }) => <Owner row={row.original} />,
  }),
  column.display({ id: 'nextDue', header: 'Next due', cell: ({ row }) => <NextDue row={row.original} /> }),
  column.display({
    id: 'firstResponse',
    header: 'First response',
    cell: ({ row }) => <TargetClock name="firstResponse" report={row.original.report} />,
  }),
  column.display({
    id: 'resolution',
    header: 'Resolution',
    cell: ({ row }) => <TargetClock name="resolution" report={row.original.report} />,
  }),
  column.display({
    id: 'customerAt',
    header: 'Last word',
    cell: ({ row }) => {
      const at = row.original.customerAt
      return (
        <span className={styles.age}>{at === undefined ? '–' : <Age at={at} what="Customer wrote" />}</span>
      )
    },
  }),
  column.display({
    id: 'updated',
    header: 'Updated',
    cell: ({ row }) => (
      <span className={styles.age}>
        <Age at={row.original.updatedAt} what="Updated" />
      </span>
    ),
  }),
])

function Subject({ row }: { readonly row: QueueRow }) {
  return (
    <span className={styles.subject}>
      {row.parked > 0 && (
        <span
          className={styles.mark}
          data-tone="danger"
          data-tip="A change of yours was refused: open to decide"
        >
          <IconAlertTriangle size={12} aria-hidden /> Refused
        </span>
      )}
      {row.unsent > 0 && (
        <span className={styles.mark} data-tone="accent" data-tip="Yours, not yet taken by the portal">
          <IconCloudUp size={12} aria-hidden /> Unsent
        </span>
      )}
      <span className={styles.name} data-tip={row.subject} data-tip-when="cut">
        {row.subject}
      </span>
      {row.tags.length > 0 && (
        <span className={styles.tags}>
          {row.tags.slice(0, 3).map((tag) => (
            <span key={tag} className={styles.tag}>
              {tag}
            </span>
          ))}
        </span>
      )}
    </span>
  )
}

function Assignee({ row }: { readonly row: QueueRow }) {
  const me = useDesk().me.id
  if (row.assigneeId === undefined) return <span className={styles.nobody}>Unassigned</span>
  const name = row.assignee ?? row.assigneeId
  return (
    <span className={styles.assignee} data-tip={name}>
      <Avatar name={name} kind={row.assigneeId === me ? 'me' : 'agent'} />
      <span className={styles.name}>{row.assigneeId === me ? 'Me' : shortName(name)}</span>
    </span>
  )
}

/** The assignee as a face alone; a dashed ring for nobody. */
function Owner({ row }: { readonly row: QueueRow }) {
  const me = useDesk().me.id
  if (row.assigneeId === undefined) {
    return (
      <span className={styles.noOwner} data-tip="Unassigned">
        <span className="spoken">Unassigned</span>
      </span>
    )
  }
  const name = row.assignee ?? row.assigneeId
  return (
    <span data-tip={name} className={styles.owner}>
      <Avatar name={name} kind={row.assigneeId === me ? 'me' : 'agent'} />
      <span className="spoken">{name}</span>
    </span>
  )
}

/** Stands for both clocks where there is room for one: what is due next, or else what the resolution says. */
function NextDue({ row }: { readonly row: QueueRow }) {
  const { nextTarget, promisedAt, report } = row
  if (nextTarget === 'promise' && promisedAt !== undefined) return <PromiseClock at={promisedAt} />
  const target = nextTarget === 'firstResponse' ? nextTarget : 'resolution'
  return <TargetClock name={target} report={report} named={nextTarget !== undefined} />
}

/** The time left until an update that was promised to the customer. */
function PromiseClock({ at }: { readonly at: Instant }) {
  const ticker = useTicker()
  const digits = useRef<HTMLSpanElement>(null)
  useLayoutEffect(
    () =>
      ticker.add((now) => {
        const text = countdownText(at, now)
        if (digits.current && digits.current.textContent !== text) digits.current.textContent = text
      }),
    [ticker, at],
  )
  return (
    <span data-tip={`Update promised for ${exactTime(at)}`}>
      Update <span ref={digits} className="digits" />
    </span>
  )
}
