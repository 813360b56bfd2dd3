import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { decodeRecord, type WireRecord } from '#shared/portal/records'
import { openDataFolder } from '../../../src-portal/db/data-folder'
import type { Database, OpenDatabase } from '../../../src-portal/db/database'
import { migrations } from '../../../src-portal/db/migrate'
import { type DatabaseSource, openDatabase } from '../../../src-portal/db/open'
import { openPostgres } from '../../../src-portal/db/postgres'
import { readWorkspace } from '../../../src-portal/db/workspace'
import { createApp } from '../../../src-portal/http/app'
import { command, quiet, template } from '../fixture'
import { hasPostgres, type PostgresServer, startPostgres } from '../real-postgres'

/*
 * Databases of earlier portals, opened by today's: nothing is lost and everything is served. When a schema has been
 * released and a later one is added, a database of the released one is filled with what that release could store and
 * kept in releases/ under the tag of its newest step.
 */
const FOLDER = path.join(import.meta.dirname, 'releases')
const releases = readdirSync(FOLDER).map((file) => file.replace(/\.sql$/, ''))
const statements = (release: string) =>
  readFileSync(path.join(FOLDER, `${release}.sql`), 'utf8')
    .split(/;\n/)
    .filter((statement) => statement.trim() !== '')

const token = (who: string) => `mrd_released-${who}`.padEnd(47, '0')

describe('released schemas', () => {
  test('all have a database here; only the newest may not be released yet', () => {
    expect(releases).toEqual(migrations.slice(0, releases.length).map(({ tag }) => tag))
    expect(migrations.length - releases.length).toBeLessThanOrEqual(1)
  })

  test.each(releases)('%s was not changed afterwards', (release) => {
    const step = migrations.find(({ tag }) => tag === release)
    const hash = createHash('sha256')
      .update(step?.statements.join('\n') ?? '')
      .digest('hex')
    expect(statements(release).join('\n')).toContain(hash)
  })
})

type Kind = {
  readonly name: string
  /** A new database, before any portal has seen it: how to open it as it is, and where a portal finds it. */
  readonly make: () => Promise<{ readonly raw: () => Promise<OpenDatabase>; readonly source: DatabaseSource }>
}
let folder: string
let server: PostgresServer | undefined
const pglite: Kind = {
  name: 'PGlite',
  make: async () => {
    const archive = await template()
    return { raw: () => openDataFolder(folder, archive), source: { kind: 'folder', folder } }
  },
}
const postgres: Kind = {
  name: 'PostgreSQL',
  make: async () => {
    const url = (await server?.newDatabase()) ?? ''
    return { raw: () => openPostgres(url, quiet), source: { kind: 'postgres', url } }
  },
}

beforeAll(async () => {
  if (hasPostgres) server = await startPostgres()
})
afterAll(() => server?.stop())
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'portal-release-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const kinds = hasPostgres ? [pglite, postgres] : [pglite]
describe.each(kinds)('on $name', ({ make }) => {
  test.each(releases)('a database of %s is brought forward with all that is in it', async (release) => {
    const { raw, source } = await make()
    const old = await raw()
    for (const statement of statements(release)) await old.db.execute(sql.raw(statement))
    const before = await everything(old.db)
    await old.close()

    const opened = await openDatabase(source, quiet)
    expect(await everything(opened.db)).toEqual(before)
    await isServed(opened)
    await opened.close()

    // Brought forward once, it stays so.
    const again = await openDatabase(source, quiet)
    const { rows } = await again.db.execute<{ n: number }>(
      sql`select count(*)::int as n from drizzle.__drizzle_migrations`,
    )
    expect(rows).toEqual([{ n: migrations.length }])
    await again.close()
  })
})

/** What every release stores. Steps that move data list here what it becomes. */
async function everything(db: Database) {
  const tables = {
    workspace: 'id, name, generation, seq, created_at',
    records: 'kind, id, version, value, ticket_id, open, open_changed_in, sort_at',
    commands: 'id, agent_id, type, target, result, taken_at',
    tokens: 'hash, agent_id, label, created_at, revoked_at',
  }
  const all: Record<string, string[]> = {}
  for (const [table, columns] of Object.entries(tables)) {
    const { rows } = await db.execute<{ row: string }>(
      sql.raw(`select row_to_json(t)::text as row from (select ${columns} from ${table} order by 1, 2) t`),
    )
    all[table] = rows.map(({ row }) => row)
  }
  expect(all.records?.length).toBeGreaterThan(10)
  return all
}

async function isServed(database: OpenDatabase): Promise<void> {
  const pokes = { current: () => '', subscribe: () => () => {}, stop: () => {} }
  const presence = { current: () => [], subscribe: () => () => {}, say: async () => {}, stop: () => {} }
  const app = createApp({ database, pokes, presence, log: quiet })
  const call = async (url: string, { as = 'lena', body }: { as?: string; body?: object } = {}) => {
    const response = await app.request(url, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${token(as)}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return { status: response.status, json: await response.json() }
  }
  const workspace = await readWorkspace(database.db)
  expect((await call('/v1/session')).json).toMatchObject({
    workspace: { id: 'ws-released', name: 'Released' },
    agent: { id: 'lena', role: 'l1' },
  })
  expect((await call('/v1/session', { as: 'omar' })).status).toBe(401)

  const found: WireRecord[] = []
  for (let after = ''; ; ) {
    const { json } = await call(`/v1/bootstrap?limit=3${after}`)
    found.push(...json.records)
    if (!json.next) break
    after = `&after=${json.next}`
  }
  expect(found.map(({ kind, id }) => `${kind} ${id}`).sort()).toEqual([
    'agent lena',
    'agent omar',
    'agent sue',
    'calendar emea-london',
    'contact kim',
    'message 00000000-0000-4000-8000-000000000001',
    'message 00000000-0000-4000-8000-000000000002',
    'message 00000000-0000-4000-8000-000000000005',
    'message m1',
    'message m2',
    'organization acme',
    'policy bigpanda',
    'ticket closed',
    'ticket open',
  ])
  for (const record of found) expect(decodeRecord(record)).not.toHaveProperty('problem')

  // A desk goes on from where it was, and learns of the deletion.
  const { json: changes } = await call(`/v1/changes?after=${workspace.generation}.12`)
  expect(changes.records[0]).toEqual({ kind: 'ticket', id: 'gone', version: 13 })

  // An answer that a desk never got is still the answer, and what it sends now is taken.
  const sent = ['reply', 'set-priority', 'set-priority', 'claim'].map((type, n) => ({
    ...command(type, type === 'claim' ? 'nowhere' : 'open'),
    id: `00000000-0000-4000-8000-00000000000${n + 1}`,
    ...(type === 'reply' ? { body: 'We are on it' } : {}),
    ...(type === 'set-priority' ? { priority: 'P1' } : {}),
  }))
  const fresh = { ...command('note', 'open', { body: 'new' }), id: '10000000-0000-4000-8000-000000000000' }
  const { json } = await call('/v1/commands', { body: { commands: [...sent, fresh] } })
  expect(json.results).toMatchObject([
    { outcome: 'applied', version: 21, duplicate: true },
    { outcome: 'applied', version: 29, duplicate: true },
    { outcome: 'conflict', fields: ['priority'], current: { kind: 'ticket', id: 'open' }, duplicate: true },
    { outcome: 'rejected', code: 'not-found', duplicate: true },
    { outcome: 'applied' },
  ])
}
