import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SavedView } from '#shared/queue/saved-view'
import type { CommandDraft, DeskStore } from '../../../src-renderer/store/desk-store'
import { ana, ben } from '../../src-shared/tickets/samples'
import { Rig } from '../engine/desk-rig'
import { until } from '../engine/virtual-world'

let rig: Rig
beforeEach(() => {
  rig = new Rig()
})
afterEach(() => rig.stop())

const view = (id: string, name: string, ownerId: string | undefined = ana.id): SavedView => ({
  id,
  name,
  query: 'p1',
  sort: { field: 'nextDue', direction: 'asc' },
  ...(ownerId === '' ? {} : { ownerId }),
})
const save = (store: DeskStore, value: SavedView) =>
  store.run({ type: 'save-view', target: value.id, value } as CommandDraft)
const names = (store: DeskStore) => store.shared.get().views.map(({ name }) => name)

describe('what everybody has in common', () => {
  test('is there with the first sync and follows the portal, by name', async () => {
    rig.portal.put('view', 'v2', view('v2', 'Waiting for us', ''))
    const store = await rig.synced()
    await until('the view', () => names(store).length === 1)
    rig.portal.put('view', 'v1', view('v1', 'Backline', ''))
    store.syncNow()
    await until('the second', () => names(store).length === 2)
    expect(names(store)).toEqual(['Backline', 'Waiting for us'])
    expect(store.shared.get().agents.map(({ name }) => name)).toEqual([ana.name, ben.name])
  })

  test('a view of another person is not mine to see', async () => {
    rig.portal.put('view', 'v1', view('v1', 'Ben’s own', ben.id))
    rig.portal.put('view', 'v2', view('v2', 'Mine'))
    const store = await rig.synced()
    await until('the views', () => names(store).length > 0)
    expect(names(store)).toEqual(['Mine'])
  })

  test('my own saves are on top at once, without the portal, one after the other', async () => {
    const store = await rig.synced()
    rig.unplug()
    await save(store, view('v1', 'First name'))
    expect(names(store)).toEqual(['First name'])
    await save(store, view('v1', 'Second name'))
    expect(names(store)).toEqual(['Second name'])
    rig.plug()
    store.syncNow()
    await rig.inSync(store)
    expect(store.status.get().parked).toBe(0)
    expect(names(store)).toEqual(['Second name'])
    expect(rig.portal.records.get('view/v1')?.value).toMatchObject({ name: 'Second name' })
  })

  test('what was made and deleted without the portal is gone everywhere', async () => {
    const store = await rig.synced()
    rig.unplug()
    await save(store, view('v1', 'For a moment'))
    await store.run({ type: 'delete-view', target: 'v1' } as CommandDraft)
    expect(names(store)).toEqual([])
    rig.plug()
    store.syncNow()
    await rig.inSync(store)
    expect(store.status.get().parked).toBe(0)
    expect(rig.portal.records.get('view/v1')?.value).toBeUndefined()
  })

  test('a save that somebody else was faster with waits for me, and can be sent again', async () => {
    rig.portal.put('view', 'v1', view('v1', 'Before'))
    const store = await rig.synced()
    await until('the view', () => names(store).length === 1)
    rig.unplug()
    await save(store, view('v1', 'Mine'))
    rig.portal.put('view', 'v1', view('v1', 'From my other desk'))
    rig.plug()
    store.syncNow()
    await until('the refusal', () => store.status.get().parked === 1 && store.orphans.get().length === 1)
    expect(store.orphans.get()).toMatchObject([
      { what: { kind: 'command', type: 'save-view' }, text: 'Mine', canRetry: true },
    ])
    await until('theirs', () => names(store)[0] === 'From my other desk')
    await store.retry(store.orphans.get()[0]?.id ?? '')
    await rig.inSync(store)
    expect(names(store)).toEqual(['Mine'])
    expect(store.orphans.get()).toEqual([])
  })
})
