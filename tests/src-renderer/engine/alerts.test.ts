import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DeskStore } from '../../../src-renderer/store/desk-store'
import { ben, MINUTE, reply, T0 } from '../../src-shared/tickets/samples'
import { Rig } from './desk-rig'
import { until } from './virtual-world'

/** A P1 of a Premium customer that began at T0: 50 % after 60 minutes, 75 % after 90, 90 % after 108, due after 120. */
const P1 = { priority: 'P1', assigneeId: 'ana' } as const

let rig: Rig
beforeEach(() => {
  rig = new Rig()
})
afterEach(() => rig.stop())

const titles = () => rig.main.shown.map(({ title }) => title)
/** Time passes as it does for main, which rings when its alarm is due; the engine's own timers may come late. */
const pass = async (minutes: number): Promise<void> => {
  const end = rig.machine.clock + minutes * MINUTE
  await rig.machine.settle()
  while (rig.main.alarmAt !== undefined && rig.main.alarmAt <= end) {
    rig.machine.sleep(Math.max(0, rig.main.alarmAt - rig.machine.clock))
    rig.main.alarmAt = undefined
    rig.main.ring()
    await rig.machine.advance(0)
  }
  rig.machine.sleep(Math.max(0, end - rig.machine.clock))
  await rig.machine.advance(0)
}
const startAt = async (minutes: number): Promise<DeskStore> => {
  rig.machine.clock = T0 + minutes * MINUTE
  const store = await rig.synced()
  await rig.machine.settle()
  return store
}

describe('alerts', () => {
  test('each threshold fires when it is reached, once, and the alarm is set for the next', async () => {
    rig.ticket('t1', P1)
    await startAt(10)
    expect(rig.main.shown).toEqual([])
    expect(rig.main.alarmAt).toBe(T0 + 60 * MINUTE)
    await pass(49)
    expect(rig.main.shown).toEqual([])
    await pass(60)
    expect(titles()).toEqual([
      'P1 · first response due in 1 h',
      'P1 · first response due in 30 min',
      'P1 · first response due in 12 min',
    ])
    await pass(30)
    expect(rig.main.shown.at(-1)).toMatchObject({
      title: 'P1 · first response breached just now',
      body: 'MER-t1 Alerts arrive late — Northwind (Premium)',
      urgency: 'critical',
      ticketId: 't1',
    })
    expect(rig.main.shown).toHaveLength(4)
  })

  test('the alarm is set in the desk’s own time', async () => {
    rig.portal.offsetMs = 2 * 3_600_000
    rig.ticket('t1', {
      ...P1,
      slaEvents: [
        { at: T0 + 2 * 3_600_000, type: 'created', priority: 'P1', channel: 'portal', by: 'customer' },
      ],
    })
    await startAt(10)
    expect(rig.main.alarmAt).toBe(T0 + 60 * MINUTE)
  })

  test('a restart doubles nothing and misses nothing', async () => {
    rig.ticket('t1', P1)
    await startAt(10)
    await pass(60)
    expect(titles()).toHaveLength(1)
    await rig.kill()
    rig.machine.sleep(25 * MINUTE)
    await rig.synced()
    await until('what was crossed meanwhile', () => titles().length === 2)
    expect(titles()[1]).toBe('P1 · first response due in 25 min')
    await rig.kill()
    await rig.synced()
    await rig.machine.settle()
    expect(titles()).toHaveLength(2)
  })

  test('killed after it was written down and before it was shown: shown at the next start', async () => {
    rig.ticket('t1', P1)
    await startAt(10)
    rig.main.showFails = true
    await pass(55)
    expect(rig.main.shown).toEqual([])
    await rig.kill()
    rig.main.showFails = false
    await rig.synced()
    await until('shown', () => rig.main.shown.length === 1)
  })

  test('…but not when the ticket was answered meanwhile', async () => {
    rig.ticket('t1', P1)
    await startAt(10)
    rig.main.showFails = true
    await pass(55)
    await rig.kill()
    rig.main.showFails = false
    rig.portal.take(
      { ...reply(), id: crypto.randomUUID(), at: 0, target: 't1', baseVersion: rig.portal.version },
      ben,
    )
    await rig.synced()
    await rig.machine.advance(10_000)
    expect(rig.main.shown).toEqual([])
    expect(rig.main.copy.has('alert/t1/firstResponse/0/50')).toBe(false)
  })

  test('one that could not be shown is tried again', async () => {
    rig.ticket('t1', P1)
    const store = await startAt(10)
    rig.main.showFails = true
    await pass(55)
    expect(store.status.get().notices[0]).toContain('notifications are broken')
    rig.main.showFails = false
    store.syncNow()
    await until('shown', () => rig.main.shown.length === 1)
  })

  test('sleep across three thresholds: only the highest', async () => {
    rig.ticket('t1', P1)
    await startAt(10)
    rig.machine.sleep(100 * MINUTE)
    rig.main.wake()
    await until('one', () => rig.main.shown.length === 1)
    await rig.machine.settle()
    expect(titles()).toEqual(['P1 · first response due in 10 min'])
    await pass(0)
    expect(titles()).toHaveLength(1)
  })

  test('what was answered while this desk slept alerts nobody', async () => {
    rig.ticket('t1', P1)
    await startAt(10)
    rig.machine.sleep(100 * MINUTE)
    rig.portal.take(
      { ...reply(), id: crypto.randomUUID(), at: 0, target: 't1', baseVersion: rig.portal.version },
      ben,
    )
    rig.main.wake()
    rig.main.ring()
    await rig.machine.advance(10_000)
    expect(rig.main.shown).toEqual([])
  })

  test('…also when the network comes back a little after the machine', async () => {
    rig.ticket('t1', P1)
    await startAt(10)
    rig.machine.sleep(100 * MINUTE)
    rig.portal.take(
      { ...reply(), id: crypto.randomUUID(), at: 0, target: 't1', baseVersion: rig.portal.version },
      ben,
    )
    rig.unplug()
    rig.main.wake()
    rig.main.ring()
    await rig.machine.advance(1000)
    rig.plug()
    await rig.machine.advance(10_000)
    expect(rig.main.shown).toEqual([])
  })

  test('without the portal it alerts by what it knows', async () => {
    rig.ticket('t1', P1)
    await startAt(10)
    rig.unplug()
    await pass(55)
    expect(titles()).toEqual(['P1 · first response due in 1 h'])
    rig.machine.network = () => new Promise(() => {})
    rig.machine.sleep(30 * MINUTE)
    rig.main.ring()
    await rig.machine.advance(6000)
    expect(titles()).toHaveLength(2)
  })

  test('a reply ends it, but only once the portal has it', async () => {
    rig.ticket('t1', P1)
    const store = await startAt(10)
    rig.unplug()
    store.syncNow()
    await store.run({ ...reply(), target: 't1' } as Parameters<DeskStore['run']>[0])
    await pass(52)
    expect(titles(), 'unsent: the customer has nothing yet').toHaveLength(1)
    rig.plug()
    store.syncNow()
    await rig.inSync(store)
    await pass(120)
    expect(titles()).toHaveLength(1)
  })

  test('the very first look at a desk full of trouble is one digest', async () => {
    for (let n = 1; n <= 3; n += 1) rig.ticket(`t${n}`, P1)
    rig.ticket('t4', { ...P1, assigneeId: 'ben' })
    await startAt(70)
    await until('a digest', () => rig.main.shown.length > 0)
    expect(titles()).toEqual(['3 tickets crossed a threshold'])
    expect(rig.main.shown[0]?.ticketId).toBeUndefined()
    await pass(15)
    expect(titles(), 'what the digest said is not said again').toHaveLength(1)
  })

  test('five at once are one digest', async () => {
    for (let n = 1; n <= 5; n += 1) rig.ticket(`t${n}`, P1)
    await startAt(10)
    await pass(50)
    expect(titles()).toEqual(['5 tickets crossed a threshold'])
  })

  test('a ticket that becomes mine alerts me of where it stands', async () => {
    rig.ticket('t1', { ...P1, assigneeId: 'ben' })
    const store = await startAt(70)
    expect(rig.main.shown).toEqual([])
    rig.ticket('t1', P1)
    store.syncNow()
    await until('mine', () => rig.main.shown.length === 1)
  })

  test('the badge counts what is mine and at risk', async () => {
    rig.ticket('t1', P1)
    rig.ticket('t2', { ...P1, assigneeId: 'ben' })
    await startAt(10)
    expect(rig.main.atRisk).toBe(0)
    await pass(85)
    expect(rig.main.atRisk).toBe(1)
  })

  test('signing out stops the alarm', async () => {
    rig.ticket('t1', P1)
    await startAt(10)
    expect(rig.main.alarmAt).toBeDefined()
    rig.main.signIn({ kind: 'signed-out' })
    await until('stopped', () => rig.main.alarmAt === undefined)
  })
})
