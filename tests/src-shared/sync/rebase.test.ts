import { describe, expect, test } from 'vitest'
import { baseVersionFor, rebase } from '#shared/sync/rebase'
import {
  ana,
  anEntry,
  aTicket,
  ben,
  claim,
  id,
  note,
  priority,
  reply,
  status,
  ticketAfter,
} from '../tickets/samples'

const parked = { kind: 'parked', code: 'conflict', message: 'status changed meanwhile' } as const
const see = (ticket = aTicket(), entries = [anEntry(note())], version = 10) =>
  rebase({ ticket, version, entries, actor: ana })

describe('rebase: the portal’s truth with my commands on top', () => {
  test('without commands it is the mirror’s row itself', () => {
    const ticket = aTicket()
    expect(see(ticket, [])).toEqual({ ticket, pending: [] })
    expect(see(ticket, []).ticket).toBe(ticket)
  })

  test('queued commands are shown in the order they were made, whatever order they come in', () => {
    const seen = see(aTicket(), [
      anEntry(status('solved'), { n: 3 }),
      anEntry(claim(), { n: 1 }),
      anEntry(status('on-hold'), { n: 2 }),
    ])
    expect(seen.ticket).toMatchObject({ assigneeId: 'ana', status: 'solved' })
    expect(seen.pending.map(({ entryId, state }) => [entryId, state])).toEqual([
      [id(1), 'unsent'],
      [id(2), 'unsent'],
      [id(3), 'unsent'],
    ])
  })

  test('a command the ticket no longer lets through changes nothing but stays visible', () => {
    const theirs = ticketAfter(aTicket(), status('closed'), ben, 12)
    const seen = see(theirs, [anEntry(status('on-hold')), anEntry(reply('Hello'), { n: 2 })], 12)
    expect(seen.ticket).toBe(theirs)
    expect(seen.pending).toMatchObject([
      { state: 'unsent', message: { type: 'change', to: 'on-hold' } },
      { state: 'unsent', message: { type: 'reply', body: 'Hello' } },
    ])
  })

  test('a parked command is visible with its problem and changes nothing', () => {
    const seen = see(aTicket(), [anEntry(status('solved'), { state: parked })])
    expect(seen.ticket.status).toBe('open')
    expect(seen.pending).toMatchObject([{ state: 'parked', problem: 'status changed meanwhile' }])
  })

  test('an applied command stays on top until the mirror’s row has its version', () => {
    const entries = [anEntry(status('solved'), { state: { kind: 'applied', version: 14 } })]
    expect(see(aTicket(), entries, 13).ticket.status).toBe('solved')
    const reopened = aTicket({ status: 'open', changedIn: { status: 15 } })
    expect(see(reopened, entries, 15).ticket.status).toBe('open')
  })

  test('what I do on top of my own pending change is never in conflict with it', () => {
    const seen = see(aTicket({ changedIn: { priority: 9 } }), [
      anEntry(priority('P1'), { n: 1, baseVersion: 10 }),
      anEntry(priority('P3', 'not so bad'), { n: 2, baseVersion: 10 }),
    ])
    expect(seen.ticket.priority).toBe('P3')
  })
})

describe('the version a new command is made on', () => {
  const applied = anEntry(status('on-hold'), { state: { kind: 'applied', version: 14 } })
  test.each([
    ['no commands: the row’s', 'set-status', [], 10],
    ['same field applied, not in the mirror yet: that version', 'set-status', [applied], 14],
    ['another field: others may have changed it since', 'set-priority', [applied], 10],
    ['a note decides nothing', 'note', [applied], 10],
    ['queued commands have no version yet', 'set-status', [anEntry(status('solved'))], 10],
  ] as const)('%s', (_name, type, entries, expected) => {
    expect(baseVersionFor(type, 10, entries)).toBe(expected)
  })
})
