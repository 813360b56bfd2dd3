import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { agentOfToken } from '../../../src-portal/access/tokens'
import { takeCommands } from '../../../src-portal/commands/take'
import { readWorkspace } from '../../../src-portal/db/workspace'
import { type DemoOptions, type DemoWorkspace, openDemo } from '../../../src-portal/demo-workspace/open-demo'
import { readBootstrap } from '../../../src-portal/feed/bootstrap'
import type { Agent } from '../../../src-shared/tickets/people'
import { command, quiet, template } from '../fixture'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NOW = Date.parse('2026-07-08T14:20:00Z')

let dataDir: string
let archive: Uint8Array
let demo: DemoWorkspace | undefined
beforeAll(async () => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'portal-demo-'))
  archive = await template()
})
afterEach(() => close())
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

async function open(now: number, options: Partial<DemoOptions> = {}): Promise<DemoWorkspace> {
  demo = await openDemo({ dataDir, template: archive, seed: 'meridian', now, log: quiet, ...options })
  return demo
}
async function close() {
  await demo?.database.close()
  demo = undefined
}
const generation = async (found: DemoWorkspace) => (await readWorkspace(found.database.db)).generation
const folders = () => readdirSync(dataDir).filter((name) => name.startsWith('demo-'))

/** The newest demo becomes one that an earlier release has made, which had not added all of its history. */
function madeByAnEarlierRelease(at: number) {
  const file = path.join(dataDir, `demo-${at.toString(36)}`, 'demo.json')
  const { edition, ...mark } = JSON.parse(readFileSync(file, 'utf8'))
  expect(edition).toBeGreaterThan(1)
  writeFileSync(file, JSON.stringify({ ...mark, complete: false }))
}

/** Somebody claims a ticket; gives a question whether that is still so. */
async function work(found: DemoWorkspace) {
  const { db } = found.database
  const actor = (await agentOfToken(db, found.people[0]?.token ?? '')) as Agent
  const { rows } = await db.execute<{ id: string }>(
    sql`select id from records where kind = 'ticket' and open and value ->> 'assigneeId' is null limit 1`,
  )
  const target = rows[0]?.id ?? ''
  const sent = command('claim', target, { id: crypto.randomUUID(), baseVersion: 1_000_000 })
  expect(await takeCommands(db, [sent], actor, () => NOW)).toMatchObject([{ outcome: 'applied' }])
  return async (later: DemoWorkspace) => {
    const now = await later.database.db.execute<{ owner: string }>(
      sql`select value ->> 'assigneeId' as owner from records where kind = 'ticket' and id = ${target}`,
    )
    return now.rows[0]?.owner === actor.id
  }
}

// One story: each step begins with what the one before has left.
describe('the demo workspace', { sequential: true }, () => {
  let first: string
  let isClaimed: (later: DemoWorkspace) => Promise<boolean>
  let token: string

  test('is there at once: the whole queue and three people with good tokens', async () => {
    const made = await open(NOW)
    first = await generation(made)
    token = made.people[0]?.token ?? ''
    expect(await readWorkspace(made.database.db)).toMatchObject({ id: 'demo' })
    expect(made.people.map((person) => person.role).sort()).toEqual(['backline', 'l1', 'supervisor'])
    for (const person of made.people) {
      expect(await agentOfToken(made.database.db, person.token)).toMatchObject({
        id: person.agentId,
        name: person.name,
      })
    }
    const { rows } = await made.database.db.execute<{ open: number }>(
      sql`select count(*)::int as open from records where kind = 'ticket' and open`,
    )
    expect(rows[0]?.open).toBeGreaterThan(300)
    expect((await readBootstrap(made.database.db, undefined, 1000))?.records).toHaveLength(1000)
  }, 30_000)

  test('is the same after a restart, with new tokens', async () => {
    const again = await open(NOW + 5 * MINUTE)
    expect(await generation(again)).toBe(first)
    expect(await agentOfToken(again.database.db, token)).toBeUndefined()
    expect(await agentOfToken(again.database.db, again.people[0]?.token ?? '')).toBeDefined()
  })

  test('of half an hour ago is made again when nobody has worked in it: its alarms have gone by', async () => {
    const later = await open(NOW + 31 * MINUTE)
    expect(await generation(later)).not.toBe(first)
    expect(await readWorkspace(later.database.db)).toMatchObject({ id: 'demo' })
    isClaimed = await work(later)
    first = await generation(later)
  }, 30_000)

  test('keeps for half a day what somebody has done in it', async () => {
    const later = await open(NOW + 12 * HOUR)
    expect(await generation(later)).toBe(first)
    expect(await isClaimed(later)).toBe(true)
  })

  test('is made again after that, and the old ones are removed', async () => {
    const later = await open(NOW + 13 * HOUR)
    expect(await generation(later)).not.toBe(first)
    expect(folders()).toHaveLength(1)
  }, 30_000)

  test('of a clock that was ahead is made again', async () => {
    first = await generation(await open(NOW + 13 * HOUR))
    await close()
    expect(await generation(await open(NOW + 12.5 * HOUR))).not.toBe(first)
  }, 30_000)

  test('of another seed is another one', async () => {
    first = await generation(await open(NOW + 13 * HOUR))
    await close()
    expect(await generation(await open(NOW + 13 * HOUR, { seed: 'other' }))).not.toBe(first)
  }, 30_000)

  test('of an earlier release is made again, unless somebody works in it: then it stays as it is', async () => {
    const at = NOW + 13 * HOUR
    madeByAnEarlierRelease(at)
    const fresh = await open(at + 2 * MINUTE, { seed: 'other' })
    expect(await generation(fresh)).not.toBe(first)
    first = await generation(fresh)
    const isStillClaimed = await work(fresh)
    await close()
    madeByAnEarlierRelease(at + 2 * MINUTE)
    const kept = await open(at + 3 * MINUTE, { seed: 'other' })
    expect(await generation(kept)).toBe(first)
    expect(await isStillClaimed(kept)).toBe(true)
    expect(await kept.complete).toBe(true)
    const { rows } = await kept.database.db.execute<{ closed: number }>(
      sql`select count(*)::int as closed from records where kind = 'ticket' and not open`,
    )
    expect(rows[0]?.closed).toBeLessThan(100)
  }, 40_000)

  test('that is damaged is kept aside while a new one serves, even without a good template', async () => {
    const at = NOW + 13 * HOUR + 2 * MINUTE
    const damaged = path.join(dataDir, `demo-${at.toString(36)}`)
    rmSync(path.join(damaged, 'postgres', 'PG_VERSION'))
    const fresh = await open(at + 3 * MINUTE, { seed: 'other', template: new Uint8Array([1, 2, 3]) })
    expect(fresh.people).toHaveLength(3)
    expect(existsSync(damaged)).toBe(true)
  }, 40_000)
})
