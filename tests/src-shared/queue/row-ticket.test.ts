import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BulkAction } from '#shared/queue/bulk-action'
import { queueRow } from '#shared/queue/row'
import { ticketOfRow } from '#shared/queue/row-ticket'
import { policySchema } from '#shared/sla/policy'
import { decide } from '#shared/tickets/decide'
import type { Agent } from '#shared/tickets/people'
import type { Ticket } from '#shared/tickets/ticket'
import {
  ana,
  aTicket,
  ben,
  claim,
  id,
  MINUTE,
  note,
  priority,
  reply,
  status,
  T0,
  ticketAfter,
  type What,
} from '../tickets/samples'
import { calendarOf } from '../time/calendars'

const policy = policySchema.decode(JSON.parse(readFileSync('resources/policies/bigpanda.json', 'utf8')))
const calendar = calendarOf({ zone: 'Europe/London' })
const NOW = T0 + 60 * MINUTE
const sam: Agent = { ...ana, id: 'sam', name: 'Sam', role: 'supervisor' }

function rowOf(ticket: Ticket) {
  return queueRow({
    ...{ ticket, confirmed: ticket, version: 20, policy, calendar, now: NOW },
    ...{ customer: 'Northwind', assignee: undefined, unsent: 0, parked: 0 },
  })
}

/** What happened to a ticket, apart from what the ticket itself refused. */
function having(whats: readonly What[], by: Agent): Ticket {
  return whats.reduce((before, what, n) => {
    const at = T0 + (n + 1) * MINUTE
    const command = { ...what, id: id(n + 1), at, target: before.id, baseVersion: 20 }
    return decide(command, before, by, at).kind === 'apply'
      ? ticketAfter(before, what, by, n + 1, at)
      : before
  }, aTicket())
}

const history = fc.array(
  fc.constantFrom<What>(
    claim(),
    note(),
    reply(),
    status('solved'),
    status('waiting-on-customer'),
    status('closed'),
    priority('P1'),
    priority('P3', 'calmer'),
    { type: 'tag', add: ['vip'], remove: [] },
    { type: 'promise-update', promisedAt: NOW + 30 * MINUTE },
    { type: 'link-product-issue', key: 'PLAT-7', url: 'https://x.example', state: 'open' },
  ),
  { maxLength: 6 },
)
const action = fc.constantFrom<BulkAction>(
  { type: 'claim' },
  { type: 'assign' },
  { type: 'assign', to: 'ben' },
  { type: 'set-status', status: 'solved' },
  { type: 'set-status', status: 'open' },
  { type: 'set-priority', priority: 'P2' },
  { type: 'set-priority', priority: 'P1', reason: 'all are down' },
  { type: 'tag', add: ['vip'], remove: [] },
  { type: 'tag', add: [], remove: ['vip'] },
  { type: 'note', body: 'x' },
  { type: 'promise-update', promisedAt: NOW + 30 * MINUTE },
  { type: 'unlink-product-issue', key: 'PLAT-7' },
)

describe('a ticket as far as its line tells', () => {
  it('says to a bulk action what the ticket itself would say', () => {
    const said = new Set<string>()
    fc.assert(
      fc.property(
        history,
        action,
        fc.constantFrom(ana, ben),
        fc.constantFrom(ana, sam),
        (whats, what, by, actor) => {
          const ticket = having(whats, by)
          const command = { ...what, id: id(99), at: NOW, target: ticket.id, baseVersion: 20 }
          const decision = decide(command, ticketOfRow(rowOf(ticket)), actor, NOW)
          expect(decision).toEqual(decide(command, ticket, actor, NOW))
          said.add(decision.kind === 'reject' ? decision.code : decision.kind)
        },
      ),
      // What it has to have met is counted: the same in every run.
      { numRuns: 1500, seed: 1 },
    )
    for (const one of ['apply', 'no-change', 'ticket-closed', 'not-yours']) expect(said).toContain(one)
  })

  it('knows what was merged and what was cancelled', () => {
    const cancelled = ticketAfter(aTicket(), { type: 'cancel', reason: 'spam' }, ana, 1, T0 + MINUTE)
    const merged = aTicket({ mergedInto: 't2' })
    const note = { type: 'note', body: 'x', id: id(1), at: NOW, target: 't1', baseVersion: 20 } as const
    expect(decide(note, ticketOfRow(rowOf(cancelled)), ana, NOW)).toMatchObject({ code: 'ticket-cancelled' })
    expect(decide(note, ticketOfRow(rowOf(merged)), ana, NOW)).toMatchObject({ code: 'ticket-merged' })
  })
})
