import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { BOOTSTRAP_PAGE } from '../../../src-renderer/engine/bootstrap'
import { FirstSyncPace } from '../../../src-renderer/engine/first-sync'
import { MINUTE, note } from '../../src-shared/tickets/samples'
import { Rig } from './desk-rig'
import { until } from './virtual-world'

describe('a first sync that the person lets wait', () => {
  let rig: Rig
  beforeEach(() => {
    rig = new Rig()
    for (let n = 1; n <= 4 * BOOTSTRAP_PAGE; n += 1) rig.ticket(`t${n}`)
  })
  afterEach(() => rig.stop())

  /** Starts, and lets it wait as soon as a page is here. */
  async function paused() {
    let asked = 0
    rig.portal.fault = (path) => {
      if (path === 'bootstrap') asked += 1
      return undefined
    }
    const store = await rig.start()
    const unsubscribe = store.status.subscribe(() => {
      if (store.status.get().firstSync?.done) store.pauseFirstSync(true)
    })
    await until('paused', () => store.status.get().firstSync?.isPaused)
    await until(
      'the page on its way',
      () => store.status.get().lastSyncAt !== undefined && store.rows.size > 0,
    )
    await rig.machine.settle()
    unsubscribe()
    return { store, asked: () => asked }
  }

  test('asks for no more pages, and goes on where it was', async () => {
    const { store, asked } = await paused()
    const before = { asked: asked(), done: store.status.get().firstSync?.done }
    expect(before.done).toBeLessThan(4 * BOOTSTRAP_PAGE)
    await rig.machine.advance(10 * MINUTE)
    expect(asked()).toBe(before.asked)
    expect(store.status.get().firstSync?.done).toBe(before.done)

    rig.portal.fault = () => undefined
    await rig.kill()
    const again = await rig.start()
    await rig.inSync(again)
    expect(again.rows.size).toBe(4 * BOOTSTRAP_PAGE)
  })

  test('what is here is kept up to date, and what I write is sent and shown', async () => {
    const { store } = await paused()
    const id = [...store.rows.values()][0]?.id ?? ''
    const ticket = rig.portal.tickets.get(id)
    if (!ticket) throw new Error('no ticket came')
    rig.portal.put('ticket', id, { ...ticket, subject: 'Changed meanwhile' })
    await store.run({ ...note('while history waits'), target: id } as never)
    store.syncNow()
    await until('the change', () => store.rows.get(id)?.subject === 'Changed meanwhile')
    await until('sent', () => store.status.get().unsent === 0)
    expect(rig.portal.applied).toBe(1)

    store.pauseFirstSync(false)
    await rig.inSync(store)
    // The pages that were read before the change must not bring the old one back.
    expect(store.rows.get(id)?.subject).toBe('Changed meanwhile')
  })
})

describe('how long it still takes', () => {
  const at = (done: number) => ({ done, total: 1000, openDone: false })

  test('follows the pace of the pages', () => {
    const pace = new FirstSyncPace()
    expect(pace.at(at(0), 0, false).leftMs).toBeUndefined()
    expect(pace.at(at(100), 1000, false).leftMs).toBe(9000)
    expect(pace.at(at(200), 2000, false).leftMs).toBe(8000)
  })

  test('is not told while it waits, and a pause says nothing about the pace', () => {
    const pace = new FirstSyncPace()
    pace.at(at(0), 0, false)
    pace.at(at(100), 1000, false)
    expect(pace.at(at(100), 2000, true)).toEqual({ ...at(100), isPaused: true })
    pace.at(at(100), 600_000, false)
    expect(pace.at(at(200), 601_000, false).leftMs).toBe(8000)
  })
})
