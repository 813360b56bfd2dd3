import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DeskStore, Orphan } from '../../../src-renderer/store/desk-store'
import { MINUTE, type note, priority, reply } from '../../src-shared/tickets/samples'
import { Rig } from '../engine/desk-rig'
import { until } from '../engine/virtual-world'

let rig: Rig
beforeEach(() => {
  rig = new Rig()
  rig.ticket('t1', { subject: 'Alerts arrive late' })
  rig.ticket('t2')
})
afterEach(() => rig.stop())

const run = (store: DeskStore, what: ReturnType<typeof note>, target = 't1') =>
  store.run({ ...what, target } as Parameters<DeskStore['run']>[0])
/** What a person sees of each: whose it is, what it was, what was typed, why it failed. */
const seen = (store: DeskStore) =>
  store.orphans.get().map(({ about, what, text, problem }: Orphan) => {
    const name = what.kind === 'command' ? what.type : `${what.composer} draft`
    return [about?.number, name, text, problem].filter((part) => part !== undefined)
  })
const shows = (store: DeskStore, expected: unknown[]) =>
  until(`shows ${JSON.stringify(expected)}`, () => JSON.stringify(seen(store)) === JSON.stringify(expected))

/** Written while the network is away: a reply, a change and a draft about one ticket, a draft about the other. */
async function unfinishedOffline(): Promise<DeskStore> {
  const store = await rig.synced()
  rig.unplug()
  await run(store, reply('We are looking into it'))
  rig.machine.clock += MINUTE
  await run(store, priority('P3'))
  rig.machine.clock += MINUTE
  await store.saveDraft('t1', 'note', 'half a sentence')
  await store.saveDraft('t2', 'reply', 'about one that stays')
  return store
}

describe('what I did about a ticket that is gone', () => {
  test('deleted at the portal: all of it can still be read, with the ticket’s name and the reason', async () => {
    const store = await unfinishedOffline()
    expect(seen(store), 'as long as the ticket is here').toEqual([])
    rig.portal.put('ticket', 't1', undefined)
    rig.plug()
    store.syncNow()
    await shows(store, [
      ['MER-t1', 'reply', 'We are looking into it', 'there is no ticket t1'],
      ['MER-t1', 'set-priority', '', 'there is no ticket t1'],
      ['MER-t1', 'note draft', 'half a sentence'],
    ])
    expect(store.orphans.get()[0]?.about).toEqual({ number: 'MER-t1', subject: 'Alerts arrive late' })
    expect(store.status.get().parked).toBe(2)
  })

  test('of a workspace that was made anew: the same, though this desk never hears of a deletion', async () => {
    const store = await unfinishedOffline()
    rig.portal.records.delete('ticket/t1')
    rig.portal.tickets.delete('t1')
    rig.portal.oldestCursor = rig.portal.version + 1
    rig.portal.version += 1
    rig.plug()
    store.syncNow()
    await until('three', () => store.orphans.get().length === 3)
  })

  test('can’t be tried again, and is gone for good when it is discarded', async () => {
    const store = await unfinishedOffline()
    rig.portal.put('ticket', 't1', undefined)
    rig.plug()
    store.syncNow()
    await until('both refused', () => store.status.get().parked === 2 && store.orphans.get().length === 3)
    const [first, second, draft] = store.orphans.get()
    await expect(store.retry(first?.id ?? '')).rejects.toThrow('not on this desk any more')
    for (const orphan of [first, second, draft]) await store.discardOrphan(orphan?.id ?? '')
    await shows(store, [])
    expect(await store.unfinished()).toEqual({ unsent: 0, parked: 0, drafts: 1 })
    await expect(store.discardOrphan(first?.id ?? '')).rejects.toThrow('its ticket is here again')
    expect(
      [...rig.main.copy.keys()].filter((key) => /^(outbox|draft)/.test(key)),
      'in the second copy as well',
    ).toEqual(['draft/t2/reply'])
  })

  test('is there again after a restart, in another window too, without a portal', async () => {
    const store = await unfinishedOffline()
    rig.portal.put('ticket', 't1', undefined)
    rig.plug()
    store.syncNow()
    await until('three', () => store.orphans.get().length === 3)
    await rig.kill()
    rig.unplug()
    const again = await rig.start()
    await until('three', () => again.orphans.get().length === 3)
    const other = await rig.window()
    await until('three there', () => other.orphans.get().length === 3)
    await again.discardOrphan(again.orphans.get()[2]?.id ?? '')
    await until('two there', () => other.orphans.get().length === 2)
  })

  test('is on its ticket again when that comes back', async () => {
    const store = await unfinishedOffline()
    rig.portal.put('ticket', 't1', undefined)
    rig.plug()
    store.syncNow()
    await until('three', () => store.orphans.get().length === 3)
    rig.ticket('t1')
    store.syncNow()
    await shows(store, [])
    expect(await store.readDraft('t1', 'note')).toBe('half a sentence')
    await until('both', () => store.rows.get('t1')?.parked === 2)
  })
})

describe('nothing is taken for gone', () => {
  test('while the tickets are not here yet', async () => {
    const store = await unfinishedOffline()
    await rig.kill()
    rig.machine.factory.deleteDatabase('mirror.acme.ana')
    const again = await rig.start()
    let most = 0
    again.orphans.subscribe(() => {
      most = Math.max(most, again.orphans.get().length)
    })
    rig.portal.fault = (path) => (path === 'bootstrap' ? new Response('', { status: 503 }) : undefined)
    rig.plug()
    await rig.machine.advance(10_000)
    rig.portal.fault = () => undefined
    again.syncNow()
    await rig.inSync(again)
    expect(most).toBe(0)
    expect(store.orphans.get()).toEqual([])
  })

  test('because this version can’t read it', async () => {
    const store = await rig.synced()
    await store.saveDraft('t1', 'note', 'half a sentence')
    rig.portal.putRaw('ticket', 't1', { id: 't1', subject: 7 })
    await rig.kill()
    rig.machine.factory.deleteDatabase('mirror.acme.ana')
    const again = await rig.start()
    await until('the other one', () => again.rows.size === 1)
    await until('said', () =>
      again.status
        .get()
        .notices.some((text) => text.includes('can’t be read') || text.includes("can't be read")),
    )
    await rig.machine.settle()
    expect(again.orphans.get()).toEqual([])
  })

  test('the same list stays the same object while nothing changes', async () => {
    const store = await rig.synced()
    const before = store.orphans.get()
    rig.ticket('t3')
    store.syncNow()
    await rig.inSync(store)
    expect(store.orphans.get()).toBe(before)
  })
})
