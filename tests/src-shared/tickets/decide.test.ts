import { describe, expect, test } from 'vitest'
import { decide } from '#shared/tickets/decide'
import type { Ticket } from '#shared/tickets/ticket'
import { agent, command, START, ticket } from '../../builders/tickets'

const reply = () => command({ type: 'reply', body: 'Looking into it.', public: true })
const note = () => command({ type: 'note', body: 'Collector lag, see graph.' })
const claim = () => command({ type: 'claim' })
const solve = () => command({ type: 'set-status', status: 'solved' })
const raise = () => command({ type: 'set-priority', priority: 'P1' })

const closed: Partial<Ticket> = { status: 'closed' }
const solved: Partial<Ticket> = { status: 'solved' }
const cancelled: Partial<Ticket> = {
  slaEvents: [...ticket().slaEvents, { at: START + 1, type: 'cancelled', reason: 'spam' }],
}

describe('what a ticket says to a command', () => {
  test.each([
    ['a reply to an open ticket', reply(), {}, 'apply'],
    ['a note on an open ticket', note(), {}, 'apply'],
    ['a claim of an unassigned ticket', claim(), {}, 'apply'],
    ['a claim of somebody else’s ticket', claim(), { assigneeId: 'agent-ravi' }, 'apply'],
    ['a claim of my own ticket', claim(), { assigneeId: 'agent-ines' }, 'no-change'],
    ['a claim of a solved ticket', claim(), solved, 'ticket-solved'],
    ['a reply to a solved ticket', reply(), solved, 'apply'],
    ['a reply to a closed ticket', reply(), closed, 'ticket-closed'],
    ['a note on a closed ticket', note(), closed, 'apply'],
    ['a note on a cancelled ticket', note(), cancelled, 'ticket-cancelled'],
    ['solving an open ticket', solve(), {}, 'apply'],
    ['solving a solved ticket', solve(), solved, 'no-change'],
    ['raising to P1', raise(), {}, 'apply'],
    ['raising what is P1', raise(), { priority: 'P1' }, 'no-change'],
    [
      'lowering a P1 without a reason',
      command({ type: 'set-priority', priority: 'P2' }),
      { priority: 'P1' },
      'reason-required',
    ],
    [
      'lowering a P1 with a reason',
      command({ type: 'set-priority', priority: 'P2', reason: 'Failover holds' }),
      { priority: 'P1' },
      'apply',
    ],
  ] as const)('%s: %s', (_title, given, change, expected) => {
    const decision = decide(given, ticket(change), agent())
    expect(decision.kind === 'reject' ? decision.code : decision.kind).toBe(expected)
  })
})

describe('conflicts: only when a field the command decides about changed after the version its author saw', () => {
  test.each([
    ['priority changed later, priority asked', raise(), { priority: 11 }, ['priority']],
    ['priority changed before, priority asked', raise(), { priority: 10 }, undefined],
    ['status changed later, priority asked', raise(), { status: 11 }, undefined],
    ['assignee changed later, claim', claim(), { assigneeId: 12 }, ['assigneeId']],
    ['everything changed later, a note', note(), { status: 99, priority: 99, assigneeId: 99 }, undefined],
    ['everything changed later, a reply', reply(), { status: 99, priority: 99, assigneeId: 99 }, undefined],
  ] as const)('%s', (_title, given, changedIn, fields) => {
    expect(decide(given, ticket({ changedIn }), agent())).toEqual(
      fields ? { kind: 'conflict', fields } : { kind: 'apply' },
    )
  })
})
