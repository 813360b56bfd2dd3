import { authorise, mayGive } from '#shared/commands/roles'
import { targetNameSchema } from '#shared/sla/policy'
import type { TargetReport } from '#shared/sla/report'
import { type TicketCommandType, ticketCommandSchema } from '#shared/tickets/command'
import { decide } from '#shared/tickets/decide'
import type { Agent } from '#shared/tickets/people'
import type { Ticket } from '#shared/tickets/ticket'
import { formatInstant, type Instant } from '#shared/time/instant'
import type { TicketView } from '../../store/desk-store'
import { forms } from './fields'

/** Stands for whatever will be chosen; no ticket, agent, region, tag or issue is called so. */
const ANY = '\u0000any'
const DAY_MS = 86_400_000

/** A way to fill in each field that meets no objection of its own. */
function anything(type: TicketCommandType, ticket: Ticket, actor: Agent, now: Instant) {
  const later = formatInstant(now + DAY_MS)
  return {
    reply: { body: ANY },
    note: { body: ANY },
    claim: {},
    assign: { to: ticket.assigneeId === actor.id ? ANY : actor.id },
    'set-status': { status: ticket.status === 'open' ? 'solved' : 'open' },
    'set-priority': { priority: ticket.priority === 'P2' ? 'P3' : 'P2', reason: ANY },
    escalate: { to: ANY, summary: ANY, tried: ANY, assessment: ANY, ask: ANY },
    'accept-escalation': {},
    'return-escalation': { reason: ANY },
    'link-product-issue': { key: ANY, url: 'https://any.example', state: ANY },
    'unlink-product-issue': { key: ticket.productIssues?.[0]?.key ?? ANY },
    'record-workaround': { text: ANY },
    'propose-course-of-action': { text: ANY, dueAt: later },
    'promise-update': { promisedAt: formatInstant(now + DAY_MS + 1) },
    tag: { add: [ANY] },
    merge: { into: ANY },
    cancel: { reason: ANY },
    'log-call': { direction: 'from-customer', body: ANY },
    'excuse-breach': { of: 'firstResponse', reason: ANY },
  }[type]
}

/** Why this command can't be given on this ticket, however its form is filled in; undefined when it can. */
export function whyNot(
  type: TicketCommandType,
  { ticket, row }: Pick<TicketView, 'ticket' | 'row'>,
  actor: Agent,
  now: Instant,
): string | undefined {
  if (!mayGive(type, actor.role)) return authorise({ type }, actor)?.message
  if (type === 'excuse-breach' && !targetNameSchema.options.some((name) => isBreach(row.report[name]))) {
    return `${ticket.number} has breached nothing`
  }
  const probe = ticketCommandSchema.decode({
    ...{ ...anything(type, ticket, actor, now), type, target: ticket.id, at: formatInstant(now) },
    ...{ id: '00000000-0000-4000-8000-000000000000', baseVersion: Number.MAX_SAFE_INTEGER },
  } as never)
  const decision = decide(probe, ticket, actor, now)
  if (decision.kind !== 'reject') return undefined
  // An objection to what stands in the probe is for the form to make.
  const isAboutForm = forms[type].fields.some(({ name }) => name === decision.field)
  return isAboutForm ? undefined : decision.message
}

/** Still open or satisfied late. */
export function isBreach({ state }: TargetReport): boolean {
  return state === 'breached' || state === 'missed'
}
