import { beforeEach, describe, expect, test } from 'vitest'
import { recordKinds } from '#shared/portal/records'
import { retryProblems } from '../../../src-renderer/engine/retry-problems'
import { MirrorDb, mirrorName, readSyncState } from '../../../src-renderer/store/mirror-db'
import { writeChanges } from '../../../src-renderer/store/mirror-write'
import { NewerDatabaseError, openDatabase } from '../../../src-renderer/store/open-database'
import { aTicket } from '../../src-shared/tickets/samples'
import { VirtualMachine } from '../engine/virtual-world'

/*
 * A desk that is updated finds the mirror of its predecessor. Each schema that was ever released is opened as it was, filled,
 * and opened as it is now: everything must be there, and usable.
 */

const PROFILE = 'acme.ana'
/** Dexie's native versions are ten times its own. */
const NATIVE = 10
const NEWEST = 2

/** What a desk of each schema made, written down once and never touched again: stores with their key and indexes. */
const RELEASED: { readonly [version: number]: { readonly [store: string]: string } } = {
  1: {
    agent: 'id',
    bootstrapPages: 'page',
    calendar: 'id',
    contact: 'id',
    message: 'id, value.ticketId',
    meta: 'key',
    organization: 'id',
    policy: 'id',
    problems: 'key',
    ticket: 'id',
    tombstones: 'key',
  },
}

let machine: VirtualMachine
beforeEach(() => {
  machine = new VirtualMachine()
})

/** Opens natively, as no code of today would. */
function native(version: number, upgrade?: (db: IDBDatabase) => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = machine.factory.open(mirrorName(PROFILE), version)
    request.onupgradeneeded = () => upgrade?.(request.result)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

function make(db: IDBDatabase, stores: { readonly [store: string]: string }): void {
  for (const [name, schema] of Object.entries(stores)) {
    const [keyPath = '', ...indexes] = schema.split(', ')
    const store = db.createObjectStore(name, { keyPath })
    for (const index of indexes) store.createIndex(index, index)
  }
}

function schemaOf(db: IDBDatabase): { [store: string]: string } {
  const names = [...db.objectStoreNames]
  const transaction = db.transaction(names)
  return Object.fromEntries(
    names.map((name) => {
      const store = transaction.objectStore(name)
      return [name, [String(store.keyPath), ...store.indexNames].join(', ')]
    }),
  )
}

const value = aTicket({ subject: 'From before the update' })
const message = {
  id: 'm1',
  ticketId: 't1',
  at: 1,
  type: 'note',
  author: { kind: 'agent', name: 'Ana' },
  body: 'x',
}
/** A row for each store of version 1. */
const FILLED: { readonly [store: string]: object } = {
  agent: { id: 'ana', version: 2, value: { id: 'ana', name: 'Ana Souza' } },
  bootstrapPages: { page: 3, seen: '[["ticket","t1",4]]' },
  calendar: { id: 'c1', version: 2, value: { id: 'c1' } },
  contact: { id: 'k1', version: 2, value: { id: 'k1', name: 'Kim' } },
  message: { id: 'm1', version: 5, value: message },
  meta: { key: 'sync', cursor: '7', lastSyncAt: 1_783_000_000_000, clockOffsetMs: 120 },
  organization: { id: 'o1', version: 2, value: { id: 'o1', name: 'Northwind' } },
  policy: { id: 'p1', version: 2, value: { id: 'p1' } },
  problems: {
    key: 'macro/mac-1',
    version: 6,
    problem: 'unknown kind of record "macro"',
    raw: {
      kind: 'macro',
      id: 'mac-1',
      version: 6,
      value: { id: 'mac-1', name: 'Ask for logs', kind: 'reply', body: 'Please send us the logs' },
    },
  },
  ticket: { id: 't1', version: 4, value },
  tombstones: { key: 'ticket/gone', version: 3 },
}

/** A mirror as version 1 left it behind. */
async function ofVersion1(): Promise<void> {
  const stores = RELEASED[1] ?? {}
  const db = await native(NATIVE, (made) => make(made, stores))
  const transaction = db.transaction(Object.keys(stores), 'readwrite')
  for (const name of Object.keys(stores)) transaction.objectStore(name).put(FILLED[name])
  await new Promise((done) => {
    transaction.oncomplete = done
  })
  db.close()
}

async function opened(): Promise<MirrorDb> {
  const world = machine.process()
  const db = new MirrorDb(PROFILE, world)
  await openDatabase(db, world)
  return db
}

describe('the mirror of an older desk', () => {
  test.each(Object.keys(RELEASED).map(Number))(
    'version %d is still declared as it was released',
    async (version) => {
      const db = new MirrorDb(PROFILE, machine.process(), version)
      await db.open()
      expect(schemaOf(db.backendDB())).toEqual(RELEASED[version])
      db.close()
    },
  )

  test('version 1: every row is there, and the place in the feed', async () => {
    expect(Object.keys(FILLED).sort()).toEqual(Object.keys(RELEASED[1] ?? {}))
    await ofVersion1()
    const db = await opened()
    expect(db.verno).toBe(NEWEST)
    for (const [name, row] of Object.entries(FILLED)) {
      expect([name, await db.table(name).toArray()]).toEqual([name, [row]])
    }
    expect((await readSyncState(db)).cursor).toBe('7')
    expect(await db.message.where('value.ticketId').equals('t1').count()).toBe(1)
    db.close()
  })

  test('version 1: what is new has its place, and nothing pretends to be a snapshot', async () => {
    await ofVersion1()
    const db = await opened()
    for (const kind of recordKinds) expect(await db.table(kind).count()).toBe(kind in FILLED ? 1 : 0)
    expect(await db.snapshot.count()).toBe(0)
    expect(await db.meta.get('snapshot')).toBeUndefined()
    const newer = { kind: 'ticket', id: 't1', version: 8, value: { ...value, subject: 'After' } } as const
    await writeChanges(db, { records: [newer], problems: [] }, { key: 'sync', cursor: '8' })
    expect((await db.ticket.get('t1'))?.value.subject).toBe('After')
    db.close()
  })

  test('version 1: a kind of record that it did not know is read now', async () => {
    await ofVersion1()
    const db = await opened()
    await retryProblems(db)
    expect(await db.problems.count()).toBe(0)
    expect((await db.macro.get('mac-1'))?.version).toBe(6)
    db.close()
  })

  test('is updated once: opened again it is as it was left', async () => {
    await ofVersion1()
    ;(await opened()).close()
    const before = await native(NEWEST * NATIVE)
    const schema = schemaOf(before)
    before.close()
    const db = await opened()
    expect(schemaOf(db.backendDB())).toEqual(schema)
    expect(await db.ticket.get('t1')).toEqual(FILLED.ticket)
    db.close()
  })
})

describe('the mirror of a newer desk', () => {
  test('is refused with what to do, and nothing in it is touched', async () => {
    const newer = await native((NEWEST + 1) * NATIVE, (db) => {
      make(db, { ticket: 'id', meta: 'key', moods: 'id' })
    })
    const transaction = newer.transaction(['ticket', 'moods'], 'readwrite')
    transaction.objectStore('ticket').put({ id: 't1', version: 9, value: { mood: 'calm' } })
    await new Promise((done) => {
      transaction.oncomplete = done
    })
    const schema = schemaOf(newer)
    newer.close()

    const refused = opened()
    await expect(refused).rejects.toThrow(NewerDatabaseError)
    await expect(refused).rejects.toThrow(
      `"mirror.${PROFILE}" was written by a newer Meridian (its schema is ${NEWEST + 1}, this one knows ${NEWEST}). ` +
        'Update Meridian to open it; nothing in it was changed.',
    )
    const after = await native((NEWEST + 1) * NATIVE)
    expect(schemaOf(after)).toEqual(schema)
    const kept = after.transaction('ticket').objectStore('ticket').get('t1')
    await new Promise((done) => {
      kept.onsuccess = done
    })
    expect(kept.result).toEqual({ id: 't1', version: 9, value: { mood: 'calm' } })
    after.close()
  })

  test('one to which a store was only added is none', async () => {
    ;(await opened()).close()
    ;(await native(NEWEST * NATIVE + 1, (db) => make(db, { later: 'id' }))).close()
    const db = await opened()
    expect(await db.ticket.count()).toBe(0)
    db.close()
  })
})
