import { describe, expect, test } from 'vitest'
import { apply } from '#shared/tickets/apply'
import { type TicketCommand, ticketCommandSchema } from '#shared/tickets/command'
import { seenBy } from '#shared/tickets/seen'
import type { Ticket } from '#shared/tickets/ticket'
import { formatInstant } from '#shared/time/instant'
import type { TimelineEntry } from '../../../../src-renderer/store/desk-store'
import { editStart, merged } from '../../../../src-renderer/ticket/conflict/choice'
import { comparison } from '../../../../src-renderer/ticket/conflict/comparison'
import { agent, START, ticket } from '../../../builders/tickets'

const MINUTE = 60_000
const zones = { mine: 'Europe/London', theirs: undefined }
const ravi = agent({ id: 'agent-ravi', name: 'Ravi Menon', role: 'backline' })
const names: Record<string, string> = { 'agent-ravi': 'Ravi Menon', 'agent-ines': 'Inês Duarte' }

function command(draft: Record<string, unknown>, minutes: number): TicketCommand {
  return ticketCommandSchema.decode({
    ...{ ...draft, target: 'ticket-1', baseVersion: 1 },
    ...{ id: crypto.randomUUID(), at: formatInstant(START + minutes * MINUTE) },
  } as never)
}

/** I do `mine` on what I see, Ravi did `theirs` before it arrived. */
function clash(mine: Record<string, unknown>, theirs: Record<string, unknown>, on: Partial<Ticket> = {}) {
  const before = ticket(on)
  const wanted = command(mine, 10)
  const done = command(theirs, 12)
  const now = apply({ command: done, ticket: before, actor: ravi, at: done.at, version: 5 })
  const timeline: TimelineEntry[] = [
    ...now.messages.map((message) => ({ message })),
    ...apply({ command: wanted, ticket: now.ticket, actor: agent(), at: wanted.at, version: 0 }).messages.map(
      (message) => ({ message, pending: { state: 'parked' as const, commandId: wanted.id } }),
    ),
  ]
  const seen = seenBy(wanted, before)
  return comparison({
    ...{ command: wanted, seen, ticket: now.ticket, timeline, zones },
    agentName: (id) => names[id] ?? id,
    ticketNumber: () => 'MER-2',
  })
}

const brief = ({ fields }: ReturnType<typeof comparison>) =>
  fields.map(({ field, saw, theirs, mine }) => [field.name, saw, theirs, mine])

describe('three versions, field by field', () => {
  test('a priority, with both reasons', () => {
    const both = clash(
      { type: 'set-priority', priority: 'P3', reason: 'only the export' },
      { type: 'set-priority', priority: 'P1', reason: 'all are down' },
    )
    expect(brief(both)).toEqual([
      ['priority', 'P2', 'P1', 'P3'],
      ['reason', undefined, 'all are down', 'only the export'],
    ])
    expect(both.changed).toEqual({ by: 'Ravi Menon', at: START + 12 * MINUTE })
  })

  test('a course of action, its date on my clock', () => {
    const plan = { text: 'first', dueAt: START + 600 * MINUTE, byId: 'agent-ines', at: START }
    const both = clash(
      { type: 'propose-course-of-action', text: 'mine', dueAt: '2026-07-13T09:00:00.000Z' },
      { type: 'propose-course-of-action', text: 'theirs', dueAt: '2026-07-14T09:00:00.000Z' },
      { courseOfAction: plan },
    )
    expect(brief(both)).toEqual([
      ['text', 'first', 'theirs', 'mine'],
      ['dueAt', '2026-07-11 02:30', '2026-07-14 10:00', '2026-07-13 10:00'],
    ])
  })

  test('a product issue is compared with the one of the same key', () => {
    const other = { key: 'B-2', url: 'https://t.example/2', state: 'Open' }
    const both = clash(
      { type: 'link-product-issue', key: 'A-1', url: 'https://t.example/1', state: 'Fixed' },
      { type: 'link-product-issue', key: 'A-1', url: 'https://t.example/1', state: 'Won’t fix' },
      { productIssues: [other, { key: 'A-1', url: 'https://t.example/1', state: 'Open' }] },
    )
    expect(brief(both)).toContainEqual(['state', 'Open', 'Won’t fix', 'Fixed'])
  })

  test.each([
    [{ type: 'claim' }, { type: 'claim' }, {}, ['Assignee', 'Nobody', 'Ravi Menon', 'Me']],
    [
      { type: 'accept-escalation' },
      { type: 'accept-escalation' },
      {
        escalation: {
          ...{ to: 'amer', summary: 's', tried: 't', assessment: 'a', ask: 'r' },
          ...{ byId: 'agent-ines', at: START, state: 'offered' as const },
        },
      },
      ['Escalation', 'Offered to amer', 'Accepted by Ravi Menon', 'Accepted by me'],
    ],
    [
      { type: 'cancel', reason: 'spam' },
      { type: 'set-status', status: 'solved' },
      {},
      ['Status', 'Open', 'Solved', 'Cancelled'],
    ],
    [
      { type: 'merge', into: 'ticket-2' },
      { type: 'set-status', status: 'on-hold' },
      {},
      ['Status', 'Open', 'On hold', 'Merged into MER-2'],
    ],
  ])('%o against %o in words', (mine, theirs, on, [label, saw, now, wanted]) => {
    expect(clash(mine, theirs, on).facts).toEqual([{ label, saw, theirs: now, mine: wanted }])
  })

  test('what an older version did not keep is not known, and the rest is still compared', () => {
    const wanted = command({ type: 'set-priority', priority: 'P3' }, 1)
    const both = comparison({
      ...{ command: wanted, seen: undefined, ticket: ticket({ priority: 'P1' }), timeline: [], zones },
      ...{ agentName: (id: string) => id, ticketNumber: (id: string) => id },
    })
    expect(brief(both)).toEqual([
      ['priority', undefined, 'P1', 'P3'],
      ['reason', undefined, undefined, ''],
    ])
    expect(both.changed).toBeUndefined()
  })
})

describe('what is sent is what was picked', () => {
  const { fields } = clash(
    { type: 'propose-course-of-action', text: 'mine', dueAt: '2026-07-13T09:00:00.000Z' },
    { type: 'propose-course-of-action', text: 'theirs', dueAt: '2026-07-14T09:00:00.000Z' },
  )
  test.each([
    [{}, { text: 'mine', dueAt: '2026-07-13 10:00' }],
    [{ dueAt: 'theirs' }, { text: 'mine', dueAt: '2026-07-14 10:00' }],
    [
      { text: 'edit', dueAt: 'theirs' },
      { text: 'theirs, then mine', dueAt: '2026-07-14 10:00' },
    ],
  ] as const)('%o', (picks, values) => {
    expect(merged(fields, picks, { text: 'theirs, then mine' })).toEqual(values)
  })

  test('an edit begins with both texts, and with my date', () => {
    expect(fields.map(editStart)).toEqual(['theirs\n\nmine', '2026-07-13 10:00'])
  })
})
