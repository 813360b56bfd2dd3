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

/** Started again, until its first look at all tickets is over: windows read theirs first. */
const startAgain = async (): Promise<void> => {
  await rig.synced()
  await rig.machine.advance(1000)
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
      'P1 · first response due 11:00 (in 1 h)',
      'P1 · first response due 11:00 (in 30 min)',
      'P1 · first response due 11:00 (in 12 min)',
    ])
    await pass(30)
    expect(rig.main.shown.at(-1)).toMatchObject({
      title: 'P1 · first response breached 11:00 (just now)',
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
    rig.machine.sleep(25 * MINUTE - 1000)
    await startAgain()
    await until('what was crossed meanwhile', () => titles().length === 2)
    expect(titles()[1]).toBe('P1 · first response due 11:00 (in 25 min)')
    await rig.kill()
    await startAgain()
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
    await startAgain()
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

  test('sleep across three thresholds: only the highest', async () => {
    rig.ticket('t1', P1)
    await startAt(10)
    rig.machine.sleep(100 * MINUTE)
    rig.main.wake()
    await until('one', () => rig.main.shown.length === 1)
    await rig.machine.settle()
    expect(titles()).toEqual(['P1 · first response due 11:00 (in 10 min)'])
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
    expect(titles()).toEqual(['P1 · first response due 11:00 (in 1 h)'])
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

describe('what the system does not take', () => {
  const asked = () => rig.main.asked.map(({ title }) => title)
  const answered = (target: string) =>
    rig.portal.take(
      { ...reply(), id: crypto.randomUUID(), at: 0, target, baseVersion: rig.portal.version },
      ben,
    )

  test.each([
    [
      'the system refuses',
      (is: boolean) => Object.assign(rig.main, { refuses: is ? 'it is mute' : undefined }),
    ],
    ['main fails', (is: boolean) => Object.assign(rig.main, { showFails: is })],
  ])('%s: it is tried again a little later, in the words of then', async (_name, setBroken) => {
    rig.ticket('t1', P1)
    const store = await startAt(10)
    setBroken(true)
    await pass(50)
    expect(asked()).toEqual(['P1 · first response due 11:00 (in 1 h)'])
    expect(store.status.get().notices[0]).toMatch(/^This system shows no notifications: /)
    setBroken(false)
    await pass(1)
    expect(titles()).toEqual(['P1 · first response due 11:00 (in 59 min)'])
    await pass(20)
    expect(titles()).toHaveLength(1)
  })

  test('it is tried for a quarter of an hour or so, then a notice says what it was', async () => {
    // Resolution of a P1 is a business day away: nothing else crosses meanwhile.
    rig.ticket('t1', P1)
    const store = await startAt(10)
    rig.main.refuses = 'it is mute'
    await pass(50)
    await pass(25)
    expect(asked().map((title) => title.replace(/.* /, ''))).toHaveLength(5)
    expect(new Set(asked()).size, 'never the same words again').toBe(5)
    expect(store.status.get().notices.at(-1)).toBe(
      'Not shown as a notification: P1 · first response due 11:00 (in 38 min). MER-t1 Alerts arrive late — Northwind (Premium)',
    )
    rig.main.refuses = undefined
    await pass(4)
    expect(titles(), 'given up').toEqual([])
    await pass(1)
    expect(titles(), 'the next threshold is another one').toEqual([
      'P1 · first response due 11:00 (in 30 min)',
    ])
  })

  test('what was answered meanwhile has nothing to say any more', async () => {
    rig.ticket('t1', P1)
    const store = await startAt(10)
    rig.main.refuses = 'it is mute'
    await pass(50)
    rig.main.refuses = undefined
    answered('t1')
    store.syncNow()
    await pass(30)
    expect(titles()).toEqual([])
    expect([...rig.main.copy.keys()].filter((key) => key.startsWith('alert/'))).toEqual([])
  })

  test('a higher threshold takes its place', async () => {
    rig.ticket('t1', P1)
    await startAt(10)
    await pass(78)
    rig.main.shown.length = 0
    rig.main.refuses = 'it is mute'
    await pass(2)
    await pass(18)
    rig.main.refuses = undefined
    await pass(20)
    expect(titles()).toEqual([
      'P1 · first response due 11:00 (in 11 min)',
      'P1 · first response breached 11:00 (just now)',
    ])
  })

  test('a digest says what of it still stands, under the same name, also after a restart', async () => {
    for (let n = 1; n <= 6; n += 1) rig.ticket(`t${n}`, P1)
    await startAt(10)
    rig.main.refuses = 'it is mute'
    await pass(50)
    expect(asked()).toEqual(['6 tickets crossed a threshold'])
    answered('t1')
    answered('t2')
    await rig.kill()
    rig.main.refuses = undefined
    await startAgain()
    await until('shown', () => rig.main.shown.length === 1)
    expect(rig.main.shown[0]).toMatchObject({
      key: rig.main.asked[0]?.key,
      title: '4 tickets crossed a threshold',
    })
    await pass(20)
    expect(titles(), 'each of them is settled by it').toHaveLength(1)
    await pass(10)
    expect(titles()[1], 'three quarters').toBe('P1 · first response due 11:00 (in 30 min)')
  })
})

describe('a clock that is set', () => {
  test('forward by less than the portal is asked anew: nothing is early, and nothing is missed', async () => {
    rig.ticket('t1', P1)
    await startAt(59)
    await rig.machine.advance(10_000)
    // 50 s before half of it is used up, somebody sets the clock of this computer forward by a minute.
    rig.machine.clock += MINUTE
    rig.portal.offsetMs -= MINUTE
    rig.main.alarmAt = undefined
    rig.main.ring()
    await rig.machine.advance(0)
    expect(titles()).toEqual([])
    expect(rig.main.alarmAt, 'in the new time of this computer').toBe(T0 + 61 * MINUTE)
    await pass(1)
    expect(titles()).toEqual(['P1 · first response due 11:00 (in 1 h)'])
  })

  test('while the portal can’t be asked: told by what the computer says, not kept back', async () => {
    rig.ticket('t1', P1)
    await startAt(59)
    await rig.machine.advance(10_000)
    rig.machine.clock += MINUTE
    rig.machine.network = () => new Promise(() => {})
    rig.main.ring()
    await rig.machine.advance(4000)
    expect(titles()).toEqual([])
    await rig.machine.advance(2000)
    expect(titles()).toHaveLength(1)
  })
})
