import { sql } from 'drizzle-orm'
import { getTableConfig } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OpenDatabase } from '../../../src-portal/db/database'
import { type Migration, migrate, migrations } from '../../../src-portal/db/migrate'
import * as schema from '../../../src-portal/db/schema'
import { openMemory } from '../fixture'

let database: OpenDatabase
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())

describe('migrations', () => {
  test('are in order and have names of their own', () => {
    const times = migrations.map((step) => Date.parse(step.at))
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(times.every((at) => at > 0)).toBe(true)
    expect(new Set(migrations.map((step) => step.tag)).size).toBe(migrations.length)
  })

  test.each(Object.entries(schema))('make the table of the schema: %s', async (_name, table) => {
    const config = getTableConfig(table)
    const { rows } = await database.db.execute<{ name: string; optional: boolean }>(sql`
      select column_name as name, is_nullable = 'YES' as optional
      from information_schema.columns where table_name = ${config.name} order by 1`)
    const declared = config.columns.map(({ name, notNull }) => ({ name, optional: !notNull }))
    expect(rows).toEqual(declared.sort((a, b) => (a.name < b.name ? -1 : 1)))
    const indexes = await database.db.execute<{ name: string }>(
      sql`select indexname as name from pg_indexes where tablename = ${config.name} order by 1`,
    )
    const names = indexes.rows.map((row) => row.name).filter((name) => !name.endsWith('_pkey'))
    expect(names).toEqual(config.indexes.map((index) => index.config.name).sort())
  })

  test('done already are not done again, a new one is', async () => {
    await migrate(database.db, 'the database', migrations)
    const next: Migration = {
      tag: '9999-next',
      at: '2098-01-01T00:00:00Z',
      statements: ['create table next (id int)'],
    }
    await migrate(database.db, 'the database', [...migrations, next])
    await migrate(database.db, 'the database', [...migrations, next])
    const { rows } = await database.db.execute<{ n: number }>(
      sql`select count(*)::int as n from drizzle.__drizzle_migrations`,
    )
    expect(rows).toEqual([{ n: migrations.length + 1 }])
    await expect(migrate(database.db, 'the database', migrations)).rejects.toThrow(/newer portal/)
  })

  test('that fail leave nothing', async () => {
    const broken: Migration = {
      tag: 'broken',
      at: '2099-01-01T00:00:00Z',
      statements: ['create table half (id int)', 'create tabel half_more (id int)'],
    }
    await expect(migrate(database.db, 'the database', [...migrations, broken])).rejects.toThrow()
    const { rows } = await database.db.execute(sql`select to_regclass('half') as half`)
    expect(rows).toEqual([{ half: null }])
  })
})
