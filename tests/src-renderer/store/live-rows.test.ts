import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { QueueRow } from '#shared/queue/row'
import type { DeskStore, TicketView } from '../../../src-renderer/store/desk-store'
import { MirrorDb } from '../../../src-renderer/store/mirror-db'
import { isReadable, readSnapshotState } from '../../../src-renderer/store/snapshot'
import { row } from '../../src-shared/queue/rows'
import { ben, MINUTE, note, reply } from '../../src-shared/tickets/samples'
import { Rig } from '../engine/desk-rig'
import { PROFILE } from '../engine/fake-desk'
import { turn, until } from '../engine/virtual-world'

let rig: Rig
beforeEach(() => {
  rig = new Rig()
})
afterEach(() => rig.stop())

const told = (store: DeskStore) => {
  const all: (readonly string[] | undefined)[] = []
  store.rows.subscribe((ids) => all.push(ids))
  return all
}
const theirs = (what: ReturnType<typeof note>, target = 't1') =>
  rig.portal.take({ ...what, id: crypto.randomUUID(), at: 0, target, baseVersion: rig.portal.version }, ben)

describe('rows', () => {
  test('say only which ids changed, and the others keep their identity', async () => {
    for (let n = 1; n <= 3; n += 1) rig.ticket(`t${n}`)
    const store = await rig.synced()
    const before = new Map([...store.rows.values()].map((row) => [row.id, row]))
    const changes = told(store)
    rig.ticket('t2', { subject: 'Another subject' })
    store.syncNow()
    await until('the change', () => store.rows.get('t2')?.subject === 'Another subject')
    expect(changes).toEqual([['t2']])
    expect(store.rows.get('t1')).toBe(before.get('t1'))
    expect(store.rows.get('t3')).toBe(before.get('t3'))
  })

  test('change by themselves when their time comes, and only those', async () => {
    rig.ticket('t1', { priority: 'P1', assigneeId: 'ana' })
    rig.ticket('t2', { priority: 'P4' })
    const store = await rig.synced()
    expect(store.rows.get('t1')?.report.firstResponse.state).toBe('running')
    const other = store.rows.get('t2')
    rig.unplug()
    rig.machine.sleep(121 * MINUTE)
    const changes = told(store)
    await rig.machine.advance(31_000)
    expect(store.rows.get('t1')?.report.firstResponse.state).toBe('breached')
    expect(changes.flat()).toContain('t1')
    expect(changes.flat()).not.toContain('t2')
    expect(store.rows.get('t2')).toBe(other)
  })

  test('an unsent reply does not stop the clock: the customer has not got it', async () => {
    rig.ticket('t1', { priority: 'P1' })
    const store = await rig.synced()
    rig.unplug()
    await store.run({ ...reply(), target: 't1' } as Parameters<DeskStore['run']>[0])
    expect(store.rows.get('t1')).toMatchObject({ unsent: 1, report: { firstResponse: { state: 'running' } } })
    rig.plug()
    store.syncNow()
    await until('confirmed', () => store.rows.get('t1')?.report.firstResponse.state === 'met')
  })

  test('a renamed customer is renamed in every row', async () => {
    rig.ticket('t1')
    const store = await rig.synced()
    const organization = rig.portal.records.get('organization/o1')?.value as Record<string, unknown>
    rig.portal.putRaw('organization', 'o1', { ...organization, name: 'Southwind' })
    store.syncNow()
    await until('the new name', () => store.rows.get('t1')?.customer === 'Southwind')
  })
})

describe('what rows are computed with', () => {
  type Raw = Record<string, unknown>
  const change = (kind: string, id: string, to: Raw) => {
    const before = rig.portal.records.get(`${kind}/${id}`)?.value as Raw | undefined
    rig.portal.putRaw(kind, id, { ...before, id, ...to })
  }
  const northwind = () => ({ ...(rig.portal.records.get('organization/o1')?.value as Raw) })
  test.each<[what: string, does: () => void, rows: readonly string[]]>([
    ['a customer renamed', () => change('organization', 'o1', { name: 'Southwind' }), ['t1', 't2']],
    ['a customer who moved', () => change('organization', 'o1', { zone: 'Asia/Tokyo' }), []],
    ['a colleague renamed', () => change('agent', 'ben', { name: 'Benedict Okafor' }), ['t2', 't3']],
    ['a colleague promoted', () => change('agent', 'ben', { role: 'supervisor' }), []],
    ['a calendar corrected', () => change('calendar', 'elsewhere', { version: '2026.9' }), ['t3']],
    ['somebody else asks', () => change('contact', 'kim', { name: 'Kim Berg', organizationId: 'o1' }), []],
  ])('%s: only the rows that show it are computed again', async (_, does, expected) => {
    const calendar = rig.portal.records.get('calendar/emea-london')?.value as Raw
    rig.portal.putRaw('calendar', 'elsewhere', { ...calendar, id: 'elsewhere' })
    rig.portal.putRaw('organization', 'o2', { ...northwind(), id: 'o2', name: 'Eastwind' })
    rig.ticket('t1')
    rig.ticket('t2', { assigneeId: 'ben' })
    rig.ticket('t3', { assigneeId: 'ben', organizationId: 'o2', calendarId: 'elsewhere' })
    const store = await rig.synced()
    const live = store.ticket('t1')
    live.subscribe(() => {})
    await until('the ticket', () => live.get())
    const changes = told(store)
    does()
    rig.ticket('t9')
    store.syncNow()
    await until('the ticket that came with it', () => store.rows.get('t9'))
    await rig.machine.settle()
    expect(changes.filter((ids) => !ids?.includes('t9'))).toEqual(expected.length > 0 ? [expected] : [])
  })

  test('who asks is named anew where the ticket is looked at', async () => {
    rig.portal.putRaw('contact', 'kim', { id: 'kim', organizationId: 'o1', name: 'Kim' })
    rig.ticket('t1', { requesterId: 'kim' })
    const store = await rig.synced()
    const live = store.ticket('t1')
    live.subscribe(() => {})
    await until('the ticket', () => live.get()?.requester?.name === 'Kim')
    rig.portal.putRaw('contact', 'kim', { id: 'kim', organizationId: 'o1', name: 'Kim Berg' })
    store.syncNow()
    await until('the new name', () => live.get()?.requester?.name === 'Kim Berg')
  })
})

describe('a calendar that changes', () => {
  const withHoliday = (dates: readonly string[], version: string) => {
    const calendar = rig.portal.records.get('calendar/emea-london')?.value as Record<string, unknown>
    rig.portal.putRaw('calendar', 'emea-london', {
      ...calendar,
      version,
      holidays: dates.map((date) => ({ date, name: 'A new holiday' })),
    })
  }
  const notices = (store: DeskStore) => store.status.get().notices

  test('moves the due times of its open tickets, and people are told by how much', async () => {
    rig.ticket('t1', { priority: 'P1' })
    rig.ticket('t2', { priority: 'P1' })
    rig.ticket('t3', { priority: 'P1', status: 'solved' })
    const store = await rig.synced()
    expect(notices(store)).toEqual([])
    // They began on Monday, 6 July, at 10:00: a business day ended on Tuesday at 10:00, and now at 17:30.
    withHoliday(['2026-07-06'], '2026.9')
    store.syncNow()
    await until('the notice', () => notices(store).length > 0)
    expect(store.rows.get('t2')?.report.resolution).toEqual({
      state: 'running',
      due: Date.parse('2026-07-07T17:30:00+01:00'),
    })
    const notice =
      'Changed: calendar EMEA, London. 2 open tickets are due at another time, at most 7h 30m later (MER-t1).'
    expect(notices(store)).toEqual([notice])
    store.dismissNotice(notice)
    expect(notices(store)).toEqual([])
  })

  test('far away it moves nothing, and says so', async () => {
    rig.ticket('t1', { priority: 'P1' })
    const store = await rig.synced()
    const calendar = rig.portal.records.get('calendar/emea-london')?.value as Record<string, unknown>
    rig.portal.putRaw('calendar', 'emea-london', { ...calendar, version: '2026.9' })
    store.syncNow()
    await until('the notice', () => notices(store).length > 0)
    expect(notices(store)).toEqual(["Changed: calendar EMEA, London. No open ticket's due time moved."])
  })
})

describe('a ticket that is looked at', () => {
  test('follows replies, notes and its own row; looked at by nobody it is not read', async () => {
    rig.ticket('t1')
    const store = await rig.synced()
    const live = store.ticket('t1')
    expect(live.get()).toBeUndefined()
    const seen: (TicketView | undefined)[] = []
    const off = live.subscribe(() => seen.push(live.get()))
    await until('the ticket', () => live.get())
    theirs(reply('from Ben'))
    store.syncNow()
    await until('his reply', () => live.get()?.timeline.length === 1)
    expect(live.get()).toMatchObject({
      organization: { name: 'Northwind' },
      row: { id: 't1' },
      timeline: [{ message: { type: 'reply', body: 'from Ben', author: { name: 'Ben Okafor' } } }],
    })
    off()
    const count = seen.length
    theirs(note('later'))
    store.syncNow()
    await rig.machine.advance(10_000)
    expect(seen).toHaveLength(count)
    live.subscribe(() => {})
    await until('looked at again', () => live.get()?.timeline.length === 2)
  })

  test('pending entries come last and become the confirmed ones without a gap', async () => {
    rig.ticket('t1')
    const store = await rig.synced()
    const live = store.ticket('t1')
    const lengths: number[] = []
    live.subscribe(() => lengths.push(live.get()?.timeline.length ?? 0))
    await until('the ticket', () => live.get())
    await store.run({ ...note('mine'), target: 't1' } as Parameters<DeskStore['run']>[0])
    await rig.inSync(store)
    await until(
      'confirmed',
      () => live.get()?.timeline[0]?.pending === undefined && live.get()?.timeline.length === 1,
    )
    expect(lengths).not.toContain(2)
    expect(lengths.slice(lengths.indexOf(1))).not.toContain(0)
  })
})

describe('drafts', () => {
  test('are durable, by ticket and kind, and leave when they are sent', async () => {
    rig.ticket('t1')
    const store = await rig.synced()
    await store.saveDraft('t1', 'reply', 'Dear customer')
    await store.saveDraft('t1', 'note', 'Hm')
    await rig.kill()
    const again = await rig.synced()
    expect(await again.readDraft('t1', 'reply')).toBe('Dear customer')
    await again.run({ ...reply('Dear customer'), target: 't1' } as Parameters<DeskStore['run']>[0])
    expect(await again.readDraft('t1', 'reply')).toBe('')
    expect(await again.readDraft('t1', 'note')).toBe('Hm')
    await again.saveDraft('t1', 'note', '')
    expect([...rig.main.copy.keys()].filter((key) => key.startsWith('draft/'))).toEqual([])
  })

  test('a text being sent is a draft or sent, whenever the process is killed, and never both or neither', async () => {
    const seen: string[] = []
    for (let turns = 0; turns < 60 && seen.at(-1) !== 'sent'; turns += 1) {
      rig = new Rig()
      rig.ticket('t1')
      const body = 'Dear customer, please restart it'
      const store = await rig.synced()
      rig.unplug()
      // The draft on disk lags behind what is typed: the last words are sent before they are saved.
      await store.saveDraft('t1', 'reply', body.slice(0, 10))
      store.keepTyped('t1', 'reply', body)
      void store.run({ type: 'reply', target: 't1', body, public: true }).catch(() => undefined)
      for (let count = 0; count < turns; count += 1) await turn()
      await rig.kill()
      const again = await rig.start()
      await until('the queue', () => again.rows.isReady())
      const draft = await again.readDraft('t1', 'reply')
      const isSent = again.status.get().unsent > 0
      expect([draft !== '', isSent]).toEqual(isSent ? [false, true] : [true, false])
      seen.push(isSent ? 'sent' : 'draft')
      await rig.stop()
    }
    expect(seen[0]).toBe('draft')
    expect(seen.at(-1)).toBe('sent')
  })

  test('what was typed in the last moment is there again, and what was saved or sent since is not', async () => {
    rig.ticket('t1')
    const store = await rig.synced()
    await store.saveDraft('t1', 'reply', 'Dear')
    store.keepTyped('t1', 'reply', 'Dear cust')
    await rig.kill()
    const again = await rig.synced()
    expect(await again.readDraft('t1', 'reply')).toBe('Dear cust')
    again.keepTyped('t1', 'reply', 'Dear customer')
    await again.saveDraft('t1', 'reply', 'Dear cust')
    expect(await again.readDraft('t1', 'reply')).toBe('Dear customer')
    await again.saveDraft('t1', 'reply', 'Dear customer')
    await again.saveDraft('t1', 'reply', '')
    expect(await again.readDraft('t1', 'reply')).toBe('')
  })

  describe('after a kill, with a storage that has not yet learnt of', () => {
    const cases: readonly {
      readonly what: string
      readonly later: (store: DeskStore) => Promise<void>
      readonly box: string
    }[] = [
      {
        what: 'what was saved since',
        later: async (store) => {
          store.keepTyped('t1', 'reply', 'Dear customer')
          await store.saveDraft('t1', 'reply', 'Dear customer')
        },
        box: 'Dear customer',
      },
      {
        what: 'what was sent since and is in the history',
        later: async (store) => {
          await store.run({ type: 'reply', target: 't1', body: 'Dear cust', public: true })
          await rig.inSync(store)
        },
        box: '',
      },
      {
        what: 'what was typed on and sent since',
        later: async (store) => {
          store.keepTyped('t1', 'reply', 'Dear customer')
          await store.run({ type: 'reply', target: 't1', body: 'Dear customer', public: true })
        },
        box: '',
      },
      {
        what: 'that it was emptied',
        later: async (store) => {
          store.keepTyped('t1', 'reply', '')
          await store.saveDraft('t1', 'reply', '')
        },
        box: '',
      },
      { what: 'nothing new', later: async () => {}, box: 'Dear cust' },
    ]
    for (const { what, later, box } of cases) {
      test(what, async () => {
        rig.ticket('t1')
        const store = await rig.synced()
        const { typed } = rig.machine.process()
        await store.readDraft('t1', 'reply')
        store.keepTyped('t1', 'reply', 'Dear cust')
        const onDisk = Array.from({ length: typed.length }, (_, n) => typed.key(n) ?? '').map(
          (key) => [key, typed.getItem(key) ?? ''] as const,
        )
        await later(store)
        await rig.kill()
        for (const [key, text] of onDisk) typed.setItem(key, text)
        const again = await rig.synced()
        expect(await again.readDraft('t1', 'reply')).toBe(box)
        expect(await again.unfinished()).toMatchObject({ drafts: box === '' ? 0 : 1 })
      })
    }
  })

  test('what is typed before the draft was read stands below it, and is no draft of its own once sent', async () => {
    rig.ticket('t1')
    const store = await rig.synced()
    await store.saveDraft('t1', 'note', 'saved')
    const reading = store.readDraft('t1', 'note')
    store.keepTyped('t1', 'note', 'typed')
    expect(await reading).toBe('saved\n\ntyped')
    const again = store.readDraft('t1', 'note').catch(() => undefined)
    store.keepTyped('t1', 'note', 'and more')
    await rig.kill()
    await again
    const next = await rig.synced()
    expect(await next.readDraft('t1', 'note')).toBe('saved\n\ntyped\n\nand more')
    await next.run({ type: 'note', target: 't1', body: 'saved\n\ntyped\n\nand more' })
    expect(await next.readDraft('t1', 'note')).toBe('')
    expect(await next.unfinished()).toMatchObject({ drafts: 0 })
  })

  test('of something else than what is sent stays', async () => {
    rig.ticket('t1')
    const store = await rig.synced()
    await store.saveDraft('t1', 'note', 'half a thought')
    await store.run({ type: 'note', target: 't1', body: 'kept of a command that I gave up' })
    expect(await store.readDraft('t1', 'note')).toBe('half a thought')
    store.keepTyped('t1', 'note', 'half a thought, and more')
    await store.run({ type: 'note', target: 't1', body: 'kept of another' })
    expect(await store.readDraft('t1', 'note')).toBe('half a thought, and more')
  })

  test('longer than the second copy takes, it is in the database alone', async () => {
    rig.ticket('t1')
    const store = await rig.synced()
    await store.saveDraft('t1', 'note', 'short')
    await store.saveDraft('t1', 'note', 'x'.repeat(600_000))
    expect(await store.readDraft('t1', 'note')).toHaveLength(600_000)
    expect(rig.main.copy.get('draft/t1/note')).toBeUndefined()
  })
})

const FIELDS = Object.keys(row({ id: 'any' })) as (keyof QueueRow)[]
const plainRow = (of: QueueRow) => Object.fromEntries(FIELDS.map((field) => [field, of[field]]))

describe('a start from the snapshot', () => {
  const written = async () => {
    const db = new MirrorDb(PROFILE, rig.machine.process())
    await rig.machine.advance(90_000)
    expect(isReadable(await readSnapshotState(db))).toBe(true)
    expect(await db.stale.count()).toBe(0)
    db.close()
  }
  /** What each row says, whether it keeps it or looks it up. */
  const shown = (store: DeskStore) =>
    Object.fromEntries([...store.rows.values()].map((row) => [row.id, plainRow(row)]).sort())

  test('shows what was there, with what I have not sent yet; open tickets come first', async () => {
    for (let n = 0; n < 40; n += 1) {
      rig.ticket(`t${n}`, { status: n % 4 === 0 ? 'open' : 'closed', assigneeId: 'ben' })
    }
    const store = await rig.synced()
    await written()
    rig.unplug()
    await store.run({ ...note('unsent'), target: 't4' } as Parameters<DeskStore['run']>[0])
    const before = shown(store)
    await rig.kill()

    const again = await rig.start()
    const changes = told(again)
    const openFirst = new Promise<string[]>((first) => {
      const off = again.rows.subscribe(() => {
        off()
        first([...again.rows.values()].filter(({ isOpen }) => isOpen).map(({ id }) => id))
      })
    })
    await until('all rows', () => again.rows.isReady())
    expect(await openFirst).toHaveLength(10)
    expect(changes[0]).toBeUndefined()
    expect(changes.slice(1).flat()).toHaveLength(30)
    expect(shown(again)).toEqual(before)
    expect(again.rows.get('t4')?.unsent).toBe(1)
  })

  test('shows what came after it, and nothing that went', async () => {
    for (let n = 0; n < 20; n += 1) rig.ticket(`t${n}`)
    const store = await rig.synced()
    await written()
    rig.ticket('t3', { subject: 'Changed since' })
    rig.portal.put('ticket', 't5', undefined)
    store.syncNow()
    await until('both', () => store.rows.get('t3')?.subject === 'Changed since' && !store.rows.get('t5'))
    await rig.kill()
    rig.unplug()
    const again = await rig.start()
    await until('all rows', () => again.rows.isReady())
    expect(again.rows.get('t3')?.subject).toBe('Changed since')
    expect(again.rows.get('t5')).toBeUndefined()
    expect(again.rows.size).toBe(19)
  })
})

describe('many', () => {
  test('50,000 tickets are loaded once, and a change of 50 touches 50', { timeout: 60_000 }, async () => {
    const { value } = { value: rig.ticket('t0') }
    const world = rig.machine.process()
    const db = new MirrorDb(PROFILE, world)
    await db.open()
    const rows = Array.from({ length: 50_000 }, (_, n) => ({
      id: `m${String(n).padStart(6, '0')}`,
      version: 1,
      value: {
        ...value,
        id: `m${String(n).padStart(6, '0')}`,
        number: `MER-${n}`,
        status: 'closed' as const,
      },
    }))
    for (let start = 0; start < rows.length; start += 5000)
      await db.ticket.bulkPut(rows.slice(start, start + 5000))
    for (const kind of ['policy', 'calendar'] as const) {
      for (const record of rig.portal.records.values()) {
        if (record.kind === kind) {
          const { decodeRecord } = await import('#shared/portal/records')
          const read = decodeRecord(record)
          if ('record' in read) await db.table(kind).put(read.record)
        }
      }
    }
    await db.meta.put({ key: 'sync', cursor: String(rig.portal.version) })
    db.close()
    const store = await rig.start()
    await until('all rows', () => store.rows.isReady() && store.rows.size === 50_000)
    const untouched = store.rows.get('m040000')
    const changes = told(store)
    for (let n = 0; n < 50; n += 1) {
      const id = `m${String(n).padStart(6, '0')}`
      rig.portal.put('ticket', id, { ...value, id, subject: 'changed' })
    }
    store.syncNow()
    await until('the change', () => store.rows.get('m000049')?.subject === 'changed')
    expect(changes).toHaveLength(1)
    expect(changes[0]).toHaveLength(50)
    expect(store.rows.get('m040000')).toBe(untouched)
  })
})
