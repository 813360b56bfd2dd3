import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { revokeTokens } from '../../src-portal/access/tokens'
import type { OpenDatabase } from '../../src-portal/db/database'
import { openDatabase } from '../../src-portal/db/open'
import { writeRecords } from '../../src-portal/db/write-records'
import {
  command,
  message,
  openMemory,
  quiet,
  T0,
  type TestPortal,
  type TestPortalOptions,
  testPortal,
  ticket,
} from './fixture'
import { hasPostgres, type PostgresServer, startPostgres } from './real-postgres'
import { readStream } from './stream-reader'

let memory: OpenDatabase
beforeAll(async () => {
  memory = await openMemory()
})
afterAll(() => memory.close())

const opened: Array<() => Promise<unknown>> = []
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})

async function listen(portal: TestPortal) {
  const stream = await readStream(portal)
  opened.push(stream.cancel)
  return stream
}

let made = 0
/** A portal of its own on the database that all share, which outlives it. */
async function open(options: TestPortalOptions = {}) {
  made += 1
  const database = { ...memory, close: async () => {} }
  const portal = await testPortal([ticket('a'), message(`m${made}`, 'a')], { database, ...options })
  opened.push(portal.close)
  return portal
}
const changes = async (portal: TestPortal, cursor: string) =>
  (await portal.call(`/v1/changes?after=${cursor}`)).json.records.map((record: { id: string }) => record.id)

describe('the stream', () => {
  test('pokes at once with the newest cursor, and after each command', async () => {
    const portal = await open()
    const stream = await listen(portal)
    const cursor = await stream.poke()
    expect(await changes(portal, cursor)).toEqual([])

    const sent = command('note', 'a', { body: 'x' })
    await portal.call('/v1/commands', { body: { commands: [sent] } })
    const newer = await stream.poke()
    expect(newer).not.toBe(cursor)
    expect(await changes(portal, cursor)).toEqual([sent.id, 'a'])
    expect(await changes(portal, newer)).toEqual([])
  })

  test('pokes when a source writes, not when a command is refused', async () => {
    const portal = await open()
    const stream = await listen(portal)
    await stream.poke()
    await portal.call('/v1/commands', { body: { commands: [command('note', 'nowhere', { body: 'x' })] } })
    const { version } = await writeRecords(portal.database.db, [ticket('b')])
    expect(await stream.poke()).toMatch(new RegExp(`\\.${version}$`))
  })

  test('pokes for many changes in a row a few times, the last time with the newest', async () => {
    const portal = await open()
    const stream = await listen(portal)
    await stream.poke()
    const notes = Array.from({ length: 40 }, () => command('note', 'a', { body: 'x' }))
    for (const note of notes) await portal.call('/v1/commands', { body: { commands: [note] } })
    const { version } = await writeRecords(portal.database.db, [ticket('last')])
    let pokes = 1
    while (!(await stream.poke()).endsWith(`.${version}`)) pokes += 1
    expect(pokes).toBeLessThan(30)
  })

  test('tells who reads slowly only the newest', async () => {
    const portal = await open()
    const quick = await listen(portal)
    const slow = await listen(portal)
    await quick.poke()
    for (const id of ['p', 'q', 'r', 's']) {
      await writeRecords(portal.database.db, [ticket(id)])
      await quick.poke()
    }
    const first = await slow.poke()
    const second = await slow.poke()
    expect(await changes(portal, first)).toEqual(['p', 'q', 'r', 's'])
    expect((await changes(portal, second)).length).toBeLessThan(4)
  })

  test('has a heartbeat while nothing happens', async () => {
    const stream = await listen(await open({ heartbeatMs: 5 }))
    await stream.poke()
    expect(await stream.next()).toEqual({ event: 'heartbeat', data: {} })
    expect(await stream.next()).toEqual({ event: 'heartbeat', data: {} })
  })

  test('ends when its token is revoked', async () => {
    const portal = await open({ heartbeatMs: 5 })
    const stream = await listen(portal)
    await revokeTokens(portal.database.db, { token: portal.token }, new Date(T0))
    await expect(
      (async () => {
        while (await stream.next());
        return 'ended'
      })(),
    ).resolves.toBe('ended')
  })

  test('ends when the portal stops', async () => {
    const portal = await open()
    const stream = await listen(portal)
    await stream.poke()
    await portal.close()
    expect(await stream.next()).toBeUndefined()
  })

  describe.skipIf(!hasPostgres)('of two nodes on one PostgreSQL', () => {
    let server: PostgresServer
    beforeAll(async () => {
      server = await startPostgres()
    })
    afterAll(() => server.stop())

    /** A stream of one node, and the other node. */
    async function nodes() {
      const url = await server.newDatabase()
      const [one, two] = await Promise.all([1, 2].map(() => openDatabase({ kind: 'postgres', url }, quiet)))
      if (!one || !two) throw new Error('not open')
      opened.push(two.close)
      const stream = await listen(await open({ database: one }))
      await stream.poke()
      return { stream, other: two.db }
    }

    test('pokes for what the other has written', async () => {
      const { stream, other } = await nodes()
      const { version } = await writeRecords(other, [ticket('b')])
      expect(await stream.poke()).toMatch(new RegExp(`\\.${version}$`))
    })

    test('goes on poking after the connection to the database was lost', async () => {
      const { stream, other } = await nodes()
      await other.execute(sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where pid <> pg_backend_pid() and datname = current_database()`)
      const { version } = await writeRecords(other, [ticket('b')])
      expect(await stream.poke()).toMatch(new RegExp(`\\.${version}$`))
    })
  })
})
