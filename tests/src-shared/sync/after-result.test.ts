import { describe, expect, test } from 'vitest'
import type { CommandResult } from '#shared/portal/calls'
import { afterRefusal, afterResult } from '#shared/sync/after-result'
import type { OutboxEntry } from '#shared/sync/outbox-entry'
import { triedAgain } from '#shared/sync/try-again'
import type { Ticket } from '#shared/tickets/ticket'
import {
  ana,
  anEntry,
  aTicket,
  ben,
  claim,
  id,
  note,
  priority,
  status,
  T0,
  ticketAfter,
} from '../tickets/samples'

const NEW = id(99)
const answer = (
  entry: OutboxEntry,
  result: CommandResult,
  current?: { ticket: Ticket; version: number },
  siblings: OutboxEntry[] = [entry],
) => afterResult({ entry, siblings, result, current, actor: ana, now: T0, newId: NEW })

const conflict: CommandResult = {
  id: id(1),
  outcome: 'conflict',
  current: { kind: 'ticket', id: 't1', version: 12 },
  fields: ['status'],
}
const applied: CommandResult = { id: id(1), outcome: 'applied', version: 12 }

describe('applied', () => {
  test('stays in the overlay with its version', () => {
    expect(answer(anEntry(note()), applied)).toMatchObject([{ state: { kind: 'applied', version: 12 } }])
  })

  test('the same answer again (duplicate) is the same', () => {
    expect(answer(anEntry(note()), { ...applied, duplicate: true })).toMatchObject([
      { state: { kind: 'applied', version: 12, wasKnown: true } },
    ])
  })

  test('my later command about the same field was made on top of it', () => {
    const first = anEntry(status('on-hold'), { n: 1 })
    const siblings = [
      first,
      anEntry(status('solved'), { n: 2 }),
      anEntry(priority('P1'), { n: 3 }),
      anEntry(status('open'), { n: 4, target: 't2' }),
    ]
    const changed = answer(first, applied, undefined, siblings)
    expect(changed.map((entry) => [entry.seq, entry.command.baseVersion, entry.state.kind])).toEqual([
      [1, 10, 'applied'],
      [2, 12, 'queued'],
    ])
  })

  test('an answer to an attempt that was replaced, or to something no longer queued, changes nothing', () => {
    expect(answer(anEntry(note(), { n: 2 }), applied)).toEqual([])
    expect(answer(anEntry(note(), { state: { kind: 'applied', version: 11 } }), applied)).toEqual([])
  })
})

describe('rejected', () => {
  test('is parked with the portal’s own words', () => {
    const result: CommandResult = {
      id: id(1),
      outcome: 'rejected',
      code: 'ticket-closed',
      message: 'MER-1 is closed',
    }
    expect(answer(anEntry(note()), result)).toMatchObject([
      { state: { kind: 'parked', code: 'ticket-closed', message: 'MER-1 is closed' } },
    ])
  })

  test('a request refused as a whole parks its command', () => {
    expect(afterRefusal(anEntry(note()), 'too-large', 'body is too large').state).toEqual({
      kind: 'parked',
      code: 'too-large',
      message: 'body is too large',
      unjudged: true,
    })
  })
})

describe('conflict', () => {
  const theirs = (ticket: Ticket) => ({ ticket, version: 12 })
  const solve = anEntry(status('solved'))

  const thereAndBack = ticketAfter(
    ticketAfter(aTicket(), status('on-hold'), ben, 11),
    status('open'),
    ben,
    12,
  )

  test('where what I saw is so again, it is tried once more: on the new version, under a new id', () => {
    expect(answer(solve, conflict, theirs(thereAndBack))).toEqual([
      {
        ...solve,
        command: { ...solve.command, id: NEW, baseVersion: 12 },
        state: { kind: 'queued', conflicts: 1 },
      },
    ])
  })

  test('the second is parked', () => {
    const again = { ...solve, state: { kind: 'queued', conflicts: 1 } } as const
    expect(answer(again, conflict, theirs(thereAndBack))).toMatchObject([
      { command: { id: id(1) }, state: { kind: 'parked', code: 'conflict', fields: ['status'] } },
    ])
  })

  test('where somebody decided otherwise, the person compares: neither version is dropped', () => {
    const now = theirs(ticketAfter(aTicket(), status('on-hold'), ben, 12))
    expect(answer(solve, conflict, now)).toMatchObject([
      { command: { id: id(1) }, seen: { status: 'open' }, state: { kind: 'parked', code: 'conflict' } },
    ])
  })

  test('where it is so already and nothing was typed, nothing is left to do', () => {
    const now = theirs(ticketAfter(aTicket(), status('solved'), ben, 12))
    expect(answer(solve, conflict, now)).toMatchObject([{ state: { kind: 'applied', version: 10 } }])
  })

  test('where it is so already but a reason was typed, the reason is not dropped', () => {
    const entry = anEntry(priority('P3', 'one user only'))
    const now = theirs(ticketAfter(aTicket(), priority('P3'), ben, 12))
    expect(answer(entry, conflict, now)).toMatchObject([{ state: { kind: 'parked', code: 'no-change' } }])
  })

  test.each<[string, OutboxEntry, Ticket | undefined, string]>([
    ['the ticket was closed', solve, ticketAfter(aTicket(), status('closed'), ben, 12), 'ticket-closed'],
    [
      'somebody claimed it first',
      anEntry(claim()),
      ticketAfter(aTicket(), claim(), ben, 12),
      'claimed-by-other',
    ],
    ['the ticket can’t be read', solve, undefined, 'conflict'],
  ])('parked at once when %s', (_name, entry, ticket, code) => {
    expect(answer(entry, conflict, ticket && theirs(ticket))).toMatchObject([
      { command: { id: id(1) }, state: { kind: 'parked', code } },
    ])
  })
})

describe('retry by the person', () => {
  const parked = anEntry(status('solved'), { state: { kind: 'parked', code: 'conflict', message: 'x' } })

  const again = (entry: OutboxEntry, ticket = aTicket(), edits?: Record<string, unknown>) =>
    triedAgain({ entry, version: 20, ticket, actor: ana, now: T0, newId: NEW, ...(edits ? { edits } : {}) })

  test('mended: what was changed is sent, what identifies it stays', () => {
    expect(again(parked, aTicket(), { status: 'on-hold', target: 't9', id: 'x' })).toMatchObject({
      command: { id: NEW, target: 't1', status: 'on-hold', baseVersion: 20 },
      seen: { status: 'open' },
      state: { kind: 'queued', conflicts: 0 },
    })
    expect(() => again(parked, aTicket(), { status: 'gone' })).toThrow('status: ')
  })

  test('is a new attempt on the ticket as it is on screen', () => {
    expect(again(parked)).toMatchObject({
      id: id(1),
      command: { id: NEW, baseVersion: 20 },
      state: { kind: 'queued', conflicts: 0 },
    })
  })

  test('keeps its id when the portal never judged it: an attempt before may have been taken', () => {
    const refused = afterRefusal(anEntry(note()), 'forbidden', 'not today')
    expect(again(refused)).toMatchObject({
      command: { id: id(1), baseVersion: 20 },
      state: { kind: 'queued', conflicts: 0 },
    })
  })

  test('says why when the ticket does not let it', () => {
    const closed = aTicket({ status: 'closed' })
    expect(() => again(parked, closed)).toThrow('MER-1 is closed: only notes can be added')
  })

  test('is only for what is parked', () => {
    expect(() => again(anEntry(note()))).toThrow('already on its way')
  })
})
