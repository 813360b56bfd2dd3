import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { keptMs } from '../../../src-portal/commands/retention'
import type { OpenDatabase } from '../../../src-portal/db/database'
import { pruneCommands } from '../../../src-portal/db/prune-commands'
import { databases } from '../databases'
import { command, type TestPortal, testPortal, ticket } from '../fixture'

const DAY = 86_400_000
/** When the first commands of a test are sent. */
const START = Date.parse('2026-11-02T09:00:00Z')

describe.each(databases)('answers to commands, on $name', (kind) => {
  let database: OpenDatabase
  let portal: TestPortal
  let clock = START
  beforeAll(() => kind.start())
  afterAll(() => kind.stop())
  beforeEach(async () => {
    clock = START
    database = await kind.open()
    portal = await testPortal([ticket('t1'), ticket('t2')], { database, now: () => clock })
  })
  afterEach(() => portal.close())

  const send = async (...commands: object[]) =>
    (await portal.call('/v1/commands', { body: { commands } })).json.results
  /** A command that its author gave at an instant of the portal's clock. */
  const given = (at: number, type: string, fields: Record<string, unknown> = {}) => ({
    ...command(type, 't1', fields),
    at: new Date(at).toISOString(),
  })
  const kept = async () =>
    (await database.db.execute<{ id: string }>(sql`select id from commands order by taken_at, id`)).rows.map(
      ({ id }) => id,
    )

  describe('a conflict', () => {
    const clash = () => given(clock, 'set-priority', { priority: 'P3', reason: 'calmer', baseVersion: 0 })

    test('is kept without the ticket, and given again with the ticket as it is then', async () => {
      await send(given(clock, 'set-priority', { priority: 'P1', baseVersion: 1e6 }))
      const sent = clash()
      const [first] = await send(sent)
      expect(first).toMatchObject({ outcome: 'conflict', current: { value: { priority: 'P1' } } })
      const { rows } = await database.db.execute<{ result: object }>(
        sql`select result from commands where id = ${sent.id}`,
      )
      expect(JSON.stringify(rows[0]?.result)).not.toContain('subject')

      await send(given(clock, 'note', { body: 'meanwhile' }))
      const [again] = await send(sent)
      const { current: then, ...before } = first
      const { current: now, ...same } = again
      expect(same).toEqual({ ...before, duplicate: true })
      expect(now.version).toBeGreaterThan(then.version)
      expect(now.value).toMatchObject({ id: 't1', subject: 'Ticket t1', priority: 'P1' })
    })

    test('is the same when it is sent twice at once, and when it names another ticket the second time', async () => {
      await send(given(clock, 'set-priority', { priority: 'P1', baseVersion: 1e6 }))
      const sent = clash()
      const [once, twice] = await send(sent, sent)
      expect(twice).toEqual({ ...once, duplicate: true })
      const [other] = await send({ ...sent, target: 't2' })
      expect(other).toEqual(twice)
    })
  })

  describe('are kept for a time', () => {
    test('then they go, oldest first and in parts; younger ones stay', async () => {
      const sent = []
      for (let day = 0; day < 10; day += 1) {
        clock = START + day * DAY
        const note = given(clock, 'note', { body: `day ${day}` })
        await send(note)
        sent.push(note.id)
      }
      expect(await pruneCommands(database.db, START + 5 * DAY, { part: 2 })).toBe(5)
      expect(await kept()).toEqual(sent.slice(5))
      expect(await pruneCommands(database.db, START + 5 * DAY, { part: 2 })).toBe(0)
    })

    test('told to stop it stops after a part', async () => {
      const notes = Array.from({ length: 6 }, (_, n) => given(clock, 'note', { body: `${n}` }))
      await send(...notes)
      expect(await pruneCommands(database.db, START + DAY, { part: 2, signal: AbortSignal.abort() })).toBe(2)
    })

    test('a command whose answer has gone is not applied again: its author is asked', async () => {
      const sent = given(clock, 'note', { body: 'only once' })
      await send(sent)
      clock += 90 * DAY
      await pruneCommands(database.db, clock - keptMs(90) + 1)
      expect(await kept()).toEqual([])
      const [answer] = await send(sent)
      expect(answer).toEqual({
        id: sent.id,
        outcome: 'rejected',
        code: 'too-old',
        field: 'at',
        message: expect.stringMatching(
          /written on 2026-11-02, .* remembered for 90 days: .* Look whether it is there/,
        ),
      })
      const { json } = await portal.call('/v1/bootstrap')
      const notes = json.records.filter(
        ({ value }: { value: { body?: string } }) => value.body === 'only once',
      )
      expect(notes).toHaveLength(1)
    })

    test.each([
      ['a desk that was away for a month', 30, 'applied'],
      ['one that was away for 88 days', 88, 'applied'],
      ['one whose answer could be gone by now', 89.5, 'rejected'],
      ['a desk whose clock is ahead', -400, 'applied'],
    ])('%s', async (_name, days, outcome) => {
      const sent = given(clock, 'note', { body: 'x' })
      clock += days * DAY
      expect(await send(sent)).toMatchObject([{ outcome }])
    })
  })
})
