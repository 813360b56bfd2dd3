import { describe, expect, test } from 'vitest'
import { decide } from '#shared/tickets/decide'
import type { Ticket } from '#shared/tickets/ticket'
import { aCommand, ana, aTicket, claim, note, priority, reply, status, T0, type What } from './samples'

const cancelled: Partial<Ticket> = {
  slaEvents: [
    { at: T0, type: 'created', priority: 'P2', channel: 'portal', by: 'customer' },
    { at: T0, type: 'cancelled' },
  ],
}

describe('decide: what the ticket lets through', () => {
  test.each<[string, What, Partial<Ticket>, string]>([
    ['a reply to an open ticket', reply(), {}, 'apply'],
    ['a reply to a solved one', reply(), { status: 'solved' }, 'apply'],
    ['a reply to a closed one', reply(), { status: 'closed' }, 'ticket-closed'],
    ['a note on a closed one', note(), { status: 'closed' }, 'apply'],
    ['a note on a cancelled one', note(), cancelled, 'ticket-cancelled'],
    ['a claim of a free ticket', claim(), {}, 'apply'],
    ["a claim of somebody else's", claim(), { assigneeId: 'ben' }, 'apply'],
    ['a claim of mine', claim(), { assigneeId: 'ana' }, 'no-change'],
    ['a claim of a solved one', claim(), { status: 'solved' }, 'ticket-solved'],
    ['another status', status('on-hold'), {}, 'apply'],
    ['the same status', status('open'), {}, 'no-change'],
    ['reopening a closed one', status('open'), { status: 'closed' }, 'ticket-closed'],
    ['raising to P1', priority('P1'), {}, 'apply'],
    ['the same priority', priority('P2'), {}, 'no-change'],
    ['lowering a P1 with a reason', priority('P2', 'workaround found'), { priority: 'P1' }, 'apply'],
    ['lowering a P1 without one', priority('P2'), { priority: 'P1' }, 'reason-required'],
  ])('%s', (_name, what, changes, expected) => {
    const decision = decide(aCommand(what), aTicket(changes), ana, T0)
    expect(decision.kind === 'reject' ? decision.code : decision.kind).toBe(expected)
  })
})

describe('decide: conflicts are about the fields that a command decides', () => {
  test.each<[string, What, Ticket['changedIn'], string]>([
    ['status changed after what I saw', status('solved'), { status: 11 }, 'conflict'],
    ['status changed in what I saw', status('solved'), { status: 10 }, 'apply'],
    ['another field changed', status('solved'), { priority: 11, assigneeId: 12 }, 'apply'],
    ['a note decides nothing', note(), { status: 11, priority: 11, assigneeId: 11 }, 'apply'],
    ['a reply decides nothing', reply(), { status: 11, priority: 11, assigneeId: 11 }, 'apply'],
    ['claimed after what I saw', claim(), { assigneeId: 11 }, 'conflict'],
    ['priority changed after what I saw', priority('P1'), { priority: 11 }, 'conflict'],
  ])('%s', (_name, what, changedIn, expected) => {
    expect(decide(aCommand(what, { baseVersion: 10 }), aTicket({ changedIn }), ana, T0).kind).toBe(expected)
  })

  test('changed to what I want anyway is nothing to decide', () => {
    const ticket = aTicket({ assigneeId: 'ana', changedIn: { assigneeId: 11 } })
    expect(decide(aCommand(claim()), ticket, ana, T0)).toMatchObject({ kind: 'reject', code: 'no-change' })
  })
})
