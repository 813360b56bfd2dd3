import { jittered } from '#shared/sync/backoff'
import type { Instant } from '#shared/time/instant'
import type { Journal } from '../store/journal'
import type { MirrorDb } from '../store/mirror-db'
import { endRebuild } from '../store/mirror-write'
import type { EngineWorld } from './engine-world'
import type { FirstSyncCourse } from './first-sync'
import { type Loop, startLoop } from './loop'
import { createPages } from './pages'
import type { Failure, PortalClient } from './portal-client'
import { type PullInput, pull } from './pull'
import type { PullFailures } from './pull-failures'
import { checkSession, type SignedIn } from './session-check'
import { settlePassed } from './settle-outbox'
import type { StatusBoard } from './status-board'

/** Without a stream the portal is asked this often, give or take a fifth; with one, in case a poke went missing. */
export const POLL_MS = 5000
const POLL_BESIDE_STREAM_MS = 60_000

export type PullLoopInput = {
  readonly world: EngineWorld
  readonly client: PortalClient
  readonly signal: AbortSignal
  readonly state: SignedIn
  readonly mirror: MirrorDb
  readonly journal: Journal
  /** Corrected time. */
  readonly now: () => Instant
  readonly board: StatusBoard
  readonly failures: PullFailures
  readonly firstSync: FirstSyncCourse
  readonly onPage: PullInput['onPage']
  /** The portal knows this sign-in. */
  readonly onSession: () => void
  /** The portal refuses this sign-in: whatever runs is to stop. At most once. */
  readonly onExpired: () => void
  readonly onFailed: () => void
  /** The mirror is complete, after a first sync or a new one. */
  readonly onComplete: () => void
  /** Commands about these tickets are no longer in the outbox, or are queued again. */
  readonly onSettled: (ticketIds: readonly string[]) => Promise<void>
  readonly onPulled: (pulled: PulledAgain) => void
}

export type PulledAgain = {
  /** The person holds the first sync: the mirror is not complete. */
  readonly isPaused: boolean
  /** The portal is back, or the mirror is complete: what waited to be sent need not wait any longer. */
  readonly isFreshStart: boolean
}

export type PullLoop = Loop & {
  /** Whether the portal knew this sign-in when it was asked last, and nothing has failed since. */
  isSessionChecked(): boolean
}

/** Keeps the mirror up to date, and takes out of the outbox what it shows by itself. */
export function startPullLoop(input: PullLoopInput): PullLoop {
  const { world, client, signal, state, mirror, journal, now, board, failures, firstSync } = input
  const { onPage, onSession, onExpired, onFailed, onComplete, onSettled, onPulled } = input
  const pages = createPages(client, world)
  let sessionChecked = false
  let expired = false

  const expire = (): void => {
    if (expired) return
    expired = true
    onExpired()
  }
  const failed = (failure: Failure): number | undefined => {
    if (failure.kind === 'stopped') return undefined
    if (failure.kind === 'unauthorised' && !sessionChecked) {
      expire()
      return undefined
    }
    sessionChecked = false
    // Whether the token is good only the session says, which is asked at once; a 401 of anything else alone is waited out.
    if (failure.kind === 'unauthorised' && !failures.isAny()) loop.wake()
    const wait = failures.ofPortal(failure)
    onFailed()
    return wait
  }

  const loop = startLoop(world, async () => {
    if (signal.aborted) return undefined
    try {
      if (!sessionChecked) {
        const session = await checkSession(client, state)
        if (!session.ok) return failed(session.failure)
        sessionChecked = true
        onSession()
      }
      const pulled = await pull({
        client,
        pages,
        mirror,
        now,
        onPage,
        isPaused: () => firstSync.isPaused(),
        wantsChanges: () => firstSync.wantsChanges(),
      })
      if (!pulled.ok) return failed(pulled.failure)
      const recovered = failures.isAny()
      failures.forget()
      if (pulled.bootstrapped) {
        await journal.change((transaction) =>
          transaction.putNote({ key: 'mirror-complete', at: world.now() }),
        )
        onComplete()
      }
      await onSettled(await settlePassed(journal, mirror, pulled.bootstrapped))
      // Not before: a pull that failed after the bootstrap, or a kill, leaves it to the next one.
      if (pulled.bootstrapped) await endRebuild(mirror)
      board.contacted()
      // Paused before its first page, nothing is here that could be up to date.
      if (!pulled.isPaused || board.get().firstSync?.done) board.set({ lastSyncAt: now() })
      onPulled({ isPaused: pulled.isPaused, isFreshStart: recovered || pulled.bootstrapped })
      const rest = board.get().connection.kind === 'live' ? POLL_BESIDE_STREAM_MS : POLL_MS
      return jittered(rest, world.random())
    } catch (error) {
      return failures.ofDatabase(error)
    }
  })
  return { ...loop, isSessionChecked: () => sessionChecked }
}
