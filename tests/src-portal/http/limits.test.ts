import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { OpenDatabase } from '../../../src-portal/db/database'
import { openDatabase } from '../../../src-portal/db/open'
import { openPostgres } from '../../../src-portal/db/postgres'
import { lockSequence, writeRecords } from '../../../src-portal/db/write-records'
import { listen } from '../../../src-portal/http/listen'
import { problemSchema } from '../../../src-shared/portal/calls'
import { readRetryAfter } from '../../../src-shared/sync/backoff'
import {
  type Answer,
  command,
  openMemory,
  quiet,
  type TestPortal,
  type TestPortalOptions,
  testPortal,
  ticket,
} from '../fixture'
import { hasPostgres, type PostgresServer, startPostgres } from '../real-postgres'

let memory: OpenDatabase
beforeAll(async () => {
  memory = await openMemory()
})
afterAll(() => memory.close())

const closing: Array<() => Promise<unknown>> = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function open(options: TestPortalOptions) {
  const portal = await testPortal([ticket('a')], {
    database: { ...memory, close: async () => {} },
    ...options,
  })
  closing.push(portal.close)
  return portal
}

const send = (...commands: unknown[]) => ({ body: { commands } })

function expectWait({ status, headers, json }: Answer, expected: number, code: string) {
  expect(status).toBe(expected)
  expect(problemSchema.parse(json)).toMatchObject({ status, code })
  expect(readRetryAfter(headers.get('retry-after') ?? undefined, 0)).toBeGreaterThanOrEqual(1_000)
}

describe('a token that calls too often', () => {
  const limits = { callsPerSecond: 0.001, burst: 3 }

  test('is told when to come back; others go on', async () => {
    const { call, tokens } = await open({ limits })
    for (let n = 0; n < 3; n++) expect((await call('/v1/session')).status).toBe(200)
    expectWait(await call('/v1/session'), 429, 'too-many-calls')
    expect((await call('/v1/session', { token: tokens.omar })).status).toBe(200)
  })

  test('pays for each command of a batch', async () => {
    const { call } = await open({ limits })
    const commands = Array.from({ length: 5 }, () => command('note', 'a', { body: 'x' }))
    expect((await call('/v1/commands', send(...commands))).json.results).toHaveLength(5)
    expectWait(await call('/v1/session'), 429, 'too-many-calls')
  })

  test('is not charged for calls without it', async () => {
    const { call } = await open({ limits })
    for (let n = 0; n < 5; n++) expect((await call('/v1/session', { token: '' })).status).toBe(401)
    for (let n = 0; n < 5; n++) expect((await call('/healthz', { token: '' })).status).toBe(200)
    expect((await call('/v1/session')).status).toBe(200)
  })

  test('has room for a first sync and a day’s worth of commands by default', async () => {
    const { call } = await open({})
    const statuses = new Set<number>()
    for (let n = 0; n < 300; n++) statuses.add((await call('/v1/nothing')).status)
    const commands = Array.from({ length: 50 }, () => command('note', 'nowhere', { body: 'x' }))
    for (let n = 0; n < 4; n++) statuses.add((await call('/v1/commands', send(...commands))).status)
    expect([...statuses]).toEqual([404, 200])
  })
})

describe('a call whose work takes long', () => {
  /** A portal whose writes wait for `go`. */
  async function slow(limits: TestPortalOptions['limits']) {
    let gate = Promise.resolve()
    let go = () => {}
    const db = new Proxy(memory.db, {
      get: (target, key, self) => {
        if (key !== 'transaction') return Reflect.get(target, key, self)
        return (...args: Parameters<typeof target.transaction>) =>
          gate.then(() => target.transaction(...args))
      },
    })
    const portal = await open({ database: { ...memory, db, close: async () => {} }, limits: limits ?? {} })
    gate = new Promise<void>((resolve) => {
      go = resolve
    })
    return { ...portal, go }
  }

  test('is answered with 503; the command it carried is applied once all the same', async () => {
    const { call, go } = await slow({ callMs: 20 })
    const sent = command('note', 'a', { body: 'x' })
    expectWait(await call('/v1/commands', send(sent)), 503, 'unavailable')
    go()
    await expect
      .poll(async () => (await call('/v1/commands', send(sent))).json.results)
      .toMatchObject([{ outcome: 'applied', duplicate: true }])
  })

  test('keeps its place among those that run at once, also when it was given up', async () => {
    const { call, go } = await slow({ callMs: 20, callsAtOnce: 2 })
    await Promise.all([1, 2].map(() => call('/v1/commands', send(command('note', 'a', { body: 'x' })))))
    expectWait(await call('/v1/session'), 429, 'too-many-calls')
    go()
    await expect.poll(async () => (await call('/v1/session')).status).toBe(200)
  })
})

describe('streams', () => {
  async function reader(portal: TestPortal, token = portal.token) {
    const response = await portal.fetch('/v1/stream', { headers: { authorization: `Bearer ${token}` } })
    const body = response.body?.getReader()
    closing.push(async () => body?.cancel())
    const ended = async () => {
      for (let part = await body?.read(); part && !part.done; part = await body?.read());
      return true
    }
    const hears = async (words: string) => {
      for (let part = await body?.read(); part && !part.done; part = await body?.read()) {
        if (new TextDecoder().decode(part.value).includes(words)) return true
      }
      return false
    }
    return { status: response.status, cancel: () => body?.cancel(), ended, hears }
  }

  test('of one person: one more than may be ends the oldest, nobody else’s', async () => {
    const portal = await open({ limits: { streamsPerAgent: 2, streams: 3 } })
    const others = await reader(portal, portal.tokens.omar)
    const oldest = await reader(portal)
    const younger = await reader(portal)
    // The node has its three, and makes room by the one that goes.
    expect((await reader(portal)).status).toBe(200)
    expect(await oldest.ended()).toBe(true)
    const newest = await writeRecords(portal.database.db, [ticket('b', { status: 'on-hold' })])
    for (const { hears } of [others, younger]) expect(await hears(`.${newest.version}"`)).toBe(true)
    expect((await reader(portal, portal.tokens.omar)).status).toBe(503)
  })

  test('of a node: one that finds no room is told when to ask again, and polls', async () => {
    const portal = await open({ limits: { streams: 1 } })
    const first = await reader(portal)
    const refused = await portal.call('/v1/stream', { token: portal.tokens.omar })
    expectWait(refused, 503, 'unavailable')
    await first.cancel()
    expect((await reader(portal, portal.tokens.omar)).status).toBe(200)
  })
})

test('a node takes no more connections than it may', async () => {
  const server = await listen({
    fetch: () => new Response('hello'),
    host: '127.0.0.1',
    port: 0,
    connections: 1,
  })
  closing.push(server.close)
  const port = Number(new URL(server.url).port)
  const first = connect(port, '127.0.0.1').setEncoding('utf8')
  first.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
  expect((await once(first, 'data'))[0]).toMatch(/^HTTP\/1.1 200/)
  const second = connect(port, '127.0.0.1').on('error', () => {})
  await once(second, 'close')
  first.destroy()
})

describe.skipIf(!hasPostgres)('a PostgreSQL that is busy', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.stop())

  test('a write that waits too long for its lock is told to try again, and then applied', async () => {
    const url = await server.newDatabase()
    const other = await openDatabase({ kind: 'postgres', url }, quiet)
    closing.push(other.close)
    const portal = await testPortal([ticket('a')], { database: await openPostgres(url, quiet, 50) })
    closing.push(portal.close)
    const sent = command('note', 'a', { body: 'x' })
    await other.db.transaction(async (tx) => {
      await lockSequence(tx)
      expectWait(await portal.call('/v1/commands', send(sent)), 503, 'unavailable')
      expect((await portal.call('/v1/session')).status).toBe(200)
    })
    const { json } = await portal.call('/v1/commands', send(sent))
    expect(json.results).toEqual([{ id: sent.id, outcome: 'applied', version: expect.any(Number) }])
  })
})
