import { describe, expect, test } from 'vitest'
import type { Author } from '#shared/tickets/message'
import type { Ticket } from '#shared/tickets/ticket'
import { agentById } from '../../../src-portal/demo/cast'
import { type Beat, play, type Wanted } from '../../../src-portal/demo/play'
import { randomFrom } from '../../../src-portal/demo/random'

const T0 = Date.parse('2026-03-02T09:00:00Z')
const maya = agentById('maya-okafor')
const jonas = agentById('jonas-brandt')
const customer: Author = { kind: 'customer', id: 'c', name: 'Ann' }
const ticket: Ticket = {
  id: 't',
  number: 'MER-1',
  subject: 'A fault',
  organizationId: 'acme',
  plan: 'premium',
  policyId: 'bigpanda',
  calendarId: 'emea-london',
  region: 'EMEA',
  priority: 'P3',
  status: 'open',
  channel: 'email',
  tags: [],
  createdAt: T0,
  updatedAt: T0,
  slaEvents: [{ at: T0, type: 'created', priority: 'P3', channel: 'email', by: 'customer' }],
  changedIn: {},
}
const into: Ticket = { ...ticket, id: 'u', number: 'MER-2' }

function told(wanted: Wanted[], { by = maya, other = into }: { by?: typeof maya; other?: Ticket } = {}) {
  const beats = wanted.map((one, n): Beat => ({ kind: 'command', at: T0 + n + 1, by, wanted: one }))
  return play({ ticket, first: [], customer, beats, random: randomFrom('x'), into: other })
}

describe('a story that the portal would have refused is none', () => {
  const issue = { type: 'unlink-product-issue', key: 'PLAT-1' } as const
  test.each<[string, Wanted, RegExp]>([
    ['a call about a P3', { type: 'log-call', direction: 'to-customer', body: 'Hi' }, /phone-is-for-p1/],
    ['accepting as L1', { type: 'accept-escalation' }, /forbidden/],
    ['a date that has passed', { type: 'promise-update', promisedAt: T0 }, /date-past/],
    ['an issue that is not linked', issue, /no-change/],
    ['an excuse by L1', { type: 'excuse-breach', of: 'resolution', reason: 'so' }, /forbidden/],
    ['a merge into nothing', { type: 'merge', into: 'nowhere' }, /not-found/],
  ])('%s', (_, wanted, problem) => {
    expect(() => told([wanted])).toThrow(problem)
  })

  test('a merge into the ticket of another customer', () => {
    const other = { ...into, organizationId: 'other' }
    expect(() => told([{ type: 'merge', into: 'u' }], { other })).toThrow(/other-customer/)
  })

  test('anything after a cancellation', () => {
    expect(() =>
      told([
        { type: 'cancel', reason: 'spam' },
        { type: 'note', body: 'x' },
      ]),
    ).toThrow(/ticket-cancelled/)
  })
})

test('a merge is told on both tickets', () => {
  const { messages, elsewhere, ticket: merged } = told([{ type: 'merge', into: 'u' }])
  expect(merged).toMatchObject({ status: 'closed', mergedInto: 'u', changedIn: {} })
  expect(messages).toMatchObject([{ ticketId: 't', direction: 'into', otherNumber: 'MER-2' }])
  expect(elsewhere).toMatchObject([{ ticketId: 'u', direction: 'from', otherNumber: 'MER-1' }])
})

test('the customer’s word opens a ticket that waits', () => {
  const beats: Beat[] = [
    { kind: 'command', at: T0 + 1, by: jonas, wanted: { type: 'set-status', status: 'waiting-on-customer' } },
    { kind: 'customer', at: T0 + 2, text: 'Here you are' },
  ]
  const played = play({ ticket, first: [], customer, beats, random: randomFrom('x') })
  expect(played.ticket).toMatchObject({ status: 'open', customerAt: T0 + 2 })
  expect(played.messages.map(({ type }) => type)).toEqual(['change', 'reply', 'change'])
})
