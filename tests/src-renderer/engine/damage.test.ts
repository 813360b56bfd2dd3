import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DeskStore } from '../../../src-renderer/store/desk-store'
import { JournalDb } from '../../../src-renderer/store/journal-db'
import { MirrorDb } from '../../../src-renderer/store/mirror-db'
import { MINUTE, note, reply } from '../../src-shared/tickets/samples'
import { Rig } from './desk-rig'
import { PROFILE } from './fake-desk'
import { until } from './virtual-world'

let rig: Rig
beforeEach(() => {
  rig = new Rig()
  rig.ticket('t1')
})
afterEach(() => rig.stop())

const run = (store: DeskStore, what: ReturnType<typeof note>) =>
  store.run({ ...what, target: 't1' } as Parameters<DeskStore['run']>[0])

/** What Chromium does with a damaged database: it comes up new and empty, without any error. */
const damage = (name: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = rig.machine.factory.deleteDatabase(name)
    request.onsuccess = () => resolve()
    request.onerror = () => reject(request.error)
    request.onblocked = () => reject(new Error(`${name} is still open`))
  })

const offlineWith = async (...texts: string[]): Promise<DeskStore> => {
  const store = await rig.synced()
  rig.unplug()
  for (const text of texts) await run(store, note(text))
  return store
}

const raw = (name: string, version: number): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = rig.machine.factory.open(name, version)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

describe('a journal that comes up empty', () => {
  test('is filled from the second copy, and the person is told', async () => {
    const store = await offlineWith('one', 'two')
    await store.saveDraft('t1', 'reply', 'half a sentence')
    await rig.kill()
    await damage(`journal.${PROFILE}`)
    await damage(`mirror.${PROFILE}`)

    rig.plug()
    const again = await rig.start()
    await rig.inSync(again)
    await until('both sent', () => rig.portal.applied === 2)
    expect(again.status.get().notices).toEqual([
      'The local database was damaged and has been rebuilt from its second copy: ' +
        '2 unsent commands and 1 draft were kept. The tickets are being fetched again.',
    ])
    expect(await again.readDraft('t1', 'reply')).toBe('half a sentence')
  })

  test('nobody writes into it before the engine has looked', async () => {
    await offlineWith('one')
    await rig.kill()
    await damage(`journal.${PROFILE}`)
    // The window is there first and the person types at once; the engine takes its time.
    const { desk, letEngineRead } = holdJournalRead(rig)
    const store = await desk
    const written = run(store, note('typed at once'))
    await rig.machine.settle()
    expect([...rig.main.copy.keys()].filter((key) => key.startsWith('outbox/'))).toHaveLength(1)
    letEngineRead()
    await written
    await until('both are there', () => store.rows.get('t1')?.unsent === 2)
    rig.plug()
    store.syncNow()
    await until('both sent', () => rig.portal.applied === 2)
  })

  test('what the copy can’t read is counted, the rest is kept', async () => {
    await offlineWith('one')
    await rig.kill()
    rig.main.copy.set('outbox/garbage', '{"seq":')
    await damage(`journal.${PROFILE}`)
    const again = await rig.start()
    await until('told', () => again.status.get().notices[0]?.includes('1 entry could not be read'))
    await until('kept', () => again.rows.get('t1')?.unsent === 1)
  })

  test('an alert that was shown is not shown again', async () => {
    rig.ticket('t1', { priority: 'P1', assigneeId: 'ana' })
    rig.machine.sleep(70 * MINUTE)
    await rig.synced()
    await until('an alert', () => rig.main.shown.length === 1)
    await rig.machine.settle()
    await rig.kill()
    await damage(`journal.${PROFILE}`)
    // Main forgot too: only the journal knows.
    rig.main.shown.length = 0
    await rig.synced()
    await rig.machine.advance(10_000)
    expect(rig.main.shown).toEqual([])
  })
})

describe('killed between the two writes', () => {
  test('the database has it, the copy lags: sent once, and the copy is mended at the next start', async () => {
    const store = await rig.synced()
    rig.unplug()
    rig.main.appendFails = true
    await run(store, reply('in the database only'))
    await until('told', () =>
      store.status.get().notices[0]?.includes("second copy of unsent work can't be written"),
    )
    await rig.kill()
    rig.main.appendFails = false
    expect([...rig.main.copy.keys()].some((key) => key.startsWith('outbox/'))).toBe(false)

    const again = await rig.start()
    await until('mended', () => [...rig.main.copy.keys()].some((key) => key.startsWith('outbox/')))
    rig.plug()
    again.syncNow()
    await rig.inSync(again)
    expect(rig.portal.applied).toBe(1)
    expect([...rig.main.copy.keys()].some((key) => key.startsWith('outbox/'))).toBe(false)
  })

  test('a stale line in the copy does no more than ask again under the same id', async () => {
    const store = await offlineWith('one')
    const [line] = [...rig.main.copy].filter(([key]) => key.startsWith('outbox/'))
    rig.plug()
    store.syncNow()
    await rig.inSync(store)
    await rig.kill()
    if (line) rig.main.copy.set(...line)
    await damage(`journal.${PROFILE}`)
    const again = await rig.start()
    await rig.inSync(again)
    await rig.machine.advance(MINUTE)
    expect(rig.portal.applied).toBe(1)
  })
})

describe('a mirror that is lost', () => {
  test('is fetched again and said; the journal is untouched', async () => {
    const store = await offlineWith()
    await store.saveDraft('t1', 'note', 'kept')
    await rig.kill()
    await damage(`mirror.${PROFILE}`)
    rig.plug()
    const again = await rig.synced()
    expect(again.status.get().notices[0]).toContain('local copy of the tickets was lost')
    expect(await again.readDraft('t1', 'note')).toBe('kept')
  })
})

describe('a database of a newer Meridian', () => {
  test.each([
    ['mirror', MirrorDb],
    ['journal', JournalDb],
  ])('%s: refused with an explanation, and kept as it is', async (which, Database) => {
    await rig.synced()
    await rig.kill()
    const name = `${which}.${PROFILE}`
    const { verno } = new Database(PROFILE, rig.machine.process())
    ;(await raw(name, 70)).close()
    const before = await raw(name, 70)
    const stores = [...before.objectStoreNames]
    before.close()

    await expect(rig.start()).rejects.toThrow(
      `The database "${name}" was written by a newer Meridian (its schema is 7, this one knows ${verno})`,
    )
    await rig.machine.settle()
    const after = await raw(name, 70)
    expect([after.version, [...after.objectStoreNames]]).toEqual([70, stores])
    after.close()
  })
})

/** Starts the app with an engine that waits before it may read the second copy. */
function holdJournalRead(of: Rig) {
  let go = (): void => {}
  const held = new Promise<void>((resolve) => {
    go = resolve
  })
  const make = of.main.desk.bind(of.main)
  of.main.desk = () => {
    const desk = make()
    const { read } = desk.journal
    return { ...desk, journal: { ...desk.journal, read: (input) => held.then(() => read(input)) } }
  }
  return { desk: of.start(), letEngineRead: () => go() }
}
