import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { takeCommands } from '../../src-portal/commands/take'
import type { OpenDatabase } from '../../src-portal/db/database'
import { openDatabase } from '../../src-portal/db/open'
import { readWorkspace } from '../../src-portal/db/workspace'
import { writeRecords } from '../../src-portal/db/write-records'
import { readChanges } from '../../src-portal/feed/changes'
import { command, lena, message, people, quiet, T0, ticket } from './fixture'
import { Mirror, portalState } from './mirror'
import { hasPostgres, type PostgresServer, startPostgres } from './real-postgres'

/*
 * No change is ever skipped (portal.md §1). PGlite has one connection, so only a real server can show this: two
 * portal nodes write to the same database while desks read the feed.
 */
describe.skipIf(!hasPostgres)('several writers on one PostgreSQL', () => {
  let server: PostgresServer
  let url: string
  const nodes: OpenDatabase[] = []
  const node = (index: number): OpenDatabase => {
    const found = nodes[index]
    if (!found) throw new Error(`no node ${index}`)
    return found
  }

  beforeAll(async () => {
    server = await startPostgres()
    url = await server.newDatabase()
    // Both at once, on an empty database: one prepares the schema, the other waits for it.
    nodes.push(...(await Promise.all([1, 2].map(() => openDatabase({ kind: 'postgres', url }, quiet)))))
    await writeRecords(node(0).db, [...people, ...Array.from({ length: 5 }, (_, i) => ticket(`t${i}`))])
  })
  afterAll(async () => {
    for (const opened of nodes) await opened.close()
    await server?.stop()
  })

  async function cursorNow(database: OpenDatabase) {
    const { generation, seq } = await readWorkspace(database.db)
    return `${generation}.${seq}`
  }

  test('a change that commits late gets a version after those that readers have seen', async () => {
    const start = await cursorNow(node(0))
    let finish = () => {}
    const held = new Promise<void>((resolve) => {
      finish = resolve
    })
    let wrote = () => {}
    const written = new Promise<void>((resolve) => {
      wrote = resolve
    })
    // The slow writer has its version but has not committed.
    const slow = node(0).db.transaction(async (tx) => {
      await writeRecords(tx, [message('slow', 't0')])
      wrote()
      await held
    })
    await written
    const quick = writeRecords(node(1).db, [message('quick', 't0')])
    // Until the quick one is seen waiting for the lock, it might just not have come that far.
    await expect
      .poll(async () => {
        const { rows } = await node(1).db.execute<{ waiting: number }>(
          sql`select count(*)::int as waiting from pg_locks where not granted`,
        )
        return rows[0]?.waiting
      })
      .toBeGreaterThan(0)
    const meanwhile = await readChanges(node(1).db, start, 100)
    expect(meanwhile?.records).toEqual([])
    finish()
    await Promise.all([slow, quick])
    const after = await readChanges(node(1).db, meanwhile?.cursor ?? '', 100)
    expect(after?.records.map((record) => record.id)).toEqual(['slow', 'quick'])
  })

  test('desks that read while two nodes write end with everything, in order, each change once', async () => {
    const start = await cursorNow(node(0))
    let writing = true
    const desk = async (database: OpenDatabase, limit: number) => {
      const mirror = new Mirror()
      const versions: number[] = []
      let cursor = start
      for (let last = false; ; ) {
        // One more look after the writers are done.
        last = !writing
        const page = await readChanges(database.db, cursor, limit)
        if (!page) throw new Error('the cursor was refused')
        mirror.take(page.records)
        versions.push(...page.records.map((record) => record.version))
        cursor = page.cursor
        if (last && !page.more) return { mirror, versions }
      }
    }
    const write = async (database: OpenDatabase, name: string) => {
      for (let i = 0; i < 40; i++) {
        await Promise.all([
          writeRecords(database.db, [message(`${name}-${i}`, 't1'), message(`${name}-${i}b`, 't1')]),
          takeCommands(
            database.db,
            [command('note', `t${i % 5}`, { body: name, id: crypto.randomUUID() })],
            lena,
            () => T0,
          ),
        ])
      }
    }
    const desks = [desk(node(0), 3), desk(node(1), 7), desk(node(1), 1000)]
    await Promise.all([write(node(0), 'one'), write(node(1), 'two')])
    writing = false

    const { rows } = await node(0).db.execute<{ line: string }>(
      sql`select kind || ' ' || id || ' ' || version as line from records
        where version > ${Number(start.split('.')[1])} and value is not null`,
    )
    expect(rows.length).toBeGreaterThan(200)
    for (const { mirror, versions } of await Promise.all(desks)) {
      expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b))
      expect(mirror.state).toEqual(rows.map((row) => row.line).sort())
    }
    expect((await portalState(node(1).db)).length).toBeGreaterThan(rows.length)
  })

  test('a command sent to both nodes at once is applied by one', async () => {
    const sent = command('reply', 't2', { body: 'once', id: crypto.randomUUID() })
    const results = (
      await Promise.all([0, 1, 0, 1].map((index) => takeCommands(node(index).db, [sent], lena, () => T0)))
    ).flat()
    expect(results.filter((result) => !result.duplicate)).toHaveLength(1)
    expect(new Set(results.map((result) => JSON.stringify({ ...result, duplicate: true }))).size).toBe(1)
  })
})
