import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SlaEvent } from '#shared/sla/events'
import type { Ticket } from '#shared/tickets/ticket'
import { type PackedTickets, packTickets, UnpackedTickets } from '../../../src-renderer/store/pack-tickets'
import { aTicket, T0 } from '../../src-shared/tickets/samples'

const rowOf = (value: Ticket, version = 7) => ({ id: value.id, version, value })
const unpacked = (packed: PackedTickets) => {
  const tickets = new UnpackedTickets(packed)
  const all = [...tickets.rows()]
  expect(all).toHaveLength(tickets.size)
  return all
}
const again = (...values: Ticket[]) =>
  unpacked(packTickets(values.map((value) => rowOf(value)))).map(({ value }) => value)

/** The compiler asks for every field that a ticket may have. */
const full: Required<Ticket> = {
  ...aTicket(),
  requesterId: 'c1',
  assigneeId: 'ana',
  tags: ['billing', 'Zürich', '東京'],
  customerAt: T0 + 1,
  escalation: {
    to: 'APAC',
    summary: 'Alerts late',
    tried: 'Restart',
    assessment: 'Queue',
    ask: 'Look',
    byId: 'ana',
    at: T0,
    state: 'offered',
  },
  workaround: { text: 'Poll', byId: 'ben', at: T0 },
  courseOfAction: { text: 'A patch', dueAt: T0 + 9, byId: 'ana', at: T0 },
  promisedAt: T0 + 5,
  productIssues: [{ key: 'RD-1', url: 'https://tracker.example/RD-1', state: 'open', checkAt: T0 + 3 }],
  mergedInto: 't9',
  excused: { resolution: { reason: 'Their outage', byId: 'sue', at: T0 } },
  changedIn: { status: 4, priority: 7 },
}

const at = fc.integer({ min: 0, max: 4_102_444_800_000 })
const priority = fc.constantFrom('P1', 'P2', 'P3', 'P4')
const event: fc.Arbitrary<SlaEvent> = fc.oneof(
  fc.record({
    at,
    type: fc.constant('created'),
    priority,
    channel: fc.constantFrom('portal', 'chat', 'email', 'phone'),
    by: fc.constantFrom('customer', 'agent', 'automation'),
  }),
  fc.record({
    at,
    type: fc.constant('replied'),
    by: fc.constantFrom('agent', 'customer'),
    public: fc.boolean(),
  }),
  fc.record({ at, type: fc.constant('prioritised'), priority }),
  fc.record({ at, type: fc.constant('status'), to: fc.constantFrom('open', 'on-hold', 'solved') }),
  fc.record({ at, type: fc.constant('workaround') }),
  fc.record({ at, type: fc.constant('proposed'), dueAt: at }),
  fc.record({ at, type: fc.constant('cancelled'), reason: fc.string() }, { requiredKeys: ['at', 'type'] }),
) as fc.Arbitrary<SlaEvent>
const ticket: fc.Arbitrary<Ticket> = fc
  .record(
    {
      id: fc.string({ minLength: 1 }),
      number: fc.string(),
      subject: fc.string({ unit: 'grapheme' }),
      organizationId: fc.constantFrom('o1', 'o2'),
      requesterId: fc.constantFrom('c1', 'c2'),
      assigneeId: fc.constantFrom('ana', 'ben'),
      priority,
      status: fc.constantFrom('open', 'on-hold', 'solved', 'closed'),
      tags: fc.array(fc.string()),
      updatedAt: at,
      customerAt: at,
      promisedAt: at,
      slaEvents: fc.array(event, { minLength: 1 }),
      changedIn: fc.dictionary(fc.constantFrom('status', 'priority'), fc.nat()),
    },
    { requiredKeys: ['id', 'slaEvents'] },
  )
  .map((changes) => aTicket(changes as Partial<Ticket>))

describe('packed tickets', () => {
  test.each<[what: string, tickets: Ticket[]]>([
    ['none', []],
    ['the least that a ticket has', [aTicket()]],
    ['everything that it may have', [full]],
    ['some of each', [aTicket({ id: 'a' }), { ...full, id: 'b' }, aTicket({ id: 'c', status: 'closed' })]],
    ['a field of a later version', [{ ...aTicket(), mood: { is: ['calm'] } } as unknown as Ticket]],
  ])('%s comes back as it was', (_, tickets) => {
    expect(again(...tickets)).toEqual(tickets)
  })

  test('any tickets come back as they were, with their versions and in their order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(ticket, fc.nat())), (list) => {
        const rows = list.map(([value, version]) => rowOf(value, version))
        expect(unpacked(packTickets(rows))).toEqual(rows)
      }),
    )
  })

  test.each(['', '{', '{}', 'null'])('a damaged text %j is refused', (text) => {
    expect(() => unpacked({ ...packTickets([rowOf(aTicket())]), text })).toThrow()
  })
})
