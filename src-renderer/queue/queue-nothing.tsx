import { Button } from '@mantine/core'
import { IconCloudDownload, IconCloudOff, IconMoodSmile, IconSearchOff } from '@tabler/icons-react'
import type { Tab } from '#shared/queue/view'
import { EmptyState } from '../ui/empty-state'
import { showFilter } from '../ui/screen-state'
import { useDesk, useLive } from '../ui/use-desk'
import styles from './queue.module.css'

const EMPTY = {
  open: ['No open tickets', 'New ones appear here by themselves.'],
  mine: ['Nothing is yours', 'Claim a ticket with c, and it shows up here.'],
  unassigned: ['Everything has an owner', 'New tickets nobody has taken appear here.'],
  'at-risk': ['Nothing is at risk', 'Tickets come here when three quarters of a target are used up.'],
  breached: ['No breach is open', 'Tickets past a deadline stay here until they are answered or solved.'],
  waiting: ['Nobody is being waited for', 'Tickets waiting on the customer or on hold appear here.'],
  closed: ['Nothing solved or closed', 'History may still be loading.'],
} as const satisfies Record<Tab, readonly [string, string]>

type Props = {
  readonly isReady: boolean
  readonly hasRows: boolean
  readonly tab: Tab
  readonly filter: string
}

/** The queue without rows says why: still loading, never synced, filtered away, or well kept. */
export function QueueNothing({ isReady, hasRows, tab, filter }: Props) {
  const { connection, firstSync } = useLive(useDesk().status)
  if (!isReady) return <Skeleton />
  if (!hasRows && firstSync) {
    return (
      <EmptyState icon={IconCloudDownload} title="Fetching the queue">
        Open tickets come first: <span className="digits">{firstSync.done.toLocaleString('en')}</span> of{' '}
        <span className="digits">{firstSync.total.toLocaleString('en')}</span> records so far.
      </EmptyState>
    )
  }
  if (!hasRows && connection.kind === 'offline') {
    return (
      <EmptyState icon={IconCloudOff} title="The portal can't be reached, and nothing is stored here yet">
        {connection.problem}
      </EmptyState>
    )
  }
  if (!hasRows && connection.kind === 'connecting') return <Skeleton />
  if (filter !== '') {
    return (
      <EmptyState icon={IconSearchOff} title={`No match for “${filter}”`}>
        <Button variant="default" size="xs" mt={12} onClick={() => showFilter('')}>
          Clear the filter
        </Button>
      </EmptyState>
    )
  }
  const [title, text] = EMPTY[tab]
  return (
    <EmptyState icon={IconMoodSmile} title={title}>
      {text}
    </EmptyState>
  )
}

const GHOSTS = Array.from({ length: 14 }, (_, position) => `ghost-${position}`)

function Skeleton() {
  return (
    <div className={styles.skeleton} role="status" aria-label="Loading the queue">
      {GHOSTS.map((ghost) => (
        <div key={ghost} className={styles.ghost} />
      ))}
    </div>
  )
}
