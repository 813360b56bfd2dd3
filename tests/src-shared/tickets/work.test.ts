import { describe, expect, test } from 'vitest'
import { apply } from '#shared/tickets/apply'
import { ticketCommandSchema } from '#shared/tickets/command'
import { decide } from '#shared/tickets/decide'
import type { Agent } from '#shared/tickets/people'
import { referenceObjection } from '#shared/tickets/references'
import type { Ticket } from '#shared/tickets/ticket'
import { aCommand, ana, aTicket, ben, id, MINUTE, reply, T0, type What } from './samples'

/* The commands beside writing, claiming, status and priority: what lets them through, and what they do. */

const HOUR = 60 * MINUTE
const omar: Agent = { ...ben, id: 'omar', name: 'Omar Haddad', role: 'backline' }
const sue: Agent = { ...ben, id: 'sue', name: 'Sue Miles', role: 'supervisor' }

const assign = (to?: string): What => (to ? { type: 'assign', to } : { type: 'assign' })
const escalate = (to = 'EMEA'): What => ({
  type: 'escalate',
  to,
  summary: 'Alerts arrive an hour late',
  tried: 'Restarted the collector: no change',
  assessment: 'The queue of the region is behind',
  ask: 'Drain the queue, tell us when',
})
const accept: What = { type: 'accept-escalation' }
const giveBack: What = { type: 'return-escalation', reason: 'Needs the logs first' }
const issue = { key: 'PLAT-7', url: 'https://tracker.example.com/PLAT-7', state: 'open' }
const link = (state = 'open'): What => ({ type: 'link-product-issue', ...issue, state })
const unlink: What = { type: 'unlink-product-issue', key: 'PLAT-7' }
const workaround: What = { type: 'record-workaround', text: 'Use the old endpoint' }
const propose = (dueAt: number): What => ({ type: 'propose-course-of-action', text: 'Fix in 4.2', dueAt })
const promise = (promisedAt: number): What => ({ type: 'promise-update', promisedAt })
const tag = (add: string[], remove: string[] = []): What => ({ type: 'tag', add, remove })
const merge: What = { type: 'merge', into: 't2' }
const cancel: What = { type: 'cancel', reason: 'spam' }
const call = (direction: 'to-customer' | 'from-customer' = 'to-customer'): What => ({
  type: 'log-call',
  direction,
  body: 'Told them',
})
const excuse: What = { type: 'excuse-breach', of: 'resolution', reason: 'Their network was down' }

const offered: Ticket['escalation'] = {
  to: 'EMEA',
  summary: 's',
  tried: 't',
  assessment: 'a',
  ask: 'r',
  byId: 'ana',
  at: T0,
  state: 'offered',
}
const accepted: Ticket['escalation'] = {
  ...offered,
  state: 'accepted',
  answeredById: 'omar',
  answeredAt: T0,
}

describe('decide: what the ticket lets through', () => {
  test.each<[string, What, Agent, Partial<Ticket>, string]>([
    ['giving away what is nobody’s', assign('ben'), ana, {}, 'apply'],
    ['giving away mine', assign('ben'), ana, { assigneeId: 'ana' }, 'apply'],
    ['taking it for myself', assign('ana'), ana, { assigneeId: 'ben' }, 'apply'],
    ['giving away another one’s', assign('omar'), ana, { assigneeId: 'ben' }, 'not-yours'],
    ['a supervisor giving away another one’s', assign('omar'), sue, { assigneeId: 'ben' }, 'apply'],
    ['letting go of mine', assign(), ana, { assigneeId: 'ana' }, 'apply'],
    ['letting go of what is nobody’s', assign(), ana, {}, 'no-change'],
    ['assigning a solved one', assign('ben'), ana, { status: 'solved' }, 'ticket-solved'],
    ['escalating', escalate(), ana, {}, 'apply'],
    ['escalating a solved one', escalate(), ana, { status: 'solved' }, 'ticket-solved'],
    ['escalating to whom it already waits for', escalate(), ana, { escalation: offered }, 'no-change'],
    ['escalating to another region', escalate('APAC'), ana, { escalation: offered }, 'apply'],
    ['escalating again later', escalate(), ana, { escalation: accepted }, 'apply'],
    ['accepting', accept, omar, { escalation: offered }, 'apply'],
    ['accepting what nobody escalated', accept, omar, {}, 'not-escalated'],
    ['accepting once more', accept, omar, { escalation: accepted }, 'no-change'],
    ['accepting what another one has', accept, sue, { escalation: accepted }, 'already-answered'],
    ['giving back what was accepted', giveBack, sue, { escalation: accepted }, 'already-answered'],
    ['linking a product issue', link(), ana, {}, 'apply'],
    ['linking it once more', link(), ana, { productIssues: [issue] }, 'no-change'],
    ['its state moved', link('fixed'), ana, { productIssues: [issue] }, 'apply'],
    ['unlinking what is not linked', unlink, ana, {}, 'no-change'],
    ['a workaround', workaround, ana, {}, 'apply'],
    ['a date in the future', propose(T0 + HOUR), ana, {}, 'apply'],
    ['a date that has passed', propose(T0), ana, {}, 'date-past'],
    ['promising an update', promise(T0 + HOUR), ana, {}, 'apply'],
    ['promising the past', promise(T0 - 1), ana, {}, 'date-past'],
    ['promising the same again', promise(T0 + HOUR), ana, { promisedAt: T0 + HOUR }, 'no-change'],
    ['promising on a solved one', promise(T0 + HOUR), ana, { status: 'solved' }, 'ticket-solved'],
    ['a tag', tag(['vip']), ana, {}, 'apply'],
    ['a tag it has', tag(['vip']), ana, { tags: ['vip'] }, 'no-change'],
    [
      'more tags than fit',
      tag(['x']),
      ana,
      { tags: Array.from({ length: 50 }, (_, n) => `t${n}`) },
      'too-many',
    ],
    ['merging', merge, ana, {}, 'apply'],
    ['merging into itself', { type: 'merge', into: 't1' }, ana, {}, 'into-itself'],
    ['anything after a merge', reply(), ana, { mergedInto: 't2' }, 'ticket-merged'],
    ['cancelling', cancel, ana, {}, 'apply'],
    ['cancelling a closed one', cancel, ana, { status: 'closed' }, 'ticket-closed'],
    ['a call about a P1', call(), ana, { priority: 'P1' }, 'apply'],
    ['a call about a P2', call(), ana, { priority: 'P2' }, 'phone-is-for-p1'],
    ['excusing a breach of a closed one', excuse, sue, { status: 'closed' }, 'apply'],
  ])('%s', (_name, what, actor, changes, expected) => {
    const decision = decide(aCommand(what), aTicket(changes), actor, T0)
    expect(decision.kind === 'reject' ? decision.code : decision.kind).toBe(expected)
  })

  test.each<[string, What, Ticket['changedIn'], string]>([
    ['escalated meanwhile', escalate(), { escalation: 11 }, 'conflict'],
    ['owner changed meanwhile, while I escalate', escalate(), { assigneeId: 11 }, 'apply'],
    ['another date proposed meanwhile', propose(T0 + HOUR), { courseOfAction: 11 }, 'conflict'],
    ['another promise meanwhile', promise(T0 + HOUR), { promisedAt: 11 }, 'conflict'],
    ['another workaround meanwhile', workaround, { workaround: 11 }, 'conflict'],
    ['solved meanwhile, while I merge', merge, { status: 11 }, 'conflict'],
    ['assigned meanwhile', assign('ben'), { assigneeId: 11 }, 'conflict'],
    ['tags never clash', tag(['vip']), { status: 11, productIssues: 11 }, 'apply'],
  ])('conflicts: %s', (_name, what, changedIn, expected) => {
    expect(decide(aCommand(what), aTicket({ changedIn }), ana, T0).kind).toBe(expected)
  })
})

describe('apply: what becomes of the ticket', () => {
  const at = T0 + MINUTE
  const run = (what: What, changes: Partial<Ticket> = {}, actor = ana, into?: Ticket) =>
    apply({ command: aCommand(what, { n: 7, at }), ticket: aTicket(changes), actor, at, version: 42, into })

  test.each<[string, What, Partial<Ticket>, object, object]>([
    [
      'assigned',
      assign('ben'),
      {},
      { assigneeId: 'ben', changedIn: { assigneeId: 42 } },
      { type: 'change', to: 'ben' },
    ],
    ['nobody’s', assign(), { assigneeId: 'ana' }, { assigneeId: undefined }, { type: 'change', from: 'ana' }],
    [
      'escalated: who escalates owns it until it is accepted',
      escalate(),
      {},
      {
        assigneeId: 'ana',
        escalation: { state: 'offered', to: 'EMEA', byId: 'ana', at, ask: 'Drain the queue, tell us when' },
        changedIn: { escalation: 42, assigneeId: 42 },
      },
      { type: 'escalation', state: 'offered', tried: 'Restarted the collector: no change' },
    ],
    [
      'escalated: an owner stays',
      escalate(),
      { assigneeId: 'ben' },
      { assigneeId: 'ben', changedIn: { escalation: 42 } },
      { state: 'offered' },
    ],
    [
      'given back: nobody’s ownership moves',
      giveBack,
      { escalation: offered, assigneeId: 'ana' },
      { assigneeId: 'ana', escalation: { state: 'returned', reason: 'Needs the logs first', byId: 'ana' } },
      { type: 'escalation', state: 'returned', reason: 'Needs the logs first' },
    ],
    ['linked', link(), {}, { productIssues: [issue] }, { type: 'product-issue', change: 'linked', issue }],
    [
      'its state moved',
      link('fixed'),
      { productIssues: [issue] },
      { productIssues: [{ ...issue, state: 'fixed' }] },
      { change: 'updated' },
    ],
    ['unlinked', unlink, { productIssues: [issue] }, { productIssues: [] }, { change: 'unlinked', issue }],
    [
      'a workaround resolves',
      workaround,
      {},
      {
        workaround: { text: 'Use the old endpoint', byId: 'ana', at },
        slaEvents: [{}, { at, type: 'workaround' }],
      },
      { type: 'workaround' },
    ],
    [
      'a course of action is the deadline',
      propose(T0 + HOUR),
      {},
      { courseOfAction: { dueAt: T0 + HOUR }, slaEvents: [{}, { at, type: 'proposed', dueAt: T0 + HOUR }] },
      { type: 'course-of-action', dueAt: T0 + HOUR },
    ],
    [
      'a date that moved says from when',
      propose(T0 + HOUR),
      { courseOfAction: { text: 'x', dueAt: T0 + 5, byId: 'ben', at: T0 } },
      {},
      { before: T0 + 5 },
    ],
    [
      'a promise',
      promise(T0 + HOUR),
      {},
      { promisedAt: T0 + HOUR },
      { type: 'promise', promisedAt: T0 + HOUR },
    ],
    [
      'a reply keeps the promise',
      reply(),
      { promisedAt: T0 + HOUR },
      { promisedAt: undefined },
      { type: 'reply' },
    ],
    [
      'so does a call to the customer',
      call(),
      { promisedAt: T0 + HOUR },
      { promisedAt: undefined },
      { type: 'call' },
    ],
    [
      'a call from the customer is their word',
      call('from-customer'),
      { promisedAt: T0 + HOUR },
      { promisedAt: T0 + HOUR, customerAt: at },
      { direction: 'from-customer' },
    ],
    [
      'tags come and go',
      tag(['vip', 'new', 'new'], ['old', 'gone']),
      { tags: ['old', 'vip'] },
      { tags: ['vip', 'new'] },
      { added: ['new'], removed: ['old'] },
    ],
    [
      'cancelled leaves the statistics',
      cancel,
      {},
      { status: 'closed', slaEvents: [{}, { at, type: 'cancelled', reason: 'spam' }] },
      { type: 'cancelled', reason: 'spam' },
    ],
    [
      'an excused breach stays a breach',
      excuse,
      {},
      { excused: { resolution: { reason: 'Their network was down', byId: 'ana', at } }, slaEvents: [{}] },
      { type: 'excused' },
    ],
  ])('%s', (_name, what, changes, ticket, message) => {
    const applied = run(what, changes)
    expect(applied.ticket).toMatchObject(ticket)
    expect(applied.messages).toHaveLength(1)
    expect(applied.messages[0]).toMatchObject({ ...message, id: id(7), ticketId: 't1', at })
  })

  test('an accepted escalation belongs to who accepted it', () => {
    expect(run(accept, { escalation: offered, assigneeId: 'ana' }, omar).ticket).toMatchObject({
      assigneeId: 'omar',
      escalation: { state: 'accepted', answeredById: 'omar', answeredAt: at, byId: 'ana' },
      changedIn: { escalation: 42, assigneeId: 42 },
    })
  })

  test('merged: closed, cancelled, and both tickets say so', () => {
    const { ticket, messages } = run(merge, {}, ana, aTicket({ id: 't2', number: 'MER-2' }))
    expect(ticket).toMatchObject({
      status: 'closed',
      mergedInto: 't2',
      slaEvents: [{}, { type: 'cancelled', reason: 'merged into MER-2' }],
    })
    expect(messages).toMatchObject([
      { ticketId: 't1', direction: 'into', otherId: 't2', otherNumber: 'MER-2' },
      { ticketId: 't2', direction: 'from', otherId: 't1', otherNumber: 'MER-1' },
    ])
  })
})

describe('what a command names must be there', () => {
  const others = new Map(
    [
      aTicket({ id: 't2', number: 'MER-2' }),
      aTicket({ id: 't3', number: 'MER-3', status: 'closed' }),
      aTicket({ id: 't4', number: 'MER-4', organizationId: 'o2' }),
    ].map((ticket) => [ticket.id, ticket]),
  )
  const known = {
    ticket: (other: string) => others.get(other),
    agent: (other: string) => (other === 'ben' ? ben : undefined),
  }
  test.each<[string, What, string | undefined]>([
    ['an agent who is there', assign('ben'), undefined],
    ['an agent who is not', assign('zoe'), 'not-found'],
    ['nobody', assign(), undefined],
    ['a ticket of the same customer', merge, undefined],
    ['a ticket that is not there', { type: 'merge', into: 't9' }, 'not-found'],
    ['a closed one', { type: 'merge', into: 't3' }, 'ticket-closed'],
    ['one of another customer', { type: 'merge', into: 't4' }, 'other-customer'],
  ])('%s', (_name, what, expected) => {
    expect(referenceObjection(aCommand(what), aTicket(), known)?.code).toBe(expected)
  })
})

describe('what can’t be read is refused with its field', () => {
  test.each<[string, object, string]>([
    ['an escalation without a request', { ...escalate(), ask: ' ' }, 'ask'],
    ['a script for an address', { ...link(), url: 'javascript:alert(1)' }, 'url'],
    ['an address of a file', { ...link(), url: 'file:///etc/passwd' }, 'url'],
    ['a cancellation without a reason', { type: 'cancel', reason: '' }, 'reason'],
    [
      'a promise without an offset',
      { type: 'promise-update', promisedAt: '2026-07-06T09:00:00' },
      'promisedAt',
    ],
    ['a call without a word', { type: 'log-call', direction: 'to-customer', body: '' }, 'body'],
    ['a tag that is too long', { type: 'tag', add: ['x'.repeat(51)], remove: [] }, 'add.0'],
  ])('%s', (_name, fields, field) => {
    const at = '2026-07-06T09:00:00.000Z'
    const read = ticketCommandSchema.safeDecode({
      ...fields,
      id: id(1),
      target: 't1',
      baseVersion: 0,
      at,
    } as never)
    expect(read.error?.issues[0]?.path.join('.')).toBe(field)
  })
})
