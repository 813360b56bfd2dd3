import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { takeCommands } from '../../src-portal/commands/take'
import type { OpenDatabase } from '../../src-portal/db/database'
import { openDatabase } from '../../src-portal/db/open'
import { readWorkspace } from '../../src-portal/db/workspace'
import { writeRecords } from '../../src-portal/db/write-records'
import { readChanges } from '../../src-portal/feed/changes'
import { command, lena, message, people, quiet, T0, ticket } from './fixture'
import { Mirror } from './mirror'
import { type Ordering, prepareNaive, withOrdering } from './naive-order'
import { hasPostgres, type PostgresServer, startPostgres } from './real-postgres'

/** Turns of each writer: two transactions, three records and more. */
const ROUNDS = 8

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

  /** Reads the feed as fast as it can until `isOver`, then once more to its end. */
  async function read(database: OpenDatabase, start: string, limit: number, isOver: () => boolean) {
    const mirror = new Mirror()
    const versions: number[] = []
    let cursor = start
    for (;;) {
      const isLast = isOver()
      const page = await readChanges(database.db, cursor, limit)
      if (!page) throw new Error('the cursor was refused')
      mirror.take(page.records)
      versions.push(...page.records.map((record) => record.version))
      cursor = page.cursor
      if (isLast && !page.more) return { seen: new Set(mirror.state), versions }
    }
  }

  /** Eight writers and four readers on two nodes. Gives what each reader was not told. */
  async function race(database: readonly OpenDatabase[], ordering: Ordering) {
    const [one, two] = database
    if (!one || !two) throw new Error('two nodes are needed')
    const start = await cursorNow(one)
    let isOver = false
    const readers = [3, 7, 50, 1000].map((limit, n) =>
      read(n % 2 === 0 ? one : two, start, limit, () => isOver),
    )
    const write = async (writer: number) => {
      const db = withOrdering((writer % 2 === 0 ? one : two).db, ordering)
      for (let i = 0; i < ROUNDS; i++) {
        const name = `${ordering} ${writer} ${i}`
        await writeRecords(db, [message(name, 't1'), message(`${name} b`, 't1')])
        const note = command('note', `t${(writer + i) % 5}`, { body: name, id: crypto.randomUUID() })
        const [result] = await takeCommands(db, [note], lena, () => T0)
        expect(result?.outcome).toBe('applied')
      }
    }
    await Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer)))
    isOver = true
    const { rows } = await one.db.execute<{ line: string }>(
      sql`select kind || ' ' || id || ' ' || version as line from records
        where version > ${Number(start.split('.')[1])} and value is not null`,
    )
    const written = rows.map((row) => row.line)
    expect(written.length).toBeGreaterThan(8 * ROUNDS * 3)
    const ends = await Promise.all(readers)
    return {
      versions: ends.map(({ versions }) => versions),
      skipped: ends.map(({ seen }) => written.filter((line) => !seen.has(line))),
    }
  }

  test('eight writers, four readers: each is told every change, once, in order', async () => {
    const { versions, skipped } = await race(nodes, 'commit order')
    expect(skipped).toEqual([[], [], [], []])
    for (const list of versions) expect(list).toEqual([...new Set(list)].sort((a, b) => a - b))
  })

  test('the same race with versions from a sequence: changes are skipped, so the race would show it', async () => {
    const naiveUrl = await server.newDatabase()
    const open = () => openDatabase({ kind: 'postgres', url: naiveUrl }, quiet)
    const naive = [await open(), await open()]
    try {
      for (const { db } of naive.slice(0, 1)) {
        await writeRecords(db, [...people, ...Array.from({ length: 5 }, (_, i) => ticket(`t${i}`))])
        await prepareNaive(db)
      }
      const { skipped } = await race(naive, 'naive')
      expect(skipped.flat().length).toBeGreaterThan(0)
    } finally {
      for (const opened of naive) await opened.close()
    }
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
