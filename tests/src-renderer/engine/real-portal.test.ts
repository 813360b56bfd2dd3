import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { policySchema } from '#shared/sla/policy'
import { calendarSchema } from '#shared/time/calendar'
import { followSession } from '../../../src-renderer/engine/follow-session'
import type { DeskStore } from '../../../src-renderer/store/desk-store'
import { openDesk } from '../../../src-renderer/store/open-desk'
import { command, lena, message, T0, type TestPortal, testPortal, ticket } from '../../src-portal/fixture'
import { FakeMain, signedIn } from './fake-desk'
import { until, VirtualMachine } from './virtual-world'

/* The real engine and store against the real portal with its database, both in this process. */

const read = (path: string) => JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'))
const policy = policySchema.decode(read('resources/policies/bigpanda.json'))
const calendar = calendarSchema.decode(read('resources/calendars/emea-london.json'))

const PROFILE = 'test.lena'
const machine = new VirtualMachine()
machine.clock = T0 + 60_000
const main = new FakeMain()
let portal: TestPortal
let workspace: { id: string; name: string }

const plug = () => {
  machine.network = (url, init) => {
    const headers = { ...(init.headers as Record<string, string>), authorization: `Bearer ${portal.token}` }
    return portal.fetch(url.replace('portal://api', ''), { ...init, headers })
  }
}

let running: { store: DeskStore; kill(): void } | undefined
const start = async (): Promise<DeskStore> => {
  const world = machine.process()
  const desk = main.desk()
  followSession(desk, world)
  const store = await openDesk(PROFILE, lena, desk, world)
  running = {
    store,
    kill: () => {
      world.kill()
      desk.kill()
      store.close()
    },
  }
  return store
}
const kill = async (): Promise<void> => {
  running?.kill()
  await machine.settle()
}

beforeAll(async () => {
  const records = Array.from({ length: 40 }, (_, n) =>
    ticket(`t${n}`, { policyId: policy.id, calendarId: calendar.id }),
  )
  const closed = Array.from({ length: 600 }, (_, n) =>
    ticket(`old${n}`, { policyId: policy.id, calendarId: calendar.id, status: 'closed' }),
  )
  portal = await testPortal(
    [
      { kind: 'policy', id: policy.id, value: policy },
      { kind: 'calendar', id: calendar.id, value: calendar },
      ...records,
      ...closed,
      message('m1', 't1'),
    ],
    { now: () => machine.clock },
  )
  const session = await portal.call('/v1/session')
  workspace = session.json.workspace
  main.state = { ...signedIn, profile: PROFILE, agent: lena, workspace }
}, 60_000)
afterAll(async () => {
  await kill()
  await portal.close()
})

const run = (store: DeskStore, body: string, target = 't1') =>
  store.run({ type: 'note', body, target } as Parameters<DeskStore['run']>[0])
const inSync = (store: DeskStore) =>
  until('in sync', () => {
    const { connection, unsent, lastSyncAt } = store.status.get()
    return connection.kind === 'live' && unsent === 0 && lastSyncAt !== undefined && store.rows.size === 640
  })

test('everything comes, open tickets first, and then it is live', { timeout: 30_000 }, async () => {
  plug()
  const ask = machine.network
  let goOn = (): void => {}
  const held = new Promise<void>((resolve) => {
    goOn = resolve
  })
  machine.network = (url, init) =>
    url.includes('/bootstrap') && url.includes('after=') ? held.then(() => ask(url, init)) : ask(url, init)
  const store = await start()
  await until('a whole queue, without the closed ones', () => store.rows.size === 40)
  expect(store.status.get().firstSync).toMatchObject({ openDone: true })
  goOn()
  await inSync(store)
  expect(store.status.get().firstSync).toBeUndefined()
  const live = store.ticket('t1')
  live.subscribe(() => {})
  await until('its timeline', () => live.get()?.timeline.length === 1)
})

test('a command is applied once though its answer is lost and the app is killed', {
  timeout: 30_000,
}, async () => {
  const store = running?.store ?? (await start())
  const ask = machine.network
  machine.network = async (url, init) => {
    const answer = await ask(url, init)
    if (url.endsWith('/commands')) throw new TypeError('connection reset')
    return answer
  }
  await run(store, 'only once')
  await until('taken', async () => (await bodies()).includes('only once'))
  await kill()
  plug()
  const again = await start()
  await inSync(again)
  expect((await bodies()).filter((body) => body === 'only once')).toHaveLength(1)
})

test('what others do comes with the stream, and where somebody decided otherwise I am asked', {
  timeout: 30_000,
}, async () => {
  const store = running?.store ?? (await start())
  await portal.call('/v1/commands', {
    token: portal.tokens.omar,
    body: { commands: [command('set-status', 't2', { status: 'on-hold', baseVersion: 1e6 })] },
  })
  await until('his change, without asking', () => store.rows.get('t2')?.status === 'on-hold')

  const ask = machine.network
  let meddled = false
  machine.network = async (url, init) => {
    if (url.endsWith('/commands') && !meddled) {
      meddled = true
      await portal.call('/v1/commands', {
        token: portal.tokens.omar,
        body: { commands: [command('set-priority', 't3', { priority: 'P4', baseVersion: 1e6 })] },
      })
    }
    return ask(url, init)
  }
  await store.run({ type: 'set-priority', priority: 'P1', target: 't3' } as Parameters<DeskStore['run']>[0])
  await until('parked', () => store.status.get().parked === 1)
  await until('his priority', () => store.rows.get('t3')?.priority === 'P4')
  const live = store.ticket('t3')
  live.subscribe(() => {})
  await until('the parked entry', () => live.get()?.timeline.at(-1)?.pending?.state === 'parked')
  await store.retry(live.get()?.timeline.at(-1)?.pending?.commandId ?? '')
  await until(
    'mine after all',
    () => store.rows.get('t3')?.priority === 'P1' && store.status.get().unsent === 0,
  )
  expect(store.status.get().parked).toBe(0)
})

test('colleagues see where this desk is, and it sees them', { timeout: 30_000 }, async () => {
  plug()
  const store = running?.store ?? (await start())
  await inSync(store)
  store.presence.subscribe(() => {})
  const omarIsAt = (ticketId?: string) =>
    portal.call('/v1/presence', {
      method: 'PUT',
      token: portal.tokens.omar,
      body: { ...(ticketId ? { ticketId } : {}), doing: 'replying' },
    })
  await omarIsAt('t3')
  await until('omar at t3', () => store.presence.get().get('t3')?.length === 1)
  expect(store.presence.get().get('t3')).toEqual([{ agentId: 'omar', name: 'Omar', doing: 'replying' }])
  await omarIsAt()
  await until('nobody at t3', () => !store.presence.get().has('t3'))

  store.lookAt({ ticketId: 't4', doing: 'viewing' })
  await until('the portal knows', () => portal.peopleAt('t4').some(({ agentId }) => agentId === lena.id))
  expect(store.presence.get().has('t4')).toBe(false)
  store.lookAt({ doing: 'viewing' })
  await until('the portal has forgotten', () => portal.peopleAt('t4').length === 0)
})

test('a portal whose database was made again: fetched anew, the journal stays', {
  timeout: 60_000,
}, async () => {
  const store = running?.store ?? (await start())
  await store.saveDraft('t1', 'reply', 'half a sentence')
  const old = portal
  portal = await testPortal(
    [
      { kind: 'policy', id: policy.id, value: policy },
      { kind: 'calendar', id: calendar.id, value: calendar },
      ticket('t1', { policyId: policy.id, calendarId: calendar.id, subject: 'From the new one' }),
    ],
    { now: () => machine.clock },
  )
  // The same workspace, restored: only the database behind it is another.
  const ask = machine.network
  machine.network = async (url, init) => {
    if (!url.endsWith('/session')) return ask(url, init)
    const session = await (await ask(url, init)).json()
    return Response.json({ ...session, workspace })
  }
  await old.close()
  await machine.advance(5_000)
  await until('only what it has', async () => {
    await machine.advance(1_000)
    return store.rows.size === 1 && store.rows.get('t1')?.subject === 'From the new one'
  })
  expect(await store.readDraft('t1', 'reply')).toBe('half a sentence')
})

/** Texts of all notes on the portal. */
async function bodies(): Promise<string[]> {
  const found: string[] = []
  let after = ''
  for (;;) {
    const { json } = await portal.call(`/v1/bootstrap?limit=1000${after}`)
    for (const { kind, value } of json.records) if (kind === 'message') found.push(value.body)
    if (!json.next) return found
    after = `&after=${json.next}`
  }
}
