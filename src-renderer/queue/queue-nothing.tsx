import { Button } from '@mantine/core'
import {
  IconCloudDownload,
  IconCloudOff,
  IconMoodSmile,
  IconSearch,
  IconSearchOff,
} from '@tabler/icons-react'
import type { SavedView } from '#shared/queue/saved-view'
import { EmptyState } from '../ui/empty-state'
import { showFilter } from '../ui/screen-state'
import { useDesk, useLive } from '../ui/use-desk'
import styles from './queue.module.css'
import { isEverything, lookEverywhere } from './queue-views'

const EMPTY: { readonly [viewId: string]: readonly [title: string, text: string] } = {
  'builtin/open': ['No open tickets', 'New ones appear here by themselves.'],
  'builtin/mine': ['Nothing is yours', 'Claim a ticket with c, or take the most urgent one with N.'],
  'builtin/unassigned': ['Everything has an owner', 'New tickets nobody has taken appear here.'],
  'builtin/my-region': ['Nothing is open in your region', 'Tickets of its customers appear here.'],
  'builtin/at-risk': ['Nothing is at risk', 'Tickets come here when three quarters of a target are used up.'],
  'builtin/breached': [
    'No breach is open',
    'Tickets past a deadline stay here until they are answered or solved.',
  ],
  'builtin/waiting': [
    'Nobody is being waited for',
    'Tickets waiting on the customer or on hold appear here.',
  ],
  'builtin/handed-to-me': [
    'Nothing was handed to you',
    'Escalations to your backline, and those of yours that were returned, stay here for a day.',
  ],
  'builtin/escalated': ['No backline was asked', 'Escalations to your region appear here.'],
  'builtin/promised': ['No update is promised', 'A promise made with u appears here, the next one first.'],
  'builtin/no-course-of-action': [
    'Every P3 and P4 has a course of action',
    'Those without one appear here, the oldest first.',
  ],
  'builtin/closed': ['Nothing solved or closed', 'History may still be loading.'],
  'builtin/all': ['No tickets', 'Those that customers open appear here.'],
}

type Props = {
  readonly isReady: boolean
  readonly hasRows: boolean
  readonly shown: SavedView
  readonly filter: string
  /** 0 to 1: how many messages were looked through. */
  readonly searched: number
}

/** The queue without rows says why: still loading, never synced, filtered away, or well kept. */
export function QueueNothing({ isReady, hasRows, shown, filter, searched }: Props) {
  const desk = useDesk()
  const { connection, firstSync } = useLive(desk.status)
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
      <EmptyState icon={IconCloudOff} title="No ticket is stored on this computer yet">
        {connection.problem}. It is tried again by itself.
        <br />
        <Button variant="default" size="xs" mt={12} onClick={() => desk.syncNow()}>
          Try now
        </Button>
      </EmptyState>
    )
  }
  if (!hasRows && connection.kind === 'connecting') return <Skeleton />
  if (filter !== '' && searched < 1) {
    return (
      <EmptyState icon={IconSearch} title={`No match for “${filter}” yet`}>
        The messages are being looked through: <span className="digits">{Math.floor(searched * 100)} %</span>
      </EmptyState>
    )
  }
  if (filter !== '') {
    return (
      <EmptyState icon={IconSearchOff} title={`No match for “${filter}”`}>
        Neither in the lines of this view nor in their messages.
        <br />
        {!isEverything(shown) && (
          <Button size="xs" mt={12} mr={8} onClick={lookEverywhere}>
            Look in all tickets
          </Button>
        )}
        <Button variant="default" size="xs" mt={12} onClick={() => showFilter('')}>
          Clear the filter
        </Button>
      </EmptyState>
    )
  }
  const [title, text] = EMPTY[shown.id] ?? [`Nothing in “${shown.name}”`, `It asks for ${shown.query}`]
  return (
    <EmptyState icon={IconMoodSmile} title={title}>
      {text}
    </EmptyState>
  )
}

const GHOSTS = Array.from({ length: 60 }, (_, position) => `ghost-${position}`)

function Skeleton() {
  return (
    <div className={styles.skeleton} role="status" aria-label="Loading the queue">
      <div className={styles.ghostHead} />
      {GHOSTS.map((ghost) => (
        <div key={ghost} className={styles.ghost} />
      ))}
    </div>
  )
}
