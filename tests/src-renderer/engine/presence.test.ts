import { beforeEach, describe, expect, test } from 'vitest'
import { PRESENCE_MS } from '#shared/portal/protocol'
import { type People, PresenceKeeper, SAY_AGAIN_MS } from '../../../src-renderer/engine/presence'
import type { At } from '../../../src-renderer/store/desk-store'
import { VirtualMachine } from './virtual-world'

let machine: VirtualMachine
let said: At[]
let people: People
let keeper: PresenceKeeper
const event = (ticketId: string, ...agentIds: string[]) => ({
  event: 'presence',
  data: JSON.stringify({ ticketId, people: agentIds.map((agentId) => ({ agentId, doing: 'viewing' })) }),
})

beforeEach(() => {
  machine = new VirtualMachine()
  said = []
  people = {}
  keeper = new PresenceKeeper({
    world: machine.process(),
    say: (at) => said.push(at),
    onPeople: (now) => {
      people = now
    },
  })
})

describe('where this desk is', () => {
  test('is said when it changes, and again before it is forgotten', async () => {
    keeper.streamOpened()
    keeper.heard('w1', { ticketId: 't1', doing: 'viewing' })
    keeper.heard('w1', { ticketId: 't1', doing: 'viewing' })
    expect(said).toEqual([{ ticketId: 't1', doing: 'viewing' }])
    await machine.advance(SAY_AGAIN_MS)
    expect(said).toHaveLength(2)
    keeper.heard('w1', { doing: 'viewing' })
    expect(said.at(-1)).toEqual({ doing: 'viewing' })
    await machine.advance(PRESENCE_MS)
    expect(said).toHaveLength(3)
  })

  test('is where it writes, of several windows', () => {
    keeper.streamOpened()
    keeper.heard('w1', { ticketId: 't1', doing: 'replying' })
    keeper.heard('w2', { ticketId: 't2', doing: 'viewing' })
    expect(said.at(-1)).toEqual({ ticketId: 't1', doing: 'replying' })
    keeper.heard('w1', { doing: 'viewing' })
    expect(said.at(-1)).toEqual({ ticketId: 't2', doing: 'viewing' })
  })

  test('is forgotten with a window that died', async () => {
    keeper.streamOpened()
    keeper.heard('w1', { ticketId: 't1', doing: 'replying' })
    await machine.advance(PRESENCE_MS + SAY_AGAIN_MS)
    expect(said.at(-1)).toEqual({ doing: 'viewing' })
  })

  test('is not said while nobody could hear of it, and is said when somebody can', () => {
    keeper.heard('w1', { ticketId: 't1', doing: 'viewing' })
    expect(said).toEqual([])
    keeper.streamOpened()
    expect(said).toEqual([{ ticketId: 't1', doing: 'viewing' }])
  })
})

describe('where others are', () => {
  test('comes and goes with the stream', () => {
    keeper.streamOpened()
    keeper.onEvent(event('t1', 'ben', 'ana'))
    keeper.onEvent(event('t2', 'ben'))
    expect(Object.keys(people)).toEqual(['t1', 't2'])
    keeper.onEvent(event('t1'))
    expect(Object.keys(people)).toEqual(['t2'])
    keeper.streamClosed()
    expect(people).toEqual({})
  })

  test.each([['not json'], ['{"ticketId":7}'], ['null'], ['']])('%j is nobody', (data) => {
    keeper.streamOpened()
    keeper.onEvent({ event: 'presence', data })
    expect(people).toEqual({})
  })
})
