import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DeskStore } from '../../../src-renderer/store/desk-store'
import { JournalDb } from '../../../src-renderer/store/journal-db'
import { openDatabase } from '../../../src-renderer/store/open-database'
import { Rig } from '../engine/desk-rig'
import { PROFILE } from '../engine/fake-desk'
import { until } from '../engine/virtual-world'

/* What is typed while a text is on its way into the outbox, and a kill at any moment of that. */

let rig: Rig
let store: DeskStore
beforeEach(async () => {
  rig = new Rig()
  rig.ticket('t1')
  store = await rig.synced()
  rig.unplug()
})
afterEach(() => rig.stop())

const read = () => store.readDraft('t1', 'reply')
const type = (text: string, isNext?: boolean) => store.keepTyped('t1', 'reply', text, isNext)
const send = (body: string) => store.run({ type: 'reply', target: 't1', body, public: true })
const restart = async () => {
  await rig.kill()
  store = await rig.start()
}

test('sent, then killed: what was typed meanwhile is the draft', async () => {
  await read()
  type('one')
  const sent = send('one')
  type('two', true)
  await sent
  await restart()
  expect(await read()).toBe('two')
  expect(store.status.get().unsent).toBe(1)
})

test('killed before it is sent: both are the draft, in their order', async () => {
  await read()
  type('one')
  type('two', true)
  await restart()
  expect(await read()).toBe('one\n\ntwo')
})

test('sent, and gone on in the same box: only what was typed since is the draft', async () => {
  await read()
  type('one')
  const sent = send('one')
  type('tw', true)
  await sent
  type('two')
  await restart()
  expect(await read()).toBe('two')
})

test('sent by a run of the app whose clock is behind the last one’s: what the disk still has of it stays away', async () => {
  await read()
  type('one')
  await restart()
  rig.machine.clock -= 60_000
  const stale = typedOnDisk()
  expect(await read()).toBe('one')
  await send('one')
  await rig.kill()
  // What the pages' storage removed in the last moments never got to the disk.
  stale.putBack()
  store = await rig.start()
  expect(await read()).toBe('')
})

test('started again, a ticket is not shown before it is known what waits of mine', async () => {
  await send('one')
  await rig.kill()
  const world = rig.machine.process()
  const journal = new JournalDb(PROFILE, world)
  await openDatabase(journal, world)
  let isHeld = true
  const held = journal.transaction('rw', journal.outbox, async () => {
    while (isHeld) await journal.outbox.count()
  })
  store = await rig.start()
  const live = store.ticket('t1')
  const shown: string[][] = []
  const end = live.subscribe(() =>
    shown.push((live.get()?.timeline ?? []).map(({ message }) => ('body' in message ? message.body : ''))),
  )
  await rig.machine.settle()
  expect(shown).toEqual([])
  isHeld = false
  await held
  journal.close()
  await until('it is shown', () => shown.length > 0)
  end()
  expect(shown[0]).toEqual(['one'])
})

function typedOnDisk() {
  const { typed } = rig.machine.process()
  const all = Array.from({ length: typed.length }, (_, n) => typed.key(n) ?? '').map(
    (key) => [key, typed.getItem(key) ?? ''] as const,
  )
  return { putBack: () => all.forEach(([key, text]) => void typed.setItem(key, text)) }
}
