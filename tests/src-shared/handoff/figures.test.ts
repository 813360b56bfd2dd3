import { describe, expect, test } from 'vitest'
import { addFigures, handoffFigures } from '#shared/handoff/figures'
import type { World } from './world'
import { accept, ask, aTicket, at, giveBack, offered } from './world'

function figuresOf(world: World) {
  return handoffFigures(world.it, (id) => {
    const ticket = world.tickets.get(id)
    return ticket && world.context.reportOf(ticket)
  })
}

describe('how a hand-off went', () => {
  test.each([
    ['before the shift began', '13:50', 1],
    ['fifteen minutes after it began', '14:15', 1],
    ['a minute later', '14:16', 0],
  ])('accepted in time: %s', (_what, time, inTime) => {
    const world = offered()
    world.now = at(time)
    world.must('cleo', accept('t1'))
    expect(figuresOf(world)).toMatchObject({ items: 1, accepted: 1, acceptedInTime: inTime })
  })

  test('an offer that came late gives the receivers their fifteen minutes', () => {
    const world = offered()
    world.handoff = { ...world.it, offeredAt: at('14:30') }
    world.now = at('14:44')
    world.must('cleo', accept('t1'))
    expect(figuresOf(world).acceptedInTime).toBe(1)
  })

  test('items without an action, returned ones, questions', () => {
    const world = offered([
      aTicket('t1'),
      aTicket('t2', { priority: 'P2' }),
      aTicket('t3', { priority: 'P3', assigneeId: undefined }),
    ])
    world.must('cleo', ask('t1')).must('cleo', giveBack('t2', 'dan')).must('dan', accept('t2'))
    expect(figuresOf(world)).toMatchObject({
      items: 3,
      accepted: 1,
      withoutAction: 1,
      returned: 1,
      questions: 1,
    })
  })

  test('breaches in the two hours after the shift took over, and none before or after', () => {
    // A premium P2 is answered within four hours.
    const world = offered([
      aTicket('t1', { priority: 'P2', createdAt: at('09:59') }),
      aTicket('t2', { priority: 'P2', createdAt: at('10:00') }),
      aTicket('t3', { priority: 'P2', createdAt: at('11:59') }),
      aTicket('t4', { priority: 'P2', createdAt: at('12:00') }),
    ])
    world.now = at('20:00')
    expect(figuresOf(world).breachesAfter).toBe(2)
  })

  test('a ticket that isn’t known any more counts nothing', () => {
    expect(handoffFigures(offered().it, () => undefined).breachesAfter).toBe(0)
  })

  test('several add up', () => {
    const one = figuresOf(offered())
    const other = figuresOf(offered([aTicket('t1'), aTicket('t2')]).must('dan', accept('t2')))
    expect(addFigures([one, other])).toEqual({
      items: 3,
      accepted: 1,
      acceptedInTime: 1,
      withoutAction: 0,
      returned: 0,
      questions: 0,
      breachesAfter: 0,
    })
    expect(addFigures([]).items).toBe(0)
  })
})
