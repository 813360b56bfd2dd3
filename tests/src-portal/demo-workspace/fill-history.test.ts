import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenDatabase } from '../../../src-portal/db/database'
import { type RecordInput, writeRecords } from '../../../src-portal/db/write-records'
import { fillHistory } from '../../../src-portal/demo-workspace/fill-history'
import { message, openMemory, ticket } from '../fixture'

let database: OpenDatabase
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())

const batches = (count: number): RecordInput[][] =>
  Array.from({ length: count }, (_, i) => [
    ticket(`h${i}`, { status: 'closed' }),
    message(`h${i}-m`, `h${i}`),
  ])
async function tickets() {
  const { rows } = await database.db.execute<{ line: string }>(
    sql`select id || ' ' || coalesce(value ->> 'status', 'deleted') as line from records where kind = 'ticket' order by id`,
  )
  return rows.map((row) => row.line)
}

test('filling that is cut off goes on later, and leaves alone what people did meanwhile', async () => {
  let filling = fillHistory(database.db, () => cutAfterTwo())
  function* cutAfterTwo() {
    for (const [index, batch] of batches(4).entries()) {
      if (index === 2) filling.stop()
      yield batch
    }
  }
  expect(await filling.done).toBe(false)
  expect(await tickets()).toEqual(['h0 closed', 'h1 closed', 'h2 closed'])

  await writeRecords(database.db, [
    ticket('h0', { status: 'open' }),
    { kind: 'ticket', id: 'h1', value: undefined },
  ])
  filling = fillHistory(database.db, () => batches(4))
  expect(await filling.done).toBe(true)
  expect(await tickets()).toEqual(['h0 open', 'h1 deleted', 'h2 closed', 'h3 closed'])
})

test('a failure is told', async () => {
  const broken = [[ticket('x', { number: '' })]]
  await expect(fillHistory(database.db, () => broken).done).rejects.toThrow(/number/)
})
