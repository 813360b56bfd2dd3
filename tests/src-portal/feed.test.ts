import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OpenDatabase } from '../../src-portal/db/database'
import { type RecordInput, writeRecords } from '../../src-portal/db/write-records'
import { readBootstrap } from '../../src-portal/feed/bootstrap'
import { readChanges } from '../../src-portal/feed/changes'
import { bootstrapPageSchema, changesPageSchema } from '../../src-shared/portal/calls'
import { decodeRecord, type WireRecord } from '../../src-shared/portal/records'
import { databases } from './databases'
import { message, people, T0, ticket } from './fixture'
import { Mirror, portalState } from './mirror'

const HOUR = 3_600_000

const reference: readonly RecordInput[] = [
  ...people,
  {
    kind: 'organization',
    id: 'acme',
    value: {
      id: 'acme',
      name: 'Acme',
      plan: 'premium',
      region: 'EMEA',
      calendarId: 'emea',
      policyId: 'bigpanda',
      zone: 'Europe/Berlin',
    },
  },
  { kind: 'contact', id: 'kim', value: { id: 'kim', organizationId: 'acme', name: 'Kim' } },
  {
    kind: 'calendar',
    id: 'emea',
    value: {
      id: 'emea',
      zone: 'Europe/Berlin',
      week: { mon: [['09:00', '17:00']] },
      hoursPerDay: 8,
      holidays: [],
      exceptions: [],
    },
  },
]

function conversation(id: string, messages: number, fields: Parameters<typeof ticket>[1]): RecordInput[] {
  return [ticket(id, fields), ...Array.from({ length: messages }, (_, i) => message(`${id}-${i}`, id))]
}

describe.each(databases)('the feed on $name', (kind) => {
  let database: OpenDatabase
  beforeAll(async () => {
    await kind.start()
    database = await kind.open()
  })
  afterAll(async () => {
    await database?.close()
    await kind.stop()
  })
  beforeEach(async () => {
    await database.db.execute(sql`delete from records`)
    await database.db.execute(sql`update workspace set seq = 0`)
  })
  const write = (...records: RecordInput[]) => writeRecords(database.db, records)

  async function pages(limit: number) {
    const found = []
    for (let after: string | undefined, first = true; first || after; first = false) {
      const page = bootstrapPageSchema.parse(await readBootstrap(database.db, after, limit))
      found.push(page)
      after = page.next
    }
    return found
  }
  async function changesSince(cursor: string, limit = 1000) {
    const records: WireRecord[] = []
    for (let more = true; more; ) {
      const page = changesPageSchema.parse(await readChanges(database.db, cursor, limit))
      records.push(...page.records)
      cursor = page.cursor
      more = page.more
    }
    return { records, cursor }
  }

  describe('bootstrap', () => {
    beforeEach(() =>
      write(
        ...conversation('old', 2, { status: 'closed', createdAt: T0 - 9 * HOUR }),
        ...conversation('solved', 1, { status: 'solved', createdAt: T0 - 2 * HOUR }),
        ...conversation('early', 3, { status: 'waiting-on-customer', createdAt: T0 - 5 * HOUR }),
        ...conversation('late', 2, { createdAt: T0 - HOUR }),
        message('lost', 'no-such-ticket'),
        ...reference,
      ),
    )

    test('gives reference data, then open tickets with their messages, then closed ones, newest first', async () => {
      const all = (await pages(1000)).map((page) => page.records.map(({ kind, id }) => `${kind} ${id}`))
      expect(all).toEqual([
        [
          'calendar emea',
          'agent lena',
          'agent omar',
          'agent sue',
          'organization acme',
          'contact kim',
          'ticket late',
          'ticket early',
          'message early-0',
          'message early-1',
          'message early-2',
          'message late-0',
          'message late-1',
        ],
        ['ticket solved', 'ticket old', 'message old-0', 'message old-1', 'message solved-0', 'message lost'],
      ])
    })

    test.each([1, 2, 3, 4, 5, 7, 11])(
      'gives each record once in pages of %i, progress included',
      async (limit) => {
        const all = await pages(limit)
        const keys = all.flatMap((page) => page.records.map(({ kind, id }) => `${kind} ${id}`))
        expect(new Set(keys).size).toBe(19)
        expect(keys).toHaveLength(19)
        expect(all.every((page) => page.records.length <= limit)).toBe(true)
        let done = 0
        for (const page of all) {
          done += page.records.length
          expect(page.progress).toMatchObject({ done, total: 19 })
          expect(page.cursor).toBe(all[0]?.cursor)
        }
      },
    )

    test.each([1, 2, 3, 5, 1000])(
      'says with the last page of open tickets that they are complete (%i)',
      async (limit) => {
        const all = await pages(limit)
        const complete = all.findIndex((page) => page.progress.openDone)
        const upTo = all.slice(0, complete + 1).flatMap((page) => page.records.map((record) => record.id))
        expect(upTo.at(-1)).toBe(limit < 3 ? 'early-2' : upTo.at(-1))
        expect(upTo).toHaveLength(13)
        expect(all.slice(complete).every((page) => page.progress.openDone)).toBe(true)
      },
    )

    test('gives the same page again when asked again', async () => {
      const first = await readBootstrap(database.db, undefined, 4)
      const second = await readBootstrap(database.db, first?.next, 4)
      expect(await readBootstrap(database.db, first?.next, 4)).toEqual(second)
    })

    test('every record can be decoded', async () => {
      for (const page of await pages(5)) {
        for (const record of page.records) expect(decodeRecord(record)).toHaveProperty('record')
      }
    })

    test('of an empty workspace is one page, or two', async () => {
      await database.db.execute(sql`delete from records`)
      const all = await pages(10)
      expect(all.flatMap((page) => page.records)).toEqual([])
      expect(all.at(-1)?.progress).toEqual({ done: 0, total: 0, openDone: true })
    })

    test.each(['', 'nonsense', 'e30', Buffer.from('{"generation":"x"}').toString('base64url')])(
      'knows that it never wrote the page %j',
      async (after) => {
        expect(await readBootstrap(database.db, after, 10)).toBeUndefined()
      },
    )
  })

  /** One thing that happens in the portal while a desk is reading. */
  type Event = readonly [what: 'flip' | 'touch' | 'add' | 'talk' | 'drop' | 'hush' | 'back', which: number]
  const events = fc.array(
    fc.tuple(
      fc.constantFrom('flip', 'touch', 'add', 'talk', 'drop', 'hush', 'back'),
      fc.nat(11),
    ) as fc.Arbitrary<Event>,
    { maxLength: 4 },
  )
  async function happen([what, which]: Event, at: number) {
    const id = `t${which}`
    const { rows } = await database.db.execute<{ value: { status: string } | null }>(
      sql`select value from records where kind = 'ticket' and id = ${id}`,
    )
    const open = rows[0]?.value?.status === 'open'
    // Every other ticket is from the past, where a page may already have been.
    const createdAt = T0 - (which % 2) * HOUR * which
    const status = open === (what === 'flip') ? 'closed' : 'open'
    if (what === 'flip' || what === 'touch') {
      await write(ticket(id, { status, createdAt, subject: `At ${at}` }))
    }
    if (what === 'add')
      await write(ticket(`new${at}`, { createdAt: T0 + at }), message(`new${at}-m`, `new${at}`))
    if (what === 'talk') await write(message(`${id}-late${at}`, id))
    if (what === 'drop') await write({ kind: 'ticket', id, value: undefined })
    // A message that came before its ticket, which follows.
    if (what === 'back')
      await write(ticket('stray', { createdAt: T0 + (which % 2) * HOUR, subject: `At ${at}` }))
    if (what === 'hush') await write({ kind: 'message', id: `${id}-0`, value: undefined })
  }

  test('a desk that reads any pages while anything happens ends with what the portal has', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(events, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 9 }),
        async (moments, limit) => {
          await database.db.execute(sql`delete from records`)
          await write(
            ...Array.from({ length: 12 }, (_, i) =>
              conversation(`t${i}`, i % 4, { status: i % 3 ? 'open' : 'closed', createdAt: T0 - i * HOUR }),
            ).flat(),
          )
          const mirror = new Mirror()
          let at = 0
          let after: string | undefined
          let cursor = ''
          do {
            const page = await readBootstrap(database.db, after, limit)
            if (!page) throw new Error('no page')
            mirror.take(page.records)
            cursor = page.cursor
            after = page.next
            for (const event of moments[at] ?? []) await happen(event, at)
            at += 1
          } while (after)
          mirror.take((await changesSince(cursor, limit)).records)
          expect(mirror.state).toEqual(await portalState(database.db))
        },
      ),
      { numRuns: kind.name === 'PGlite' ? 20 : 60 },
    )
  })

  describe('changes', () => {
    test('give each record once, at its newest version, in order, with tombstones', async () => {
      const { cursor } = await changesSince((await pages(10))[0]?.cursor ?? '')
      await write(ticket('a'), ticket('b'), ticket('c'))
      await write(ticket('a', { subject: 'again' }), { kind: 'ticket', id: 'b', value: undefined })
      const { records } = await changesSince(cursor, 1)
      expect(records.map(({ id, version, value }) => [id, version, value !== undefined])).toEqual([
        ['c', 3, true],
        ['a', 4, true],
        ['b', 5, false],
      ])
    })

    test('are ordered by number, not by its digits', async () => {
      await database.db.execute(sql`update workspace set seq = 998`)
      const cursor = (await pages(10))[0]?.cursor ?? ''
      await write(ticket('a'), ticket('b'), ticket('c'))
      const { records } = await changesSince(cursor, 1)
      expect(records.map(({ version }) => version)).toEqual([999, 1000, 1001])
    })

    test('come in pages with `more` until the last', async () => {
      const cursor = (await pages(10))[0]?.cursor ?? ''
      await write(ticket('a'), ticket('b'), ticket('c'))
      const first = await readChanges(database.db, cursor, 2)
      expect(first).toMatchObject({ more: true, records: [{ id: 'a' }, { id: 'b' }] })
      const second = await readChanges(database.db, first?.cursor ?? '', 2)
      expect(second).toMatchObject({ more: false, records: [{ id: 'c' }] })
      expect(await readChanges(database.db, second?.cursor ?? '', 2)).toMatchObject({
        records: [],
        cursor: second?.cursor,
        more: false,
      })
    })

    test('of a cursor that is not of this database are refused', async () => {
      const cursor = (await pages(10))[0]?.cursor ?? ''
      const [generation = '', version = ''] = cursor.split('.')
      const foreign = [
        `${generation}.${Number(version) + 1}`,
        `0${generation}.${version}`,
        `${generation}`,
        'x',
        '-1',
      ]
      for (const other of foreign) expect(await readChanges(database.db, other, 10)).toBeUndefined()
      expect(await readChanges(database.db, cursor, 10)).toBeDefined()
    })
  })

  describe('writing records', () => {
    test('that are equal to what is stored changes nothing', async () => {
      const records = [...reference, ...conversation('a', 3, {})]
      expect(await write(...records)).toEqual({ changed: 10, unchanged: 0, version: 10 })
      expect(await write(...records)).toEqual({ changed: 0, unchanged: 10, version: 10 })
      expect(await write(...records, ticket('b'))).toEqual({ changed: 1, unchanged: 10, version: 11 })
    })

    test('notes which fields of a ticket a source changed, and when', async () => {
      await write(ticket('a'))
      await write(ticket('a', { priority: 'P1', assigneeId: 'lena' }))
      await write(ticket('a', { priority: 'P1', subject: 'only the subject', changedIn: { status: 99 } }))
      const { records } = await changesSince((await pages(10))[0]?.cursor.replace(/\d+$/, '0') ?? '')
      expect(records[0]?.value).toMatchObject({ changedIn: { priority: 2, assigneeId: 3 } })
    })

    test('is all or nothing', async () => {
      const broken = ticket('broken', { number: '' })
      await expect(write(ticket('a'), broken)).rejects.toThrow(/number/)
      const { value } = ticket('a')
      await expect(write({ kind: 'ticket', id: 'other', value })).rejects.toThrow('its value has the id a')
      expect(await portalState(database.db)).toEqual([])
    })

    test('takes 12,000 of them, twice the same, the last one counts', async () => {
      const many = Array.from({ length: 6_000 }, (_, i) => [
        message(`m${i}`, 'a', 'first'),
        message(`m${i}`, 'a'),
      ]).flat()
      expect(await write(...many)).toMatchObject({ changed: 6_000 })
    })
  })
})
