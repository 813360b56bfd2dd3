import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { writeRecords } from '../../src-portal/db/write-records'
import { commandResultsSchema } from '../../src-shared/portal/calls'
import { databases } from './databases'
import { command, message, omar, T0, type TestPortal, testPortal, ticket } from './fixture'

describe.each(databases)('commands on $name', (database) => {
  let portal: TestPortal
  let now = T0
  let n = 0

  beforeAll(async () => {
    await database.start()
    portal = await testPortal([], { database: await database.open(), now: () => now })
  })
  afterAll(async () => {
    await portal?.close()
    await database.stop()
  })

  /** Each test has a ticket of its own. */
  let id: string
  beforeEach(async () => {
    now = T0 + 60_000
    n += 1
    id = `t${n}`
    await writeRecords(portal.database.db, [ticket(id), message(`${id}-m`, id)])
  })

  async function send(...commands: unknown[]) {
    const { status, json } = await portal.call('/v1/commands', { body: { commands } })
    expect(status).toBe(200)
    commandResultsSchema.parse(json)
    return json.results
  }
  async function record(kind: string, recordId: string) {
    const { rows } = await portal.database.db.execute<{ version: string; value: Record<string, unknown> }>(
      sql`select version::text as version, value from records where kind = ${kind} and id = ${recordId}`,
    )
    return rows[0]
  }
  const count = async () =>
    (await portal.database.db.execute<{ n: number }>(sql`select count(*)::int as n from records`)).rows[0]?.n

  describe('an applied command', () => {
    test.each([
      ['reply', { body: 'Looking into it' }, { type: 'reply', body: 'Looking into it' }],
      ['note', { body: 'Seen before' }, { type: 'note', body: 'Seen before' }],
      ['claim', {}, { type: 'change', field: 'assigneeId', to: 'lena' }],
      ['set-status', { status: 'solved' }, { type: 'change', field: 'status', from: 'open', to: 'solved' }],
      ['set-priority', { priority: 'P1' }, { type: 'change', field: 'priority', from: 'P2', to: 'P1' }],
    ])(
      '%s writes its ticket and its entry, by the agent of the token, at the clock of the portal',
      async (type, fields, entry) => {
        const sent = command(type, id, fields)
        const [result] = await send(sent)
        expect(result).toEqual({ id: sent.id, outcome: 'applied', version: expect.any(Number) })

        const written = await record('message', sent.id)
        const at = new Date(now).toISOString()
        expect(written?.value).toMatchObject({
          ...entry,
          id: sent.id,
          ticketId: id,
          at,
          author: { kind: 'agent', id: 'lena' },
        })
        expect((await record('ticket', id))?.value).toMatchObject({ updatedAt: at })
      },
    )

    test('has its ticket at the version of the result and its entry below', async () => {
      const sent = command('claim', id)
      const [{ version }] = await send(sent)
      expect(Number((await record('ticket', id))?.version)).toBe(version)
      expect(Number((await record('message', sent.id))?.version)).toBeLessThan(version)
      expect((await record('ticket', id))?.value).toMatchObject({ changedIn: { assigneeId: version } })
    })

    test('keeps any text a person can type or paste', async () => {
      const hostile = '<b>x</b> \u202e __proto__ \u0000 \ud83d\ude00 \ud800 \\u0000 \u{10ffff}'
      const sent = command('note', id, { body: hostile })
      expect((await send(sent))[0].outcome).toBe('applied')
      // NUL and half a surrogate pair can't be stored; everything else is as it was.
      const stored = hostile.replace('\u0000', '\ufffd').replace('\ud800 ', '\ufffd ')
      expect((await record('message', sent.id))?.value).toMatchObject({ body: stored })
    })
  })

  describe('a command is applied once', () => {
    test('sent again, it gets the same answer and changes nothing', async () => {
      const sent = command('reply', id, { body: 'Hello' })
      const [first] = await send(sent)
      const before = await count()
      now += 5_000
      expect(await send(sent, sent)).toEqual([
        { ...first, duplicate: true },
        { ...first, duplicate: true },
      ])
      expect(await count()).toBe(before)
    })

    test('sent many times at once, it is applied by one of them', async () => {
      const sent = command('reply', id, { body: 'Hello' })
      const before = (await count()) ?? 0
      const results = (await Promise.all(Array.from({ length: 8 }, () => send(sent)))).flat()
      expect(new Set(results.map((result) => result.version)).size).toBe(1)
      expect(results.filter((result) => !result.duplicate)).toHaveLength(1)
      expect(await count()).toBe(before + 1)
    })

    test('a refusal is as final as an answer: what changed since does not turn it', async () => {
      const sent = command('set-status', id, { status: 'open' })
      const [first] = await send(sent)
      expect(first).toMatchObject({ outcome: 'rejected', code: 'no-change' })
      await send(command('set-status', id, { status: 'on-hold' }))
      expect(await send(sent)).toEqual([{ ...first, duplicate: true }])
    })

    test('an id that another agent has used is refused and tells nothing', async () => {
      const sent = command('note', id, { body: 'Mine' })
      await send(sent)
      const { json } = await portal.call('/v1/commands', {
        token: portal.tokens.omar,
        body: { commands: [sent] },
      })
      expect(json.results).toEqual([
        { id: sent.id, outcome: 'rejected', code: 'id-taken', message: expect.any(String), field: 'id' },
      ])
    })
  })

  describe('a conflict', () => {
    test('gives the ticket as it is now and the fields that clash', async () => {
      const seen = Number((await record('ticket', id))?.version)
      await portal.call('/v1/commands', {
        token: portal.tokens.omar,
        body: { commands: [command('claim', id)] },
      })
      const sent = command('claim', id, { baseVersion: seen })
      const [result] = await send(sent)
      expect(result).toEqual({
        id: sent.id,
        outcome: 'conflict',
        fields: ['assigneeId'],
        current: {
          kind: 'ticket',
          id,
          version: expect.any(Number),
          value: expect.objectContaining({ assigneeId: omar.id }),
        },
      })
      expect(await send(sent)).toEqual([{ ...result, duplicate: true }])
      // Having seen it, the agent may take the ticket over, with a command of its own.
      const [over] = await send(command('claim', id, { baseVersion: result.current.version }))
      expect(over.outcome).toBe('applied')
    })

    test('is not between commands about different things', async () => {
      const seen = Number((await record('ticket', id))?.version)
      const results = await send(
        command('set-priority', id, { priority: 'P1', baseVersion: seen }),
        command('set-status', id, { status: 'on-hold', baseVersion: seen }),
        command('note', id, { body: 'a', baseVersion: seen }),
        command('note', id, { body: 'b', baseVersion: seen }),
      )
      expect(results.map((result: { outcome: string }) => result.outcome)).toEqual(Array(4).fill('applied'))
    })

    test('arises with a field that another help desk has changed', async () => {
      const seen = Number((await record('ticket', id))?.version)
      await writeRecords(portal.database.db, [ticket(id, { status: 'on-hold' })])
      const [result] = await send(command('set-status', id, { status: 'solved', baseVersion: seen }))
      expect(result).toMatchObject({ outcome: 'conflict', fields: ['status'] })
    })
  })

  describe('a rejected command', () => {
    test.each([
      ['no such ticket', { target: 'nowhere' }, 'not-found', 'target'],
      ['a ticket name that no database can hold', { target: 'a\u0000b' }, 'not-found', 'target'],
      ['an unknown type', { type: 'explode' }, 'invalid', 'type'],
      ['an unknown field', { colour: 'red' }, 'invalid', 'colour'],
      ['an empty note', { body: '   ' }, 'invalid', 'body'],
      ['a note that is too long', { body: 'x'.repeat(65_537) }, 'invalid', 'body'],
      ['a time without an offset', { at: '2026-03-02T09:00:00' }, 'invalid', 'at'],
      ['an id that is none', { id: 'seven' }, 'invalid', 'id'],
      ['a version that is none', { baseVersion: -1 }, 'invalid', 'baseVersion'],
    ])('names the field: %s', async (_what, change, code, field) => {
      const sent = { ...command('note', id, { body: 'x' }), ...change }
      const [result, next] = await send(sent, command('note', id, { body: 'the next one is not kept back' }))
      expect(result).toMatchObject({ id: sent.id, outcome: 'rejected', code, field })
      expect(next.outcome).toBe('applied')
    })

    test.each([undefined, null, 7, 'note', [], {}])('survives %j for a command', async (nonsense) => {
      const { json } = await portal.call('/v1/commands', { body: { commands: [nonsense ?? null] } })
      expect(json.results).toMatchObject([{ outcome: 'rejected', code: 'invalid' }])
    })

    test('does not move the feed', async () => {
      const { json: before } = await portal.call('/v1/bootstrap?limit=1')
      await send(command('note', 'nowhere', { body: 'x' }))
      const { json: after } = await portal.call('/v1/bootstrap?limit=1')
      expect(after.cursor).toBe(before.cursor)
    })

    test('a ticket whose history is full says so', async () => {
      const events = Array.from(
        { length: 2000 },
        (_, i) => ({ at: T0 + i, type: 'status', to: 'open' }) as const,
      )
      await writeRecords(portal.database.db, [ticket(id, { slaEvents: events })])
      const [result] = await send(command('reply', id, { body: 'one more' }))
      expect(result).toMatchObject({ outcome: 'rejected', code: 'full', field: 'slaEvents' })
    })
  })
})
