import { describe, expect, test } from 'vitest'
import { encodeValue, recordValues } from '#shared/portal/records'
import { report, type SlaReport } from '#shared/sla/report'
import type { Ticket } from '#shared/tickets/ticket'
import { isOpen } from '#shared/tickets/ticket'
import { demoPeople } from '../../../src-portal/demo/cast'
import { type DemoScenario, generateDemo } from '../../../src-portal/demo/generate'
import type { Conversation } from '../../../src-portal/demo/play'
import { scenarios } from '../../../src-portal/demo/scenery'
import { shippedCalendar, shippedPolicy } from '../../../src-portal/demo/terms'

const MINUTE_MS = 60_000
const seed = 'meridian'
/** A working Monday, a Sunday, a public holiday in half of the world, and the hour the clocks change in New York. */
const moments = [
  '2026-11-23T06:30:00Z',
  '2026-09-06T15:00:00Z',
  '2026-12-25T11:00:00Z',
  '2027-03-14T07:10:00Z',
].map(Date.parse)
const now = moments[0] ?? 0
const demo = generateDemo({ seed, now })
const all = [...demo.open, ...demo.merged, ...demo.closed]

function slaOf(ticket: Ticket, at: number): SlaReport {
  const calendar = shippedCalendar(ticket.calendarId)
  return report({ events: ticket.slaEvents, policy: shippedPolicy, calendar, plan: ticket.plan, now: at })
}

const TEXTS: ReadonlySet<string> = new Set([
  'body',
  'text',
  'reason',
  'summary',
  'tried',
  'assessment',
  'ask',
])

function texts({ messages }: Conversation): string[] {
  return messages.flatMap((message) =>
    Object.entries(message).flatMap(([field, value]) => (TEXTS.has(field) ? [String(value)] : [])),
  )
}

function countBy<T>(list: readonly T[], key: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const item of list) counts[key(item)] = (counts[key(item)] ?? 0) + 1
  return counts
}

describe('the demo scenario', () => {
  test('is the same for the same seed and time, and another for another seed', () => {
    expect(generateDemo({ seed, now })).toEqual(demo)
    const other = generateDemo({ seed: 'another', now })
    expect(other.open.map(({ ticket }) => ticket.subject)).not.toEqual(
      demo.open.map(({ ticket }) => ticket.subject),
    )
  })

  test('is told from many problems', () => {
    expect(scenarios.length).toBeGreaterThanOrEqual(60)
    expect(new Set(scenarios.map(({ id }) => id)).size).toBe(scenarios.length)
  })

  test.each([
    ['policy', demo.policies],
    ['calendar', demo.calendars],
    ['agent', demo.agents],
    ['organization', demo.organizations],
    ['contact', demo.contacts],
    ['ticket', all.map(({ ticket }) => ticket)],
    ['message', all.flatMap(({ messages }) => messages)],
    ['notice', demo.notices],
    ['macro', demo.macros],
    ['view', demo.views],
    ['rota', demo.rotas],
  ] as const)('every %s survives the wire', (kind, values) => {
    for (const value of values) {
      const wire = JSON.parse(JSON.stringify(encodeValue(kind, value as never)))
      expect(recordValues[kind].decode(wire)).toEqual(value)
    }
  })

  test('has three regions with L1, backline and a supervisor each, and about 40 customers on three plans', () => {
    expect(countBy(demo.agents, ({ region, role }) => `${region} ${role}`)).toEqual(
      Object.fromEntries(
        ['AMER', 'EMEA', 'APAC'].flatMap((region) => [
          [`${region} l1`, 3],
          [`${region} backline`, 2],
          [`${region} supervisor`, 1],
        ]),
      ),
    )
    expect(demo.organizations).toHaveLength(40)
    for (const count of Object.values(countBy(demo.organizations, ({ plan }) => plan))) {
      expect(count).toBeGreaterThanOrEqual(10)
    }
  })

  test('refers only to what is there', () => {
    const ids = (values: readonly { readonly id: string }[]) => new Set(values.map(({ id }) => id))
    const [agents, organizations, contacts] = [ids(demo.agents), ids(demo.organizations), ids(demo.contacts)]
    const [calendars, policies] = [ids(demo.calendars), ids(demo.policies)]
    for (const { ticket, messages } of all) {
      expect(organizations).toContain(ticket.organizationId)
      expect(contacts).toContain(ticket.requesterId)
      expect(calendars).toContain(ticket.calendarId)
      expect(policies).toContain(ticket.policyId)
      if (ticket.assigneeId) expect(agents).toContain(ticket.assigneeId)
      for (const { ticketId } of messages) expect(ticketId).toBe(ticket.id)
    }
    expect(ids(all.map(({ ticket }) => ticket)).size).toBe(all.length)
    expect(ids(all.flatMap(({ messages }) => messages)).size).toBe(
      all.flatMap(({ messages }) => messages).length,
    )
  })

  test('made again, has other tickets under the same numbers: nothing a desk remembers of the old ones is meant for them', () => {
    const later = generateDemo({ seed, now: now + 31 * MINUTE_MS })
    const before = new Set(all.map(({ ticket }) => ticket.id))
    expect(
      [...later.open, ...later.merged, ...later.closed].filter(({ ticket }) => before.has(ticket.id)),
    ).toEqual([])
  })

  test('numbers tickets in the order in which they came', () => {
    const byTime = all.map(({ ticket }) => ticket).sort((a, b) => a.createdAt - b.createdAt)
    const numbers = byTime.map(({ number }) => number)
    expect(numbers).toEqual([...numbers].sort())
    expect(numbers.every((number) => /^MER-\d{5}$/.test(number))).toBe(true)
  })

  test('tells each ticket in order, with SLA events that agree with what was said and done', () => {
    for (const { ticket, messages } of all) {
      const times = messages.map(({ at }) => at)
      expect(times).toEqual([...times].sort((a, b) => a - b))
      expect(Math.max(...times, ticket.updatedAt)).toBeLessThanOrEqual(now)
      const said = messages.flatMap((m) => (m.type === 'reply' ? [`${m.at} ${m.author.kind}`] : []))
      const counted = ticket.slaEvents.flatMap((e) => (e.type === 'replied' ? [`${e.at} ${e.by}`] : []))
      // The customer's first message is the ticket itself and no reply to anything.
      expect(counted).toEqual(ticket.channel === 'phone' ? said : said.slice(1))
      const moved = messages.flatMap((m) => (m.type === 'change' && m.field === 'status' ? [m.to] : []))
      expect(ticket.slaEvents.flatMap((e) => (e.type === 'status' ? [e.to] : []))).toEqual(moved)
      const isCancelled = ticket.slaEvents.some(({ type }) => type === 'cancelled')
      expect(isCancelled ? 'closed' : (moved.at(-1) ?? 'open')).toBe(ticket.status)
    }
  })

  test('leaves no gap in its texts and repeats none too often', () => {
    const bodies = all.flatMap(texts)
    for (const text of [...bodies, ...all.map(({ ticket }) => ticket.subject)]) {
      expect(text).not.toMatch(/[{}[\]]|undefined|lorem| {2}/i)
      expect(text.trim()).toBe(text)
      expect(text).not.toBe('')
    }
    const most = (counts: Record<string, number>) => Math.max(...Object.values(counts))
    expect(most(countBy(bodies, (text) => text))).toBeLessThan(bodies.length / 500)
    expect(most(countBy(all, ({ ticket }) => ticket.subject))).toBeLessThan(all.length / 100)
    expect(most(countBy(demo.open, ({ ticket }) => ticket.subject))).toBeLessThanOrEqual(6)
  })
})

describe.each(moments.map((at) => [new Date(at).toISOString(), at] as const))('opened at %s', (_, at) => {
  const scenario: DemoScenario = at === now ? demo : generateDemo({ seed, now: at })
  const open = scenario.open.map(({ ticket }) => ({ ticket, sla: slaOf(ticket, at) }))

  test('the desk is busy and healthy', () => {
    expect(open.length).toBeGreaterThanOrEqual(400)
    expect(open.every(({ ticket }) => isOpen(ticket))).toBe(true)
    const over = [...scenario.merged, ...scenario.closed]
    expect(over).toHaveLength(2000)
    expect(over.some(({ ticket }) => isOpen(ticket))).toBe(false)
    const shares = countBy(open, ({ ticket }) => ticket.priority)
    const share = (priority: string) => (100 * (shares[priority] ?? 0)) / open.length
    expect(share('P1')).toBeCloseTo(3, -0.5)
    expect(share('P2')).toBeCloseTo(14, -0.8)
    expect(share('P3')).toBeCloseTo(48, -0.8)
    const breached = open.filter(
      ({ sla }) => sla.firstResponse.state === 'breached' || sla.resolution.state === 'breached',
    )
    expect(breached.length / open.length).toBeGreaterThan(0.018)
    expect(breached.length / open.length).toBeLessThan(0.032)
    // Over a weekend nobody's working time runs out: what breached on Friday is then two or three days over.
    const overFor = breached.flatMap(({ sla }) =>
      [sla.firstResponse, sla.resolution].flatMap((target) =>
        target.state === 'breached' ? [at - target.due] : [],
      ),
    )
    expect(Math.max(...overFor)).toBeLessThan(4 * 24 * 60 * MINUTE_MS)
    const isWeekend = [0, 6].includes(new Date(at).getUTCDay())
    const inHours = overFor.filter((ms) => ms <= 7 * 60 * MINUTE_MS).length / overFor.length
    expect(inHours).toBeGreaterThan(isWeekend ? 0 : 0.7)
  })

  test('every state of the SLA can be seen', () => {
    const states = new Set(
      open.flatMap(({ sla }) => [`first ${sla.firstResponse.state}`, sla.resolution.state]),
    )
    for (const { ticket } of scenario.closed) {
      const sla = slaOf(ticket, at)
      for (const state of [`first ${sla.firstResponse.state}`, sla.resolution.state]) states.add(state)
    }
    expect([...states].sort()).toEqual(
      [
        ...['running', 'met', 'missed', 'breached', 'cancelled'].map((state) => `first ${state}`),
        ...['running', 'paused', 'awaiting-proposal', 'met', 'missed', 'breached', 'cancelled'],
      ].sort(),
    )
    expect(new Set(open.map(({ ticket }) => ticket.channel))).toEqual(
      new Set(['portal', 'email', 'chat', 'phone']),
    )
    const told = open.flatMap(({ ticket }) => ticket.slaEvents.map(({ type }) => type))
    expect(told).toContain('prioritised')
    expect(open.some(({ sla }) => sla.cycle.resolution > 0)).toBe(true)
  })

  test.each(demoPeople)('$name has work, and something rings for them within five minutes', (person) => {
    const crossings = (mine: (ticket: Ticket) => boolean) =>
      open
        .filter(({ ticket }) => mine(ticket) && (ticket.priority === 'P1' || ticket.priority === 'P2'))
        .flatMap(({ sla }) => sla.thresholdsAt.firstResponse.map((threshold) => threshold.at - at))
        .filter((inMs) => inMs > 0)
    const own = crossings(({ assigneeId }) => assigneeId === person.agentId)
    const unclaimed = crossings(({ assigneeId, region }) => !assigneeId && region === person.region)
    for (const list of [own, unclaimed]) expect(Math.min(...list)).toBeLessThan(5 * MINUTE_MS)
    // The longest quiet time of the first hour.
    const times = [0, ...[...own, ...unclaimed].sort((a, b) => a - b), 60 * MINUTE_MS].filter(
      (inMs) => inMs <= 60 * MINUTE_MS,
    )
    expect(Math.max(...times.map((time, n) => time - (times[n - 1] ?? 0)))).toBeLessThan(20 * MINUTE_MS)
  })

  test('what is due next is spread from minutes to days', () => {
    const due = open.flatMap(({ sla }) =>
      [sla.firstResponse, sla.resolution].flatMap((target) =>
        target.state === 'running' ? [(target.due - at) / (60 * MINUTE_MS)] : [],
      ),
    )
    for (const [from, to] of [
      [0, 1],
      [1, 24],
      [24, 72],
      [72, 400],
    ] as const) {
      expect(due.filter((hours) => hours >= from && hours < to).length).toBeGreaterThan(5)
    }
  })
})
