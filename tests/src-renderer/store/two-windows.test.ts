import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DeskStore } from '../../../src-renderer/store/desk-store'
import { bothTexts } from '../../../src-renderer/store/drafts'
import { Rig } from '../engine/desk-rig'
import { until } from '../engine/virtual-world'

/* One draft in two windows: the same ticket in the console and in a window of its own. */

let rig: Rig
let here: DeskStore
let there: DeskStore
beforeEach(async () => {
  rig = new Rig()
  rig.ticket('t1')
  here = await rig.synced()
  there = await rig.window()
  await rig.inSync(there)
})
afterEach(() => rig.stop())

const read = (store: DeskStore) => store.readDraft('t1', 'reply')
const save = (store: DeskStore, body: string) => store.saveDraft('t1', 'reply', body)
/** A box that shows whatever another window saves. */
function box(store: DeskStore, isBusy = () => false) {
  const shown: string[] = []
  store.watchDraft('t1', 'reply', (saved) => {
    if (!isBusy()) shown.push(saved)
    return !isBusy()
  })
  return shown
}

test('what one window saves or sends, the other shows', async () => {
  await Promise.all([read(here), read(there)])
  const shown = box(there)
  await save(here, 'half')
  await until('the first text', () => shown.length === 1)
  await save(here, 'half a sentence')
  await until('the second text', () => shown.length === 2)
  await here.run({ type: 'reply', target: 't1', body: 'half a sentence', public: true })
  await until('nothing', () => shown.length === 3)
  expect(shown).toEqual(['half', 'half a sentence', ''])
})

test('going on with what the other window wrote is no second text', async () => {
  await Promise.all([read(here), read(there)])
  const shown = box(there)
  await save(here, 'half')
  await until('shown', () => shown.length === 1)
  expect(await save(there, 'hal')).toBe('hal')
  expect(await read(here)).toBe('hal')
})

test('written into both at once, both texts are kept, once each', async () => {
  await Promise.all([read(here), read(there)])
  box(there, () => true)
  expect(await save(here, 'from here')).toBe('from here')
  expect(await save(there, 'from there')).toBe('from here\n\nfrom there')
  // What came back is known: to delete some of it is to delete it.
  expect(await save(there, 'from there')).toBe('from there')
})

test('a text that the other window sent stays sent, and what was typed there since stays a draft', async () => {
  await save(here, 'one')
  await Promise.all([read(here), read(there)])
  await here.run({ type: 'reply', target: 't1', body: 'one', public: true })
  expect(await save(there, 'two')).toBe('two')
  await rig.inSync(here)
  expect(await read(here)).toBe('two')
  const replies = [...rig.portal.records.values()].filter(({ kind }) => kind === 'message')
  expect(replies).toMatchObject([{ value: { body: 'one' } }])
})

test('a window that is closed is asked no more', async () => {
  await read(there)
  const shown: string[] = []
  const end = there.watchDraft('t1', 'reply', (saved) => shown.push(saved) > 0)
  end()
  await save(here, 'unseen')
  await rig.machine.settle()
  expect(shown).toEqual([])
})

describe('both texts, once each', () => {
  test.each([
    ['', 'mine', 'mine'],
    ['theirs', '', 'theirs'],
    ['same', 'same', 'same'],
    ['half', 'half a sentence', 'half a sentence'],
    ['half a sentence', 'half', 'half a sentence'],
    ['theirs', 'mine', 'theirs\n\nmine'],
    ['', '', ''],
  ])('%j and %j are %j', (theirs, mine, both) => expect(bothTexts(theirs, mine)).toBe(both))
})
