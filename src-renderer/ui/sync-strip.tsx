import {
  IconAlertTriangle,
  IconBolt,
  IconClockExclamation,
  IconCloudOff,
  IconCloudUp,
  IconLoader2,
  IconRefresh,
} from '@tabler/icons-react'
import { useCallback } from 'react'
import { assertNever } from '#shared/assert-never'
import { ageText, countdownText } from '#shared/queue/countdown'
import { VISIBLE_OFFSET_MS } from '#shared/sync/clock-offset'
import type { Instant } from '#shared/time/instant'
import type { SyncStatus } from '../store/desk-store'
import { timeOfDay } from './show-time'
import styles from './sync-strip.module.css'
import { useClock } from './use-clock'
import { useDesk, useLive } from './use-desk'

const OLD_DATA_MS = 300_000

/** How old the data is when it is older than five minutes, as text; nothing while it is fresh. */
export function useDataAge(lastSyncAt: Instant | undefined): string | undefined {
  return useClock(
    useCallback(
      (now) =>
        lastSyncAt !== undefined && now - lastSyncAt > OLD_DATA_MS ? ageText(lastSyncAt, now) : undefined,
      [lastSyncAt],
    ),
  )
}

/** The line at the bottom that always says how much to trust the screen (portal.md §2). */
export function SyncStrip({ onShowMarked }: { readonly onShowMarked: (mark: 'unsent' | 'refused') => void }) {
  const desk = useDesk()
  const status = useLive(desk.status)
  const dataAge = useDataAge(status.lastSyncAt)
  // A portal that can't be reached says so at the other end of the line.
  const held = status.connection.kind === 'offline' ? undefined : status.unsentProblem
  const off = Math.abs(status.clockOffsetMs)
  return (
    <footer className={styles.strip}>
      <Connection status={status} onRetry={() => desk.syncNow()} />
      {status.firstSync ? (
        <FirstSync {...status.firstSync} onPause={desk.pauseFirstSync} />
      ) : (
        <LastSync at={status.lastSyncAt} />
      )}
      {dataAge && (
        <span className={styles.item} data-tone="caution">
          <IconClockExclamation size={14} aria-hidden /> Data is {dataAge} old
        </span>
      )}
      <span className={styles.space} />
      {status.parked > 0 && (
        <button
          type="button"
          className={styles.item}
          data-tone="danger"
          onClick={() => onShowMarked('refused')}
        >
          <IconAlertTriangle size={14} aria-hidden />
          <span className="digits">{status.parked}</span> refused, to decide
        </button>
      )}
      {status.unsent > 0 && (
        <button
          type="button"
          className={styles.item}
          data-tone="accent"
          onClick={() => onShowMarked('unsent')}
        >
          <IconCloudUp size={14} aria-hidden />
          <span className="digits">{status.unsent}</span> unsent
          {held && (
            <span className={styles.problem} data-tip={held}>
              : {held}
            </span>
          )}
        </button>
      )}
      {off > VISIBLE_OFFSET_MS && (
        <span
          className={styles.item}
          data-tone="caution"
          data-tip="Countdowns follow the portal's clock. Set this computer's clock to be on the safe side."
        >
          <IconClockExclamation size={14} aria-hidden />
          This clock is {offsetText(off)} {status.clockOffsetMs > 0 ? 'slow' : 'fast'}
        </span>
      )}
      <WallClock />
    </footer>
  )
}

function Connection({ status, onRetry }: { readonly status: SyncStatus; readonly onRetry: () => void }) {
  const { connection } = status
  switch (connection.kind) {
    case 'connecting':
      return (
        <span className={styles.item} role="status">
          <IconLoader2 size={14} className={styles.spin} aria-hidden /> Connecting
        </span>
      )
    case 'live':
      return (
        <span className={styles.item} data-tone="ok" role="status" data-tip="Changes arrive as they happen">
          <IconBolt size={14} aria-hidden /> Live
        </span>
      )
    case 'polling':
      return (
        <span
          className={styles.item}
          role="status"
          data-tip="No live stream: changes are fetched every few seconds"
        >
          <IconRefresh size={14} aria-hidden /> Polling
        </span>
      )
    case 'offline':
      return (
        <>
          <span className={styles.item} data-tone="caution" role="status">
            <IconCloudOff size={14} aria-hidden />
            <strong>Offline since {timeOfDay(connection.since)}</strong>
            <span className={styles.problem} data-tip={connection.problem}>
              {connection.problem}
            </span>
          </span>
          <RetryIn at={connection.retryAt} />
          <button type="button" className={styles.item} onClick={onRetry}>
            Try now
          </button>
        </>
      )
    default:
      return assertNever(connection, 'connection')
  }
}

function RetryIn({ at }: { readonly at: Instant | undefined }) {
  const text = useClock(
    useCallback((now) => (at === undefined || at - now < 1000 ? undefined : countdownText(at, now)), [at]),
  )
  return text && <span className={`${styles.quiet} digits`}>next try in {text}</span>
}

type FirstSyncProps = NonNullable<SyncStatus['firstSync']> & { readonly onPause: (isPaused: boolean) => void }

function FirstSync({ done, total, openDone, isPaused, leftMs, onPause }: FirstSyncProps) {
  const share = total > 0 ? Math.min(1, done / total) : 0
  return (
    <>
      <span className={styles.item}>
        <progress className={styles.progress} value={share} max={1} aria-label="First synchronisation" />
        <span className="digits">
          {done.toLocaleString('en')} of {total.toLocaleString('en')} records
        </span>
        <span className={`${styles.quiet} digits`}>
          {[openDone && 'queue complete', isPaused ? 'history waits' : leftText(leftMs)]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      <button type="button" className={styles.item} onClick={() => onPause(!isPaused)}>
        {isPaused ? 'Go on loading' : 'Pause'}
      </button>
    </>
  )
}

function leftText(leftMs: number | undefined): string | undefined {
  if (leftMs === undefined) return undefined
  if (leftMs < 5000) return 'a few seconds left'
  return `${leftMs < 60_000 ? `${Math.ceil(leftMs / 5000) * 5} s` : `${Math.ceil(leftMs / 60_000)} min`} left`
}

function LastSync({ at }: { readonly at: Instant | undefined }) {
  const text = useClock(
    useCallback(
      (now) => {
        if (at === undefined) return undefined
        return now - at < 60_000 ? 'just now' : `${ageText(at, now)} ago`
      },
      [at],
    ),
  )
  return text && <span className={`${styles.quiet} digits`}>Synced {text}</span>
}

function WallClock() {
  const text = useClock(timeOfDay)
  return (
    <span className={`${styles.quiet} digits`} data-tip="Portal time, in your zone">
      {text}
    </span>
  )
}

function offsetText(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}
