import { describe, expect, test } from 'vitest'
import { apply } from '#shared/tickets/apply'
import {
  aCommand,
  ana,
  aTicket,
  claim,
  id,
  MINUTE,
  note,
  priority,
  reply,
  status,
  T0,
  type What,
} from './samples'

const ticket = aTicket()
const run = (what: What, at = T0 + MINUTE, writtenAt = at) =>
  apply({ command: aCommand(what, { n: 7, at: writtenAt }), ticket, actor: ana, at, version: 42 })

describe('apply', () => {
  test.each([
    ['reply', reply('Hello'), { at: T0 + MINUTE, type: 'replied', by: 'agent', public: true }],
    ['note', note(), undefined],
    ['claim', claim(), undefined],
    ['set-status', status('on-hold'), { at: T0 + MINUTE, type: 'status', to: 'on-hold' }],
    ['set-priority', priority('P1'), { at: T0 + MINUTE, type: 'prioritised', priority: 'P1' }],
  ] as const)('%s adds its SLA event and touches the ticket', (_name, what, event) => {
    const { ticket: next } = run(what)
    expect(next.slaEvents).toEqual(event ? [...ticket.slaEvents, event] : ticket.slaEvents)
    expect(next.updatedAt).toBe(T0 + MINUTE)
  })

  test.each([
    ['claim', claim(), { assigneeId: 42 }, 'ana'],
    ['set-status', status('solved'), { status: 42 }, 'solved'],
    ['set-priority', priority('P1', 'down'), { priority: 42 }, 'P1'],
  ] as const)('%s remembers in which version its field changed', (_name, what, changedIn, to) => {
    const { ticket: next, messages } = run(what)
    expect(next.changedIn).toEqual(changedIn)
    expect(messages).toMatchObject([{ id: id(7), type: 'change', to, author: { id: 'ana' } }])
  })

  test('the entry is named by the command, so a preview and the truth are the same entry', () => {
    expect(run(reply('Hello')).messages).toEqual([
      {
        id: id(7),
        ticketId: 't1',
        type: 'reply',
        at: T0 + MINUTE,
        author: { kind: 'agent', id: 'ana', name: 'Ana Souza' },
        channel: 'portal',
        body: 'Hello',
      },
    ])
  })

  test('a text written offline keeps when it was written', () => {
    expect(run(note(), T0 + 60 * MINUTE, T0 + MINUTE).messages).toMatchObject([
      { at: T0 + 60 * MINUTE, writtenAt: T0 + MINUTE },
    ])
  })

  test('time never runs backwards on a ticket', () => {
    const late = aTicket({
      slaEvents: [...ticket.slaEvents, { at: T0 + 5 * MINUTE, type: 'status', to: 'on-hold' }],
    })
    const next = apply({ command: aCommand(reply()), ticket: late, actor: ana, at: T0 + MINUTE, version: 2 })
    expect(next.ticket.slaEvents.at(-1)).toMatchObject({ type: 'replied', at: T0 + 5 * MINUTE })
  })
})
