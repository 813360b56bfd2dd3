import { expect } from 'vitest'
import { assertNever } from '#shared/assert-never'
import { recordValues } from '#shared/portal/records'
import { fastClone } from '../scenarios/simulator/fast-clone'
import type { What } from '../src-shared/tickets/samples'
import type { Rule, WireRecord } from './fault'
import { FaultRig } from './fault-rig'
import { OPEN, type SharedPortal } from './shared-portal'

const MINUTE = 60_000
/** After everything is well again a desk is in step within this. */
const HEALS_WITHIN_MS = 3 * MINUTE
/** More requests than this in any minute are a storm, whatever goes wrong; a healthy first sync is a handful. */
const MOST_IN_A_MINUTE = 60

export type Step =
  /** The app starts; `synced` waits for its first sync, as does everything that is written after it. `hidden`: nobody sees its window. */
  | { readonly do: 'start'; readonly synced?: boolean; readonly hidden?: true }
  /** From here on the proxy does this; an empty list is a clean network. */
  | { readonly do: 'network'; readonly rules: readonly Rule[] }
  /** Nothing listens at the portal's address any more, or again. */
  | { readonly do: 'portal'; readonly is: 'away' | 'back' }
  | { readonly do: 'streams cut' }
  /** The agent of this desk does something. */
  | { readonly do: 'write'; readonly what: What; readonly on: string }
  /** Somebody else changes a ticket at the portal. */
  | { readonly do: 'they'; readonly what: What; readonly on: string; readonly who?: 'omar' | 'sue' }
  | { readonly do: 'they chatter'; readonly notes: number }
  | { readonly do: 'they delete'; readonly ticket: string }
  | { readonly do: 'the portal is restored from a backup' }
  /** Time passes. */
  | { readonly do: 'wait'; readonly ms: number }
  /** The strip says this; time passes until it does. */
  | { readonly do: 'says'; readonly trouble: RegExp }
  | { readonly do: 'notice'; readonly text: RegExp }
  | { readonly do: 'status'; readonly is: Partial<{ unsent: number; parked: number; kind: string }> }
  /** The queue on the screen. */
  | { readonly do: 'shows'; readonly ticket: string; readonly priority: string }
  /** A second window of the app, and both of them in a hurry. */
  | { readonly do: 'two windows write'; readonly notes: number; readonly on: string }
  /** The clean network of before, and time until desk and portal agree. */
  | { readonly do: 'heals' }
  | { readonly do: 'kill'; readonly what: 'engine' | 'app' }
  /** The machine sleeps and wakes. */
  | { readonly do: 'sleep'; readonly ms: number }
  /** The person presses Retry on everything that is parked. */
  | { readonly do: 'retry' }
  /** The person asks for it now. */
  | { readonly do: 'sync now' }
  /** All alerts shown so far, by ticket, target and threshold. */
  | { readonly do: 'alerted'; readonly of: readonly string[] }
  | { readonly do: 'desk clock'; readonly byMs: number }
  | { readonly do: 'portal clock'; readonly aheadMs: number }
  | { readonly do: 'clock offset'; readonly isMs: number }
  | { readonly do: 'disk'; readonly is: 'full' | 'free' }
  /** What the agent wants to write is refused with words, and stays where it was typed. */
  | { readonly do: 'cannot write'; readonly what: What; readonly on: string; readonly words: RegExp }
  | { readonly do: 'signed out' }
  | { readonly do: 'sign in again' }
  /** Since the network was last said to be like something. */
  | { readonly do: 'at most'; readonly requests: number; readonly of?: string }
  | { readonly do: 'at most read'; readonly megabytes: number }

export type Scenario = {
  readonly name: string
  readonly steps: readonly Step[]
  /** Texts and tickets that the portal refused, and that wait for the person. */
  readonly parked?: number
  /** Most records on a page. */
  readonly pageLimit?: number
  /** Where small pages are fetched over and over: most requests in a minute. */
  readonly mostInAMinute?: number
  /** A stream that can't be had leaves the desk polling. */
  readonly ends?: 'live' | 'polling'
}

type Written = { readonly what: What; readonly on: string }

/** Tells one scenario to a real desk, then looks whether what has to hold after each fault holds (reliability.md). */
export async function play(scenario: Scenario, portal: SharedPortal): Promise<void> {
  const rig = await FaultRig.make(portal, scenario.name)
  if (scenario.pageLimit !== undefined) rig.proxy.pageLimit = scenario.pageLimit
  const written: Written[] = []
  const restoreClone = cloneFast()
  try {
    for (const step of scenario.steps) await take(step, rig, written)
    await settleDown(rig, scenario)
    await expectWhatHolds(rig, written, scenario)
  } catch (error) {
    if (error instanceof Error) error.message = `${error.message}\n  ${rig.describe()}`
    throw error
  } finally {
    await rig.stop()
    restoreClone()
  }
}

/** A hundred commands are read from the in-memory database thousands of times in a day: most of it is cloning. */
function cloneFast(): () => void {
  const { structuredClone } = globalThis
  globalThis.structuredClone = ((value: unknown, options?: StructuredSerializeOptions) =>
    options ? structuredClone(value, options) : fastClone(value, structuredClone)) as typeof structuredClone
  return () => Object.assign(globalThis, { structuredClone })
}

async function take(step: Step, rig: FaultRig, written: Written[]): Promise<void> {
  switch (step.do) {
    case 'start':
      await rig.start(step.hidden)
      if (step.synced !== false) await rig.until('in sync', () => isInSync(rig), HEALS_WITHIN_MS)
      return
    case 'network':
      rig.troubles.length = 0
      rig.askedBefore = rig.proxy.asked.length
      rig.proxy.follow(step.rules)
      return
    case 'portal':
      return step.is === 'away' ? rig.proxy.down() : rig.proxy.up()
    case 'streams cut':
      rig.proxy.cutStreams()
      return
    case 'write':
      await rig.run(step.what, step.on)
      written.push(step)
      return
    case 'they':
      return rig.portal.act(step.who ?? 'omar', step.what, step.on)
    case 'they chatter':
      for (let n = 0; n < step.notes; n += 1) {
        await rig.portal.act('omar', { type: 'note', body: `chatter ${n}` }, OPEN[n % OPEN.length] ?? 't1')
      }
      return
    case 'they delete':
      return rig.portal.delete(step.ticket)
    case 'the portal is restored from a backup':
      return rig.portal.restore()
    case 'wait':
      return rig.machine.advance(step.ms)
    case 'says':
      return rig.until(
        `the strip says ${step.trouble}`,
        () => rig.troubles.some((text) => step.trouble.test(text)),
        2 * MINUTE,
      )
    case 'notice':
      return rig.until(
        `a notice ${step.text}`,
        () => rig.status.notices.some((notice) => step.text.test(notice)),
        2 * MINUTE,
      )
    case 'status':
      return rig.until(
        `status ${JSON.stringify(step.is)}`,
        () => {
          const { unsent, parked, connection } = rig.status
          const now: Record<string, unknown> = { unsent, parked, kind: connection.kind }
          return Object.entries(step.is).every(([key, value]) => now[key] === value)
        },
        2 * MINUTE,
      )
    case 'shows':
      return rig.until(
        `${step.ticket} is ${step.priority}`,
        () => rig.store.rows.get(step.ticket)?.priority === step.priority,
        2 * MINUTE,
      )
    case 'two windows write': {
      const other = await rig.window()
      const what = (n: number): What => ({ type: 'note', body: `of window ${n % 2} ${n}` })
      const all = Array.from({ length: step.notes }, (_, n) => what(n))
      await Promise.all(all.map((one, n) => rig.run(one, step.on, n % 2 === 0 ? rig.store : other)))
      written.push(...all.map((one) => ({ what: one, on: step.on })))
      return
    }
    case 'heals':
      rig.proxy.follow([])
      return rig.until('in sync', () => isInSync(rig), HEALS_WITHIN_MS)
    case 'kill':
      if (step.what === 'engine') return rig.killEngine()
      await rig.kill()
      return rig.start()
    case 'sleep':
      rig.machine.sleep(step.ms)
      rig.main.wake()
      return rig.machine.settle()
    case 'retry':
      for (const id of rig.parked()) await rig.store.retry(id)
      return
    case 'sync now':
      rig.store.syncNow()
      return rig.machine.settle()
    case 'alerted':
      expect(rig.main.shown.map(({ key }) => key).sort(), 'alerts').toEqual(step.of)
      return
    case 'desk clock':
      rig.machine.skewMs += step.byMs
      return
    case 'portal clock':
      rig.portalAheadMs = step.aheadMs
      return
    case 'clock offset':
      return rig.until(`an offset of ${step.isMs} ms`, () => rig.status.clockOffsetMs === step.isMs, MINUTE)
    case 'cannot write':
      await expect(rig.run(step.what, step.on)).rejects.toThrow(step.words)
      return
    case 'disk':
      rig.disk(step.is)
      return
    case 'signed out':
      return rig.until('signed out', () => rig.main.state.kind === 'signed-out', MINUTE)
    case 'sign in again':
      return rig.signInAgain()
    case 'at most': {
      const made = rig.proxy.asked
        .slice(rig.askedBefore)
        .filter(({ call }) => step.of === undefined || call === step.of)
      expect(made.length, `requests${step.of ? ` of ${step.of}` : ''}`).toBeLessThanOrEqual(step.requests)
      return
    }
    case 'at most read':
      expect(rig.proxy.floodedBytes / 1e6, 'MB that reached the network').toBeLessThanOrEqual(step.megabytes)
      return
    default:
      assertNever(step, 'step')
  }
}

async function settleDown(rig: FaultRig, { ends = 'live', parked = 0 }: Scenario): Promise<void> {
  if (ends === 'live') rig.proxy.follow([])
  await rig.until(
    'everything is sent and the desk shows what the portal has',
    async () => {
      const { connection, unsent, parked: now } = rig.status
      return connection.kind === ends && unsent === 0 && now === parked && (await isEqual(rig))
    },
    HEALS_WITHIN_MS,
  )
}

function isInSync({ status }: FaultRig): boolean {
  const { connection, unsent, firstSync, lastSyncAt } = status
  return (
    (connection.kind === 'live' || connection.kind === 'polling') &&
    unsent === 0 &&
    firstSync === undefined &&
    lastSyncAt !== undefined
  )
}

async function isEqual(rig: FaultRig): Promise<boolean> {
  const [mine, theirs] = await Promise.all([rig.mirror(), rig.portal.all()])
  return (
    mine.size === theirs.size && [...theirs].every(([key, { version }]) => mine.get(key)?.version === version)
  )
}

async function expectWhatHolds(
  rig: FaultRig,
  written: readonly Written[],
  scenario: Scenario,
): Promise<void> {
  const [mine, theirs] = await Promise.all([rig.mirror(), rig.portal.all()])
  expect(Object.fromEntries([...mine].map(inWire)), 'the desk’s copy').toEqual(
    Object.fromEntries([...theirs].map(([key, { value }]) => [key, value])),
  )
  expectRows(rig, theirs)
  expectAppliedOnce(written, [...theirs.values()], scenario.parked ?? 0)
  expect(rig.outbox(), 'left in the outbox').toHaveLength(scenario.parked ?? 0)
  expect(rig.proxy.unspent, 'faults that never happened').toBe(0)
  expectNoStorm(rig, scenario.mostInAMinute ?? MOST_IN_A_MINUTE)
}

function inWire([key, { value }]: [string, { value: unknown }]): [string, unknown] {
  const kind = key.split('/')[0] as keyof typeof recordValues
  return [key, recordValues[kind].encode(value as never)]
}

/** The queue that is on the screen. */
function expectRows(rig: FaultRig, theirs: ReadonlyMap<string, WireRecord>): void {
  const tickets = [...theirs.values()].filter(({ kind }) => kind === 'ticket')
  const shown = (of: { id: string; status: string; priority: string }[]) =>
    of.map(({ id, status, priority }) => `${id} ${status} ${priority}`).sort()
  expect(shown([...rig.store.rows.values()]), 'rows').toEqual(
    shown(tickets.map(({ value }) => value as never)),
  )
}

/** Each text is there once and in order; of what changes a ticket there is one entry each in its history. */
function expectAppliedOnce(written: readonly Written[], theirs: readonly WireRecord[], parked: number): void {
  const messages = theirs
    .filter(({ kind }) => kind === 'message')
    .sort((a, b) => a.version - b.version)
    .map(({ value }) => value as { ticketId: string; body?: string; type: string; author: { id?: string } })
  const done = messages
    .filter(({ author }) => author.id === 'lena')
    .map(({ ticketId, type, body }) => `${ticketId} ${type} ${body ?? ''}`)
  const wanted = written.map(
    ({ on, what }) => `${on} ${historyType(what)} ${'body' in what ? what.body : ''}`,
  )
  const refused = wanted.filter((text) => !done.includes(text))
  expect(refused.length, `refused: ${refused}`).toBe(parked)
  for (const ticket of new Set(written.map(({ on }) => on))) {
    const of = (list: readonly string[]) =>
      list.filter((text) => text.startsWith(`${ticket} `) && !refused.includes(text))
    expect(of(done), `what was written on ${ticket}`).toEqual(of(wanted))
  }
}

function historyType({ type }: What): string {
  return type === 'reply' || type === 'note' ? type : 'change'
}

function expectNoStorm({ proxy: { asked } }: FaultRig, most: number): void {
  let first = 0
  asked.forEach(({ at }, index) => {
    while ((asked[first]?.at ?? at) < at - MINUTE) first += 1
    if (index - first >= most) {
      const calls = asked.slice(first, index + 1).map(({ call }) => call)
      expect.fail(`a storm: ${calls.length} requests within a minute: ${calls.join(' ')}`)
    }
  })
}
