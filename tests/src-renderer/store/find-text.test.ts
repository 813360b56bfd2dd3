import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FORGET_MS } from '../../../src-renderer/engine/text-search'
import type { DeskStore } from '../../../src-renderer/store/desk-store'
import { ben, note, reply } from '../../src-shared/tickets/samples'
import { Rig } from '../engine/desk-rig'
import { until } from '../engine/virtual-world'

let rig: Rig
beforeEach(() => {
  rig = new Rig()
})
afterEach(() => rig.stop())

const theirs = (what: ReturnType<typeof note>, target = 't1') =>
  rig.portal.take({ ...what, id: crypto.randomUUID(), at: 0, target, baseVersion: rig.portal.version }, ben)

/** Looks for it until the test is over. */
function find(store: DeskStore, text: string) {
  const hits = store.findText(text)
  hits.subscribe(() => {})
  return { ids: () => [...hits.get().ticketIds].sort(), isComplete: () => hits.get().searched === 1 }
}

describe('a text in the messages', () => {
  beforeEach(() => {
    for (const id of ['t1', 't2', 't3']) rig.ticket(id)
    theirs(note('The Ångström sensor drifts'), 't1')
    theirs(reply('Please send the sensor logs'), 't2')
  })

  test.each([
    { text: 'sensor', in: ['t1', 't2'], why: 'any kind of entry' },
    { text: 'ANGSTROM', in: ['t1'], why: 'without case and accents' },
    { text: 'sensor logs', in: ['t2'], why: 'words in a row' },
    { text: 'ensor dri', in: ['t1'], why: 'parts of words' },
    { text: 'no such word', in: [], why: 'nothing' },
  ])('$text: $why', async ({ text, in: expected }) => {
    const store = await rig.synced()
    const found = find(store, text)
    await until('all is searched', found.isComplete)
    expect(found.ids()).toEqual(expected)
  })

  test('is found as soon as it comes, and no longer when it goes', async () => {
    const store = await rig.synced()
    const found = find(store, 'sensor')
    await until('all is searched', found.isComplete)
    theirs(note('Third sensor'), 't3')
    store.syncNow()
    await until('the new one', () => found.ids().length === 3)
    const message = [...rig.portal.records.values()].find(
      ({ kind, value }) => kind === 'message' && (value as { ticketId: string }).ticketId === 't2',
    )
    rig.portal.put('message', message?.id ?? '', undefined as never)
    store.syncNow()
    await until('it is gone', () => !found.ids().includes('t2'))
    expect(found.ids()).toEqual(['t1', 't3'])
  })

  test('is asked for again when the engine was started anew, and after a long time', async () => {
    const store = await rig.synced()
    const found = find(store, 'sensor')
    await until('all is searched', found.isComplete)
    await rig.machine.advance(FORGET_MS * 3)
    theirs(note('Third sensor'), 't3')
    store.syncNow()
    await until('the new one', () => found.ids().length === 3)
    expect(found.isComplete()).toBe(true)
  })

  test('nothing is read before somebody asks', async () => {
    const store = await rig.synced()
    expect(store.findText('sensor').get()).toEqual({ ticketIds: new Set(), searched: 0 })
  })
})
