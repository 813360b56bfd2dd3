import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nextFaceChangeAt, targetUrgency } from '#shared/queue/countdown'
import type { QueueRow } from '#shared/queue/row'
import { faceChangeAt, pendingDue, targetState, urgencyOf } from '#shared/queue/row-clocks'
import type { Policy } from '#shared/sla/policy'
import type { Ticket } from '#shared/tickets/ticket'
import type { Calendar } from '#shared/time/calendar'
import { buildRow } from '../../../src-renderer/store/build-row'
import { type PackedTickets, packTickets, UnpackedTickets } from '../../../src-renderer/store/pack-tickets'
import { PackedRows } from '../../../src-renderer/store/packed-row'
import type { Reference } from '../../../src-renderer/store/reference'
import { agent, organization, ticket } from '../../builders/tickets'
import { people, referenceRecords } from '../../builders/workspace'

const recordOf = (kind: 'policy' | 'calendar') => {
  const found = referenceRecords().find((record) => record.kind === kind)?.value
  if (!found) throw new Error(`the workspace has no ${kind}`)
  return found
}
const policy = recordOf('policy') as Policy
const calendar = recordOf('calendar') as Calendar
const reference: Reference = {
  organizations: new Map([organization()].map((one) => [one.id, one])),
  agents: new Map([agent({ id: 'agent-bo', name: 'Bo' })].map((one) => [one.id, one])),
  policies: new Map([[policy.id, policy]]),
  calendars: new Map([[calendar.id, calendar]]),
}

const HOUR = 3_600_000
const START = Date.UTC(2026, 6, 9, 7)
const priority = fc.constantFrom('P1' as const, 'P2' as const, 'P3' as const, 'P4' as const)
const plan = fc.constantFrom('standard' as const, 'premium' as const, 'premium-plus' as const)
const by = fc.constantFrom('agent' as const, 'customer' as const, 'automation' as const)
const later = fc.oneof(
  fc.record({ type: fc.constant('replied' as const), by, public: fc.boolean() }),
  fc.record({ type: fc.constant('prioritised' as const), priority }),
  fc.record({
    type: fc.constant('status' as const),
    to: fc.constantFrom(
      'open' as const,
      'waiting-on-customer' as const,
      'on-hold' as const,
      'solved' as const,
    ),
  }),
  fc.record({
    type: fc.constant('proposed' as const),
    dueAt: fc.nat({ max: 400 }).map((n) => START + n * HOUR),
  }),
  fc.record({ type: fc.constant('workaround' as const) }),
)
/** A ticket with a history that has taken place in order. */
const aTicket: fc.Arbitrary<Ticket> = fc
  .record({
    id: fc.integer({ min: 0, max: 1e6 }).map((n) => `t${n}`),
    plan,
    priority,
    status: fc.constantFrom('open' as const, 'waiting-on-customer' as const, 'solved' as const),
    organizationId: fc.constantFrom(organization().id, 'org-unknown'),
    assigneeId: fc.constantFrom(undefined, 'agent-bo', 'agent-unknown'),
    policyId: fc.oneof({ weight: 9, arbitrary: fc.constant(policy.id) }, fc.constant('unknown')),
    calendarId: fc.constant(calendar.id),
    tags: fc.constantFrom<string[]>([], ['vip']),
    customerAt: fc.constantFrom(undefined, START),
    promisedAt: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, fc.constant(START + HOUR)),
    events: fc.array(fc.tuple(fc.nat({ max: 30 }), later), { maxLength: 6 }),
    isBroken: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)),
  })
  .map(({ events, isBroken, ...rest }) => {
    let at = START
    const history = events.map(([hours, event]) => {
      at += hours * HOUR
      return { at, ...event }
    })
    const created = {
      at: START,
      type: 'created' as const,
      priority: rest.priority,
      channel: 'portal' as const,
      by: 'customer' as const,
    }
    const slaEvents = [created, ...(isBroken ? history.reverse() : history)]
    return ticket({ ...rest, createdAt: START, slaEvents: slaEvents as Ticket['slaEvents'] })
  })
const hours = fc.integer({ min: -10, max: 400 }).map((n) => START + n * HOUR + 1)

const plain = (row: QueueRow, of: QueueRow) =>
  Object.fromEntries(Object.keys(of).map((field) => [field, row[field as keyof QueueRow]]))

const mirroredOf = (tickets: readonly Ticket[]) =>
  tickets.map((value, version) => ({ id: value.id, version, value }))
type Mirrored = ReturnType<typeof mirroredOf>
const rowsAt = (packed: PackedTickets, now: number, of: Reference = reference) =>
  new PackedRows(new UnpackedTickets(packed), { reference: of, me: people.l1, now })
const some = fc.array(aTicket, { minLength: 1, maxLength: 5 })

/** @returns how many rows the packed tickets gave by themselves */
function expectTheSame(rows: PackedRows, mirrored: Mirrored, now: number, then: number): number {
  let made = 0
  mirrored.forEach((one, index) => {
    const packed = rows.row(index)
    const built = buildRow({ mirrored: one, entries: [], reference, me: people.l1, now })
    if (!('row' in built) || !packed) {
      expect(packed).toBeUndefined()
      expect('problem' in built || one.value.promisedAt !== undefined).toBe(true)
      return
    }
    made += 1
    const { row } = built
    expect(plain(packed.row, row)).toEqual(row)
    expect(packed.nextChangeAt).toBe(row.report.nextChangeAt)
    const { report } = row
    for (const name of ['firstResponse', 'resolution'] as const) {
      expect(targetState(packed.row, name)).toBe(targetState(row, name))
      expect(pendingDue(packed.row, name)).toBe(pendingDue(row, name))
      expect(urgencyOf(packed.row, name, then)).toBe(
        targetUrgency(report[name], report.thresholdsAt[name], then),
      )
    }
    expect(faceChangeAt(packed.row, then)).toBe(nextFaceChangeAt(report, then))
  })
  return made
}

describe('a row of packed tickets', () => {
  test('is what the ticket gives, in every field; those of which it can’t tell are left to that', () => {
    let made = 0
    fc.assert(
      fc.property(some, hours, hours, (tickets, now, then) => {
        const mirrored = mirroredOf(tickets)
        made += expectTheSame(rowsAt(packTickets(mirrored), now), mirrored, now, then)
      }),
      { numRuns: 200 },
    )
    expect(made).toBeGreaterThan(100)
  })
})
