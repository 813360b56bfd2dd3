import { describe, expect, test } from 'vitest'
import { report } from '#shared/sla/report'
import { ticketCommandSchema } from '#shared/tickets/command'
import type { Message } from '#shared/tickets/message'
import { isOpen, type Ticket } from '#shared/tickets/ticket'
import { demoPeople } from '../../../src-portal/demo/cast'
import { type DemoScenario, generateDemo } from '../../../src-portal/demo/generate'
import type { Conversation } from '../../../src-portal/demo/play'
import { shippedCalendar, shippedPolicy } from '../../../src-portal/demo/terms'
import { commandBehind } from './commands-given'

const MINUTE_MS = 60_000
const REGIONS = ['AMER', 'EMEA', 'APAC']
/** A working Monday and a Sunday. */
const moments = ['2026-11-23T06:30:00Z', '2026-09-06T15:00:00Z'] as const

type EntryOf<T extends Message['type']> = Extract<Message, { type: T }>
function entries<T extends Message['type']>({ messages }: Conversation, type: T): EntryOf<T>[] {
  return messages.filter((message): message is EntryOf<T> => message.type === type)
}

describe.each(moments)('the demo opened at %s', (moment) => {
  const now = Date.parse(moment)
  const demo: DemoScenario = generateDemo({ seed: 'meridian', now })
  const all = [...demo.open, ...demo.merged, ...demo.closed]
  const open = demo.open.map(({ ticket }) => ticket)
  const agent = (id: string | undefined) => demo.agents.find((candidate) => candidate.id === id)
  const conversation = (id: string | undefined) => all.find(({ ticket }) => ticket.id === id)

  test('shows every command that a ticket can be given, each as the portal would have read it', () => {
    const given = all.flatMap(({ messages }) => messages.flatMap((message) => commandBehind(message) ?? []))
    expect(new Set(given.map(({ type }) => type))).toEqual(
      new Set(ticketCommandSchema.options.map((option) => option.shape.type.value)),
    )
    for (const command of given.filter((_, n) => n % 5 === 0 || n < 3000)) {
      const wire = ticketCommandSchema.encode({ ...command, id: crypto.randomUUID() } as typeof command)
      expect(ticketCommandSchema.decode(wire)).toEqual({ ...command, id: wire.id })
    }
  })

  test('people of each region wait for their backline: a P1 among them, several P2', () => {
    const offered = open.filter(({ escalation }) => escalation?.state === 'offered')
    for (const region of REGIONS) {
      const here = offered.filter((ticket) => ticket.region === region)
      expect(here.length).toBeGreaterThanOrEqual(3)
      expect(here.length).toBeLessThanOrEqual(6)
      expect(here.some(({ priority }) => priority === 'P2')).toBe(true)
    }
    expect(offered.filter(({ priority }) => priority === 'P1')).toHaveLength(1)
    for (const { escalation, assigneeId, priority, region } of offered) {
      expect(escalation?.to).toBe(region)
      expect(assigneeId).toBe(escalation?.byId)
      const agoMs = now - (escalation?.at ?? 0)
      expect(agoMs).toBeLessThan((priority === 'P1' ? 10 : priority === 'P2' ? 60 : 480) * MINUTE_MS)
    }
  })

  test('an escalation says all four parts; who accepts it has the ticket, and returning it takes a reason', () => {
    for (const { ticket, messages } of all) {
      let owner: string | undefined
      for (const message of messages) {
        if (message.type === 'change' && message.field === 'assigneeId') owner = message.to
        if (message.type !== 'escalation') continue
        const { state, author, to } = message
        if (state === 'offered') {
          const parts = [message.summary, message.tried, message.assessment, message.ask]
          for (const part of parts) expect(part?.length).toBeGreaterThan(12)
          expect(author.id).toBe(owner)
        } else {
          expect(agent(author.id)).toMatchObject({ role: 'backline', region: to })
        }
        if (state === 'accepted') owner = author.id
        if (state === 'returned') expect(message.reason?.length).toBeGreaterThan(20)
      }
      expect(ticket.assigneeId).toBe(owner)
    }
    const returned = open.filter(({ escalation }) => escalation?.state === 'returned')
    expect(returned.length).toBeGreaterThanOrEqual(4)
    expect(returned.length).toBeLessThanOrEqual(12)
  })

  test('about 25 updates are promised, a few are just overdue, and a P1 is told in time', () => {
    const promised = open.flatMap((ticket) =>
      ticket.promisedAt === undefined ? [] : [{ ticket, inMs: ticket.promisedAt - now }],
    )
    const ahead = promised.filter(({ inMs }) => inMs > 0)
    expect(ahead.length).toBeGreaterThanOrEqual(20)
    expect(ahead.length).toBeLessThanOrEqual(35)
    const overdue = promised.filter(({ inMs }) => inMs <= 0)
    expect(overdue.length).toBeGreaterThanOrEqual(2)
    expect(overdue.length).toBeLessThanOrEqual(5)
    for (const { ticket, inMs } of overdue) {
      expect(inMs).toBeGreaterThan(-60 * MINUTE_MS)
      expect(ticket.priority).not.toBe('P1')
    }
    const soon = (mine: (ticket: Ticket) => boolean) =>
      ahead.filter(({ ticket, inMs }) => mine(ticket) && inMs >= 10 * MINUTE_MS && inMs <= 45 * MINUTE_MS)
    for (const { agentId, region } of demoPeople) {
      expect(soon(({ assigneeId }) => assigneeId === agentId).length).toBeGreaterThanOrEqual(2)
      expect(soon((ticket) => ticket.region === region).length).toBeGreaterThanOrEqual(3)
    }
  })

  test('what was promised before was kept, and the customer had been told when to expect it', () => {
    let kept = 0
    for (const { ticket, messages } of all) {
      messages.forEach((message, n) => {
        if (message.type !== 'promise') return
        const said = messages.slice(0, n).findLast(({ type }) => type === 'reply')
        const time = new Date(message.promisedAt).toISOString().slice(11, 16)
        expect(said).toMatchObject({ body: expect.stringContaining(`${time} UTC`) })
        if (ticket.promisedAt === message.promisedAt) return
        const next = messages
          .slice(n)
          .find(({ type, author }) => author.kind === 'agent' && (type === 'reply' || type === 'call'))
        expect(next?.at).toBeLessThanOrEqual(message.promisedAt)
        kept += 1
      })
      if (!isOpen(ticket)) expect(ticket.promisedAt).toBeUndefined()
    }
    expect(kept).toBeGreaterThan(50)
  })

  test('some dozen tickets wait for issues of R&D, several for the same, and all say the same of it', () => {
    const links = open.flatMap(({ productIssues = [] }) => productIssues)
    const keys = [...new Set(links.map(({ key }) => key))]
    const byKey = new Map(keys.map((key) => [key, links.filter((issue) => issue.key === key)]))
    expect(links.length).toBeGreaterThanOrEqual(20)
    expect(byKey.size).toBeGreaterThanOrEqual(7)
    expect([...byKey.values()].filter((issues) => issues.length > 1).length).toBeGreaterThanOrEqual(5)
    for (const [key, issues] of byKey) {
      expect(key).toMatch(/^[A-Z]+-\d{4}$/)
      const first = issues[0]
      expect(first?.url).toBe(`https://tracker.example/browse/${key}`)
      for (const issue of issues) expect(issue).toEqual(first)
    }
    expect(new Set(links.map(({ state }) => state))).toEqual(new Set(['open', 'in-progress', 'fixed']))
    expect(links.some(({ checkAt = now }) => checkAt < now)).toBe(true)
    expect(links.some(({ checkAt = now }) => checkAt > now)).toBe(true)
  })

  test('what was reported twice goes on as one open ticket of the same customer', () => {
    expect(demo.merged.length).toBeGreaterThanOrEqual(6)
    for (const { ticket, messages } of demo.merged) {
      const into = conversation(ticket.mergedInto)
      expect(into?.ticket).toMatchObject({ organizationId: ticket.organizationId })
      expect(into && isOpen(into.ticket)).toBe(true)
      expect(into?.ticket.requesterId).not.toBe(ticket.requesterId)
      expect(messages.at(-1)).toMatchObject({ type: 'merge', otherNumber: into?.ticket.number })
      const there = into ? entries(into, 'merge') : []
      expect(there).toMatchObject([{ direction: 'from', otherNumber: ticket.number }])
    }
  })

  test('a breach is excused by a supervisor of the region, and only where one is', () => {
    const excused = all.filter(({ ticket }) => ticket.excused)
    expect(excused.filter(({ ticket }) => isOpen(ticket))).toHaveLength(1)
    for (const { ticket } of excused) {
      const { byId } = ticket.excused?.firstResponse ?? {}
      expect(agent(byId)).toMatchObject({ role: 'supervisor', region: ticket.region })
      const { slaEvents, plan, calendarId } = ticket
      const calendar = shippedCalendar(calendarId)
      const sla = report({ events: slaEvents, policy: shippedPolicy, calendar, plan, now })
      expect(['missed', 'breached']).toContain(sla.firstResponse.state)
    }
  })

  test('calls are about P1, but for one that opened a ticket', () => {
    const calls = all.flatMap((told) =>
      entries(told, 'call')
        .filter(({ at }) => at > told.ticket.createdAt)
        .map(() => told.ticket.priority),
    )
    expect(calls.length).toBeGreaterThan(5)
    expect(new Set(calls)).toEqual(new Set(['P1']))
    const opened = all.filter(({ messages }) => messages[0]?.type === 'call')
    expect(new Set(opened.map(({ ticket }) => ticket.channel))).toEqual(new Set(['phone']))
  })

  test('a workaround and a course of action stand beside the public word about them', () => {
    for (const told of all) {
      for (const entry of [...entries(told, 'workaround'), ...entries(told, 'course-of-action')]) {
        const before = told.messages.filter(({ at, type }) => type === 'reply' && at <= entry.at).at(-1)
        expect(before?.author).toEqual(entry.author)
        expect(entry.at - (before?.at ?? 0)).toBeLessThan(MINUTE_MS)
      }
      const proposed = told.ticket.slaEvents.flatMap((event) =>
        event.type === 'proposed' ? [event.dueAt] : [],
      )
      expect(told.ticket.courseOfAction?.dueAt).toBe(proposed.at(-1))
    }
  })
})
