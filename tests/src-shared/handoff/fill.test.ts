import { describe, expect, test } from 'vitest'
import { changesSince } from '#shared/handoff/changes-since'
import { dueDrafts, nextDraftAt } from '#shared/handoff/due-drafts'
import { reasonsFor } from '#shared/handoff/reasons'
import { report } from '#shared/sla/report'
import type { Ticket } from '#shared/tickets/ticket'
import type { Notice } from '#shared/uptime/notice'
import { aRota, daily, inUtc, utc } from '../shifts/rotas'
import { calendar, policy } from '../sla/tickets'
import {
  accept,
  aTicket,
  at,
  content,
  edit,
  FROM,
  ID,
  none,
  offer,
  offered,
  open,
  theRota,
  World,
} from './world'

/** The AMER shift ends at 22:00. A premium P4 of the morning is due first on Tuesday, a P3 on Monday. */
describe('which tickets belong', () => {
  const planned = (dueAt: number) => ({
    courseOfAction: { text: 'patch', dueAt, byId: 'ana', at: at('09:00') },
  })
  const issue = (checkAt: number | undefined, key = 'RD-1') => ({
    key,
    url: 'https://rd.example.com/1',
    state: 'open',
    ...(checkAt === undefined ? {} : { checkAt }),
  })
  const calm: Partial<Ticket> = { priority: 'P4', createdAt: at('12:00') }
  test.each<[string, Partial<Ticket>, string]>([
    ['a P1, even if nothing is due', { priority: 'P1', status: 'on-hold', createdAt: at('12:59') }, 'P1 due'],
    [
      'a P2 that waits for the customer, its first response over at night',
      { priority: 'P2', plan: 'standard', createdAt: at('12:00'), status: 'waiting-on-customer' },
      'P2 due',
    ],
    ['a P4 with nothing due', calm, ''],
    ['one that is solved', { priority: 'P1', status: 'solved' }, ''],
    ['one that is closed', { priority: 'P1', status: 'closed' }, ''],
    ['one that is nobody’s', { ...calm, assigneeId: undefined }, 'unassigned'],
    [
      'an update promised before the end of the receiving shift',
      { ...calm, promisedAt: at('21:59') },
      'promised',
    ],
    ['one promised long ago and not given', { ...calm, promisedAt: at('08:00') }, 'promised'],
    ['one promised for its end: the next shift’s', { ...calm, promisedAt: at('22:00') }, ''],
    ['a course of action for this evening', { ...calm, ...planned(at('21:00')) }, 'planned'],
    ['a course of action for next week', { ...calm, ...planned(at('21:00') + 7 * 86_400_000) }, ''],
    [
      'a product issue to look at',
      { ...calm, productIssues: [issue(undefined), issue(at('18:00'), 'RD-2')] },
      'planned',
    ],
    ['a product issue without a date', { ...calm, productIssues: [issue(undefined)] }, ''],
    [
      'several reasons at once',
      { priority: 'P2', assigneeId: undefined, promisedAt: at('15:00') },
      'P2 due promised unassigned',
    ],
  ])('%s', (_what, changes, expected) => {
    const ticket = aTicket('t1', changes)
    const now = at('13:00')
    const sla = report({ events: ticket.slaEvents, policy, calendar, plan: ticket.plan, now })
    expect(reasonsFor(ticket, sla, at('22:00')).join(' ')).toBe(expected)
  })

  test('what is due just before the end belongs, what is due at the end is the next shift’s, what is overdue belongs', () => {
    const p4 = (dueAt: number) => {
      const due = {
        ...report({ events: aTicket('t1').slaEvents, policy, calendar, plan: 'premium', now: at('13:00') }),
      }
      const target = { state: 'running', due: dueAt } as const
      const met = { state: 'met', satisfiedAt: at('09:00'), by: 'reply' } as const
      return reasonsFor(
        aTicket('t1', { priority: 'P4' }),
        { ...due, firstResponse: met, resolution: target },
        at('22:00'),
      )
    }
    expect(p4(at('22:00') - 1)).toEqual(['due'])
    expect(p4(at('22:00'))).toEqual([])
    expect(p4(at('06:00'))).toEqual(['due'])
  })
})

describe('a draft fills itself', () => {
  test('the most urgent first: P1, P2, then what is due first', () => {
    const world = new World([
      aTicket('t10', { priority: 'P4', promisedAt: at('20:00') }),
      aTicket('t2', { priority: 'P2' }),
      aTicket('t3', { priority: 'P4', promisedAt: at('15:00') }),
      aTicket('t9', { priority: 'P4', createdAt: at('12:00') }),
      aTicket('t1', { priority: 'P1' }),
      aTicket('t4', { priority: 'P4', assigneeId: undefined, createdAt: at('12:00') }),
    ])
    world.must('ana', open)
    expect(world.it.items.map(({ ticketId, reasons }) => `${ticketId} ${reasons.join('+')}`)).toEqual([
      't1 P1+due',
      't2 P2+due',
      't3 promised',
      't10 promised',
      't4 unassigned',
    ])
    expect(world.it.leftOut).toBe(0)
  })

  test('with what the ticket and its SLA say', () => {
    const world = new World([aTicket('t1', { customerAt: at('11:30'), promisedAt: at('15:00') })])
    world.must('ana', open)
    expect(world.it).toMatchObject({
      id: ID,
      state: 'draft',
      round: 1,
      openedAt: at('13:00'),
      from: { region: 'EMEA', leadId: 'ben', supervisorId: 'fiona', memberIds: ['ana', 'ben', 'fiona'] },
      to: { region: 'AMER', leadId: 'dan', startsAt: at('14:00'), endsAt: at('22:00'), supervisorId: 'mark' },
    })
    expect(world.it.items[0]).toMatchObject({
      situation: 'Ticket t1',
      actions: [],
      senderId: 'ana',
      state: { kind: 'waiting' },
      facts: {
        asOf: at('13:00'),
        number: 'MER-1',
        customer: 'Acme',
        plan: 'premium',
        priority: 'P1',
        lastWordAt: at('11:30'),
        promisedAt: at('15:00'),
        // Two hours after 08:00, and nobody has answered.
        firstResponse: { state: 'breached', due: at('10:00') },
        resolution: { state: 'running', due: at('17:00') },
      },
    })
  })

  test('begins with what the hand-off before said; how bad it is must be said anew, and what is over is left out', () => {
    const before = new World([aTicket('t1')])
    before.now = at('13:00')
    before.must('ana', open).must(
      'ana',
      edit('t1', {
        ...content,
        situation: 'Ingest is down in eu-2',
        done: [{ what: 'Restarted the ingester', result: 'no change' }],
        ifThen: [{ trigger: 'queue above 10k', response: 'page R&D', call: 'the R&D hotline' }],
        actions: [
          { what: 'Check the logs', ownerId: 'dan', dueAt: at('16:00') },
          { what: 'Call the customer', ownerId: 'dan', dueAt: at('23:00') },
        ],
      }),
    )
    const world = new World([aTicket('t1'), aTicket('t2')])
    world.before = before.it
    world.now = at('21:00')
    const target = 'AMER.2026-07-10.1400~APAC'
    world.run(
      'dan',
      { type: 'open-handoff', fromShiftId: 'AMER.2026-07-10.1400', toShiftId: 'APAC.2026-07-10.2200' },
      { target },
    )
    expect(world.it.items.map(({ ticketId, situation }) => [ticketId, situation])).toEqual([
      ['t1', 'Ingest is down in eu-2'],
      ['t2', 'Ticket t2'],
    ])
    expect(world.it.items.map(({ severity }) => severity)).toEqual([undefined, undefined])
    expect(world.it.items[0]).toMatchObject({
      done: [{ result: 'no change' }],
      ifThen: [{ trigger: 'queue above 10k' }],
      actions: [{ what: 'Call the customer' }],
    })
  })

  test('more tickets than have room: the P1 and P2 are in it, and what is left out is counted', () => {
    const many = Array.from({ length: 1005 }, (_, i) =>
      aTicket(`t${i}`, { priority: i >= 1000 ? 'P1' : 'P4', assigneeId: undefined }),
    )
    const world = new World(many).must('ana', open)
    expect(world.it.items).toHaveLength(1000)
    expect(world.it.items.filter(({ facts }) => facts.priority === 'P1')).toHaveLength(5)
    expect(world.it.leftOut).toBe(5)
  })
})

describe('what is known per shift is filled in', () => {
  const notice = (changes: Partial<Notice>): Notice => ({
    id: 'n1',
    type: 'incident',
    title: 'Search is slow',
    body: '',
    impact: 'degraded',
    state: 'identified',
    startsAt: at('12:00'),
    announcedAt: at('12:00'),
    updates: [],
    ...changes,
  })
  const sectionOf = (notices: readonly Notice[], tickets: readonly Ticket[] = [aTicket('t1')]) => {
    const world = new World(tickets)
    world.notices = notices
    return world.must('ana', open).it.section
  }

  test.each<[string, Partial<Notice>, string[], string[]]>([
    ['an incident', {}, ['Search is slow (identified, impact: degraded)'], []],
    ['one that is over', { state: 'resolved' }, [], []],
    [
      'maintenance tonight',
      {
        type: 'maintenance',
        state: 'scheduled',
        title: 'Upgrade',
        startsAt: at('23:00'),
        endsAt: at('23:30'),
      },
      [],
      ['Upgrade: from 2026-07-10 23:00 to 2026-07-10 23:30 UTC'],
    ],
    [
      'maintenance more than a day after the hand-over',
      { type: 'maintenance', state: 'scheduled', startsAt: utc('2026-07-11 14:00') },
      [],
      [],
    ],
    [
      'maintenance that is over',
      { type: 'maintenance', state: 'in-progress', startsAt: at('10:00'), endsAt: at('12:00') },
      [],
      [],
    ],
    [
      'maintenance that was called off',
      { type: 'maintenance', state: 'cancelled', startsAt: at('20:00') },
      [],
      [],
    ],
  ])('%s', (_what, changes, status, maintenance) => {
    const section = sectionOf([notice(changes)])
    const said = (entries: string[]) =>
      entries.length === 0 ? { kind: 'none' } : { kind: 'entries', entries }
    expect([section.serviceStatus.said, section.maintenance.said]).toEqual([said(status), said(maintenance)])
  })

  test('promises that the tickets know of; that they know none says nothing, and noise is for people', () => {
    const promising = sectionOf(
      [],
      [aTicket('t1', { promisedAt: at('16:00') }), aTicket('t2', { promisedAt: at('15:00') })],
    )
    expect(promising.promises.said).toEqual({
      kind: 'entries',
      entries: [
        'MER-2: update promised for 2026-07-10 15:00 UTC',
        'MER-1: update promised for 2026-07-10 16:00 UTC',
      ],
    })
    expect(sectionOf([]).promises.said).toBeUndefined()
    expect(sectionOf([]).knownNoise.said).toBeUndefined()
  })

  test('gaps of the next day', () => {
    expect(sectionOf([]).gaps.said).toEqual({ kind: 'none' })
    const world = new World()
    world.rota = theRota([], ['15:00', '22:00'])
    world.must('ana', { type: 'open-handoff', fromShiftId: FROM, toShiftId: 'AMER.2026-07-10.1500' })
    expect(world.it.section.gaps.said).toEqual({
      kind: 'entries',
      entries: [
        'nobody is on shift from 2026-07-10 14:00 to 2026-07-10 15:00 UTC',
        'nobody is on shift from 2026-07-11 14:00 to 2026-07-11 15:00 UTC',
      ],
    })
  })

  test('the queue in numbers', () => {
    const { queue } = sectionOf(
      [],
      [
        aTicket('t1'), // overdue
        aTicket('t2', { priority: 'P2', createdAt: at('09:30') }), // due at 13:30
        aTicket('t3', { priority: 'P2', createdAt: at('12:00'), assigneeId: undefined }), // due at 16:00
        aTicket('t4', {
          priority: 'P4',
          status: 'waiting-on-customer',
          slaEvents: [
            ...aTicket('t4', { priority: 'P4' }).slaEvents,
            { at: at('09:00'), type: 'replied', by: 'agent', public: true },
            { at: at('09:00'), type: 'status', to: 'waiting-on-customer' },
          ],
        }),
        aTicket('t5', { status: 'solved' }),
      ],
    )
    expect(queue).toEqual({
      asOf: at('13:00'),
      open: 4,
      p1: 1,
      p2: 2,
      unassigned: 1,
      dueWithin1h: 2,
      dueWithin4h: 3,
      dueBeforeEnd: 3,
      breached: 1,
      paused: 0,
    })
  })
})

describe('offering freezes what is true then', () => {
  test('facts, numbers, sides and what nobody touched are filled in anew, and tickets come and go', () => {
    const world = new World([aTicket('t1'), aTicket('t2', { priority: 'P3', assigneeId: undefined })])
    world
      .must('ana', open)
      .must('ana', edit('t1'))
      .must('ben', none('promises'))
      .must('ben', none('knownNoise'))
    world.now = at('13:50')
    world.set('t1', { assigneeId: 'ben' })
    world.set('t2', { status: 'solved' })
    world.tickets.set('t3', aTicket('t3', { priority: 'P3', assigneeId: undefined, promisedAt: at('16:00') }))
    world.must('ana', offer)
    expect(world.it).toMatchObject({
      state: 'offered',
      offeredAt: at('13:50'),
      section: { queue: { asOf: at('13:50'), open: 2 } },
    })
    expect(
      world.it.items.map(({ ticketId, senderId, facts }) => [ticketId, senderId, inUtc(facts.asOf)]),
    ).toEqual([
      ['t1', 'ben', '2026-07-10 13:50'],
      ['t3', 'ben', '2026-07-10 13:50'],
    ])
    // A person said that nothing is promised; what the tickets say since is seen in their facts.
    expect(world.it.section.promises.said).toEqual({ kind: 'none' })
    expect(world.it.items[0]?.severity).toBe('stable')
  })

  test('what somebody added by hand stays, even if it is solved', () => {
    const world = new World([aTicket('t1'), aTicket('t2', { priority: 'P4', createdAt: at('12:00') })])
    world
      .must('ana', open)
      .must('ana', edit('t1'))
      .must('ben', none('promises'))
      .must('ben', none('knownNoise'))
    world.must('ana', { type: 'add-handoff-item', ticketId: 't2', content: { situation: 'May come back' } })
    world.set('t2', { status: 'solved' })
    world.must('ana', offer)
    expect(world.it.items.map(({ ticketId, reasons, situation }) => [ticketId, reasons, situation])).toEqual([
      ['t1', ['P1', 'due'], 'Ticket t1'],
      ['t2', ['added'], 'May come back'],
    ])
  })
})

describe('since the snapshot', () => {
  test('new tickets that belong, what is over, and what is different; an acceptance is no news', () => {
    const world = offered([
      aTicket('t1'),
      aTicket('t2', { priority: 'P2' }),
      aTicket('t3', { priority: 'P2' }),
      aTicket('t4'),
    ])
    expect(changesSince(world.it, world.context)).toEqual([])
    world.now = at('14:10')
    world.tickets.set('t8', aTicket('t8', { createdAt: at('14:00') }))
    world.tickets.set('t9', aTicket('t9', { priority: 'P4', createdAt: at('14:00') }))
    world.set('t1', { priority: 'P2', promisedAt: at('18:00') })
    world.set('t2', { status: 'solved' })
    world.must('dan', accept('t4'))
    expect(changesSince(world.it, world.context)).toEqual([
      { ticketId: 't8', number: 'MER-8', kind: 'new', reasons: ['P1', 'due'] },
      {
        ticketId: 't1',
        number: 'MER-1',
        kind: 'changed',
        changes: [
          { field: 'priority', from: 'P1', to: 'P2' },
          { field: 'promisedAt', from: undefined, to: at('18:00') },
        ],
      },
      { ticketId: 't2', number: 'MER-2', kind: 'over', status: 'solved' },
    ])
  })

  test('a deadline that was passed meanwhile is a change', () => {
    const world = offered([aTicket('t1', { priority: 'P2', createdAt: at('10:00') })])
    world.now = at('14:00') + 1
    expect(changesSince(world.it, world.context)).toMatchObject([
      {
        kind: 'changed',
        changes: [{ field: 'firstResponse', from: { state: 'running' }, to: { state: 'breached' } }],
      },
    ])
  })
})

describe('when drafts open', () => {
  const rota = theRota()
  test.each([
    ['an hour before the end of a shift', '13:00', [ID]],
    ['not a moment earlier', '12:59', ['APAC.2026-07-09.2200~EMEA']],
    ['and it is still wanted while the other shift works', '20:59', [ID]],
    ['until that shift is about to hand over itself', '21:00', ['AMER.2026-07-10.1400~APAC']],
    ['also while the next one works', '22:00', ['AMER.2026-07-10.1400~APAC']],
  ])('%s', (_what, time, expected) => {
    expect(dueDrafts(rota, time === '12:59' ? at('13:00') - 1 : at(time)).map(({ id }) => id)).toEqual(
      expected,
    )
  })

  test('the next one', () => {
    expect(inUtc(nextDraftAt(rota, at('12:00')) ?? 0)).toBe('2026-07-10 13:00')
    expect(inUtc(nextDraftAt(rota, at('13:00')) ?? 0)).toBe('2026-07-10 21:00')
    const over = aRota([daily('EMEA', 'UTC', [['09:00', '17:00']], { validThrough: '2026-07-01' })])
    expect(nextDraftAt(over, at('12:00'))).toBeUndefined()
    expect(dueDrafts(over, at('12:00'))).toEqual([])
  })

  test('over a weekend without anybody, from Friday to Monday', () => {
    const weekdays = aRota([
      daily('EMEA', 'UTC', [], { week: { fri: [['09:00', '17:00']], mon: [['09:00', '17:00']] } }),
    ])
    expect(dueDrafts(weekdays, utc('2026-07-12 12:00')).map(({ id, to }) => [id, to.date])).toEqual([
      ['EMEA.2026-07-10.0900~EMEA', '2026-07-13'],
    ])
  })
})
