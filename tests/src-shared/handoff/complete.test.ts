import { describe, expect, test } from 'vitest'
import { missing } from '#shared/handoff/complete'
import type { Ticket } from '#shared/tickets/ticket'
import { aTicket, content, edit, none, offer, open, World, word } from './world'

const ifThen = [{ trigger: 'the queue grows', response: 'scale out', call: 'Ben' }]

function missingIn(world: World): string[] {
  return missing(world.it, world.context).map(({ field, message }) => `${field}: ${message}`)
}

describe('a hand-off can be offered when', () => {
  const severity = 'items.t1.severity: MER-1: say whether it is stable, watcher or unstable'
  const action =
    'items.t1.actions: MER-1: give at least one action with who does it and until when; waiting counts'
  const contingency = (what: string) =>
    `items.t1.ifThen: MER-1: it is ${what}: say what to do if something happens, and whom to call`

  test.each<[string, Partial<Ticket>, object, string[]]>([
    ['a P1 has a severity and an action', { priority: 'P1' }, content, []],
    ['a P2 likewise', { priority: 'P2' }, content, []],
    ['a P1 has nothing', { priority: 'P1' }, { situation: 'down' }, [severity, action]],
    ['a P2 has a severity alone', { priority: 'P2' }, { severity: 'stable' }, [action]],
    ['a P1 has an action alone', { priority: 'P1' }, { actions: content.actions }, [severity]],
    [
      'a P1 to watch has no if-then',
      { priority: 'P1' },
      { ...content, severity: 'watcher' },
      [contingency('watcher')],
    ],
    [
      'an unstable P2 has none',
      { priority: 'P2' },
      { ...content, severity: 'unstable' },
      [contingency('unstable')],
    ],
    ['an unstable P1 has one', { priority: 'P1' }, { ...content, severity: 'unstable', ifThen }, []],
    ['a P3 needs nothing', { priority: 'P3', assigneeId: undefined }, { situation: 'slow' }, []],
    [
      'but if it is said to be unstable, an if-then',
      { priority: 'P3', assigneeId: undefined },
      { severity: 'unstable' },
      [contingency('unstable')],
    ],
  ])('%s', (_what, ticket, written, expected) => {
    const world = new World([aTicket('t1', ticket)]).must('ana', open).must('ana', edit('t1', written))
    world.must('ana', none('promises')).must('ana', none('knownNoise'))
    expect(missingIn(world)).toEqual(expected)
    expect(word(world.run('ana', offer))).toBe(expected.length === 0 ? 'apply' : 'incomplete')
  })

  test('no section is left empty', () => {
    const world = new World([]).must('ana', open)
    expect(missingIn(world)).toEqual([
      'section.promises: say what was promised, or that there is none',
      'section.knownNoise: say what noise is known, or that there is none',
    ])
    world.must('ana', none('promises'))
    world.must('ana', {
      type: 'edit-handoff-section',
      part: 'knownNoise',
      said: { kind: 'entries', entries: ['disk alerts of node 7'] },
    })
    expect(missingIn(world)).toEqual([])
  })

  test('no open P1 or P2 is missing, whenever it came; it is judged by what the tickets are now', () => {
    const world = new World([aTicket('t1'), aTicket('t2', { priority: 'P3', assigneeId: undefined })])
    world
      .must('ana', open)
      .must('ana', edit('t1'))
      .must('ana', none('promises'))
      .must('ana', none('knownNoise'))
    expect(missingIn(world)).toEqual([])
    world.tickets.set('t7', aTicket('t7', { priority: 'P2' }))
    world.tickets.set('t8', aTicket('t8', { priority: 'P3', assigneeId: undefined }))
    world.set('t2', { priority: 'P1' })
    expect(missingIn(world)).toEqual([
      'items.t7: MER-7 is an open P2: add it to the hand-off',
      'items.t2.severity: MER-2: say whether it is stable, watcher or unstable',
      'items.t2.actions: MER-2: give at least one action with who does it and until when; waiting counts',
    ])
    world.set('t7', { status: 'solved' })
    world.set('t2', { status: 'closed' })
    expect(missingIn(world)).toEqual([])
  })
})
