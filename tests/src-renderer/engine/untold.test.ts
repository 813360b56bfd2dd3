import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { EngineWorld } from '../../../src-renderer/engine/engine-world'
import { followSession } from '../../../src-renderer/engine/follow-session'
import type { DeskStore } from '../../../src-renderer/store/desk-store'
import { openDesk } from '../../../src-renderer/store/open-desk'
import { ana, reply } from '../../src-shared/tickets/samples'
import { Rig } from './desk-rig'
import { PROFILE } from './fake-desk'
import { until } from './virtual-world'

/** A process can die after it has stored something and before it has told the others. */
let rig: Rig
const windows: DeskStore[] = []
beforeEach(() => {
  rig = new Rig()
})
afterEach(async () => {
  for (const window of windows.splice(0)) window.close()
  await rig.stop()
})

/** A window in a process of its own: it outlives the engine. */
async function ownWindow(world: EngineWorld): Promise<DeskStore> {
  const store = await openDesk(PROFILE, ana, rig.main.desk(), world)
  windows.push(store)
  await until('it has heard of the engine', () => store.status.get().connection.kind !== 'connecting')
  return store
}

describe('what is stored and never told', () => {
  test('a command whose window died at once is sent with the next pull', async () => {
    rig.ticket('t1')
    await rig.synced()
    const world = rig.machine.process()
    const window = await ownWindow(world)
    world.kill()
    await window.run({ ...reply(), target: 't1' } as Parameters<DeskStore['run']>[0])
    expect(rig.portal.applied).toBe(0)
    await rig.machine.advance(7000)
    expect(rig.portal.applied).toBe(1)
  })

  test('changes of an engine that died at once are shown when the next engine is there', async () => {
    rig.ticket('t1', { subject: 'before' })
    await rig.synced()
    const window = await ownWindow(rig.machine.process())
    await until('its rows', () => window.rows.get('t1')?.subject === 'before')
    await rig.kill()

    rig.ticket('t1', { subject: 'after' })
    const mute = rig.machine.process()
    const desk = rig.main.desk()
    const asked = rig.portal.requests.length
    followSession(desk, {
      ...mute,
      channel: () => ({ post: () => {}, listen: () => {}, close: () => {} }),
    })
    await until('it has pulled', () =>
      rig.portal.requests.slice(asked).some((one) => one.includes('changes')),
    )
    await rig.machine.settle()
    mute.kill()
    desk.kill()
    expect(window.rows.get('t1')?.subject).toBe('before')

    await rig.synced()
    await until('the change', () => window.rows.get('t1')?.subject === 'after')
  })
})
