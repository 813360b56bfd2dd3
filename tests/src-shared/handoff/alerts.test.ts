import { describe, expect, test } from 'vitest'
import { handoffAlerts } from '#shared/handoff/alerts'
import type { Override, Rota } from '#shared/shifts/rota'
import { aRota, daily, inUtc, utc } from '../shifts/rotas'
import {
  accept,
  answer,
  ask,
  aTicket,
  at,
  giveBack,
  ID,
  offered,
  open,
  theRota,
  World,
  withdraw,
} from './world'

const clock = (time: number) => inUtc(time).slice(11)
/** `14:10 dan unaccepted-lead t1` */
const alertsOf = (world: World, of: RegExp = /./) =>
  handoffAlerts(world.it, world.context)
    .map(({ at: time, whomId, why, ticketId }) => `${clock(time)} ${whomId} ${why} ${ticketId ?? ''}`.trim())
    .filter((line) => of.test(line))
const ladder = (world: World) => alertsOf(world, /unaccepted|nobody/)

const leave = (...who: string[]): Override[] =>
  who.map((agentId) => ({
    id: agentId,
    kind: 'leave',
    shift: { region: 'AMER', date: '2026-07-10', starts: '14:00' },
    agentId,
    reason: 'ill',
    byId: 'mark',
    at: 0,
  }))

describe('a P1 or P2 that nobody accepts', () => {
  test('ten minutes after the shift began the lead, after twenty the supervisor', () => {
    expect(ladder(offered())).toEqual(['14:10 dan unaccepted-lead t1', '14:20 mark unaccepted-supervisor t1'])
  })

  test.each<[string, (world: World) => void, boolean]>([
    ['accepted: no', (world) => world.must('cleo', accept('t1')), false],
    ['asked about: yes, it is still the sender’s', (world) => world.must('cleo', ask('t1')), true],
    ['answered: yes', (world) => world.must('cleo', ask('t1')).must('ana', answer('t1')), true],
    ['returned: yes', (world) => world.must('cleo', giveBack('t1')), true],
    ['withdrawn: yes', (world) => world.must('ben', withdraw), true],
    ['solved: no', (world) => world.set('t1', { status: 'solved' }), false],
    ['a P3 by now: no', (world) => world.set('t1', { priority: 'P3' }), false],
    [
      'the shift is over: no, it is in the next hand-off',
      (world) => {
        world.now = at('22:00')
      },
      false,
    ],
  ])('%s', (_what, happens, isAlerted) => {
    const world = offered()
    happens(world)
    expect(ladder(world)).toHaveLength(isAlerted ? 2 : 0)
  })

  test('never offered at all: the same', () => {
    expect(ladder(new World().must('ana', open))).toHaveLength(2)
  })

  test('a P3 disturbs nobody', () => {
    expect(ladder(offered([aTicket('t1', { priority: 'P3', assigneeId: undefined })]))).toEqual([])
  })

  test.each<[string, Rota, string[]]>([
    [
      'the minutes are the rota’s',
      { ...theRota(), unaccepted: { leadAfterMinutes: 5, supervisorAfterMinutes: 30 } },
      ['14:05 dan unaccepted-lead t1', '14:30 mark unaccepted-supervisor t1'],
    ],
    [
      'the lead is away: the supervisor at once',
      theRota(leave('dan')),
      ['14:10 mark unaccepted-lead t1', '14:20 mark unaccepted-supervisor t1'],
    ],
    [
      'the shift’s supervisor too: the rota’s',
      theRota(leave('dan', 'mark')),
      ['14:10 chief unaccepted-lead t1', '14:20 chief unaccepted-supervisor t1'],
    ],
    [
      'everybody is away: the supervisor owns it from the beginning',
      theRota(leave('cleo', 'dan', 'mark')),
      [
        '14:00 chief nobody-on-shift t1',
        '14:10 chief unaccepted-lead t1',
        '14:20 chief unaccepted-supervisor t1',
      ],
    ],
  ])('%s', (_what, rota, expected) => {
    const world = offered()
    world.rota = rota
    expect(ladder(world)).toEqual(expected)
  })

  test('shifts that overlap: the minutes count from when the sending one is over', () => {
    const world = new World()
    world.rota = theRota([], ['13:00', '22:00'])
    world.run('ana', {
      type: 'open-handoff',
      fromShiftId: 'EMEA.2026-07-10.0600',
      toShiftId: 'AMER.2026-07-10.1300',
    })
    expect(ladder(world)).toEqual(['14:10 dan unaccepted-lead t1', '14:20 mark unaccepted-supervisor t1'])
  })

  test('an hour between the shifts in which nobody is on: the supervisor owns it from the end of the first', () => {
    const world = new World()
    world.rota = theRota([], ['15:00', '22:00'])
    world.run('ana', {
      type: 'open-handoff',
      fromShiftId: 'EMEA.2026-07-10.0600',
      toShiftId: 'AMER.2026-07-10.1500',
    })
    expect(ladder(world)).toEqual([
      '14:00 mark nobody-on-shift t1',
      '15:10 dan unaccepted-lead t1',
      '15:20 mark unaccepted-supervisor t1',
    ])
  })
})

describe('a P1 that is in no hand-off', () => {
  test.each<[string, object, string[]]>([
    [
      'came after the snapshot, and is nobody’s',
      { createdAt: at('13:59'), assigneeId: undefined },
      ['14:10 dan', '14:20 mark'],
    ],
    [
      'is with somebody who has gone home',
      { createdAt: at('13:59'), assigneeId: 'ana' },
      ['14:10 dan', '14:20 mark'],
    ],
    ['is with somebody of the shift', { createdAt: at('13:59'), assigneeId: 'cleo' }, []],
    [
      'came when the shift was there: its own alerts are enough',
      { createdAt: at('14:00'), assigneeId: undefined },
      [],
    ],
    ['is solved', { createdAt: at('13:59'), status: 'solved' }, []],
  ])('%s', (_what, changes, expected) => {
    const world = offered([aTicket('t1')]).must('cleo', accept('t1'))
    world.tickets.set('t9', aTicket('t9', changes))
    expect(ladder(world).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual(expected)
  })
})

describe('what people are told besides', () => {
  test('the receiving shift of an offer, as it is then', () => {
    const world = offered()
    expect(alertsOf(world, / offered/)).toEqual([
      '13:45 cleo offered',
      '13:45 dan offered',
      '13:45 mark offered',
    ])
    world.rota = theRota(leave('cleo'))
    expect(alertsOf(world, / offered/)).toEqual(['13:45 dan offered', '13:45 mark offered'])
  })

  test('the sender of a question until it is answered, and of what came back, with whoever was proposed', () => {
    const world = offered([aTicket('t1'), aTicket('t2')])
    world.now = at('14:05')
    world.must('cleo', ask('t1')).must('dan', giveBack('t2', 'kim'))
    const talk = / (asked|returned|proposed)/
    expect(alertsOf(world, talk)).toEqual([
      '14:05 ana asked t1',
      '14:05 ana returned t2',
      '14:05 kim proposed t2',
    ])
    world.must('ana', answer('t1'))
    expect(alertsOf(world, talk)).toEqual(['14:05 ana returned t2', '14:05 kim proposed t2'])
  })
})

describe('keys', () => {
  const keysOf = (world: World) => handoffAlerts(world.it, world.context).map(({ key }) => key)

  test('stay as they are however often and whenever one looks', () => {
    const world = offered([aTicket('t1'), aTicket('t2')])
    const first = keysOf(world)
    world.now = at('15:00')
    expect(keysOf(world)).toEqual(first)
    expect(new Set(first).size).toBe(first.length)
    expect(first).toContain(`${ID}/unaccepted-lead/t1/dan`)
  })

  test('a second question and a second offer are news, a second round of the same wait is not', () => {
    const world = offered()
    world.now = at('14:05')
    const asked = () => keysOf(world.must('cleo', ask('t1'))).filter((key) => key.includes('asked'))
    const firstQuestion = asked()
    world.must('ana', answer('t1'))
    world.now = at('14:06')
    expect(asked()).not.toEqual(firstQuestion)
    const before = keysOf(world)
    world.must('ben', withdraw).must('ben', open).must('ben', { type: 'offer-handoff' })
    const news = keysOf(world).filter((key) => !before.includes(key))
    expect(news).toEqual(['cleo', 'dan', 'mark'].map((who) => `${ID}/offered/2/${who}`))
  })
})

test('alerts begin on the day clocks change when the shift does', () => {
  // London goes forward on 29 March: EMEA begins an hour earlier.
  const rota = aRota([
    daily('AMER', 'America/New_York', [['18:00', '02:00']]),
    daily('EMEA', 'Europe/London', [['07:00', '15:00']]),
  ])
  const world = new World()
  world.rota = rota
  world.now = utc('2026-03-29 05:30')
  world.run(
    'ana',
    { type: 'open-handoff', fromShiftId: 'AMER.2026-03-28.1800', toShiftId: 'EMEA.2026-03-29.0700' },
    { target: 'AMER.2026-03-28.1800~EMEA' },
  )
  expect(ladder(world)).toEqual([
    '06:10 EMEA-lead unaccepted-lead t1',
    '06:20 EMEA-boss unaccepted-supervisor t1',
  ])
})
