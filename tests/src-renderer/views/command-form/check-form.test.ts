import { describe, expect, test } from 'vitest'
import type { TicketCommandType } from '#shared/tickets/command'
import { ticketCommandSchema } from '#shared/tickets/command'
import type { Ticket } from '#shared/tickets/ticket'
import { checkForm } from '../../../../src-renderer/ticket/command-form/check-form'
import { forms } from '../../../../src-renderer/ticket/command-form/fields'
import { NOBODY, type Values, valuesOf } from '../../../../src-renderer/ticket/command-form/form-values'
import { agent, START, ticket } from '../../../builders/tickets'

const MINUTE = 60_000
const NOW = START + 30 * MINUTE
const zones = { mine: 'Europe/London', theirs: 'America/New_York' }
const check = (type: TicketCommandType, values: Values, on: Partial<Ticket> = {}) =>
  checkForm({ type, values, ticket: ticket(on), actor: agent(), zones, now: NOW })

const p1 = { priority: 'P1' } as const

describe('what is wrong is said at its field, with the remedy', () => {
  test.each<[TicketCommandType, Values, Partial<Ticket>, string, string | undefined]>([
    ['escalate', { to: 'amer', summary: 'x', tried: 'y', assessment: 'z' }, {}, 'ask', 'Say what you need.'],
    ['escalate', { summary: 'x', tried: 'y', assessment: 'z', ask: 'a' }, {}, 'to', 'Choose a region.'],
    ['cancel', { reason: '  ' }, {}, 'reason', 'Give a reason.'],
    ['promise-update', { promisedAt: 'soon' }, {}, 'promisedAt', expect.stringContaining('+2h')],
    [
      'promise-update',
      { promisedAt: '2026-07-10 16:59' },
      {},
      'promisedAt',
      'This time has passed: promise a later one.',
    ],
    [
      'propose-course-of-action',
      { text: 'x', dueAt: '2026-07-01 10:00' },
      {},
      'dueAt',
      'This date has passed: give a later one.',
    ],
    ['merge', { into: '' }, {}, 'into', 'Choose the ticket that goes on.'],
    ['assign', { to: '' }, {}, 'to', 'Choose a person, or nobody.'],
    ['tag', { tags: 'ingest' }, { tags: ['ingest'] }, 'tags', 'MER-1001 has just these tags already.'],
    ['set-priority', { priority: 'P3', reason: '' }, p1, 'reason', 'Lowering a P1 needs a reason.'],
    ['set-priority', { priority: 'P1', reason: 'x' }, p1, 'priority', 'MER-1001 already has P1.'],
    [
      'link-product-issue',
      { key: 'A-1', url: 'tracker/A-1', state: 'Open' },
      {},
      'url',
      expect.stringContaining('https://'),
    ],
    [
      'log-call',
      { direction: 'from-customer', body: 'x' },
      {},
      'other',
      'MER-1001 is P2: calls are for P1 only.',
    ],
  ])('%s %o', (type, values, on, name, problem) => {
    const checked = check(type, values, on)
    if (checked.kind === 'complete') throw new Error('expected a problem')
    expect(name === 'other' ? checked.other : checked.byField[name]).toEqual(problem)
  })

  test('a role that may not give it is told so', () => {
    const checked = checkForm({
      ...{ type: 'excuse-breach', values: { of: 'firstResponse', reason: 'x' }, ticket: ticket() },
      ...{ actor: agent({ role: 'l1' }), zones, now: NOW },
    })
    expect(checked).toMatchObject({ kind: 'incomplete', other: expect.stringContaining('supervisor') })
  })
})

describe('a complete form is the command in wire form', () => {
  test.each<[TicketCommandType, Values, Partial<Ticket>, object]>([
    ['promise-update', { promisedAt: '18:00' }, {}, { promisedAt: '2026-07-10T17:00:00.000Z' }],
    [
      'promise-update',
      { promisedAt: '2026-07-13 09:00', 'promisedAt.clock': 'theirs' },
      {},
      { promisedAt: '2026-07-13T13:00:00.000Z' },
    ],
    ['assign', { to: NOBODY }, { assigneeId: 'agent-ines' }, { to: undefined }],
    ['assign', { to: 'agent-ravi' }, {}, { to: 'agent-ravi' }],
    ['set-priority', { priority: 'P3', reason: '' }, {}, { priority: 'P3', reason: undefined }],
    [
      'tag',
      { tags: 'ingest\nBridge ' },
      { tags: ['ingest', 'failover'] },
      { add: ['bridge'], remove: ['failover'] },
    ],
    [
      'link-product-issue',
      { key: 'A-1', url: 'https://tracker.example/A-1', state: 'Open', checkAt: '' },
      {},
      { key: 'A-1', url: 'https://tracker.example/A-1', state: 'Open', checkAt: undefined },
    ],
  ])('%s %o', (type, values, on, wire) => {
    expect(check(type, values, on)).toMatchObject({ kind: 'complete', wire })
  })
})

const samples: readonly Record<string, unknown>[] = [
  { type: 'set-status', status: 'on-hold' },
  { type: 'set-priority', priority: 'P3', reason: 'only the export' },
  { type: 'escalate', to: 'amer', summary: 's', tried: 't', assessment: 'a', ask: 'r' },
  { type: 'assign', to: 'agent-ravi' },
  { type: 'promise-update', promisedAt: '2026-07-10T18:30:00.000Z' },
  { type: 'record-workaround', text: 'use the other address' },
  { type: 'propose-course-of-action', text: 'a patch', dueAt: '2026-07-14T09:00:00.000Z' },
  {
    type: 'link-product-issue',
    key: 'A-1',
    url: 'https://t.example/1',
    state: 'Open',
    checkAt: '2026-07-11T08:00:00.000Z',
  },
  { type: 'tag', add: ['bridge'], remove: ['failover'] },
  { type: 'merge', into: 'ticket-2' },
  { type: 'cancel', reason: 'duplicate' },
]

describe('a command comes out of its form as it went in', () => {
  test.each(samples)('$type', (sample) => {
    const on = ticket({ tags: ['ingest', 'failover'] })
    const command = ticketCommandSchema.decode({
      ...{ ...sample, target: on.id, baseVersion: 1 },
      ...{ id: '7f3c1c3e-3a0e-4a0e-9a0e-3a0e4a0e9a0e', at: '2026-07-10T15:40:00.000Z' },
    } as never)
    const { type } = command
    const checked = checkForm({
      ...{ type, values: valuesOf(command, on, zones), ticket: on, actor: agent(), zones, now: NOW },
    })
    const { type: _type, ...given } = sample
    expect(checked).toMatchObject({ kind: 'complete', wire: given })
  })
})

test('every form asks by the names of its command', () => {
  for (const option of ticketCommandSchema.options) {
    const type = option.shape.type.value
    const known = type === 'tag' ? ['tags'] : Object.keys(option.shape)
    for (const { name } of forms[type].fields) expect(known).toContain(name)
  }
})
