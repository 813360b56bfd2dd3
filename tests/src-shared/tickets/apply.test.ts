import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { apply } from '#shared/tickets/apply'
import type { Command } from '#shared/tickets/command'
import { messageSchema } from '#shared/tickets/message'
import { ticketSchema } from '#shared/tickets/ticket'
import { agent, command, START, ticket } from '../../builders/tickets'

const actor = agent()
const at = START + 120_000
const run = (given: Command, change = {}) =>
  apply({ command: given, ticket: ticket(change), actor, at, version: 11 })

describe('what a command does to a ticket', () => {
  test('a reply is a public message and the SLA event that satisfies first response', () => {
    const given = command({ type: 'reply', body: 'We see it too.', public: true })
    const { ticket: after, messages } = run(given)
    expect(after.slaEvents.at(-1)).toEqual({ at, type: 'replied', by: 'agent', public: true })
    expect(messages).toMatchObject([
      { id: given.id, type: 'reply', body: 'We see it too.', at, author: { id: actor.id } },
    ])
  })

  test('a note changes no clock', () => {
    const { ticket: after, messages } = run(command({ type: 'note', body: 'Ask R&D.' }))
    expect(after.slaEvents).toEqual(ticket().slaEvents)
    expect(messages).toMatchObject([{ type: 'note', body: 'Ask R&D.' }])
  })

  test('a text that waited offline keeps when it was written', () => {
    const late = apply({
      command: command({ type: 'note', body: 'x' }),
      ticket: ticket(),
      actor,
      at: START + 3_600_000,
      version: 11,
    })
    expect(late.messages[0]).toMatchObject({ at: START + 3_600_000, writtenAt: START + 60_000 })
  })

  test.each([
    ['claim', command({ type: 'claim' }), { assigneeId: actor.id }, { to: actor.id }],
    [
      'solve',
      command({ type: 'set-status', status: 'solved' }),
      { status: 'solved' },
      { from: 'open', to: 'solved' },
    ],
    [
      'raise',
      command({ type: 'set-priority', priority: 'P1', reason: 'All regions down' }),
      { priority: 'P1' },
      { from: 'P2', to: 'P1', reason: 'All regions down' },
    ],
  ] as const)('%s changes the field, its version and the timeline', (_title, given, fields, change) => {
    const { ticket: after, messages } = run(given)
    expect(after).toMatchObject(fields)
    expect(Object.values(after.changedIn)).toEqual([11])
    expect(messages).toMatchObject([{ type: 'change', ...change }])
  })

  test('time never runs backwards on a ticket, even when the portal’s clock did', () => {
    const { ticket: after } = apply({
      command: command({ type: 'set-status', status: 'on-hold' }),
      ticket: ticket(),
      actor,
      at: START - 5000,
      version: 11,
    })
    expect(after.slaEvents.map((event) => event.at)).toEqual([START, START])
  })
})

const anyCommand = fc.oneof(
  fc.string({ minLength: 1, maxLength: 40 }).map((body) => command({ type: 'reply', body, public: true })),
  fc.string({ minLength: 1, maxLength: 40 }).map((body) => command({ type: 'note', body })),
  fc.constant(command({ type: 'claim' })),
  fc
    .constantFrom('open', 'waiting-on-customer', 'on-hold', 'solved', 'closed')
    .map((status) => command({ type: 'set-status', status })),
  fc.constantFrom('P1', 'P2', 'P3', 'P4').map((priority) => command({ type: 'set-priority', priority })),
)

test('any run of commands leaves a valid ticket, ordered events, valid messages, and its input untouched', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyCommand, fc.integer({ min: -1e6, max: 1e6 })), { maxLength: 12 }),
      (steps) => {
        let now = ticket()
        for (const [given, jump] of steps) {
          const before = structuredClone(now)
          const applied = apply({ command: given, ticket: now, actor, at: START + jump, version: 11 })
          expect(now).toEqual(before)
          now = applied.ticket
          for (const message of applied.messages) expect(messageSchema.safeEncode(message).success).toBe(true)
        }
        expect(ticketSchema.decode(ticketSchema.encode(now))).toEqual(now)
        const times = now.slaEvents.map((event) => event.at)
        expect(times).toEqual([...times].sort((a, b) => a - b))
      },
    ),
  )
})
