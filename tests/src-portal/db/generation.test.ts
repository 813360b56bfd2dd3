import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { OpenDatabase } from '../../../src-portal/db/database'
import { beginGeneration, noticeSetBack } from '../../../src-portal/db/generation'
import { type DatabaseSource, openDatabase } from '../../../src-portal/db/open'
import { readWorkspace } from '../../../src-portal/db/workspace'
import { writeRecords } from '../../../src-portal/db/write-records'
import { formatCursor, parseCursor } from '../../../src-portal/feed/cursor'
import { databases } from '../databases'
import { message, quiet, type TestPortal, template, testPortal, ticket } from '../fixture'
import { hasPostgres, type PostgresServer, startPostgres } from '../real-postgres'
import { readStream } from '../stream-reader'
import { backup } from './set-back'

describe.each(databases)('a database set back to a backup, on $name', (kind) => {
  let database: OpenDatabase
  let portal: TestPortal
  beforeAll(() => kind.start())
  afterAll(() => kind.stop())
  beforeEach(async () => {
    database = await kind.open()
    portal = await testPortal([ticket('t1'), ticket('t2')], { database })
  })
  afterEach(() => portal.close())

  const cursorNow = async () => {
    const workspace = await readWorkspace(database.db)
    return formatCursor(workspace.seq, workspace)
  }
  const generation = async () => (await readWorkspace(database.db)).generation
  const changes = (after: string) => portal.call(`/v1/changes?after=${after}`)
  const write = (...ids: string[]) =>
    writeRecords(
      database.db,
      ids.map((id) => message(id, 't1')),
    )

  test('a desk that is ahead of it starts over, and so does one that comes when it has counted past', async () => {
    const putBack = await backup(database.db)
    await write('undone-1')
    const early = await cursorNow()
    await write('undone-2', 'undone-3')
    const late = await cursorNow()
    await putBack()
    const before = await generation()
    expect((await changes(late)).status).toBe(410)
    expect(await generation()).not.toBe(before)
    await write('new-1', 'new-2')
    expect((await changes(early)).status).toBe(410)
  })

  test('passed by the time anybody asks, it looks right: only who restored it can say so', async () => {
    const putBack = await backup(database.db)
    await write('undone')
    const cursor = await cursorNow()
    await putBack()
    await write('new-1', 'new-2')
    // The message that took the place of the undone one is not told.
    const { json } = await changes(cursor)
    expect(json.records.map(({ id }: { id: string }) => id)).toEqual(['new-2'])
    await beginGeneration(database.db)
    expect((await changes(cursor)).status).toBe(410)
  })

  test('what is written from then on has versions beyond all that were given out before', async () => {
    const putBack = await backup(database.db)
    await write('undone-1', 'undone-2')
    const { seq } = await readWorkspace(database.db)
    await putBack()
    await beginGeneration(database.db)
    expect((await write('new')).version).toBeGreaterThan(seq)
    const first = await portal.call('/v1/bootstrap')
    expect(first.json.records.map(({ id }: { id: string }) => id)).toContain('new')
    expect((await changes(first.json.cursor)).json).toMatchObject({ records: [], more: false })
  })

  test.each([
    ['without a seal', (cursor: string) => cursor.replace(/-[0-9a-f]{16}/, '')],
    ['with a made-up seal', (cursor: string) => cursor.replace(/-[0-9a-f]{16}/, `-${'0'.repeat(16)}`)],
    ['with the seal of another version', (cursor: string) => cursor],
  ])('a cursor ahead of it %s sends its desk back and no other', async (_name, change) => {
    const before = await generation()
    const cursor = change(await cursorNow()).replace(/\d+$/, '999')
    expect(parseCursor(cursor)).toMatchObject({ version: 999 })
    expect((await changes(cursor)).status).toBe(410)
    expect(await generation()).toBe(before)
  })

  test('a cursor of a portal before there were seals is served', async () => {
    const cursor = (await cursorNow()).replace(/-[0-9a-f]{16}/, '')
    await write('later')
    expect((await changes(cursor)).json.records).toMatchObject([{ id: 'later' }])
  })

  test('a running portal notices it, and tells the desks that listen', async () => {
    const putBack = await backup(database.db)
    const stream = await readStream(portal)
    await stream.poke()
    await write('undone-1', 'undone-2')
    const before = parseCursor(await stream.poke())
    await putBack()
    await write('new')
    const after = parseCursor(await stream.poke())
    expect(after?.generation).not.toBe(before?.generation)
    expect(after?.generation).toBe(await generation())
    await stream.cancel()
  })

  test('noticed by two at once, it begins one generation', async () => {
    const { generation: old, seq } = await readWorkspace(database.db)
    const known = { generation: old, version: seq + 1 }
    const warned = vi.fn()
    const log = { ...quiet, warn: warned }
    const noticed = await Promise.all([
      noticeSetBack(database.db, known, log),
      noticeSetBack(database.db, known, log),
    ])
    expect(noticed.filter(Boolean)).toHaveLength(1)
    expect(warned).toHaveBeenCalledOnce()
  })
})

describe('a database that lies elsewhere than last time', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'portal-moved-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const within = async (
    source: DatabaseSource,
    work: (database: OpenDatabase) => Promise<unknown> = async () => {},
  ) => {
    const database = await openDatabase(source, quiet)
    try {
      await work(database)
      return (await readWorkspace(database.db)).generation
    } finally {
      await database.close()
    }
  }

  test('files copied back are another generation, once', async () => {
    const data = path.join(folder, 'data')
    const source: DatabaseSource = { kind: 'folder', folder: data, template: await template() }
    const first = await within(source)
    expect(await within(source)).toBe(first)
    cpSync(data, path.join(folder, 'backup'), { recursive: true, preserveTimestamps: true })
    await within(source, ({ db }) => writeRecords(db, [ticket('undone')]))
    rmSync(data, { recursive: true })
    cpSync(path.join(folder, 'backup'), data, { recursive: true, preserveTimestamps: true })
    const second = await within(source)
    expect(second).not.toBe(first)
    expect(await within(source)).toBe(second)
  })

  describe.skipIf(!hasPostgres)('on PostgreSQL', () => {
    let server: PostgresServer
    beforeAll(async () => {
      server = await startPostgres()
    })
    afterAll(() => server?.stop())

    test('a database made from a copy is another generation, once', async () => {
      const url = await server.newDatabase()
      const name = new URL(url).pathname.slice(1)
      const source: DatabaseSource = { kind: 'postgres', url }
      const first = await within(source)
      expect(await within(source)).toBe(first)
      await asOwner(server, 'postgres', `create database kept template ${name}`)
      await within(source, ({ db }) => writeRecords(db, [ticket('undone')]))
      await asOwner(server, 'postgres', `drop database ${name}`, `create database ${name} template kept`)
      const second = await within(source)
      expect(second).not.toBe(first)
      expect(await within(source)).toBe(second)
    })

    test('a server that does not tell where it lies is used all the same', async () => {
      const url = new URL(await server.newDatabase())
      const name = url.pathname.slice(1)
      await asOwner(server, 'postgres', 'create role shy login', `alter database ${name} owner to shy`)
      await asOwner(server, name, 'revoke execute on function pg_control_system() from public')
      url.username = 'shy'
      await within({ kind: 'postgres', url: url.href }, async (database) => {
        expect(database.origin).toBeUndefined()
        await writeRecords(database.db, [ticket('t')])
      })
    })
  })
})

/** Statements of the server's owner; some want nobody in the database that they are about. */
async function asOwner(server: PostgresServer, database: string, ...statements: string[]): Promise<void> {
  const url = new URL(await server.newDatabase())
  url.pathname = `/${database}`
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}
