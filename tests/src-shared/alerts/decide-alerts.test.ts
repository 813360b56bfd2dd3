import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { isAtRisk } from '#shared/alerts/at-risk'
import { type AlertDecision, decideAlerts } from '#shared/alerts/decide-alerts'
import { concerns, isFor, type Level } from '#shared/alerts/recipients'
import type { SlaEvent } from '#shared/sla/events'
import { policySchema } from '#shared/sla/policy'
import { report } from '#shared/sla/report'
import type { Agent } from '#shared/tickets/people'
import type { Ticket } from '#shared/tickets/ticket'
import { calendarSchema } from '#shared/time/calendar'
import { ana, aTicket, ben, MINUTE, T0 } from '../tickets/samples'

const read = (path: string) => JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'))
const policy = policySchema.decode(read('resources/policies/bigpanda.json'))
const calendar = calendarSchema.decode(read('resources/calendars/emea-london.json'))

/** A P1 of a Premium customer: first response due after 2 hours, 50 % after 60, 75 % after 90, 90 % after 108 minutes. */
const p1 = aTicket({ priority: 'P1', assigneeId: 'ana' })

const decide = (
  afterMinutes: number,
  { ticket = p1, me = ana, fired = [] as string[], events = [] as SlaEvent[] } = {},
): readonly AlertDecision[] => {
  const now = T0 + afterMinutes * MINUTE
  const known = { ...ticket, slaEvents: [...ticket.slaEvents, ...events] }
  const sla = report({ events: known.slaEvents, policy, calendar, plan: ticket.plan, now })
  return decideAlerts({ ticket: known, report: sla, policy, me, isFired: (key) => fired.includes(key), now })
}
const inWords = (decision: AlertDecision | undefined) =>
  decision?.kind === 'fire' ? decision.crossing.key : decision?.reason

describe('first response of a P1', () => {
  test.each([
    [59, 'not-yet'],
    [60, 't1/firstResponse/0/50'],
    [89, 't1/firstResponse/0/50'],
    [90, 't1/firstResponse/0/75'],
    [108, 't1/firstResponse/0/90'],
    [120, 't1/firstResponse/0/90'],
    [121, 't1/firstResponse/0/breach'],
    [5000, 't1/firstResponse/0/breach'],
  ])('after %i minutes: %s', (minutes, expected) => {
    expect(inWords(decide(minutes)[0])).toBe(expected)
  })

  test('after a gap only the highest fires; the lower ones are superseded', () => {
    const [first] = decide(110, { fired: ['t1/firstResponse/0/50'] })
    expect(first).toMatchObject({
      crossing: { key: 't1/firstResponse/0/90', due: T0 + 120 * MINUTE },
      superseded: ['t1/firstResponse/0/75'],
    })
  })

  test('a breach says since when', () => {
    const [first] = decide(130)
    expect(first).toMatchObject({
      crossing: { level: 'breach', due: T0 + 120 * MINUTE, breachedAt: T0 + 120 * MINUTE },
      superseded: ['t1/firstResponse/0/50', 't1/firstResponse/0/75', 't1/firstResponse/0/90'],
    })
  })

  const at = T0 + 100 * MINUTE
  test.each<[string, { ticket?: Ticket; me?: Agent; fired?: string[]; events?: SlaEvent[] }, string]>([
    ['fired before', { fired: ['t1/firstResponse/0/75'] }, 'already-fired'],
    ['somebody else’s', { me: ben }, 'not-mine'],
    ['answered', { events: [{ at, type: 'replied', by: 'agent', public: true }] }, 'satisfied'],
    [
      'answered too late',
      { events: [{ at: T0 + 130 * MINUTE, type: 'replied', by: 'agent', public: true }] },
      'satisfied',
    ],
    ['cancelled', { events: [{ at, type: 'cancelled' }] }, 'cancelled'],
    ['a P3', { ticket: aTicket({ priority: 'P3', assigneeId: 'ana' }) }, 'low-priority'],
  ])('silent, with a name for it: %s', (_name, options, reason) => {
    expect(inWords(decide(_name === 'answered too late' ? 140 : 105, options)[0])).toBe(reason)
  })
})

describe('resolution', () => {
  test('silent while it is paused', () => {
    const events: SlaEvent[] = [
      { at: T0 + MINUTE, type: 'replied', by: 'agent', public: true },
      { at: T0 + MINUTE, type: 'status', to: 'waiting-on-customer' },
    ]
    expect(decide(60 * 24 * 30, { events }).map(inWords)).toEqual(['satisfied', 'paused'])
  })

  test('a reopened one is another cycle, and alerts anew', () => {
    const events: SlaEvent[] = [
      { at: T0 + MINUTE, type: 'status', to: 'solved' },
      { at: T0 + 2 * MINUTE, type: 'status', to: 'open' },
    ]
    const [, resolution] = decide(60 * 24 * 3, { events, fired: ['t1/resolution/0/breach'] })
    expect(inWords(resolution)).toBe('t1/resolution/1/breach')
  })

  test('no deadline, no alert', () => {
    const ticket = aTicket({ priority: 'P3', assigneeId: 'ana' })
    const alertAll = { ...policy, alertPriorities: ['P3'] as const }
    const sla = report({ events: ticket.slaEvents, policy, calendar, plan: 'premium', now: T0 + MINUTE })
    const [, resolution] = decideAlerts({
      ticket,
      report: sla,
      policy: { ...alertAll, alertPriorities: [...alertAll.alertPriorities] },
      me: ana,
      isFired: () => false,
      now: T0 + MINUTE,
    })
    expect(inWords(resolution)).toBe('no-deadline')
  })
})

describe('whom an alert is for', () => {
  const supervisor: Agent = { ...ana, id: 'sue', role: 'supervisor' }
  const backline: Agent = { ...ana, id: 'bob', role: 'backline' }
  const abroad: Agent = { ...ana, id: 'amy', region: 'APAC' }
  const cases: [string, Agent, string | undefined, Level, boolean][] = [
    ['the assignee', ana, 'ana', 0.5, true],
    ['the assignee, of a breach', ana, 'ana', 'breach', true],
    ['the assignee, wherever the ticket is', { ...ana, region: 'APAC' }, 'ana', 0.5, true],
    ['another agent of the region', ben, 'ana', 'breach', false],
    ['agents of the region, unassigned', ben, undefined, 0.5, true],
    ['the backline of the region, unassigned', backline, undefined, 0.5, true],
    ['another region, unassigned', abroad, undefined, 'breach', false],
    ['the supervisor, before a breach', supervisor, undefined, 0.9, false],
    ['the supervisor, of a breach', supervisor, 'ana', 'breach', true],
    ['the supervisor of another region', { ...supervisor, region: 'APAC' }, 'ana', 'breach', false],
  ]
  test.each(cases)('%s', (_name, me, assigneeId, level, expected) => {
    const ticket = aTicket(assigneeId === undefined ? {} : { assigneeId })
    expect(isFor(me, ticket, level)).toBe(expected)
    if (expected) expect(concerns(me, ticket)).toBe(true)
  })
})

describe('at risk', () => {
  test.each([
    [89, false],
    [90, true],
    [119, true],
    [500, true],
  ])('after %i minutes of 120: %s', (minutes, expected) => {
    const now = T0 + minutes * MINUTE
    const sla = report({ events: p1.slaEvents, policy, calendar, plan: 'premium', now })
    expect(isAtRisk(sla, now)).toBe(expected)
  })
})
