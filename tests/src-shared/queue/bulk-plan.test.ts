import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { BulkAction, BulkDraft } from '#shared/queue/bulk-action'
import { bulkPlan, undoCommands } from '#shared/queue/bulk-plan'
import { undoOf } from '#shared/queue/bulk-undo'
import type { QueueRow } from '#shared/queue/row'
import { apply } from '#shared/tickets/apply'
import type { TicketCommand } from '#shared/tickets/command'
import { decide } from '#shared/tickets/decide'
import type { Agent } from '#shared/tickets/people'
import type { Ticket } from '#shared/tickets/ticket'
import { ana, aTicket, id, T0 } from '../tickets/samples'
import { row } from './rows'

const HOUR = 3_600_000
const supervisor: Agent = { ...ana, id: 'sam', name: 'Sam', role: 'supervisor' }
const names = { agent: (agentId: string) => agentId.toUpperCase(), ticket: () => 'MER-900' }

/** The line of the queue that undoing looks at. */
function rowOf(ticket: Ticket): QueueRow {
  const { number, priority, status, tags, promisedAt, assigneeId } = ticket
  const productIssueKeys = (ticket.productIssues ?? []).map(({ key }) => key)
  return row({ id: ticket.id, number, priority, status, tags, promisedAt, assigneeId, productIssueKeys })
}
const commandOf = (draft: BulkDraft): TicketCommand => ({ ...draft, id: id(1), at: T0, baseVersion: 99 })

function planFor(action: BulkAction, tickets: readonly Ticket[], actor = ana) {
  const byId = new Map(tickets.map((ticket) => [ticket.id, ticket]))
  return bulkPlan({
    ...{ action, actor, names, now: T0, rows: tickets.map(rowOf) },
    decide: (draft, { id: ticketId }) => decide(commandOf(draft), byId.get(ticketId) ?? aTicket(), actor, T0),
  })
}

describe('what a bulk action would do', () => {
  const tickets = [
    aTicket({ id: '1', number: 'MER-1' }),
    aTicket({ id: '2', number: 'MER-2', assigneeId: 'ana' }),
    aTicket({ id: '3', number: 'MER-3', status: 'closed' }),
    aTicket({ id: '4', number: 'MER-4', assigneeId: 'ben', priority: 'P1' }),
  ]
  it.each<[string, BulkAction, string, string[], string[]]>([
    [
      'claim',
      { type: 'claim' },
      'Claim 2 of 4 tickets',
      ['MER-2 is already yours', 'MER-3 is closed: only notes can be added'],
      ['1 is taken from BEN'],
    ],
    [
      'assign',
      { type: 'assign', to: 'cleo' },
      'Assign 2 of 4 tickets to CLEO',
      [
        'MER-3 is closed: only notes can be added',
        'MER-4 belongs to somebody else: a supervisor can reassign it',
      ],
      [],
    ],
    [
      'solve',
      { type: 'set-status', status: 'solved' },
      'Set 3 of 4 tickets to Solved',
      ['MER-3 is closed: only notes can be added'],
      ['Undo brings back all but this: a first response that was met by solving stays met'],
    ],
    [
      'priority',
      { type: 'set-priority', priority: 'P2' },
      'Set 0 of 4 tickets to P2, High',
      [
        'MER-1 already has P2',
        'MER-2 already has P2',
        'MER-3 is closed: only notes can be added',
        'lowering a P1 needs a reason',
      ],
      [],
    ],
    ['tag', { type: 'tag', add: ['vip'], remove: ['api'] }, 'Tag 4 tickets: +vip, −api', [], []],
    [
      'reply',
      { type: 'reply', public: true, body: 'Fixed' },
      'Reply to 3 of 4 tickets',
      ['MER-3 is closed: only notes can be added'],
      ['No undo: a reply can’t be taken back: the customer has it'],
    ],
  ])('%s', (_what, action, title, refused, remarks) => {
    const plan = planFor(action, tickets)
    expect(plan.title).toBe(title)
    expect(plan.refusals.map(({ why }) => why)).toEqual(refused)
    expect(plan.remarks).toEqual(remarks)
    expect(plan.steps.length + plan.refusals.length).toBe(4)
  })

  it('says which could be undone when only some can', () => {
    const promised = aTicket({ id: '5', promisedAt: T0 + HOUR })
    const plan = planFor({ type: 'promise-update', promisedAt: T0 + 2 * HOUR }, [aTicket(), promised])
    expect(plan.remarks).toEqual(['No undo: a promise can be moved or kept, but not taken back (1 of 2)'])
    expect(undoCommands(plan.steps)).toEqual([{ type: 'promise-update', target: '5', promisedAt: T0 + HOUR }])
  })

  it('calls a conflict by its name, and counts a ticket once', () => {
    const ticket = aTicket({ changedIn: { assigneeId: 100 } })
    const plan = planFor({ type: 'claim' }, [ticket, ticket])
    expect(plan.title).toBe('Claim 0 of 1 ticket')
    expect(plan.refusals).toEqual([
      { ticketId: 't1', number: 'MER-1', why: 'MER-1 was changed meanwhile: look at it first' },
    ])
  })
})

describe('the one undo', () => {
  it.each<[string, BulkAction, Partial<Ticket>, Agent, object]>([
    ['of a claim of nobody’s', { type: 'claim' }, {}, ana, { commands: [{ type: 'assign', target: 't1' }] }],
    [
      'of a claim of somebody else’s',
      { type: 'claim' },
      { assigneeId: 'ben' },
      ana,
      { commands: [{ type: 'assign', target: 't1', to: 'ben' }] },
    ],
    [
      'of giving away what was nobody’s: claimed first',
      { type: 'assign', to: 'ben' },
      {},
      ana,
      {
        commands: [
          { type: 'claim', target: 't1' },
          { type: 'assign', target: 't1' },
        ],
      },
    ],
    [
      'the same by a supervisor',
      { type: 'assign', to: 'ben' },
      {},
      supervisor,
      { commands: [{ type: 'assign', target: 't1' }] },
    ],
    [
      'of a priority',
      { type: 'set-priority', priority: 'P4' },
      {},
      ana,
      { commands: [{ type: 'set-priority', target: 't1', priority: 'P2', reason: 'undo' }] },
    ],
    [
      'of tags: only those that changed',
      { type: 'tag', add: ['vip', 'api', 'vip'], remove: ['old', 'never'] },
      { tags: ['api', 'old'] },
      ana,
      { commands: [{ type: 'tag', target: 't1', add: ['old'], remove: ['vip'] }] },
    ],
    ['of closing', { type: 'set-status', status: 'closed' }, {}, ana, { impossible: expect.any(String) }],
    ['of a note', { type: 'note', body: 'x' }, {}, ana, { impossible: 'a note stays on the timeline' }],
    ['of a cancel', { type: 'cancel', reason: 'spam' }, {}, ana, { impossible: expect.any(String) }],
  ])('%s', (_what, action, changes, actor, expected) => {
    expect(undoOf(action, rowOf(aTicket(changes)), actor, T0)).toEqual(expected)
  })

  const people = fc.constantFrom(undefined, 'ana', 'ben', 'sam')
  const tags = fc.subarray(['api', 'vip', 'old'])
  const ticket = fc
    .record({
      assigneeId: people,
      status: fc.constantFrom('open' as const, 'waiting-on-customer' as const, 'solved' as const),
      priority: fc.constantFrom('P1' as const, 'P2' as const, 'P4' as const),
      tags,
      promisedAt: fc.constantFrom(undefined, T0 - HOUR, T0 + HOUR),
      productIssues: fc.constantFrom<Ticket['productIssues'][]>(undefined, [
        { key: 'PLAT-7', url: 'https://x.example', state: 'open' },
      ]),
    })
    .map((changes) => aTicket(changes))
  const action = fc.oneof<fc.Arbitrary<BulkAction>[]>(
    fc.constant({ type: 'claim' }),
    people.map((to) => (to === undefined ? { type: 'assign' } : { type: 'assign', to })),
    fc.constantFrom('open', 'on-hold', 'solved').map((status) => ({ type: 'set-status', status })),
    fc.constantFrom('P1', 'P3').map((priority) => ({ type: 'set-priority', priority, reason: 'because' })),
    fc.record({ type: fc.constant('tag'), add: tags, remove: tags }),
    fc.constant({ type: 'promise-update', promisedAt: T0 + 2 * HOUR }),
    fc.constant({ type: 'link-product-issue', key: 'PLAT-7', url: 'https://y.example', state: 'done' }),
  )
  const shown = ({ assigneeId, status, priority, promisedAt, productIssues, ...rest }: Ticket) => ({
    ...{ assigneeId, status, priority, promisedAt },
    issues: (productIssues ?? []).map(({ key, url }) => `${key} ${url}`),
    tags: [...rest.tags].sort(),
  })

  test('is let through by the ticket and brings it back, whatever was done by whomever', () => {
    let undone = 0
    fc.assert(
      fc.property(ticket, action, fc.constantFrom(ana, supervisor), (before, what, actor) => {
        const [step] = planFor(what, [before], actor).steps
        if (!step || 'impossible' in step.undo) return
        const give = (to: Ticket, draft: BulkDraft): Ticket => {
          const command = commandOf(draft)
          expect(decide(command, to, actor, T0)).toEqual({ kind: 'apply' })
          return apply({ command, ticket: to, actor, at: T0, version: 1 }).ticket
        }
        const after = give(before, step.command)
        expect(shown(undoCommands([step]).reduce(give, after))).toEqual(shown(before))
        undone += 1
      }),
      { numRuns: 500 },
    )
    expect(undone).toBeGreaterThan(100)
  })
})
