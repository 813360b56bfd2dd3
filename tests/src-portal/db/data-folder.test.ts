import { spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OpenDatabase } from '../../../src-portal/db/database'
import { openDatabase } from '../../../src-portal/db/open'
import { readWorkspace } from '../../../src-portal/db/workspace'
import { writeRecords } from '../../../src-portal/db/write-records'
import { PortalError } from '../../../src-portal/portal-error'
import { quiet, template, ticket } from '../fixture'
import { portalState } from '../mirror'

let folder: string
const opened: OpenDatabase[] = []
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'portal-data-'))
})
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close()
  rmSync(folder, { recursive: true, force: true })
})

async function open(): Promise<OpenDatabase> {
  const database = await openDatabase({ kind: 'folder', folder, template: await template() }, quiet)
  opened.push(database)
  return database
}
async function close() {
  await opened.pop()?.close()
}
const refusal = () =>
  open().then(
    () => 'opened',
    (error: unknown) => {
      expect(error).toBeInstanceOf(PortalError)
      return error instanceof Error ? error.message : ''
    },
  )
const inCluster = (...names: string[]) => path.join(folder, 'postgres', ...names)

describe('a data folder', () => {
  test('keeps what was written, its workspace and its generation', async () => {
    const first = await open()
    await writeRecords(first.db, [ticket('a')])
    const before = await readWorkspace(first.db)
    await close()
    const again = await open()
    expect(await readWorkspace(again.db)).toEqual(before)
    expect(await portalState(again.db)).toEqual(['ticket a 1'])
  })

  test('of another database made from the same template is told apart', async () => {
    const first = await readWorkspace((await open()).db)
    await close()
    rmSync(folder, { recursive: true })
    const second = await readWorkspace((await open()).db)
    expect(second.generation).not.toBe(first.generation)
    expect(second.id).not.toBe(first.id)
  })

  test('is opened by one portal at a time', async () => {
    await open()
    expect(await refusal()).toMatch(
      new RegExp(`${folder} is in use by another portal \\(process ${process.pid} on .*Stop that one`),
    )
    await close()
    await open()
  })

  test('whose portal was killed is taken over', async () => {
    const child = spawn(process.execPath, ['-e', 'process.exit()'])
    await new Promise((resolve) => child.once('exit', resolve))
    const gone = { pid: child.pid, host: os.hostname(), started: '1' }
    writeFileSync(path.join(folder, 'portal.lock'), JSON.stringify(gone))
    await open()
  })

  test('whose number of process now belongs to another is taken over', {
    skip: process.platform !== 'linux',
  }, async () => {
    const reused = { pid: process.pid, host: os.hostname(), started: '1' }
    writeFileSync(path.join(folder, 'portal.lock'), JSON.stringify(reused))
    await open()
  })

  test('locked from another machine, or with a lock that says nothing, is left alone', async () => {
    const lock = path.join(folder, 'portal.lock')
    writeFileSync(lock, JSON.stringify({ pid: 1, host: 'elsewhere', started: '1' }))
    expect(await refusal()).toContain('process 1 on elsewhere')
    writeFileSync(lock, '')
    expect(await refusal()).toContain(`if no portal is running, delete ${lock}`)
    expect(existsSync(lock)).toBe(true)
  })

  test('whose making was cut off is made again', async () => {
    mkdirSync(path.join(folder, 'postgres.new-cut-off', 'base'), { recursive: true })
    await open()
    expect(readdirSync(folder).sort()).toEqual(['portal.lock', 'postgres'])
  })
})

describe('a database that can not be used is refused and kept', () => {
  /** A folder with a database in it, to be copied. */
  let sound: string
  beforeAll(async () => {
    sound = mkdtempSync(path.join(os.tmpdir(), 'portal-data-'))
    const database = await openDatabase({ kind: 'folder', folder: sound, template: await template() }, quiet)
    await writeRecords(database.db, [ticket('a')])
    await database.close()
  })
  afterAll(() => rmSync(sound, { recursive: true, force: true }))
  beforeEach(() => cpSync(sound, folder, { recursive: true }))

  /** All files but those that PostgreSQL makes and removes by itself whenever it starts. */
  const files = () =>
    readdirSync(inCluster(), { recursive: true })
      .map(String)
      .filter((name) => !/postmaster\.pid$|pg_internal\.init$/.test(name))
      .sort()

  test.each([
    ['without PG_VERSION', () => rmSync(inCluster('PG_VERSION')), /damaged.*PG_VERSION/],
    ['with half a control file', () => truncateSync(inCluster('global', 'pg_control'), 100), /damaged/],
    ['without its control file', () => rmSync(inCluster('global', 'pg_control')), /damaged/],
    ['without its data', () => rmSync(inCluster('base'), { recursive: true }), /damaged/],
    [
      'of another PostgreSQL',
      () => writeFileSync(inCluster('PG_VERSION'), '17\n'),
      /is of PostgreSQL 17, this portal has 18/,
    ],
  ])('%s', async (_what, damage, message) => {
    damage()
    const before = files()
    const said = await refusal()
    expect(said).toMatch(message)
    expect(said).toContain(inCluster())
    expect(said).toMatch(/Nothing was (deleted|changed)/)
    expect(files()).toEqual(before)
    expect(existsSync(path.join(folder, 'portal.lock'))).toBe(false)
  })

  test('whose tables are not those of a portal', async () => {
    const odd = await open()
    await odd.db.execute(sql`alter table drizzle.__drizzle_migrations drop column created_at`)
    await close()
    expect(await refusal()).toMatch(/can't be prepared \(.*created_at.*Nothing was deleted/)
  })

  test('that a newer portal has written', async () => {
    const older = await open()
    await older.db.execute(
      sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', ${Date.parse('2099-01-01T00:00:00Z')})`,
    )
    await close()
    expect(await refusal()).toMatch(
      /was written by a newer portal.*2099-01-01.*Nothing was changed. Update this portal/,
    )
    expect(readFileSync(inCluster('PG_VERSION'), 'utf8')).toBe('18\n')
  })
})
