import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS } from '#shared/tickets/attachment'
import type { DeskStore } from '../../../src-renderer/store/desk-store'
import { JournalDb } from '../../../src-renderer/store/journal-db'
import { openDatabase } from '../../../src-renderer/store/open-database'
import { Rig } from './desk-rig'
import { PROFILE } from './fake-desk'
import { problem } from './in-memory-portal'
import { until } from './virtual-world'

/* Files that go with a message: kept with the draft, stored on the portal before the message goes, released after. */

let rig: Rig
let store: DeskStore
beforeEach(async () => {
  rig = new Rig()
  rig.ticket('t1')
  rig.ticket('t2')
  store = await rig.synced()
})
afterEach(() => rig.stop())

const bytes = (size: number, fill = 7) => new Uint8Array(size).fill(fill)
const attach = (name: string, size = 100, to = 't1') =>
  store.attach(to, 'reply', { name, type: 'text/plain', bytes: bytes(size, name.length) })
const held = (of = store) => of.files('t1', 'reply').get()
const names = (of = store) => held(of).map(({ name }) => name)
const send = (body: string, target = 't1') =>
  store.run({
    type: 'reply',
    target,
    body,
    public: true,
    attachments: store
      .files(target, 'reply')
      .get()
      .map(({ isLost, ...file }) => file),
  })
const sent = () =>
  [...rig.portal.records.values()].flatMap(({ kind, value }) =>
    kind === 'message' ? [value as { body: string; attachments?: { id: string; name: string }[] }] : [],
  )
const asked = (what: RegExp) => rig.portal.requests.filter((request) => what.test(request))
const parked = async () => {
  await until('it is parked', () => store.status.get().parked === 1)
  const live = store.ticket('t1')
  const end = live.subscribe(() => {})
  await until('shown', () => live.get()?.parked.length === 1)
  const [entry] = live.get()?.parked ?? []
  end()
  if (!entry) throw new Error('nothing is parked')
  return entry
}
async function journal<T>(look: (db: JournalDb) => Promise<T>): Promise<T> {
  const world = rig.machine.process()
  const db = new JournalDb(PROFILE, world)
  await openDatabase(db, world)
  try {
    return await look(db)
  } finally {
    db.close()
  }
}
const left = () => journal(async (db) => [await db.files.count(), await db.fileBytes.count()])

describe('with the draft', () => {
  test('they are shown in every window, in their order, and are there again after a kill', async () => {
    const other = await rig.window()
    await attach('log.txt')
    await attach('screen.png', 5000)
    await until('shown there', () => held(other).length === 2)
    expect(names(other)).toEqual(['log.txt', 'screen.png'])
    await store.detach(held()[0]?.id ?? '')
    await until('gone there', () => held(other).length === 1)
    await rig.kill()
    store = await rig.synced()
    expect(held()).toMatchObject([{ name: 'screen.png', type: 'text/plain', size: 5000, isLost: false }])
    expect((await store.unfinished()).drafts).toBe(1)
  })

  test.each<[string, string, number, RegExp]>([
    ['an empty one', 'a.txt', 0, /“a.txt” is empty/],
    ['one that is too large', 'a.iso', MAX_ATTACHMENT_BYTES + 1, /“a.iso” is too large \(10.5 MB\).* 10 MB/],
  ])('%s is not taken', async (_what, name, size, why) => {
    await expect(attach(name, size)).rejects.toThrow(why)
    expect(await left()).toEqual([0, 0])
  })

  test('nor is one too many; another text has room for its own', async () => {
    for (let count = 1; count <= MAX_ATTACHMENTS; count += 1) await attach(`${count}.txt`)
    await expect(attach('11.txt')).rejects.toThrow('at most 10 files')
    await store.attach('t1', 'note', { name: 'x.txt', type: '', bytes: bytes(1) })
    expect(store.files('t1', 'note').get()).toHaveLength(1)
  })

  test('a name that hides what it is is made plain, an odd type is left out', async () => {
    await store.attach('t1', 'reply', { name: '../\u202egpj.exe', type: 'what ever', bytes: bytes(3) })
    expect(held()).toMatchObject([{ name: '.._____gpj.exe'.replace('_____', '__'), type: '' }])
  })
})

describe('on the way', () => {
  test('each is stored before the message goes, once, and is released when the message is there', async () => {
    await attach('log.txt')
    await attach('screen.png', 5000)
    const ids = held().map(({ id }) => id)
    await send('See the log')
    expect(held()).toEqual([])
    await rig.inSync(store)
    expect(sent()).toMatchObject([
      { body: 'See the log', attachments: [{ name: 'log.txt' }, { name: 'screen.png' }] },
    ])
    expect(asked(/attachments|commands/)).toEqual([
      `PUT attachments/${ids[0]}`,
      `PUT attachments/${ids[1]}`,
      'POST commands',
    ])
    expect(rig.portal.files.get(ids[1] ?? '')).toEqual(bytes(5000, 'screen.png'.length))
    await until('released', async () => (await left()).every((count) => count === 0))
    expect([...rig.main.copy.keys()].filter((key) => key.startsWith('file/'))).toEqual([])
  })

  test('a slow file holds up its own ticket alone, and tells how far it is', async () => {
    let go = (): void => {}
    const gone = new Promise<void>((resolve) => {
      go = resolve
    })
    rig.portal.fault = async (path) => {
      if (path.startsWith('attachments/') && rig.portal.files.size === 1) await gone
      return undefined as never
    }
    await attach('one.txt', 100)
    await attach('two.txt', 300)
    await send('With two')
    await store.run({ type: 'note', target: 't1', body: 'after it' })
    await store.run({ type: 'note', target: 't2', body: 'of another' })
    await until('one of two', () => [...store.uploads.get().values()][0]?.stored === 1)
    expect([...store.uploads.get().values()]).toEqual([{ files: 2, stored: 1, bytes: 400, storedBytes: 100 }])
    await until('the other ticket’s is there', () => sent().length === 1)
    expect(sent()).toMatchObject([{ body: 'of another' }])
    go()
    await rig.inSync(store)
    expect(sent().map(({ body }) => body)).toEqual(['of another', 'With two', 'after it'])
    expect(store.uploads.get().size).toBe(0)
  })

  test.each([
    ['before any is stored', 0, 'PUT'],
    ['between the two', 1, 'PUT'],
    ['between the last and the message', 2, 'POST'],
  ])('killed %s: nothing is lost, nothing is there twice', async (_when, stored, next) => {
    let asks = 0
    rig.portal.fault = (path) => {
      if (!/attachments|commands/.test(path)) return undefined
      asks += 1
      return asks > stored ? new Promise<never>(() => {}) : undefined
    }
    await attach('one.txt')
    await attach('two.txt')
    await send('With two')
    await until('on the way', () => asks === stored + 1)
    await rig.kill()
    rig.portal.fault = () => undefined
    rig.portal.requests.length = 0
    store = await rig.synced()
    expect(asked(/attachments|commands/)[0]).toContain(next)
    expect(asked(/attachments/)).toHaveLength(2 - stored)
    expect(sent()).toMatchObject([
      { body: 'With two', attachments: [{ name: 'one.txt' }, { name: 'two.txt' }] },
    ])
    await until('released', async () => (await left()).every((count) => count === 0))
  })

  test('an answer that is lost: stored again, there once', async () => {
    let isLost = false
    rig.portal.fault = (path) => {
      if (!path.startsWith('attachments/') || isLost) return undefined
      isLost = true
      return 'lose-answer'
    }
    await attach('one.txt')
    await send('Again')
    await until('lost', () => isLost)
    await rig.machine.advance(60_000)
    await rig.inSync(store)
    expect(asked(/attachments/)).toHaveLength(2)
    expect(rig.portal.files.size).toBe(1)
    expect(sent()).toHaveLength(1)
  })

  test('offline they wait with the text, and go when the portal is there', async () => {
    rig.unplug()
    await attach('one.txt')
    await send('Offline')
    await rig.machine.advance(5_000)
    await rig.kill()
    store = await rig.start()
    await rig.machine.settle()
    expect(sent()).toEqual([])
    rig.plug()
    store.syncNow()
    await rig.machine.advance(60_000)
    await rig.inSync(store)
    expect(sent()).toMatchObject([{ body: 'Offline', attachments: [{ name: 'one.txt' }] }])
  })
})

describe('when it goes wrong', () => {
  test('refused by the portal: parked, and giving up gives text and files back', async () => {
    rig.portal.fault = (path) =>
      path.startsWith('attachments/') ? problem(413, 'too-large', 'at most 1 MB here') : undefined
    await attach('one.txt')
    await send('Too much')
    const entry = await parked()
    expect(entry).toMatchObject({ code: 'too-large', problem: expect.stringContaining('1 MB') })
    expect(await store.discard(entry.id)).toEqual({ kind: 'reply', body: 'Too much' })
    expect(held()).toMatchObject([{ name: 'one.txt', isLost: false }])
    rig.portal.fault = () => undefined
    await send('Again')
    await rig.inSync(store)
    expect(sent()).toMatchObject([{ body: 'Again', attachments: [{ name: 'one.txt' }] }])
  })

  test('the portal lost what it had: asked for again, the files are stored again', async () => {
    rig.portal.fault = (path) => {
      if (path === 'commands') rig.portal.files.clear()
      return undefined
    }
    await attach('one.txt')
    await send('Where is it')
    const entry = await parked()
    expect(entry.code).toBe('attachment-missing')
    rig.portal.fault = () => undefined
    await store.retry(entry.id)
    await rig.inSync(store)
    expect(sent()).toMatchObject([{ body: 'Where is it', attachments: [{ name: 'one.txt' }] }])
  })

  test('the portal was set back to before it had them: message and files go again', async () => {
    const before = rig.portal.version
    await attach('one.txt')
    // The feed never shows it: it stays in the outbox as applied.
    rig.portal.fault = (path) => (path === 'changes' ? problem(503, 'busy', 'later') : undefined)
    await send('Set back')
    await until('taken', () => sent().length === 1)
    await rig.machine.settle()
    for (const [key, record] of rig.portal.records)
      if (record.version > before) rig.portal.records.delete(key)
    rig.ticket('t1')
    rig.portal.files.clear()
    rig.portal.answers.clear()
    rig.portal.version += 10
    rig.portal.oldestCursor = rig.portal.version
    rig.portal.fault = () => undefined
    store.syncNow()
    await until('there again', () => sent().length === 1)
    expect(rig.portal.files.size).toBe(1)
  })

  test('a database that was lost: the text is kept, the file is told of, and nothing goes without it', async () => {
    rig.unplug()
    await attach('one.txt')
    await send('With a file')
    await store.attach('t2', 'note', { name: 'two.txt', type: '', bytes: bytes(1) })
    await store.saveDraft('t2', 'note', 'a draft')
    await rig.kill()
    await new Promise((resolve) => {
      rig.machine.factory.deleteDatabase(`journal.${PROFILE}`).onsuccess = resolve
    })
    rig.plug()
    store = await rig.start()
    const entry = await parked()
    expect(entry).toMatchObject({ code: 'file-lost', problem: expect.stringContaining('“one.txt”') })
    expect(store.status.get().notices.join()).toContain('2 attached files could not be')
    expect(sent()).toEqual([])

    expect(await store.discard(entry.id)).toEqual({ kind: 'reply', body: 'With a file' })
    expect(held()).toMatchObject([{ name: 'one.txt', isLost: true }])
    expect(store.files('t2', 'note').get()).toMatchObject([{ name: 'two.txt', isLost: true }])
    await expect(send('With a file')).rejects.toThrow('“one.txt” is no longer on this computer')
    await store.detach(held()[0]?.id ?? '')
    await send('Without it')
    await until('there', () => sent().length === 1)
    expect(sent()[0]?.attachments ?? []).toEqual([])
  })

  test('a file that was removed in another window meanwhile: the text is not sent without it', async () => {
    await attach('one.txt')
    const files = held().map(({ isLost, ...file }) => file)
    await store.detach(files[0]?.id ?? '')
    await expect(
      store.run({ type: 'reply', target: 't1', body: 'See it', public: true, attachments: files }),
    ).rejects.toThrow('“one.txt” is not attached any more')
    expect(sent()).toEqual([])
  })

  test('a file that was attached in another window just now: the draft is not sent without it', async () => {
    await store.saveDraft('t1', 'reply', 'See it')
    const other = await rig.window()
    await other.attach('t1', 'reply', { name: 'late.txt', type: '', bytes: bytes(1) })
    await expect(store.run({ type: 'reply', target: 't1', body: 'See it', public: true })).rejects.toThrow(
      '“late.txt” was attached meanwhile',
    )
    expect(await store.readDraft('t1', 'reply')).toBe('See it')
    await until('seen', () => held().length === 1)
    await send('See it')
    await rig.inSync(store)
    expect(sent()).toMatchObject([{ body: 'See it', attachments: [{ name: 'late.txt' }] }])
  })

  test('signing out with everything removed takes them along', async () => {
    await attach('one.txt')
    await rig.stop()
    rig.main.wipes = [{ profile: PROFILE, what: 'everything' }]
    store = await rig.start()
    await until('wiped', () => rig.main.wipes.length === 0)
    expect(held()).toEqual([])
    expect([...rig.main.copy.keys()].filter((key) => key.startsWith('file/'))).toEqual([])
  })
})
