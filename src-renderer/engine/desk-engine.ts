import type { Desk, SignInState } from '#shared/ipc'
import { jittered, waitAfterFailure } from '#shared/sync/backoff'
import { openDeskChannel } from '../store/desk-channel'
import { createJournal } from '../store/journal'
import { readSyncState } from '../store/mirror-db'
import { countStates } from '../store/outbox-book'
import { AlertKeeper } from './alert-keeper'
import type { EngineWorld } from './engine-world'
import { startLoop } from './loop'
import { openDatabases } from './open-databases'
import { createClient, type Failure } from './portal-client'
import { pull, type WrittenPage } from './pull'
import { createPush } from './push'
import { checkSession } from './session-check'
import { settlePassed } from './settle-outbox'
import { StatusBoard } from './status-board'
import { listen } from './stream'

export type SignedIn = Extract<SignInState, { kind: 'signed-in' }>
export type EngineDesk = Pick<Desk, 'session' | 'alarm' | 'notification' | 'journal' | 'power'>

/** Without a stream the portal is asked this often, give or take a fifth; with one, in case a poke went missing. */
const POLL_MS = 5000
const POLL_BESIDE_STREAM_MS = 60_000

/** Alerts are judged on a mirror this fresh; an older one is brought up to date first, for so long at most. */
const FRESH_MS = 90_000
const FRESHEN_MS = 5000

export type DeskEngine = { stop(): Promise<void> }

/**
 * Keeps one person's desk in step with the portal until it is stopped. Whatever fails is said in the status and
 * tried again; nothing that was typed depends on it.
 */
export async function startDeskEngine(
  state: SignedIn,
  desk: EngineDesk,
  world: EngineWorld,
): Promise<DeskEngine> {
  const { profile, agent: me } = state
  const stopping = new AbortController()
  const { signal } = stopping
  const channel = openDeskChannel(world, profile)
  const board = new StatusBoard(channel)
  channel.listen((message) => {
    if (message.type === 'ask') board.tellAgain()
  })

  let opened: Awaited<ReturnType<typeof openDatabases>>
  try {
    opened = await openDatabases(profile, desk, world)
  } catch (error) {
    board.offline(world.now(), error instanceof Error ? error.message : String(error))
    return { stop: async () => channel.close() }
  }
  const { mirror, journal: journalDb } = opened
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
    now,
    offsetMs: () => client.offsetMs() ?? 0,
    onNotice: (text) => board.notice(text),
  })
  /** Before the open tickets are here there is nothing to alert of, and what comes then is one first look. */
  let hasOpenTickets = stored.cursor !== undefined || stored.bootstrap?.openDone === true
  /** An alert that can't be planned or stored is said like any trouble; the next round tries again. */
  const checkAlerts = (): void => {
    if (!hasOpenTickets) return
    alerts.check().catch((error: unknown) => {
      if (!signal.aborted) board.notice(`Alerts can't be checked: ${describe(error)}`)
    })
  }

  let cancelFreshen = (): void => {}
  /** A pull is going on and will check the alerts; they don't wait for it for ever. */
  const checkAlertsAfterPull = (): void => {
    cancelFreshen()
    cancelFreshen = world.after(FRESHEN_MS, checkAlerts)
  }
  /** Nobody is alerted of what was answered while this desk slept or was cut off. */
  const onAlarm = (): void => {
    const age = now() - (board.get().lastSyncAt ?? Number.NEGATIVE_INFINITY)
    if (age >= 0 && age <= FRESH_MS) {
      checkAlerts()
      return
    }
    checkAlertsAfterPull()
    pulling.wake()
  }

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
  for (const notice of opened.notices) board.notice(notice)
  if (opened.notices.length > 0) channel.post({ type: 'reload' })
  await countOutbox()
  board.journalReady()

  let pullFailures = 0
  let sessionChecked = false
  let expired = false
  const expire = (): void => {
    if (expired) return
    expired = true
    stopping.abort()
    void desk.session.expired()
  }
  const failed = (failure: Failure): number | undefined => {
    if (failure.kind === 'stopped') return undefined
    if (failure.kind === 'unauthorised') {
      expire()
      return undefined
    }
    pullFailures += 1
    sessionChecked = false
    const retryAfterMs = failure.kind === 'offline' ? failure.retryAfterMs : undefined
    const wait = waitAfterFailure({ failures: pullFailures, random: world.random(), retryAfterMs })
    board.offline(now(), inWords(failure), now() + wait)
    checkAlerts()
    return wait
  }
  const onPage = async ({ change, problems, state: at }: WrittenPage): Promise<void> => {
    channel.post({
      type: 'mirror',
      tickets: [...change.tickets],
      messagesOf: [...change.messagesOf],
      reference: change.reference,
    })
    const { bootstrap } = at
    alerts.noteChange(change)
    board.contacted()
    if (bootstrap) {
      const { done, total, openDone } = bootstrap
      board.set({ firstSync: { done, total, openDone } })
      hasOpenTickets ||= openDone
      if (openDone) checkAlerts()
    } else board.endFirstSync()
    if (problems.length > 0) {
      const all = await mirror.problems.count()
      board.notice(
        `${all === 1 ? 'One record' : `${all} records`} from the portal can't be read by this version and ${
          all === 1 ? 'is' : 'are'
        } kept aside: ${problems[0]?.problem}`,
      )
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

  const pulling = startLoop(world, async () => {
    if (signal.aborted) return undefined
    try {
      if (!sessionChecked) {
        const session = await checkSession(client, state)
        if (!session.ok) return failed(session.failure)
        sessionChecked = true
        streaming.wake()
      }
      const pulled = await pull({ client, mirror, now, onPage })
      if (!pulled.ok) return failed(pulled.failure)
      const recovered = pullFailures > 0
      pullFailures = 0
      if (pulled.bootstrapped) {
        await journal.change((transaction) =>
          transaction.putNote({ key: 'mirror-complete', at: world.now() }),
        )
      }
      await outboxChanged(await settlePassed(journal, mirror, pulled.bootstrapped))
      board.contacted()
      board.set({ lastSyncAt: now() })
      hasOpenTickets = true
      checkAlerts()
      if (recovered || pulled.bootstrapped) {
        push.hurry()
        pushing.wake()
      }
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
    onAnswered: (changed, applied) => {
      void outboxChanged(changed.map(({ command }) => command.target))
      if (applied) pulling.wake()
    },
    onUnauthorised: expire,
    onError: (error) => void onError(error),
    wake: () => pushing.wake(),
  })
  const pushing = startLoop(world, async () => (signal.aborted ? undefined : push.round()))

  let streamFailures = 0
  let streamAbort = new AbortController()
  const streaming = startLoop(world, async () => {
    // The pull loop says when the portal is there.
    if (signal.aborted || !sessionChecked) return undefined
    streamAbort = new AbortController()
    const stop = (): void => streamAbort.abort()
    signal.addEventListener('abort', stop)
    const end = await listen({
      world,
      client,
      signal: streamAbort.signal,
      onOpen: () => {
        streamFailures = 0
        board.streaming(true)
        pulling.wake()
      },
      onPoke: () => pulling.wake(),
    })
    signal.removeEventListener('abort', stop)
    board.streaming(false)
    if (end.unauthorised) expire()
    if (signal.aborted) return undefined
    // A stream that breaks off may mean that the portal went away: ask.
    if (end.wasOpen) pulling.wake()
    streamFailures += 1
    return waitAfterFailure({ failures: streamFailures, random: world.random() })
  })

  /** Cuts every wait short. */
  const hurry = (): void => {
    pullFailures = 0
    push.hurry()
    pulling.wake()
    pushing.wake()
    streaming.wake()
  }
  channel.listen((message) => {
    switch (message.type) {
      case 'ask':
        board.tellAgain()
        break
      case 'outbox':
        void countOutbox()
        pushing.wake()
        break
      case 'wake':
        hurry()
        break
      case 'notice':
        board.notice(message.notice)
        break
      case 'dismiss':
        board.dismiss(message.notice)
        break
      default:
      // The rest is what the engine itself says.
    }
  })
  const unsubscribe = [
    world.onOnline(hurry),
    desk.alarm.ring(onAlarm),
    desk.power.woke(() => {
      // A stream that slept through is dead, and doesn't know it.
      streamAbort.abort()
      hurry()
      checkAlertsAfterPull()
    }),
  ]
  checkAlertsAfterPull()

  return {
    async stop() {
      for (const off of unsubscribe) off()
      cancelFreshen()
      stopping.abort()
      await Promise.all([pulling.stop(), pushing.stop(), streaming.stop(), push.idle(), alerts.stop()])
      channel.close()
      mirror.close()
      journalDb.close()
    },
  }
}

function inWords(failure: Exclude<Failure, { kind: 'stopped' | 'unauthorised' }>): string {
  if (failure.kind === 'gone') return 'the portal calls this position in its feed too old'
  return failure.message
}

function describe(error: unknown): string {
  const text = String(error)
  // Dexie wraps the quota's error in an AbortError.
  if (text.includes('QuotaExceeded')) return 'the disk is full; free some space, and it goes on by itself'
  return error instanceof Error ? error.message : text
}
