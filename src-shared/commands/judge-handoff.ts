import { applyHandoff } from '../handoff/apply'
import type { HandoffCommand } from '../handoff/command'
import type { HandoffContext } from '../handoff/context'
import { decideHandoff } from '../handoff/decide'
import type { Handoff } from '../handoff/handoff'
import { shiftById } from '../shifts/coverage'
import type { Rota } from '../shifts/rota'
import { report, type SlaReport } from '../sla/report'
import { apply } from '../tickets/apply'
import { isOpen, type Ticket } from '../tickets/ticket'
import type { Instant } from '../time/instant'
import { inVersions, type JudgeInput, type Judgement } from './judgement'
import type { Lookup } from './subjects'

/** What becomes of a hand-off, and of the tickets that change hands with it (follow-the-sun.md §2). */
export function judgeHandoff({ lookup, actor, at, version }: JudgeInput, command: HandoffCommand): Judgement {
  const handoff = lookup.get('handoff', command.target)?.value
  const rota = rotaOf(command, handoff, lookup)
  if (!rota) {
    const message = 'there is no rota with this shift: a supervisor can save one'
    return { kind: 'reject', code: 'no-rota', message }
  }
  const context = contextFrom(lookup, rota, at)
  const decision = decideHandoff({ command, handoff, actor, context })
  if (decision.kind !== 'apply') return decision
  const { handoff: next, effects } = applyHandoff({ command, handoff, actor, context, version })
  const moved = effects.flatMap((effect, n) => {
    const ticket = context.ticket(effect.target)
    // Each ticket below the hand-off has the version that it carries itself.
    return ticket
      ? [apply({ command: effect, ticket, actor, at, version: version - effects.length + n })]
      : []
  })
  return {
    kind: 'apply',
    changes: inVersions(
      [
        ...moved.flatMap(({ messages }) => messages.map((value) => ({ kind: 'message' as const, value }))),
        ...moved.map(({ ticket }) => ({ kind: 'ticket' as const, value: ticket })),
        { kind: 'handoff', value: next },
      ],
      version,
    ),
  }
}

function rotaOf(command: HandoffCommand, handoff: Handoff | undefined, lookup: Lookup): Rota | undefined {
  if (handoff) return lookup.get('rota', handoff.rotaId)?.value
  if (command.type !== 'open-handoff') return [...lookup.all('rota')][0]
  return [...lookup.all('rota')].find((rota) => shiftById(rota, command.fromShiftId) !== undefined)
}

/** The world around a hand-off from loaded records. */
export function contextFrom(lookup: Lookup, rota: Rota, now: Instant): HandoffContext {
  const reports = new Map<Ticket, SlaReport>()
  const get = <K extends Parameters<Lookup['get']>[0]>(kind: K, id: string) => lookup.get(kind, id)?.value
  return {
    now,
    rota,
    agent: (id) => get('agent', id),
    ticket: (id) => get('ticket', id),
    openTickets: () => [...lookup.all('ticket')].filter(isOpen),
    customerOf: ({ organizationId }) => get('organization', organizationId)?.name ?? organizationId,
    notices: () => lookup.all('notice'),
    handoff: (id) => get('handoff', id),
    reportOf: (ticket) => {
      const known = reports.get(ticket)
      if (known) return known
      const policy = get('policy', ticket.policyId)
      const calendar = get('calendar', ticket.calendarId)
      if (!policy || !calendar) throw new Error(`${ticket.number} has no policy or no calendar`)
      const made = report({ events: ticket.slaEvents, policy, calendar, plan: ticket.plan, now })
      reports.set(ticket, made)
      return made
    },
  }
}
