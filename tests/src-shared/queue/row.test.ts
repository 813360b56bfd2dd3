import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type QueueRow, queueRow } from '#shared/queue/row'
import { policySchema } from '#shared/sla/policy'
import type { Ticket } from '#shared/tickets/ticket'
import { ana, aTicket, MINUTE, reply, T0, ticketAfter, type What } from '../tickets/samples'
import { calendarOf } from '../time/calendars'

const LONDON = calendarOf({ zone: 'Europe/London' })
const HOUR = 60 * MINUTE
const policy = policySchema.decode(JSON.parse(readFileSync('resources/policies/bigpanda.json', 'utf8')))

function rowOf(confirmed: Ticket, pending: readonly What[] = [], now = T0 + MINUTE): QueueRow {
  const ticket = pending.reduce((before, what) => ticketAfter(before, what, ana, 0, now), confirmed)
  const people = { customer: 'Northwind', assignee: undefined }
  return queueRow({
    ...{ ticket, confirmed, version: 1, ...people, policy, calendar: LONDON },
    ...{ unsent: pending.length, parked: 0, now },
  })
}
function having(ticket: Ticket, ...whats: What[]): Ticket {
  return whats.reduce((before, what, n) => ticketAfter(before, what, ana, n + 1, T0 + n * MINUTE), ticket)
}

const promise = (hours: number): What => ({ type: 'promise-update', promisedAt: T0 + hours * HOUR })
const propose = (hours: number): What => ({
  ...{ type: 'propose-course-of-action', text: 'Fix in 4.2', dueAt: T0 + hours * HOUR },
})
const solve: What = { type: 'set-status', status: 'solved' }

describe('what is due next', () => {
  test.each<[string, Ticket, QueueRow['nextTarget'], number | undefined]>([
    ['an unanswered P2: its first response', aTicket(), 'firstResponse', 4],
    ['a promise before it', having(aTicket(), promise(2)), 'promise', 2],
    ['a promise after it', having(aTicket(), promise(9)), 'firstResponse', 4],
    ['an answered P3: nothing', having(aTicket({ priority: 'P3' }), reply()), undefined, undefined],
    ['an answered P3 with a promise', having(aTicket({ priority: 'P3' }), reply(), promise(9)), 'promise', 9],
    [
      'an answered P3 with a plan',
      having(aTicket({ priority: 'P3' }), reply(), propose(50)),
      'resolution',
      50,
    ],
    ['a solved one', having(aTicket(), promise(2), solve), undefined, undefined],
  ])('%s', (_what, ticket, target, hours) => {
    const row = rowOf(ticket, [], T0 + 10 * MINUTE)
    expect([row.nextTarget, row.nextDueAt]).toEqual([
      target,
      hours === undefined ? undefined : T0 + hours * HOUR,
    ])
  })

  test('a reply that was not sent has kept no promise; a promise not sent stands already', () => {
    expect(rowOf(having(aTicket(), promise(2)), [reply()]).promisedAt).toBe(T0 + 2 * HOUR)
    expect(rowOf(having(aTicket(), promise(2)), [promise(3)]).promisedAt).toBe(T0 + 3 * HOUR)
    expect(rowOf(having(aTicket(), promise(2), reply())).promisedAt).toBeUndefined()
  })
})

describe('the course of action', () => {
  const p3 = aTicket({ priority: 'P3' })
  test.each<[string, QueueRow, Partial<QueueRow>]>([
    ['a P3 needs one', rowOf(p3), { awaitingProposal: true, proposals: 0, courseOfActionAt: undefined }],
    ['a P2 does not', rowOf(aTicket()), { awaitingProposal: false }],
    [
      'proposed twice: moved once',
      rowOf(having(p3, propose(50), propose(70))),
      { awaitingProposal: false, proposals: 2, courseOfActionAt: T0 + 70 * HOUR },
    ],
    [
      'mine, on its way',
      rowOf(p3, [propose(50)]),
      { awaitingProposal: false, proposals: 0, courseOfActionAt: T0 + 50 * HOUR },
    ],
    ['solved without one', rowOf(having(p3, solve)), { awaitingProposal: false }],
    [
      'a workaround makes it needless',
      rowOf(having(p3, { type: 'record-workaround', text: 'Restart it' })),
      { awaitingProposal: false, hasWorkaround: true },
    ],
  ])('%s', (_what, row, expected) => expect(row).toMatchObject(expected))
})

describe('whose word is the last', () => {
  const said = (...by: ('agent' | 'customer' | 'automation')[]) =>
    aTicket({
      slaEvents: [
        { at: T0, type: 'created', priority: 'P2', channel: 'portal', by: by[0] ?? 'customer' },
        ...by.slice(1).map((who) => ({ at: T0, type: 'replied' as const, by: who, public: true })),
      ],
    })
  test.each<[string, Ticket, boolean]>([
    ['a customer who was not answered', said('customer'), true],
    ['answered by a machine alone', said('customer', 'automation'), true],
    ['answered', said('customer', 'agent'), false],
    ['and written again', said('customer', 'agent', 'customer'), true],
    ['opened by an agent', said('agent'), false],
    ['solved', having(said('customer'), solve), false],
  ])('%s: awaits a reply %#', (_what, ticket, expected) => expect(rowOf(ticket).awaitsReply).toBe(expected))
})

test('escalation, product issues, merge and excuses are there in short', () => {
  const escalation = { to: 'APAC', summary: 's', tried: 't', assessment: 'a', ask: 'x', byId: 'ana', at: T0 }
  const row = rowOf(
    aTicket({
      escalation: { ...escalation, state: 'offered' },
      productIssues: [{ key: 'PLAT-7', url: 'https://x.example', state: 'open' }],
      mergedInto: 't2',
      excused: { resolution: { reason: 'storm', byId: 'ana', at: T0 } },
    }),
  )
  expect(row).toMatchObject({
    escalation: { state: 'offered', to: 'APAC', byId: 'ana' },
    productIssueKeys: ['PLAT-7'],
    mergedInto: 't2',
    excused: ['resolution'],
  })
  expect(row.escalation).not.toHaveProperty('summary')
})
