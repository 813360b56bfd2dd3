import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { writeRecords } from '../../src-portal/db/write-records'
import { referenceKinds } from '../../src-portal/feed/position'
import { recordKinds } from '../../src-shared/portal/records'
import { databases } from './databases'
import { command, T0, type TestPortal, testPortal, ticket } from './fixture'

/* Every command of the contract over HTTP, by the role that gives it, as the feed shows it to all desks. */

const HOUR = 3_600_000
const iso = (at: number) => new Date(at).toISOString()
const escalation = {
  to: 'EMEA',
  summary: 'Late alerts',
  tried: 'Restart',
  assessment: 'Queue',
  ask: 'Drain it',
}
const issue = { key: 'PLAT-7', url: 'https://tracker.example.com/PLAT-7', state: 'open' }
/** As if the desk had just read everything. */
const SEEN_ALL = Number.MAX_SAFE_INTEGER
type Who = 'lena' | 'omar' | 'sue'
type Step = readonly [who: Who, type: string, fields: object]

test('a bootstrap gives every kind of record', () => {
  expect([...referenceKinds, 'ticket', 'message'].sort()).toEqual([...recordKinds].sort())
})

describe.each(databases)('working a ticket on $name', (database) => {
  let portal: TestPortal
  let id: string
  let n = 0
  const now = T0 + 60_000

  beforeAll(async () => {
    await database.start()
    portal = await testPortal([], { database: await database.open(), now: () => now })
  })
  afterAll(async () => {
    await portal?.close()
    await database.stop()
  })
  beforeEach(async () => {
    n += 1
    id = `w${n}`
    await writeRecords(portal.database.db, [ticket(id, { priority: 'P1' }), ticket(`${id}-other`)])
  })

  const send = async ([who, type, fields]: Step, target = id) => {
    const sent = { ...command(type, target), baseVersion: SEEN_ALL, ...fields }
    const { json } = await portal.call('/v1/commands', {
      token: portal.tokens[who],
      body: { commands: [sent] },
    })
    return json.results[0]
  }
  /** What a desk reads: the newest of each record, in wire form. */
  const feed = async () => {
    const records: { kind: string; id: string; value: Record<string, unknown> }[] = []
    for (let next: string | undefined = ''; next !== undefined; ) {
      const { json } = await portal.call(`/v1/bootstrap?limit=1000${next && `&after=${next}`}`)
      records.push(...json.records)
      next = json.next
    }
    return {
      get: (kind: string, name: string) => records.find((one) => one.kind === kind && one.id === name)?.value,
      entries: (of: string) =>
        records
          .filter(({ kind, value }) => kind === 'message' && value.ticketId === of)
          .map(({ value }) => value),
    }
  }

  test.each<[string, readonly Step[], object, object]>([
    ['assign', [['lena', 'assign', { to: 'omar' }]], { assigneeId: 'omar' }, { type: 'change', to: 'omar' }],
    [
      'escalate and accept',
      [
        ['lena', 'escalate', escalation],
        ['omar', 'accept-escalation', {}],
      ],
      {
        assigneeId: 'omar',
        escalation: { ...escalation, state: 'accepted', answeredById: 'omar', byId: 'lena' },
      },
      { type: 'escalation', state: 'accepted' },
    ],
    [
      'escalate and return',
      [
        ['lena', 'escalate', escalation],
        ['omar', 'return-escalation', { reason: 'Logs first' }],
      ],
      { assigneeId: 'lena', escalation: { state: 'returned', reason: 'Logs first' } },
      { type: 'escalation', state: 'returned' },
    ],
    [
      'link and unlink a product issue',
      [
        ['omar', 'link-product-issue', issue],
        ['omar', 'unlink-product-issue', { key: issue.key }],
      ],
      { productIssues: [] },
      { type: 'product-issue', change: 'unlinked' },
    ],
    [
      'record a workaround',
      [['omar', 'record-workaround', { text: 'Old endpoint' }]],
      { workaround: { text: 'Old endpoint' }, slaEvents: [{}, { type: 'workaround' }] },
      { type: 'workaround' },
    ],
    [
      'propose a course of action',
      [['lena', 'propose-course-of-action', { text: 'In 4.2', dueAt: iso(now + HOUR) }]],
      {
        courseOfAction: { dueAt: iso(now + HOUR) },
        slaEvents: [{}, { type: 'proposed', dueAt: iso(now + HOUR) }],
      },
      { type: 'course-of-action' },
    ],
    [
      'promise an update',
      [['lena', 'promise-update', { promisedAt: iso(now + HOUR) }]],
      { promisedAt: iso(now + HOUR) },
      { type: 'promise' },
    ],
    ['tag', [['lena', 'tag', { add: ['VIP'] }]], { tags: ['vip'] }, { type: 'tags', added: ['vip'] }],
    [
      'log a call',
      [['lena', 'log-call', { direction: 'to-customer', body: 'Told them' }]],
      {},
      { type: 'call' },
    ],
    [
      'cancel',
      [['lena', 'cancel', { reason: 'spam' }]],
      { status: 'closed', slaEvents: [{}, { type: 'cancelled' }] },
      { type: 'cancelled', reason: 'spam' },
    ],
    [
      'excuse a breach',
      [['sue', 'excuse-breach', { of: 'resolution', reason: 'Their network' }]],
      { excused: { resolution: { reason: 'Their network', byId: 'sue' } } },
      { type: 'excused' },
    ],
  ])('%s', async (_name, steps, value, entry) => {
    for (const step of steps) expect(await send(step)).toMatchObject({ outcome: 'applied' })
    const desk = await feed()
    expect(desk.get('ticket', id)).toMatchObject(value)
    const entries = desk.entries(id)
    expect(entries).toHaveLength(steps.length)
    expect(entries).toContainEqual(expect.objectContaining(entry))
  })

  test('a promise is kept by the next reply, and gone from the ticket', async () => {
    await send(['lena', 'promise-update', { promisedAt: iso(now + HOUR) }])
    await send(['lena', 'reply', { body: 'Still working on it' }])
    expect((await feed()).get('ticket', id)).not.toHaveProperty('promisedAt')
  })

  test('merged: both tickets say so, and the desk that sees the result has seen all of it', async () => {
    const { version } = await send(['lena', 'merge', { into: `${id}-other` }])
    const desk = await feed()
    expect(desk.get('ticket', id)).toMatchObject({ status: 'closed', mergedInto: `${id}-other` })
    expect(desk.entries(id)).toMatchObject([{ type: 'merge', direction: 'into', otherId: `${id}-other` }])
    expect(desk.entries(`${id}-other`)).toMatchObject([{ type: 'merge', direction: 'from', otherId: id }])
    const { json } = await portal.call(
      `/v1/changes?after=${encodeURIComponent((await portal.call('/v1/bootstrap?limit=1')).json.cursor)}`,
    )
    expect(json.records).toEqual([])
    expect(version).toBeGreaterThan(0)
  })

  test.each<[string, Step, string, string | undefined]>([
    ['an agent nobody knows', ['lena', 'assign', { to: 'zoe' }], 'not-found', 'to'],
    ['a ticket nobody knows', ['lena', 'merge', { into: 'nowhere' }], 'not-found', 'into'],
    ['an l1 agent accepting', ['lena', 'accept-escalation', {}], 'forbidden', undefined],
    [
      'a backline engineer excusing',
      ['omar', 'excuse-breach', { of: 'resolution', reason: 'x' }],
      'forbidden',
      undefined,
    ],
    ['an escalation without its request', ['lena', 'escalate', { ...escalation, ask: '' }], 'invalid', 'ask'],
    [
      'a link that is no web address',
      ['lena', 'link-product-issue', { ...issue, url: 'javascript:1' }],
      'invalid',
      'url',
    ],
  ])('refused with its field: %s', async (_name, step, code, field) => {
    const result = await send(step)
    expect(result).toMatchObject({ outcome: 'rejected', code, ...(field ? { field } : {}) })
  })

  test('two engineers accept at once: one has it, the other is told', async () => {
    await send(['lena', 'escalate', escalation])
    const both = await Promise.all([
      send(['omar', 'accept-escalation', {}]),
      send(['sue', 'accept-escalation', {}]),
    ])
    const outcomes = both.map(({ outcome, code }) => code ?? outcome).sort()
    expect(outcomes).toEqual(['already-answered', 'applied'])
    const owner = both[0].outcome === 'applied' ? 'omar' : 'sue'
    expect((await feed()).get('ticket', id)).toMatchObject({ assigneeId: owner })
  })

  describe('views, macros and notices', () => {
    const view = (name: string, ownerId?: string) => ({
      value: {
        id,
        name,
        query: 'p1',
        sort: { field: 'nextDue', direction: 'asc' },
        ...(ownerId ? { ownerId } : {}),
      },
    })
    test('are records of the feed: saved, changed, and deleted', async () => {
      expect(await send(['lena', 'save-view', view('Mine', 'lena')])).toMatchObject({ outcome: 'applied' })
      expect((await feed()).get('view', id)).toMatchObject({ name: 'Mine', ownerId: 'lena' })
      const again = { ...view('Mine, again', 'lena') }
      expect(await send(['lena', 'save-view', again])).toMatchObject({ outcome: 'applied' })
      expect((await feed()).get('view', id)).toMatchObject({ name: 'Mine, again' })
      await send(['lena', 'delete-view', {}])
      expect((await feed()).get('view', id)).toBeUndefined()
    })

    test('one changed since is a conflict that carries it', async () => {
      await send(['sue', 'save-view', view('Ours')])
      const result = await send(['sue', 'save-view', { ...view('Theirs'), baseVersion: 0 }])
      expect(result).toMatchObject({
        outcome: 'conflict',
        fields: ['view'],
        current: { kind: 'view', id, value: { name: 'Ours' } },
      })
    })

    test('what is everybody’s is a supervisor’s to change', async () => {
      expect(await send(['lena', 'save-view', view('For all')])).toMatchObject({ code: 'forbidden' })
      const macro = { value: { id, name: 'Thanks', kind: 'reply', body: 'Thanks, {{requester}}' } }
      expect(await send(['omar', 'save-macro', macro])).toMatchObject({ code: 'forbidden' })
      expect(await send(['sue', 'save-macro', macro])).toMatchObject({ outcome: 'applied' })
    })
  })
})
