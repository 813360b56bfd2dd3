import { jittered, waitAfterFailure } from '#shared/sync/backoff'
import type { DeskMessage } from '../store/desk-channel'
import { isDiskFull } from '../store/disk-full'
import { createJournal } from '../store/journal'
import { readSyncState } from '../store/mirror-db'
import { endRebuild } from '../store/mirror-write'
import { countStates } from '../store/outbox-book'
import type { Channel } from '../store/world'
import { AlertKeeper } from './alert-keeper'
import { AlertTiming } from './alert-timing'
import type { EngineDesk, SignedIn } from './desk-engine'
import type { EngineWorld } from './engine-world'
import { FirstSyncPace, type Progress } from './first-sync'
import { keepSnapshot } from './keep-snapshot'
import { startLoop } from './loop'
import type { Databases } from './open-databases'
import { createPages } from './pages'
import { createClient, type Failure } from './portal-client'
import { PresenceKeeper } from './presence'
import { pull, type WrittenPage } from './pull'
import { createPush } from './push'
import { retryProblems } from './retry-problems'
import { checkSession } from './session-check'
import { settlePassed } from './settle-outbox'
import type { StatusBoard } from './status-board'
import { startStreamLoop } from './stream-loop'
import { TextSearch } from './text-search'

/** Without a stream the portal is asked this often, give or take a fifth; with one, in case a poke went missing. */
const POLL_MS = 5000
const POLL_BESIDE_STREAM_MS = 60_000

export type RunInput = {
  readonly state: SignedIn
  readonly desk: EngineDesk
  readonly world: EngineWorld
  readonly channel: Channel<DeskMessage>
  readonly board: StatusBoard
  readonly databases: Databases
}

export type RunningDesk = {
  /** A message of one of the windows. */
  hear(message: DeskMessage): void
  stop(): Promise<void>
}

/**
 * Keeps one person's desk in step with the portal until it is stopped. Whatever fails is said in the status and
 * tried again; nothing that was typed depends on it.
 */
export async function runDesk({
  state,
  desk,
  world,
  channel,
  board,
  databases,
}: RunInput): Promise<RunningDesk> {
  const { profile, agent: me } = state
  const stopping = new AbortController()
  const { signal } = stopping
  const { mirror, journal: journalDb } = databases
  await retryProblems(mirror)
  const stored = await readSyncState(mirror)
  const client = createClient({
    world,
    profile,
    signal,
    offsetMs: stored.clockOffsetMs,
    onOffset: (clockOffsetMs) => {
      board.set({ clockOffsetMs })
      alerts.rearm()
    },
  })
  const pages = createPages(client, world)
  const now = (): number => world.now() + (client.offsetMs() ?? 0)
  const journal = createJournal({
    db: journalDb,
    profile,
    desk,
    onCopyFailed: (why) => board.notice(`The second copy of unsent work can't be written: ${why}`),
  })

  const alerts = new AlertKeeper({
    mirror,
    journal,
    desk,
    me,
    profile,
    now,
    zone: world.zone,
    offsetMs: () => client.offsetMs() ?? 0,
    onNotice: (text) => board.notice(text),
  })
  const alertTiming = new AlertTiming({
    world,
    now,
    lastSyncAt: () => board.get().lastSyncAt,
    check: () => alerts.check(),
    pull: () => pulling.wake(),
    onError: (error) => {
      if (!signal.aborted) board.notice(`Alerts can't be checked: ${describe(error)}`)
    },
    hasOpenTickets: stored.cursor !== undefined || stored.bootstrap?.openDone === true,
  })

  const countOutbox = async (): Promise<void> => board.set(countStates(await journalDb.outbox.toArray()))
  const outboxChanged = async (ticketIds: readonly string[]): Promise<void> => {
    if (ticketIds.length === 0) return
    channel.post({ type: 'outbox', ticketIds })
    await countOutbox()
  }

  board.set({
    clockOffsetMs: stored.clockOffsetMs ?? 0,
    ...(stored.lastSyncAt === undefined ? {} : { lastSyncAt: stored.lastSyncAt }),
  })
  const pace = new FirstSyncPace()
  let isPaused = false
  let changesWanted = false
  let changesAskedAt = world.now()
  const showFirstSync = ({ done, total, openDone }: Progress): void =>
    board.set({ firstSync: pace.at({ done, total, openDone }, world.now(), isPaused) })
  if (stored.bootstrap) showFirstSync(stored.bootstrap)
  for (const notice of databases.notices) board.notice(notice)
  if (databases.notices.length > 0) channel.post({ type: 'reload' })
  await countOutbox()
  board.journalReady()

  let pullFailures = 0
  let sessionChecked = false
  let expired = false
  const expire = (): void => {
    if (expired) return
    expired = true
    stopping.abort()
    board.offline(now(), 'the portal refuses this sign-in; it is being asked once more')
    void desk.session.expired()
  }
  const failed = (failure: Failure): number | undefined => {
    if (failure.kind === 'stopped') return undefined
    if (failure.kind === 'unauthorised' && !sessionChecked) {
      expire()
      return undefined
    }
    pullFailures += 1
    sessionChecked = false
    const retryAfterMs = failure.kind === 'offline' ? failure.retryAfterMs : undefined
    const wait = waitAfterFailure({ failures: pullFailures, random: world.random(), retryAfterMs })
    // Whether the token is good only the session says, which is asked at once; a 401 of anything else alone is waited out.
    if (failure.kind === 'unauthorised' && pullFailures === 1) pulling.wake()
    board.offline(now(), inWords(failure), now() + wait)
    alertTiming.pullFailed()
    return wait
  }
  const onPage = async ({ change, problems, state: at }: WrittenPage): Promise<void> => {
    channel.post({
      type: 'mirror',
      tickets: [...change.tickets],
      messagesOf: [...change.messagesOf],
      others: change.others,
    })
    const { bootstrap } = at
    search.changed(change.messagesOf)
    alerts.noteChange(change)
    board.contacted()
    if (bootstrap) {
      showFirstSync(bootstrap)
      if (bootstrap.openDone) {
        alertTiming.openTicketsAreHere()
        alertTiming.now()
      }
    } else board.endFirstSync()
    if (problems.length > 0) {
      const all = await mirror.problems.count()
      const what = all === 1 ? 'One record' : `${all} records`
      const first = problems[0]?.problem
      board.notice(`${what} can't be read by this version and wait for a newer one: ${first}`, 'problems')
    }
  }
  /** A failing database (a full disk) is said and tried again like a failing portal. */
  const onError = (error: unknown): number => {
    if (signal.aborted) return 0
    pullFailures += 1
    const wait = waitAfterFailure({ failures: pullFailures, random: world.random() })
    board.offline(now(), `this computer's database: ${describe(error)}`, now() + wait)
    return wait
  }

  /** During a first sync changes are fetched when the portal poked, and now and then in case a poke went missing. */
  const wantsChanges = (): boolean => {
    const at = world.now()
    if (!changesWanted && Math.abs(at - changesAskedAt) < POLL_MS) return false
    changesWanted = false
    changesAskedAt = at
    return true
  }

  const pulling = startLoop(world, async () => {
    if (signal.aborted) return undefined
    try {
      if (!sessionChecked) {
        const session = await checkSession(client, state)
        if (!session.ok) return failed(session.failure)
        sessionChecked = true
        streaming.wake()
      }
      const pulled = await pull({
        client,
        pages,
        mirror,
        now,
        onPage,
        isPaused: () => isPaused,
        wantsChanges,
      })
      if (!pulled.ok) return failed(pulled.failure)
      const recovered = pullFailures > 0
      pullFailures = 0
      if (pulled.bootstrapped) {
        await journal.change((transaction) =>
          transaction.putNote({ key: 'mirror-complete', at: world.now() }),
        )
        snapshot.wake()
      }
      await outboxChanged(await settlePassed(journal, mirror, pulled.bootstrapped))
      // Not before: a pull that failed after the bootstrap, or a kill, leaves it to the next one.
      if (pulled.bootstrapped) await endRebuild(mirror)
      board.contacted()
      // Paused before its first page, nothing is here that could be up to date.
      if (!pulled.isPaused || board.get().firstSync?.done) board.set({ lastSyncAt: now() })
      if (!pulled.isPaused) alertTiming.openTicketsAreHere()
      alertTiming.pulled()
      if (recovered || pulled.bootstrapped) push.hurry()
      // A window that died after it stored a command has told nobody of it.
      pushing.wake()
      const rest = board.get().connection.kind === 'live' ? POLL_BESIDE_STREAM_MS : POLL_MS
      return jittered(rest, world.random())
    } catch (error) {
      return onError(error)
    }
  })

  const push = createPush({
    client,
    journal,
    world,
    me,
    now,
    onAnswered: (changed, applied) => {
      void outboxChanged(changed.map(({ command }) => command.target))
      if (applied) pulling.wake()
    },
    onStored: () => channel.post({ type: 'files' }),
    onHeld: (problem) => board.sending(problem),
    onUnauthorised: () => pulling.wake(),
    onError: (error) => void onError(error),
    wake: () => pushing.wake(),
  })
  const pushing = startLoop(world, async () => {
    if (signal.aborted) return undefined
    return push.round().catch(onError)
  })

  const snapshot = keepSnapshot(mirror, world, (error) => console.error('the snapshot of the tickets', error))
  const presence = new PresenceKeeper({
    world,
    say: (at) => client.tell('/presence', at),
    onPeople: (people) => channel.post({ type: 'presence', people }),
  })
  const search = new TextSearch({
    mirror,
    world,
    post: (message) => channel.post(message),
    onError: (error) => {
      if (!signal.aborted) board.notice(`Messages can't be searched: ${describe(error)}`)
    },
  })
  const streaming = startStreamLoop({
    world,
    client,
    signal,
    isWanted: () => sessionChecked,
    onOpen: () => {
      board.streaming(true)
      presence.streamOpened()
      pulling.wake()
    },
    onEvent: (event) => {
      presence.onEvent(event)
      if (event.event !== 'poke') return
      changesWanted = true
      pulling.wake()
    },
    onClosed: (wasOpen) => {
      board.streaming(false)
      presence.streamClosed()
      // One that breaks off may mean that the portal went away: ask.
      if (wasOpen && !signal.aborted) pulling.wake()
    },
    onUnauthorised: () => pulling.wake(),
  })

  /** Cuts every wait short. */
  const hurry = (): void => {
    pullFailures = 0
    push.hurry()
    pulling.wake()
    pushing.wake()
    streaming.wake()
  }
  const hear = (message: DeskMessage): void => {
    switch (message.type) {
      case 'outbox':
        void countOutbox()
        pushing.wake()
        break
      case 'wake':
        hurry()
        break
      case 'ask':
        channel.post({ type: 'presence', people: presence.people() })
        break
      case 'at':
        presence.heard(message.window, message.at)
        break
      case 'find':
        search.ask(message.text)
        break
      case 'pause-first-sync': {
        isPaused = message.isPaused
        const { firstSync } = board.get()
        if (firstSync) showFirstSync(firstSync)
        pulling.wake()
        break
      }
      default:
      // The rest is for windows, or for the board.
    }
  }
  const unsubscribe = [
    world.onOnline(hurry),
    desk.alarm.ring(() => {
      alerts.rang()
      alertTiming.onAlarm()
    }),
    desk.power.woke(() => {
      streaming.drop()
      hurry()
      alertTiming.afterWaking()
    }),
  ]
  alertTiming.afterWaking()

  return {
    hear,
    async stop() {
      for (const off of unsubscribe) off()
      alertTiming.stop()
      presence.stop()
      search.stop()
      stopping.abort()
      await Promise.all([
        pulling.stop(),
        pushing.stop(),
        streaming.stop(),
        push.idle(),
        alerts.stop(),
        snapshot.stop(),
      ])
      mirror.close()
      journalDb.close()
    },
  }
}

function inWords(failure: Exclude<Failure, { kind: 'stopped' }>): string {
  if (failure.kind === 'unauthorised')
    return 'the portal knows this sign-in and refuses it all the same (401)'
  if (failure.kind === 'gone') return 'the portal calls this position in its feed too old'
  return failure.message
}

function describe(error: unknown): string {
  if (isDiskFull(error)) return 'the disk is full; free some space, and it goes on by itself'
  return error instanceof Error ? error.message : String(error)
}
