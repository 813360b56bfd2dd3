import { describe, expect, test } from 'vitest'
import { handoffCommandSchema } from '#shared/handoff/command'
import { ownerAt } from '#shared/handoff/owner'
import type { Override } from '#shared/shifts/rota'
import {
  accept,
  answer,
  ask,
  aTicket,
  at,
  content,
  edit,
  giveBack,
  ID,
  type Name,
  none,
  offer,
  offered,
  open,
  TO,
  theRota,
  type What,
  World,
  withdraw,
  word,
} from './world'

const add = (ticketId: string, given: object = {}): What =>
  ({ type: 'add-handoff-item', ticketId, content: given }) as What
const remove = (ticketId: string): What => ({ type: 'remove-handoff-item', ticketId })

const stateOf = (world: World, ticketId = 't1') =>
  world.it.items.find((item) => item.ticketId === ticketId)?.state.kind
const ownerOf = (world: World, ticketId = 't1') => {
  const item = world.it.items.find((one) => one.ticketId === ticketId)
  if (item === undefined) throw new Error(`no item ${ticketId}`)
  return ownerAt({
    handoff: world.it,
    item,
    ticket: world.tickets.get(ticketId),
    rota: world.rota,
    at: world.now,
  })
}

/** A P1 of Ana's, an unassigned P3, and a P4 of Ben's with nothing due. */
const three = () => [
  aTicket('t1'),
  aTicket('t2', { priority: 'P3', assigneeId: undefined }),
  aTicket('t3', { priority: 'P4', assigneeId: 'ben', createdAt: at('12:00'), status: 'open' }),
]

describe('opening', () => {
  test.each<[string, What, string, string]>([
    ['the shifts follow each other', open, '13:00', 'apply'],
    ['from the beginning of the shift on', open, '06:00', 'apply'],
    ['late, while the other works', open, '21:59', 'apply'],
    ['before the shift began', open, '05:59', 'too-early'],
    ['when both are over', open, '22:00', 'shift-over'],
    [
      'shifts that don’t follow each other',
      { ...open, toShiftId: 'APAC.2026-07-10.2200' } as What,
      '13:00',
      'no-pair',
    ],
    [
      'a shift that isn’t there',
      { ...open, fromShiftId: 'EMEA.2026-07-10.0700' } as What,
      '13:00',
      'no-shift',
    ],
  ])('%s', (_what, what, time, expected) => {
    const world = new World()
    world.now = at(time)
    expect(word(world.run('ana', what))).toBe(expected)
  })

  test('there is one for a pair: its id follows from it, and a second opening changes nothing', () => {
    const world = new World()
    expect(world.run('ana', open, { target: 'another' })).toMatchObject({
      code: 'wrong-target',
      message: `the hand-off of these shifts is ${ID}`,
    })
    world.must('ana', open)
    expect(word(world.run('ben', open))).toBe('no-change')
  })

  test('one that was withdrawn is opened again, with what was written, said and accepted', () => {
    const world = offered([aTicket('t1'), aTicket('t2', { priority: 'P2' })])
    world.must('cleo', accept('t2')).must('ben', withdraw)
    const before = world.it.log.length
    world.must('ben', open)
    expect(world.it).toMatchObject({
      state: 'draft',
      round: 2,
      section: { knownNoise: { said: { kind: 'none' } } },
    })
    expect(world.it.items.map(({ ticketId, severity, state }) => [ticketId, severity, state.kind])).toEqual([
      ['t1', 'stable', 'waiting'],
      ['t2', 'stable', 'accepted'],
    ])
    expect(world.it.log.slice(0, before)).toHaveLength(before)
    expect(word(world.run('ben', offer))).toBe('apply')
  })
})

test('what was accepted and has gone to somebody else since waits again when it is opened again', () => {
  const world = offered([aTicket('t1'), aTicket('t2', { priority: 'P2' })])
  world.must('cleo', accept('t2'))
  world.set('t2', { assigneeId: 'ana' })
  world.must('ben', withdraw).must('ben', open)
  expect([stateOf(world, 't2'), ownerOf(world, 't2')]).toEqual(['waiting', 'ana'])
})

describe('who may do what', () => {
  const sending: [string, (world: World) => What][] = [
    ['write an item', () => edit('t1')],
    ['write a section', () => none('promises')],
    ['offer', () => offer],
    ['withdraw', () => withdraw],
  ]
  const people: [Name, string][] = [
    ['ana', 'apply'],
    ['fiona', 'apply'],
    ['mark', 'apply'],
    ['cleo', 'not-on-shift'],
    ['kim', 'not-on-shift'],
  ]
  test.each(sending.flatMap(([what, make]) => people.map(([who, word_]) => ({ who, what, make, word_ }))))(
    '$who to $what of EMEA: $word_',
    ({ who, make, word_ }) => {
      const world = new World()
      world
        .must('ana', open)
        .must('ana', edit('t1'))
        .must('ana', none('promises'))
        .must('ana', none('knownNoise'))
      expect(word(world.run(who, make(world)))).toBe(word_)
    },
  )

  test.each<[string, What, Name, string]>([
    ['accept', accept('t1'), 'cleo', 'apply'],
    ['accept', accept('t1'), 'mark', 'apply'],
    ['accept', accept('t1'), 'ana', 'not-on-shift'],
    ['accept', accept('t1'), 'kim', 'not-on-shift'],
    ['ask', ask('t1'), 'dan', 'apply'],
    ['ask', ask('t1'), 'ana', 'not-on-shift'],
    ['return', giveBack('t1'), 'dan', 'apply'],
    ['return', giveBack('t1'), 'kim', 'not-on-shift'],
  ])('%s %o as AMER, by %s: %s', (_what, what, who, expected) => {
    expect(word(offered().run(who, what))).toBe(expected)
  })

  test('whoever covers the shift belongs to it at once, and whom they cover does no longer', () => {
    const world = offered()
    const override: Override = {
      id: 'o1',
      kind: 'cover',
      shift: { region: 'AMER', date: '2026-07-10', starts: '14:00' },
      agentId: 'cleo',
      coverId: 'kim',
      reason: 'ill',
      byId: 'mark',
      at: at('13:50'),
    }
    world.rota = theRota([override])
    expect(word(world.run('cleo', accept('t1')))).toBe('not-on-shift')
    expect(word(world.run('kim', accept('t1')))).toBe('apply')
  })
})

describe('a draft', () => {
  const draft = () => new World(three()).must('ana', open)

  test('takes what else somebody wants to tell, and gives back only what needn’t be there', () => {
    const world = draft()
    expect(world.it.items.map(({ ticketId }) => ticketId)).toEqual(['t1', 't2'])
    expect(word(world.run('ana', add('t3')))).toBe('apply')
    expect(word(world.run('ana', add('t3')))).toBe('no-change')
    expect(word(world.run('ana', add('t9')))).toBe('not-found')
    expect(word(world.run('ana', remove('t3')))).toBe('apply')
    expect(word(world.run('ana', remove('t3')))).toBe('not-in-handoff')
    expect(world.run('ana', remove('t1'))).toMatchObject({
      code: 'mandatory',
      message: 'MER-1 may not be left out (P1, due)',
    })
    expect(word(world.run('ana', remove('t2')))).toBe('mandatory')
    world.set('t2', { status: 'solved' })
    expect(word(world.run('ana', remove('t2')))).toBe('apply')
  })

  test('nothing can be accepted, asked or returned yet', () => {
    const world = draft()
    for (const what of [accept('t1'), ask('t1'), giveBack('t1'), answer('t1')]) {
      expect(word(world.run('dan', what))).toBe('not-offered')
    }
  })

  test('an action needs somebody who exists, and an edit something to set', () => {
    const world = draft()
    const stranger = { actions: [{ ...content.actions[0], ownerId: 'zoe' }] }
    expect(world.run('ana', edit('t1', stranger))).toMatchObject({
      code: 'not-found',
      field: 'content.actions[0].ownerId',
    })
    expect(word(world.run('ana', edit('t1', {})))).toBe('no-change')
    expect(word(world.run('ana', edit('t9')))).toBe('not-in-handoff')
  })

  test('two who write the same item conflict, two who write different ones don’t', () => {
    const world = draft()
    const baseVersion = world.version
    expect(word(world.run('ana', edit('t1'), { baseVersion }))).toBe('apply')
    expect(word(world.run('ben', edit('t1'), { baseVersion }))).toBe('conflict items.t1')
    expect(word(world.run('ben', edit('t2'), { baseVersion }))).toBe('apply')
    expect(word(world.run('ben', none('promises'), { baseVersion }))).toBe('apply')
    expect(word(world.run('ana', none('promises'), { baseVersion }))).toBe('conflict section.promises')
    expect(word(world.run('ana', none('knownNoise'), { baseVersion }))).toBe('apply')
  })

  test('is not offered while something is missing', () => {
    const world = draft()
    expect(world.run('ana', offer)).toMatchObject({
      code: 'incomplete',
      field: 'items.t1.severity',
      message: 'MER-1: say whether it is stable, watcher or unstable, and 3 more',
    })
    world.now = at('22:00')
    expect(word(world.run('ana', offer))).toBe('shift-over')
  })
})

describe('what was offered', () => {
  test('stays as it is', () => {
    const world = offered(three())
    expect(word(world.run('ana', edit('t1')))).toBe('offered')
    expect(word(world.run('ana', none('promises')))).toBe('offered')
    expect(word(world.run('ana', remove('t1')))).toBe('offered')
    expect(word(world.run('ana', offer))).toBe('no-change')
  })

  test('takes a ticket that came later, if all is said about it', () => {
    const world = offered(three())
    world.tickets.set('t8', aTicket('t8', { createdAt: at('13:50') }))
    expect(world.run('ana', add('t8'))).toMatchObject({ code: 'incomplete', field: 'items.t8.severity' })
    expect(word(world.run('ana', add('t8', content)))).toBe('apply')
    expect(word(world.run('cleo', accept('t8')))).toBe('apply')
  })

  test.each<[string, (world: World) => void, What, string]>([
    ['a P1, in one’s own words', () => {}, accept('t1'), 'apply'],
    ['a P1, without a word', () => {}, { type: 'accept-handoff-item', ticketId: 't1' }, 'restate'],
    ['a P3, without a word', () => {}, { type: 'accept-handoff-item', ticketId: 't2' }, 'apply'],
    [
      'a P1 that is solved by now, without a word',
      (world) => world.set('t1', { status: 'solved' }),
      { type: 'accept-handoff-item', ticketId: 't1' },
      'apply',
    ],
    [
      'a P3 that is a P1 by now, without a word',
      (world) => world.set('t2', { priority: 'P1' }),
      { type: 'accept-handoff-item', ticketId: 't2' },
      'restate',
    ],
    ['a ticket that isn’t in it', () => {}, accept('t9'), 'not-in-handoff'],
    [
      'one that went to another of the sending shift',
      (world) => world.set('t1', { assigneeId: 'ben' }),
      accept('t1'),
      'apply',
    ],
    [
      'one that is nobody’s by now',
      (world) => world.set('t1', { assigneeId: undefined }),
      accept('t1'),
      'apply',
    ],
    ['one that is mine already', (world) => world.set('t1', { assigneeId: 'dan' }), accept('t1'), 'apply'],
    [
      'one that a colleague of mine has claimed',
      (world) => world.set('t1', { assigneeId: 'cleo' }),
      accept('t1'),
      'owned-elsewhere',
    ],
    [
      'after the shift it was for',
      (world) => {
        world.now = at('22:00')
      },
      accept('t1'),
      'shift-over',
    ],
    ['after it was withdrawn', (world) => world.must('ben', withdraw), accept('t1'), 'withdrawn'],
  ])('is accepted: %s', (_what, before, what, expected) => {
    const world = offered(three())
    before(world)
    expect(word(world.run('dan', what))).toBe(expected)
    if (expected !== 'apply') expect(stateOf(world)).toBe('waiting')
  })
})

test('an acceptance written before the withdrawal that reaches the portal after it is refused', () => {
  const world = offered()
  const baseVersion = world.version
  world.must('ben', withdraw)
  expect(word(world.run('dan', accept('t1'), { baseVersion }))).toBe('withdrawn')
  // Opened and offered again, it is not what they had read.
  world.must('ben', open).must('ben', offer)
  expect(word(world.run('dan', accept('t1'), { baseVersion }))).toBe('conflict items.t1')
  expect(ownerOf(world)).toBe('ana')
})

describe('ownership', () => {
  test('moves with each acceptance, to whoever accepts, of that ticket alone', () => {
    const world = offered([aTicket('t1'), aTicket('t2', { priority: 'P2' })])
    expect([ownerOf(world, 't1'), ownerOf(world, 't2')]).toEqual(['ana', 'ana'])
    world.must('cleo', accept('t1'))
    expect([ownerOf(world, 't1'), ownerOf(world, 't2')]).toEqual(['cleo', 'ana'])
    expect([world.tickets.get('t1')?.assigneeId, world.tickets.get('t2')?.assigneeId]).toEqual([
      'cleo',
      'ana',
    ])
    expect(world.it.state).toBe('offered')
    world.must('dan', accept('t2'))
    expect(world.it.state).toBe('accepted')
    expect(world.it.log.at(-1)).toMatchObject({
      what: 'accept-handoff-item',
      byId: 'dan',
      fromId: 'ana',
      text: 'I call them at four',
    })
  })

  test('of two who accept the same item the first wins and the second is told', () => {
    const world = offered([aTicket('t1'), aTicket('t2', { priority: 'P2' })])
    const baseVersion = world.version
    expect(word(world.run('cleo', accept('t1'), { baseVersion }))).toBe('apply')
    expect(word(world.run('dan', accept('t1'), { baseVersion }))).toBe('conflict items.t1')
    expect(word(world.run('dan', accept('t2'), { baseVersion }))).toBe('apply')
    // Who has seen it is told whose it is, and who did it twice that nothing is left to do.
    expect(world.run('dan', accept('t1'))).toMatchObject({
      code: 'already-accepted',
      message: 'Cleo has accepted MER-1',
    })
    expect(word(world.run('cleo', accept('t1'), { baseVersion }))).toBe('no-change')
    expect(world.tickets.get('t1')?.assigneeId).toBe('cleo')
  })

  test('the second is told even when the first closed the hand-off', () => {
    const world = offered()
    const baseVersion = world.version
    world.must('cleo', accept('t1'))
    expect(world.it.state).toBe('accepted')
    expect(word(world.run('dan', accept('t1'), { baseVersion }))).toBe('conflict items.t1')
    expect(word(world.run('dan', giveBack('t1'), { baseVersion }))).toBe('conflict items.t1')
    expect(word(world.run('dan', accept('t1')))).toBe('already-accepted')
  })

  test('stays with the sender while questions are asked, and when an item is returned', () => {
    const world = offered()
    world.must('cleo', ask('t1'))
    expect([stateOf(world), ownerOf(world)]).toEqual(['asked', 'ana'])
    world.must('ana', answer('t1'))
    expect([stateOf(world), ownerOf(world)]).toEqual(['asked', 'ana'])
    world.must('cleo', giveBack('t1', 'kim'))
    expect([stateOf(world), ownerOf(world), world.it.state]).toEqual([
      'returned',
      'ana',
      'closed-with-returns',
    ])
  })

  test('an unassigned P1 is the outgoing lead’s until it is accepted', () => {
    const world = offered([aTicket('t1', { assigneeId: undefined })])
    expect(ownerOf(world)).toBe('ben')
    world.must('cleo', accept('t1'))
    expect(ownerOf(world)).toBe('cleo')
    expect(world.it.log.at(-1)?.fromId).toBeUndefined()
  })

  test('nobody on shift: the supervisor’s, until somebody comes', () => {
    const world = offered()
    world.rota = theRota([], ['15:00', '22:00'])
    // The pair was made before the rota was changed: AMER comes an hour late.
    world.now = at('13:59')
    expect(ownerOf(world)).toBe('ana')
    world.now = at('14:00')
    expect(ownerOf(world)).toBe('mark')
    world.now = at('15:00')
    expect(ownerOf(world)).toBe('ana')
    expect(world.tickets.get('t1')?.assigneeId).toBe('ana')
  })

  test('of a solved ticket doesn’t move, and nothing is assigned that is theirs already', () => {
    const world = offered([aTicket('t1'), aTicket('t2', { priority: 'P2' })])
    world.set('t1', { status: 'solved' })
    world.set('t2', { assigneeId: 'dan' })
    const before = world.tickets.get('t2')
    world.must('dan', accept('t1')).must('dan', accept('t2'))
    expect(world.tickets.get('t1')?.assigneeId).toBe('ana')
    expect(world.tickets.get('t2')).toBe(before)
  })
})

describe('questions', () => {
  test('one at a time, answered by the sending shift, all kept', () => {
    const world = offered()
    expect(word(world.run('ana', answer('t1')))).toBe('no-question')
    world.must('cleo', ask('t1'))
    expect(word(world.run('dan', ask('t1')))).toBe('question-open')
    expect(word(world.run('cleo', answer('t1')))).toBe('not-on-shift')
    world.must('ben', answer('t1'))
    expect(word(world.run('ana', answer('t1')))).toBe('no-question')
    world.must('dan', ask('t1')).must('dan', accept('t1'))
    expect(
      world.it.log.map(({ what, byId, text }) => `${byId} ${what} ${text ?? ''}`.trim()).slice(-5),
    ).toEqual([
      'ben offer-handoff',
      'cleo ask-handoff-item Which cluster?',
      'ben answer-handoff-item eu-2',
      'dan ask-handoff-item Which cluster?',
      'dan accept-handoff-item I call them at four',
    ])
  })

  test('an answer that came meanwhile is seen before one accepts', () => {
    const world = offered().must('cleo', ask('t1'))
    const baseVersion = world.version
    world.must('ana', answer('t1'))
    expect(word(world.run('cleo', accept('t1'), { baseVersion }))).toBe('conflict items.t1')
  })
})

describe('returned', () => {
  test('needs somebody who exists, once', () => {
    const world = offered([aTicket('t1'), aTicket('t2')])
    expect(world.run('cleo', giveBack('t1', 'zoe'))).toMatchObject({
      code: 'not-found',
      field: 'proposedOwnerId',
    })
    world.must('cleo', giveBack('t1'))
    expect(word(world.run('dan', giveBack('t1')))).toBe('already-returned')
  })

  test('closes the hand-off with the last item, and can still be accepted, also by whom it was proposed to', () => {
    const world = offered([aTicket('t1'), aTicket('t2', { priority: 'P2' })])
    world.must('cleo', giveBack('t1', 'kim')).must('cleo', accept('t2'))
    expect(world.it.state).toBe('closed-with-returns')
    expect(word(world.run('ana', accept('t1')))).toBe('not-on-shift')
    expect(word(world.run('cleo', ask('t1')))).toBe('closed')
    expect(word(world.run('ben', withdraw))).toBe('closed')
    expect(word(world.run('kim', accept('t1')))).toBe('apply')
    expect([ownerOf(world), world.it.state]).toEqual(['kim', 'closed-with-returns'])
  })
})

describe('time and words', () => {
  test('what was written offline says when, and the log never runs backwards', () => {
    const world = offered()
    const written = world.now
    world.now = at('14:30')
    world.run('cleo', ask('t1'), { at: written })
    expect(world.it.log.at(-1)).toMatchObject({ at: at('14:30'), writtenAt: written })
    world.now = at('14:20')
    world.must('ana', answer('t1'))
    expect(world.it.log.at(-1)?.at).toBe(at('14:30'))
  })

  test('a hand-off without a single ticket is accepted as soon as it is offered', () => {
    const world = new World([])
    world.must('ana', open).must('ana', none('promises')).must('ana', none('knownNoise')).must('ana', offer)
    expect(world.it).toMatchObject({ state: 'accepted', items: [] })
  })

  test('what is said is bounded', () => {
    const long = handoffCommandSchema.safeDecode({
      id: '00000000-0000-4000-8000-000000000001',
      at: '2026-07-10T13:00:00.000Z',
      target: ID,
      baseVersion: 1,
      type: 'ask-handoff-item',
      ticketId: 't1',
      question: 'x'.repeat(1001),
    })
    expect(long.success).toBe(false)
  })

  test('an unknown field is refused', () => {
    const wire = {
      id: '00000000-0000-4000-8000-000000000001',
      at: '2026-07-10T13:00:00.000Z',
      target: ID,
      baseVersion: 1,
      type: 'offer-handoff',
    }
    expect(handoffCommandSchema.safeDecode(wire as never).success).toBe(true)
    expect(handoffCommandSchema.safeDecode({ ...wire, toShiftId: TO } as never).success).toBe(false)
  })
})
