import { type SQL, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCommandQueue } from '../../src-portal/commands/command-queue'
import type { Database, OpenDatabase } from '../../src-portal/db/database'
import { writeRecords } from '../../src-portal/db/write-records'
import { command, lena, omar, openMemory, people, T0, ticket } from './fixture'

let memory: OpenDatabase
beforeAll(async () => {
  memory = await openMemory()
  await writeRecords(memory.db, [...people, ticket('a'), ticket('b')])
})
afterAll(() => memory.close())

/** The database, counting transactions; statements that carry `poison` fail. */
function watched(poison = 'nothing is called this', error = new Error('broken')) {
  const dialect = new PgDialect()
  let transactions = 0
  const failing = (tx: Database): Database =>
    new Proxy(tx, {
      get: (target, key) => {
        const value = Reflect.get(target, key)
        if (key !== 'execute') return typeof value === 'function' ? value.bind(target) : value
        return async (query: SQL) => {
          if (JSON.stringify(dialect.sqlToQuery(query).params).includes(poison)) throw error
          return target.execute(query)
        }
      },
    })
  const db = new Proxy(memory.db, {
    get: (target, key) => {
      if (key !== 'transaction') return Reflect.get(target, key)
      return (work: (tx: Database) => Promise<unknown>) => {
        transactions += 1
        return target.transaction((tx) => work(failing(tx as unknown as Database)))
      }
    },
  })
  return { queue: createCommandQueue(db, () => T0), transactions: () => transactions }
}

const note = (body: string, target = 'a') => command('note', target, { body })
async function bodies(ids: readonly string[]): Promise<unknown[]> {
  const { rows } = await memory.db.execute<{ id: string; body: string }>(
    sql`select id, value ->> 'body' as body from records where kind = 'message'`,
  )
  return ids.map((id) => rows.find((row) => row.id === id)?.body)
}

describe('commands that come while others are being stored', () => {
  test('share a transaction; each gets its own answer, in the order in which they came', async () => {
    const { queue, transactions } = watched()
    const sent = Array.from({ length: 40 }, (_, n) => note(`n${n}`, n % 2 === 0 ? 'a' : 'b'))
    const results = await Promise.all(sent.map((one, n) => queue.take([one], n % 3 === 0 ? omar : lena)))
    expect(transactions()).toBeLessThan(4)
    expect(results.map(([result]) => result?.id)).toEqual(sent.map(({ id }) => id))
    const versions = results.map(([result]) => (result?.outcome === 'applied' ? result.version : 0))
    expect(versions).toEqual([...new Set(versions)].sort((x, y) => x - y))
    expect(await bodies(sent.map(({ id }) => id))).toEqual(sent.map((_, n) => `n${n}`))
  })

  test('see what those before them did', async () => {
    const { queue, transactions } = watched()
    await writeRecords(memory.db, [ticket('c')])
    const first = queue.take([note('keeps the queue busy')], lena)
    const seen = { baseVersion: 1_000_000 }
    const [[claimed], [late], [blind]] = await Promise.all([
      queue.take([command('claim', 'c', seen)], lena),
      queue.take([command('claim', 'c', seen)], lena),
      queue.take([command('claim', 'c')], omar),
    ])
    await first
    expect(transactions()).toBe(2)
    expect(claimed?.outcome).toBe('applied')
    expect(late).toMatchObject({ outcome: 'rejected', code: 'no-change' })
    expect(blind).toMatchObject({ outcome: 'conflict', fields: ['assigneeId'] })
    if (claimed?.outcome !== 'applied' || blind?.outcome !== 'conflict') throw new Error('see above')
    expect(blind.current).toMatchObject({ version: claimed.version, value: { assigneeId: 'lena' } })
  })

  test('the same one twice is applied once', async () => {
    const { queue } = watched()
    const sent = note('once')
    const busy = queue.take([note('busy')], lena)
    const [[first], [again], [theirs]] = await Promise.all([
      queue.take([sent], lena),
      queue.take([sent], lena),
      queue.take([sent], omar),
    ])
    await busy
    expect(again).toEqual({ ...first, duplicate: true })
    expect(theirs).toMatchObject({ outcome: 'rejected', code: 'id-taken' })
  })

  test('are not kept by one that breaks', async () => {
    const { queue } = watched('poison')
    const sent = ['good', 'poison', 'also good'].map((body) => note(body))
    const busy = queue.take([note('busy')], lena)
    const ends = await Promise.allSettled(sent.map((one) => queue.take([one], lena)))
    await busy
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await bodies(sent.map(({ id }) => id))).toEqual(['good', undefined, 'also good'])
  })

  test('are all told at once when the database is away, and the next ones are taken', async () => {
    const away = Object.assign(new Error('gone'), { code: '57P01' })
    const { queue, transactions } = watched('poison', away)
    const sent = ['good', 'poison', 'also good'].map((body) => note(body))
    const busy = queue.take([note('busy')], lena)
    const ends = await Promise.allSettled(sent.map((one) => queue.take([one], lena)))
    await busy
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(transactions()).toBe(2)
    const [good] = sent
    expect((await queue.take([good], lena))[0]).toMatchObject({ id: good?.id, outcome: 'applied' })
  })

  test('that nobody can read need no database', async () => {
    const { queue, transactions } = watched()
    expect(await queue.take(['rubbish', {}], lena)).toMatchObject([
      { outcome: 'rejected', code: 'invalid' },
      { outcome: 'rejected', code: 'invalid' },
    ])
    expect(transactions()).toBe(0)
  })
})
