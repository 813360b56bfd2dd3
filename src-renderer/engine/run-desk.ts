import type { DeskMessage } from '../store/desk-channel'
import { createJournal } from '../store/journal'
import { readSyncState } from '../store/mirror-db'
import { countStates } from '../store/outbox-book'
import type { Channel } from '../store/world'
import { AlertKeeper } from './alert-keeper'
import { AlertTiming } from './alert-timing'
import type { EngineDesk } from './desk-engine'
import type { EngineWorld } from './engine-world'
import { FirstSyncCourse } from './first-sync'
import { keepSnapshot } from './keep-snapshot'
import { startLoop } from './loop'
import type { Databases } from './open-databases'
import { createClient } from './portal-client'
import { PresenceKeeper } from './presence'
import { errorInWords, PullFailures } from './pull-failures'
import { POLL_MS, startPullLoop } from './pull-loop'
import { createPush } from './push'
import { retryProblems } from './retry-problems'
import type { SignedIn } from './session-check'
import type { StatusBoard } from './status-board'
import { startStreamLoop } from './stream-loop'
import { tellPage } from './tell-page'
import { TextSearch } from './text-search'

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
      if (!signal.aborted) board.notice(`Alerts can't be checked: ${errorInWords(error)}`)
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
  const firstSync = new FirstSyncCourse({ world, board, changesEveryMs: POLL_MS })
  if (stored.bootstrap) firstSync.show(stored.bootstrap)
  for (const notice of databases.notices) board.notice(notice)
  if (databases.notices.length > 0) channel.post({ type: 'reload' })
  await countOutbox()
  board.journalReady()

  const failures = new PullFailures({ world, board, now, signal })
  const pulling = startPullLoop({
    world,
    client,
    signal,
    state,
    mirror,
    journal,
    now,
    board,
    failures,
    firstSync,
    onPage: (page) => tellPage(page, { channel, search, alerts, alertTiming, firstSync, board, mirror }),
    onSession: () => streaming.wake(),
    onExpired: () => {
      stopping.abort()
      board.offline(now(), 'the portal refuses this sign-in; it is being asked once more')
      void desk.session.expired()
    },
    onFailed: () => alertTiming.pullFailed(),
    onComplete: () => snapshot.wake(),
    onSettled: outboxChanged,
    onPulled: ({ isPaused, isFreshStart }) => {
      if (!isPaused) alertTiming.openTicketsAreHere()
      alertTiming.pulled()
      if (isFreshStart) push.hurry()
      // A window that died after it stored a command has told nobody of it.
      pushing.wake()
    },
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
    onError: (error) => void failures.ofDatabase(error),
    wake: () => pushing.wake(),
  })
  const pushing = startLoop(world, async () => {
    if (signal.aborted) return undefined
    return push.round().catch((error: unknown) => failures.ofDatabase(error))
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
      if (!signal.aborted) board.notice(`Messages can't be searched: ${errorInWords(error)}`)
    },
  })
  const streaming = startStreamLoop({
    world,
    client,
    signal,
    isWanted: () => pulling.isSessionChecked(),
    onOpen: () => {
      board.streaming(true)
      presence.streamOpened()
      pulling.wake()
    },
    onEvent: (event) => {
      presence.onEvent(event)
      if (event.event !== 'poke') return
      firstSync.poked()
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
    failures.forget()
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
      case 'pause-first-sync':
        firstSync.pause(message.isPaused)
        pulling.wake()
        break
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
