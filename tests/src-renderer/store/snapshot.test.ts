import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PortalRecord } from '#shared/portal/records'
import { isOpen, type Ticket } from '#shared/tickets/ticket'
import { MirrorDb, type MirrorRow, type SyncState } from '../../../src-renderer/store/mirror-db'
import {
  beginBootstrap,
  finishBootstrap,
  writeBootstrapPage,
  writeChanges,
} from '../../../src-renderer/store/mirror-write'
import { readSnapshot } from '../../../src-renderer/store/read-snapshot'
import { readEveryTicket } from '../../../src-renderer/store/read-tickets'
import {
  DamagedSnapshotError,
  dropSnapshot,
  isReadable,
  readSnapshotState,
  renewSnapshot,
  writeNextPart,
} from '../../../src-renderer/store/snapshot'
import { aTicket } from '../../src-shared/tickets/samples'
import { VirtualMachine } from '../engine/virtual-world'

type Row = MirrorRow<'ticket'>

/** A mirror on a disk that outlives it, and the feed that fills it. */
class Bench {
  readonly machine = new VirtualMachine()
  db = new MirrorDb('bench', this.machine.process())
  version = 0

  /** Like kill -9: the connection is gone, what was committed is there. */
  async restart(): Promise<void> {
    this.db.close()
    this.db = new MirrorDb('bench', this.machine.process())
    await this.db.open()
  }

  record(id: string, changes: Partial<Ticket> | 'gone' = {}): PortalRecord {
    this.version += 1
    const value = changes === 'gone' ? undefined : aTicket({ id, number: `MER-${id}`, ...changes })
    return { kind: 'ticket', id, version: this.version, value }
  }

  get state(): SyncState {
    return { key: 'sync', cursor: String(this.version) }
  }

  async change(...records: PortalRecord[]): Promise<void> {
    await writeChanges(this.db, { records, problems: [] }, this.state)
  }

  /** A first sync, or one from the start. */
  async bootstrap(...records: PortalRecord[]): Promise<void> {
    const begun = await beginBootstrap(this.db, this.state)
    await writeBootstrapPage(this.db, { records, problems: [] }, begun, new Map())
    await finishBootstrap(this.db, this.state)
  }

  async write(): Promise<void> {
    while (!(await writeNextPart(this.db))) {
      // one part after the other
    }
  }

  async renew(parts = Number.POSITIVE_INFINITY): Promise<void> {
    let left = parts
    await renewSnapshot(this.db, async () => {
      left -= 1
      return left >= 0
    })
  }

  /** What a window reads, and in which order; the later of two readings of a ticket counts. */
  async read(wanted: 'open' | 'all' = 'all', between?: () => Promise<void>) {
    const rows = new Map<string, Row>()
    let beforeOpenDone: Row[] = []
    const fromSnapshot = await readSnapshot({
      mirror: this.db,
      wanted,
      taker: () => (some) => {
        for (const row of some) rows.set(row.id, row)
      },
      onOpenDone: () => {
        beforeOpenDone = [...rows.values()]
        return between?.()
      },
    })
    return { fromSnapshot, rows: [...rows.values()], beforeOpenDone }
  }

  rows(): Promise<Row[]> {
    return this.db.ticket.toArray()
  }
}

const byId = (rows: readonly Row[]) => [...rows].sort((a, b) => (a.id < b.id ? -1 : 1))
const many = (bench: Bench, count: number, changes: (n: number) => Partial<Ticket> = () => ({})) =>
  Array.from({ length: count }, (_, n) => bench.record(`t${String(n).padStart(5, '0')}`, changes(n)))

async function withSnapshot(count: number, changes?: (n: number) => Partial<Ticket>): Promise<Bench> {
  const bench = new Bench()
  await bench.bootstrap(...many(bench, count, changes))
  await bench.write()
  return bench
}

describe('a snapshot', () => {
  test('is not there before it is complete, and then it is all of the mirror', async () => {
    const bench = new Bench()
    await bench.bootstrap(...many(bench, 1500))
    expect((await bench.read()).fromSnapshot).toBe(false)
    expect(await writeNextPart(bench.db)).toBe(false)
    expect((await bench.read()).fromSnapshot).toBe(false)
    expect(await writeNextPart(bench.db)).toBe(true)
    const { fromSnapshot, rows } = await bench.read()
    expect(fromSnapshot).toBe(true)
    expect(byId(rows)).toEqual(await bench.rows())
  })

  test('is not begun while a first sync is going on', async () => {
    const bench = new Bench()
    await beginBootstrap(bench.db, { key: 'sync' })
    expect(await writeNextPart(bench.db)).toBe(true)
    expect(await readSnapshotState(bench.db)).toBeUndefined()
  })

  test('gives open tickets first', async () => {
    const bench = await withSnapshot(300, (n) => (n % 3 === 0 ? {} : { status: 'closed' }))
    const all = await bench.read()
    expect(all.rows).toHaveLength(300)
    expect(all.beforeOpenDone.map(({ value }) => value.status)).toEqual(Array(100).fill('open'))
    expect((await bench.read('open')).rows).toEqual(all.beforeOpenDone)
  })

  test.each<[what: string, change: (bench: Bench) => PortalRecord]>([
    ['changed', (bench) => bench.record('t00003', { subject: 'Another subject' })],
    ['closed', (bench) => bench.record('t00003', { status: 'closed' })],
    ['new', (bench) => bench.record('brand-new')],
    ['deleted', (bench) => bench.record('t00003', 'gone')],
  ])('never hides that a ticket is %s since', async (_, change) => {
    const bench = await withSnapshot(200)
    await bench.change(change(bench))
    const stale = await bench.read()
    expect(stale.fromSnapshot).toBe(true)
    expect(byId(stale.rows)).toEqual(await bench.rows())
    await bench.renew()
    expect(await bench.db.stale.count()).toBe(0)
    const renewed = await bench.read()
    expect(renewed.fromSnapshot).toBe(true)
    expect(byId(renewed.rows)).toEqual(await bench.rows())
  })

  test('rewrites the chunks that have a changed ticket, and no others', async () => {
    const bench = await withSnapshot(3000)
    const before = await bench.db.snapshot.toArray()
    await bench.change(bench.record('t01500', { subject: 'Another subject' }))
    await bench.renew()
    const after = await bench.db.snapshot.toArray()
    const kept = before.filter(({ packed }) => after.some((chunk) => chunk.packed.text === packed.text))
    expect([before.length, kept.length, after.length]).toEqual([3, 2, 4])
  })

  test('has few chunks, though open tickets lie scattered among those that are over', async () => {
    const bench = await withSnapshot(5000, (n) => (n % 50 === 0 ? {} : { status: 'closed' }))
    const openChunks = () => bench.db.snapshot.filter(({ lot }) => lot === 0).count()
    expect(await openChunks()).toBe(5)
    await bench.renew()
    expect(await openChunks()).toBe(1)
    expect(byId((await bench.read()).rows)).toEqual(await bench.rows())
  })

  test('keeps together what belongs together: chunks that became small are dissolved', async () => {
    const bench = await withSnapshot(900)
    for (let turn = 0; turn < 12; turn += 1) {
      await bench.change(bench.record(`t0000${turn % 10}`, { subject: `Subject ${turn}` }))
      await bench.renew()
    }
    expect(await bench.db.snapshot.count()).toBe(2)
    expect(byId((await bench.read()).rows)).toEqual(await bench.rows())
  })

  test('is forgotten when a new bootstrap begins', async () => {
    const bench = await withSnapshot(20)
    await bench.bootstrap(bench.record('t00001', { subject: 'From a portal set back' }))
    expect((await bench.read()).fromSnapshot).toBe(false)
    expect(await bench.db.snapshot.count()).toBe(0)
    await bench.write()
    expect(byId((await bench.read()).rows)).toEqual(await bench.rows())
  })
})

describe('a snapshot that does not fit', () => {
  const everyTicket = async (bench: Bench) => {
    const rows = new Map<string, Row>()
    await readEveryTicket({
      mirror: bench.db,
      wanted: 'all',
      taker: () => (some) => {
        for (const row of some) rows.set(row.id, row)
      },
    })
    return byId([...rows.values()])
  }
  const chunks = (bench: Bench) => bench.db.snapshot.toArray()
  test.each<[what: string, damage: (bench: Bench) => Promise<unknown>]>([
    [
      'of another layout',
      async ({ db }) => {
        const state = await readSnapshotState(db)
        if (state) await db.meta.put({ ...state, layout: state.layout - 1 })
      },
    ],
    [
      'with a chunk that is cut off',
      async (bench) => {
        const [chunk] = await chunks(bench)
        if (!chunk) return
        const { text } = chunk.packed
        await bench.db.snapshot.put({ ...chunk, packed: { ...chunk.packed, text: text.slice(0, -40) } })
      },
    ],
    [
      'with a column that is cut off',
      async (bench) => {
        const [chunk] = await chunks(bench)
        if (!chunk) return
        const { numbers } = chunk.packed
        await bench.db.snapshot.put({ ...chunk, packed: { ...chunk.packed, numbers: numbers.slice(0, -3) } })
      },
    ],
    [
      'with a chunk of other tickets',
      async (bench) => {
        const [chunk, other] = await chunks(bench)
        if (chunk && other) await bench.db.snapshot.put({ ...chunk, packed: other.packed })
      },
    ],
    ['with a chunk missing', ({ db }) => db.snapshot.limit(1).delete()],
  ])('%s is not believed: the rows are read instead, and it is written anew', async (_, damage) => {
    const bench = await withSnapshot(1800, (n) => (n % 2 ? {} : { status: 'closed' }))
    await damage(bench)
    expect((await bench.read()).fromSnapshot).toBe(false)
    expect(await everyTicket(bench)).toEqual(await bench.rows())

    const state = await readSnapshotState(bench.db)
    if (isReadable(state)) {
      await expect(bench.renew()).rejects.toThrow(DamagedSnapshotError)
      await dropSnapshot(bench.db)
    }
    await bench.write()
    const { fromSnapshot, rows } = await bench.read()
    expect(fromSnapshot).toBe(true)
    expect(byId(rows)).toEqual(await bench.rows())
  })
})

describe('what changes while a window reads', () => {
  test.each<[what: string, id: string, to: Partial<Ticket> | 'gone']>([
    ['is over now', 't00000', { status: 'closed' }],
    ['is open again', 't00001', {}],
    ['is gone', 't00003', 'gone'],
  ])('a ticket that %s: the change is told, and with it all is there', async (_, id, to) => {
    const bench = await withSnapshot(700, (n) => (n % 2 ? { status: 'closed' } : {}))
    const { fromSnapshot, rows } = await bench.read('all', async () => {
      await bench.change(bench.record(id, to))
      await bench.renew()
    })
    expect(fromSnapshot).toBe(true)
    // The window hears which ticket changed, and reads that one again.
    const told = await bench.db.ticket.get(id)
    const shown = rows.filter((row) => row.id !== id)
    expect(byId(told ? [...shown, told] : shown)).toEqual(await bench.rows())
  })
})

describe('whatever happens in whatever order', () => {
  type Step =
    | { readonly kind: 'change'; readonly ids: readonly number[]; readonly to: number }
    | { readonly kind: 'write' | 'restart' | 'bootstrap' }
    | { readonly kind: 'renew'; readonly parts: number }
  const step: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('change' as const),
        ids: fc.uniqueArray(fc.nat({ max: 40 }), { minLength: 1, maxLength: 12 }),
        to: fc.nat({ max: 2 }),
      }),
    },
    { weight: 3, arbitrary: fc.constant({ kind: 'write' as const }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('renew' as const), parts: fc.nat({ max: 4 }) }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'bootstrap' as const }) },
  )
  const states = [{}, { status: 'closed' }, 'gone'] as const

  test('a window reads what the mirror has, each ticket once', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const bench = await withSnapshot(150)
        for (const one of steps) {
          if (one.kind === 'change') {
            const records = one.ids.map((n) =>
              bench.record(`t000${String(n).padStart(2, '0')}`, states[one.to]),
            )
            await bench.change(...records)
          } else if (one.kind === 'write') await writeNextPart(bench.db)
          else if (one.kind === 'renew') await bench.renew(one.parts)
          else if (one.kind === 'restart') await bench.restart()
          else await bench.bootstrap(...many(bench, 120, (n) => (n % 2 ? {} : { status: 'solved' })))

          const { fromSnapshot, rows, beforeOpenDone } = await bench.read()
          const mirror = await bench.rows()
          if (fromSnapshot) expect(byId(rows)).toEqual(mirror)
          expect(fromSnapshot).toBe(isReadable(await readSnapshotState(bench.db)))
          if (fromSnapshot) {
            const open = mirror.filter(({ value }) => isOpen(value)).map(({ id }) => id)
            expect(beforeOpenDone.map(({ id }) => id)).toEqual(expect.arrayContaining(open))
          }
        }
      }),
      { numRuns: 60 },
    )
  })
})
