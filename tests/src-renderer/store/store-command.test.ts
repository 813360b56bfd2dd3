import { afterEach, beforeEach, expect, test } from 'vitest'
import { storeCommand } from '../../../src-renderer/store/commands'
import { createJournal, type Journal } from '../../../src-renderer/store/journal'
import { JournalDb } from '../../../src-renderer/store/journal-db'
import { MirrorDb } from '../../../src-renderer/store/mirror-db'
import { openDatabase } from '../../../src-renderer/store/open-database'
import { ana } from '../../src-shared/tickets/samples'
import { Rig } from '../engine/desk-rig'
import { PROFILE } from '../engine/fake-desk'

/* A database whose process dies while a command is being stored. */

let rig: Rig
let end = (): void => {}
beforeEach(async () => {
  rig = new Rig()
  rig.ticket('t1')
  await rig.synced()
})
afterEach(async () => {
  end()
  await rig.stop()
})

/** @param change in place of the journal's own */
async function storeWith(change: (journal: Journal) => Journal['change']) {
  const world = rig.machine.process()
  const mirror = new MirrorDb(PROFILE, world)
  const db = new JournalDb(PROFILE, world)
  await Promise.all([openDatabase(mirror, world), openDatabase(db, world)])
  end = () => {
    mirror.close()
    db.close()
  }
  const journal = createJournal({ db, profile: PROFILE, desk: rig.main.desk(), onCopyFailed: () => {} })
  const stored = storeCommand(
    {
      journal: { db, change: change(journal) },
      mirror,
      me: ana,
      uuid: world.uuid,
      now: () => world.now(),
      sending: () => undefined,
    },
    { type: 'note', target: 't1', body: 'one' },
  )
  return { stored, waiting: () => db.outbox.count() }
}

test('it was stored, and nobody came to say so: it is stored', async () => {
  const { stored, waiting } = await storeWith((journal) => async (body) => {
    await journal.change(body)
    throw new Error('Connection to Indexed Database server lost')
  })
  expect(await stored).toMatchObject({ command: { type: 'note', body: 'one' }, state: { kind: 'queued' } })
  expect(await waiting()).toBe(1)
})

test('it was not: the person is told, and has the text', async () => {
  const { stored, waiting } = await storeWith(() => async () => {
    throw new Error('Connection to Indexed Database server lost')
  })
  await expect(stored).rejects.toThrow('server lost')
  expect(await waiting()).toBe(0)
})
