import { describe, expect, test } from 'vitest'
import type { CommandResult } from '#shared/portal/calls'
import { afterRefusal, afterResult, retried } from '#shared/sync/after-result'
import { forgottenByPortal, passedByFeed } from '#shared/sync/feed-passed'
import type { OutboxEntry } from '#shared/sync/outbox-entry'
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
  ticketAfter,
} from '../tickets/samples'

const NEW = id(99)
const answer = (
  entry: OutboxEntry,
  result: CommandResult,
  current?: { ticket: Ticket; version: number },
  siblings: OutboxEntry[] = [entry],
) => afterResult({ entry, siblings, result, current, actor: ana, newId: NEW })

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
      { state: { kind: 'applied', version: 12 } },
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

  test('the first is tried once more on the new version, under a new id, as the same entry', () => {
    const now = theirs(ticketAfter(aTicket(), status('on-hold'), ben, 12))
    expect(answer(solve, conflict, now)).toEqual([
      {
        ...solve,
        command: { ...solve.command, id: NEW, baseVersion: 12 },
        state: { kind: 'queued', conflicts: 1 },
      },
    ])
  })

  test('the second is parked', () => {
    const again = { ...solve, state: { kind: 'queued', conflicts: 1 } } as const
    expect(answer(again, conflict, theirs(ticketAfter(aTicket(), status('on-hold'), ben, 12)))).toMatchObject(
      [{ command: { id: id(1) }, state: { kind: 'parked', code: 'conflict', fields: ['status'] } }],
    )
  })

  test.each<[string, OutboxEntry, Ticket | undefined, string]>([
    ['the ticket is already so', solve, ticketAfter(aTicket(), status('solved'), ben, 12), 'no-change'],
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

  test('is a new attempt on the ticket as it is on screen', () => {
    expect(retried(parked, { ticket: aTicket(), version: 20 }, ana, NEW)).toMatchObject({
      id: id(1),
      command: { id: NEW, baseVersion: 20 },
      state: { kind: 'queued', conflicts: 0 },
    })
  })

  test('keeps its id when the portal never judged it: an attempt before may have been taken', () => {
    const refused = afterRefusal(anEntry(note()), 'forbidden', 'not today')
    expect(retried(refused, { ticket: aTicket(), version: 20 }, ana, NEW)).toMatchObject({
      command: { id: id(1), baseVersion: 20 },
      state: { kind: 'queued', conflicts: 0 },
    })
  })

  test('says why when the ticket does not let it', () => {
    const closed = { ticket: aTicket({ status: 'closed' }), version: 20 }
    expect(() => retried(parked, closed, ana, NEW)).toThrow('MER-1 is closed: only notes can be added')
  })

  test('is only for what is parked', () => {
    expect(() => retried(anEntry(note()), { ticket: aTicket(), version: 20 }, ana, NEW)).toThrow(
      'already on its way',
    )
  })
})

describe('leaving the overlay', () => {
  const at = (version: number, n = 1) => anEntry(note(), { n, state: { kind: 'applied', version } })
  test.each([
    ['the mirror is older', 11, [], [1]],
    ['the mirror has just this version', 12, [1], []],
    ['the mirror is newer', 13, [1], []],
    ['the mirror doesn’t know the ticket', undefined, [], [1]],
  ] as const)('%s', (_name, known, passed, forgotten) => {
    const entries = [at(12), anEntry(note(), { n: 2 })]
    expect(passedByFeed(entries, () => known).map((entry) => entry.seq)).toEqual(passed)
    expect(forgottenByPortal(entries, () => known).map((entry) => [entry.seq, entry.state.kind])).toEqual(
      forgotten.map((n) => [n, 'queued']),
    )
  })
})
