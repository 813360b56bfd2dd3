import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createToken } from '../../src-portal/access/tokens'
import type { OpenDatabase } from '../../src-portal/db/database'
import { openDatabase } from '../../src-portal/db/open'
import { writeRecords } from '../../src-portal/db/write-records'
import { type RunningPortal, startPortal } from '../../src-portal/portal'
import type { WireRecord } from '../../src-shared/portal/records'
import { command, message, people, quiet, T0, ticket } from './fixture'
import { hasPostgres, type PostgresServer, startPostgres } from './real-postgres'

/* Two portals as a team would run them, on loopback, behind whatever sends a desk now to the one, now to the other. */
describe.skipIf(!hasPostgres)('two nodes on one PostgreSQL serve one workspace', () => {
  let server: PostgresServer
  let database: OpenDatabase
  let token: string
  let one: RunningPortal
  let two: RunningPortal
  const streams: Array<() => void> = []

  beforeAll(async () => {
    server = await startPostgres()
    const url = await server.newDatabase()
    const open = () => openDatabase({ kind: 'postgres', url }, quiet)
    const start = async () => startPortal({ database: await open(), log: quiet, host: '127.0.0.1', port: 0 })
    database = await open()
    const tickets = Array.from({ length: 30 }, (_, n) => ticket(`t${n}`))
    await writeRecords(database.db, [...people, ...tickets, message('m', 't1')])
    token = await createToken(database.db, { agentId: 'lena', label: 'test', at: new Date(T0) })
    ;[one, two] = await Promise.all([start(), start()])
  })
  afterEach(() => {
    for (const end of streams.splice(0)) end()
  })
  afterAll(async () => {
    await one?.stop()
    await two?.stop()
    await database?.close()
    await server?.stop()
  })

  const authorization = () => ({ authorization: `Bearer ${token}` })
  async function ask(node: RunningPortal, path: string, body?: object) {
    const response = await fetch(`${node.url}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { ...authorization(), ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return { status: response.status, json: await response.json() }
  }
  const ids = (records: readonly WireRecord[]) => records.map(({ id }) => id)

  /** Reads a stream; `until` gives true once the words have come, false when the stream ended first. */
  async function stream(node: RunningPortal) {
    const abort = new AbortController()
    streams.push(() => abort.abort())
    const response = await fetch(`${node.url}/v1/stream`, { headers: authorization(), signal: abort.signal })
    const reader = (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    return async (words: string) => {
      while (!text.includes(words)) {
        const { done, value } = await reader.read()
        if (done) return false
        text += value
      }
      return true
    }
  }

  test('a command taken by one is poked by the other, read there, and known there when it is sent again', async () => {
    const { json: start } = await ask(one, '/v1/bootstrap?limit=1')
    const until = await stream(two)
    const sent = command('reply', 't1', { body: 'hello' })
    const { json: first } = await ask(one, '/v1/commands', { commands: [sent] })
    const [{ version }] = first.results
    expect(await until(`.${version}"`)).toBe(true)
    const { json: changes } = await ask(two, `/v1/changes?after=${start.cursor}`)
    expect(ids(changes.records)).toEqual([sent.id, 't1'])
    const { json: again } = await ask(two, '/v1/commands', { commands: [sent] })
    expect(again.results).toEqual([{ ...first.results[0], duplicate: true }])
  })

  test('a bootstrap begun at one is continued at the other', async () => {
    const records: WireRecord[] = []
    let next: string | undefined = ''
    for (let page = 0; next !== undefined; page++) {
      const after: string = next === '' ? '' : `&after=${next}`
      const { json } = await ask(page % 2 === 0 ? one : two, `/v1/bootstrap?limit=4${after}`)
      records.push(...json.records)
      next = json.next
    }
    const { rows } = await database.db.execute<{ id: string }>(
      sql`select id from records where value is not null`,
    )
    expect(ids(records).sort()).toEqual(rows.map(({ id }) => id).sort())
  })

  test('a node that has lost its ear says so, and is ready again by itself', async () => {
    expect((await ask(two, '/readyz')).status).toBe(200)
    await database.db.execute(sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where pid <> pg_backend_pid() and datname = current_database()`)
    await expect.poll(async () => (await ask(two, '/readyz')).status).toBe(503)
    await expect.poll(async () => (await ask(two, '/readyz')).status, { timeout: 10_000 }).toBe(200)
  })

  // The last one: it stops a node.
  test('when one stops, its streams end and the other goes on', async () => {
    const [ofOne, ofTwo] = [await stream(one), await stream(two)]
    await one.stop()
    expect(await ofOne('never said')).toBe(false)
    const sent = command('note', 't2', { body: 'still here' })
    const { json } = await ask(two, '/v1/commands', { commands: [sent] })
    expect(await ofTwo(`.${json.results[0].version}"`)).toBe(true)
  })
})
