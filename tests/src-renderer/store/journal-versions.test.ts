import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { appendLines } from '../../../src-renderer/store/journal'
import { JOURNAL_VERSION, JournalDb } from '../../../src-renderer/store/journal-db'
import { openDatabase } from '../../../src-renderer/store/open-database'
import { MINUTE, T0 } from '../../src-shared/tickets/samples'
import { Rig } from '../engine/desk-rig'
import { PROFILE } from '../engine/fake-desk'
import { until } from '../engine/virtual-world'

/*
 * Journals of earlier consoles: opened at their version, filled with what that console wrote, and opened again by this
 * one. A new version is one entry in `written`.
 */

const ID = '20000000-0000-4000-8000-000000000001'
const iso = (at: number) => new Date(at).toISOString()
const crossing = (ticket: string, level: string) => `${ticket}/firstResponse/0/${level}`
const dueRequest = (ticket: string) => ({
  key: crossing(ticket, '75'),
  title: 'P1 · first response due in 30 min',
  body: 'words of then',
  urgency: 'critical',
  ticketId: ticket,
})

/** What each version kept, as rows; instants are epoch ms in the database and ISO text in the second copy. */
const first = {
  outbox: [
    {
      id: ID,
      seq: 1,
      command: {
        id: ID,
        at: T0,
        target: 't1',
        baseVersion: 1,
        type: 'note',
        body: 'written by the one before',
      },
      state: { kind: 'queued', conflicts: 0 },
    },
    {
      id: ID.replace(/1$/, '2'),
      seq: 2,
      command: {
        id: ID.replace(/1$/, '2'),
        at: T0,
        target: 't2',
        baseVersion: 1,
        type: 'set-priority',
        priority: 'P3',
      },
      state: {
        kind: 'parked',
        code: 'conflict',
        message: 'priority changed meanwhile',
        fields: ['priority'],
      },
    },
  ],
  drafts: [{ key: 't1/reply', ticketId: 't1', kind: 'reply', body: 'half a sentence', at: T0 }],
  alerts: [
    { key: crossing('t1', '50'), at: T0, state: 'shown', ticketId: 't1' },
    { key: crossing('t1', '75'), at: T0, state: 'due', request: dueRequest('t1'), ticketId: 't1' },
    { key: crossing('t2', '75'), at: T0, state: 'unshowable', ticketId: 't2' },
    { key: crossing('t3', '75'), at: T0, state: 'in-digest' },
    { key: crossing('t4', '75'), at: T0, state: 'superseded' },
  ],
  notes: [
    { key: 'mark', writes: 7 },
    { key: 'alerts-begun', at: T0 },
    { key: 'mirror-complete', at: T0 },
  ],
} as const

const written = {
  1: first,
  // What was not taken is not remembered any more.
  2: { ...first, alerts: first.alerts.filter(({ state }) => state !== 'unshowable') },
} as const

let rig: Rig
beforeEach(() => {
  rig = new Rig()
  for (const id of ['t1', 't2', 't3', 't4']) rig.ticket(id, { priority: 'P1', assigneeId: 'ana' })
  // Past three quarters of a first response of two hours.
  rig.machine.clock = T0 + 95 * MINUTE
})
afterEach(() => rig.stop())

/** The journal and its second copy as a console of that version left them. */
async function leave(version: keyof typeof written): Promise<void> {
  const { outbox, drafts, alerts, notes } = written[version]
  const db = new JournalDb(PROFILE, rig.machine.process(), version)
  await openDatabase(db, rig.machine.process())
  await db.outbox.bulkPut(outbox as never)
  await db.drafts.bulkPut([...drafts])
  await db.alerts.bulkPut(alerts as never)
  await db.notes.bulkPut([...notes])
  db.close()
  const line = (key: string, row: object) => ({ key, value: JSON.stringify(row) })
  await appendLines(rig.main.desk(), PROFILE, [
    ...outbox.map((row) =>
      line(`outbox/${row.id}`, { ...row, command: { ...row.command, at: iso(row.command.at) } }),
    ),
    ...drafts.map((row) => line(`draft/${row.key}`, { ...row, at: iso(row.at) })),
    ...alerts.map((row) => line(`alert/${row.key}`, { ...row, at: iso(row.at) })),
    { key: 'mark', value: '7' },
  ])
}

test('every released version is here', () => {
  expect(Object.keys(written).map(Number)).toEqual(
    Array.from({ length: JOURNAL_VERSION - 1 }, (_, index) => index + 1),
  )
})

describe.each(Object.keys(written).map((version) => Number(version) as keyof typeof written))(
  'a journal of version %i',
  (version) => {
    test.each([
      ['as it was left', async () => {}],
      [
        'lost, and filled from its second copy',
        async () => {
          await new Promise((resolve) => {
            rig.machine.factory.deleteDatabase(`journal.${PROFILE}`).onsuccess = resolve
          })
        },
      ],
    ])('%s: everything in it is still there, and works', async (_how, damage) => {
      await leave(version)
      await damage()
      const store = await rig.start()
      await until('what was unsent is sent', () => rig.portal.applied === 1)
      expect([...rig.portal.records.values()].filter(({ kind }) => kind === 'message')).toMatchObject([
        { value: { body: 'written by the one before', ticketId: 't1' } },
      ])
      await until('in step', () => store.status.get().unsent === 0)
      expect(await store.unfinished()).toEqual({ unsent: 0, parked: 1, drafts: 1 })
      expect(await store.readDraft('t1', 'reply')).toBe('half a sentence')
    })

    test('alerts: what was shown stays so, what was due says today’s words, what was not taken is decided on again', async () => {
      await leave(version)
      await rig.synced()
      await until('two', () => rig.main.shown.length === 2)
      await rig.machine.settle()
      expect(rig.main.shown.map(({ key, title }) => [key, title])).toEqual([
        [crossing('t1', '75'), 'P1 · first response due 11:00 (in 25 min)'],
        [crossing('t2', '75'), 'P1 · first response due 11:00 (in 25 min)'],
      ])
    })

    test('brought forward it has the newest schema, and its second copy is in step with it', async () => {
      await leave(version)
      await rig.synced()
      await until('two', () => rig.main.shown.length === 2)
      await rig.machine.settle()
      await rig.stop()
      const db = new JournalDb(PROFILE, rig.machine.process())
      await openDatabase(db, rig.machine.process())
      expect(db.verno).toBe(JOURNAL_VERSION)
      const keys = [
        ...(await db.outbox.toCollection().keys()).map((key) => `outbox/${key}`),
        ...(await db.drafts.toCollection().keys()).map((key) => `draft/${key}`),
        ...(await db.alerts.toCollection().keys()).map((key) => `alert/${key}`),
        ...(await db.files.toCollection().keys()).map((key) => `file/${key}`),
      ]
      expect([...rig.main.copy.keys()].sort()).toEqual([...keys, 'mark'].sort())
      db.close()
    })
  },
)
