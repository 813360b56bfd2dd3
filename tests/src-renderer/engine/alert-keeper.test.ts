import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AlertRequest } from '#shared/ipc'
import { policySchema } from '#shared/sla/policy'
import type { Ticket } from '#shared/tickets/ticket'
import { calendarSchema } from '#shared/time/calendar'
import { AlertKeeper } from '../../../src-renderer/engine/alert-keeper'
import { createJournal, type Journal } from '../../../src-renderer/store/journal'
import { JournalDb } from '../../../src-renderer/store/journal-db'
import { MirrorDb } from '../../../src-renderer/store/mirror-db'
import { openDatabase } from '../../../src-renderer/store/open-database'
import { ana, aTicket, MINUTE, T0 } from '../../src-shared/tickets/samples'
import { FakeMain, PROFILE } from './fake-desk'
import { VirtualMachine } from './virtual-world'

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'))
const policy = policySchema.decode(read('resources/policies/bigpanda.json') as never)
const calendar = calendarSchema.decode(read('resources/calendars/emea-london.json') as never)

let machine: VirtualMachine
let main: FakeMain
let mirror: MirrorDb
let journal: Journal
/** What the next write to the journal throws. */
let diskSays: string | undefined

beforeEach(async () => {
  machine = new VirtualMachine()
  main = new FakeMain()
  diskSays = undefined
  const world = machine.process()
  mirror = new MirrorDb(PROFILE, world)
  const db = new JournalDb(PROFILE, world)
  await openDatabase(mirror, world)
  await openDatabase(db, world)
  const real = createJournal({ db, profile: PROFILE, desk: main.desk(), onCopyFailed: () => {} })
  journal = {
    db,
    change: (body) => {
      const why = diskSays
      diskSays = undefined
      return why === undefined ? real.change(body) : Promise.reject(new Error(why))
    },
  }
  await mirror.policy.put({ id: policy.id, version: 1, value: policy })
  await mirror.calendar.put({ id: calendar.id, version: 1, value: calendar })
  // Alerts have been planned before, so that nothing is a first look.
  await db.notes.put({ key: 'alerts-begun', at: T0 })
})
afterEach(() => {
  mirror.close()
  journal.db.close()
})

function keeper(): AlertKeeper {
  return new AlertKeeper({
    mirror,
    journal,
    desk: main.desk(),
    me: ana,
    profile: PROFILE,
    now: () => machine.clock,
    zone: () => 'UTC',
    offsetMs: () => 0,
    onNotice: () => {},
  })
}
const shown = (): readonly string[] => main.shown.map(({ title }: AlertRequest) => title)
/** A P1 of a Premium customer that began at T0: 50 % after 60 minutes, 75 % after 90, 90 % after 108, due after 120. */
const put = (id: string, changes: Partial<Ticket> = {}) =>
  mirror.ticket.put({
    id,
    version: 1,
    value: aTicket({
      id,
      priority: 'P1',
      assigneeId: 'ana',
      policyId: policy.id,
      calendarId: calendar.id,
      ...changes,
    }),
  })
const at = (minutes: number) => {
  machine.clock = T0 + minutes * MINUTE
}

describe('a check that fails is made up for by the next', () => {
  test.each([
    ['at the first look', 70, 71],
    ['when a threshold is reached', 10, 61],
  ])('%s', async (_when, firstAt, thenAt) => {
    await put('t1')
    const alerts = keeper()
    at(firstAt)
    if (firstAt < 60) await alerts.check()
    else diskSays = 'the disk is full'
    if (diskSays) await expect(alerts.check()).rejects.toThrow('disk is full')
    at(thenAt)
    if (firstAt < 60) {
      diskSays = 'the disk is full'
      await expect(alerts.check()).rejects.toThrow('disk is full')
    }
    expect(shown()).toEqual([])
    await alerts.check()
    expect(shown()).toEqual([`P1 · first response due 11:00 (in ${120 - thenAt} min)`])
  })

  test('when the mirror could not be read', async () => {
    await put('t1', { assigneeId: 'ben' })
    const alerts = keeper()
    at(70)
    await alerts.check()
    await put('t1')
    alerts.noteChange({ tickets: new Set(['t1']), messagesOf: new Set(), others: {} })
    const { bulkGet } = mirror.ticket
    mirror.ticket.bulkGet = () => Promise.reject(new Error('the database is gone for a moment')) as never
    await expect(alerts.check()).rejects.toThrow('gone for a moment')
    mirror.ticket.bulkGet = bulkGet
    await alerts.check()
    expect(shown()).toEqual(['P1 · first response due 11:00 (in 50 min)'])
  })
})

describe('the badge', () => {
  test('does not count tickets that are gone', async () => {
    await put('t1')
    await put('t2')
    const alerts = keeper()
    at(95)
    await alerts.check()
    expect(main.atRisk).toBe(2)
    await mirror.ticket.delete('t1')
    // As at the end of a bootstrap, when people or customers have gone as well.
    alerts.noteChange({
      tickets: new Set(['t1']),
      messagesOf: new Set(),
      others: { policy: new Set(['bigpanda']) },
    })
    await alerts.check()
    expect(main.atRisk).toBe(1)
  })
})

describe('written down but not shown before a kill', () => {
  test('it is not lost while it has nothing to say: paused then, it fires when the clock runs on', async () => {
    // Resolution of a P1: one business day. Waiting for the customer it stands still.
    const created = aTicket().slaEvents
    const answered = [...created, { at: T0 + MINUTE, type: 'replied', by: 'agent', public: true }] as const
    await put('t1', { slaEvents: [...answered] })
    at(0)
    await journal.change((transaction) =>
      transaction.putAlert({
        key: 't1/resolution/0/75',
        at: T0,
        state: 'due',
        ticketId: 't1',
        request: {
          key: 't1/resolution/0/75',
          title: 'old words',
          body: '',
          urgency: 'normal',
          ticketId: 't1',
        },
      }),
    )
    const waiting = { at: T0 + 2 * MINUTE, type: 'status', to: 'waiting-on-customer' } as const
    await put('t1', { slaEvents: [...answered, waiting], status: 'waiting-on-customer' })
    at(5)
    const alerts = keeper()
    await alerts.check()
    expect(shown()).toEqual([])
    const back = { at: T0 + 6 * MINUTE, type: 'status', to: 'open' } as const
    await put('t1', { slaEvents: [...answered, waiting, back] })
    alerts.noteChange({ tickets: new Set(['t1']), messagesOf: new Set(), others: {} })
    at(7)
    await alerts.check()
    const due = main.alarmAt
    expect(due).toBeDefined()
    machine.clock = due ?? 0
    await alerts.check()
    expect(shown()).toEqual([expect.stringMatching(/^P1 · resolution due .* \(in /)])
  })
})

describe('the alarm', () => {
  test('is set again when it rang before its time: the clock was set back meanwhile', async () => {
    await put('t1')
    const alerts = keeper()
    at(10)
    await alerts.check()
    expect(main.alarmAt).toBe(T0 + 60 * MINUTE)
    main.alarmAt = undefined
    alerts.rang()
    at(59)
    await alerts.check()
    expect(main.alarmAt).toBe(T0 + 60 * MINUTE)
  })
})
