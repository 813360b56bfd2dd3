import { applyHandoff } from '#shared/handoff/apply'
import type { HandoffCommand } from '#shared/handoff/command'
import type { HandoffContext } from '#shared/handoff/context'
import { decideHandoff, type HandoffDecision } from '#shared/handoff/decide'
import type { Handoff } from '#shared/handoff/handoff'
import type { Override, Rota } from '#shared/shifts/rota'
import { report } from '#shared/sla/report'
import { apply } from '#shared/tickets/apply'
import type { Agent, Role } from '#shared/tickets/people'
import { isOpen, type Ticket } from '#shared/tickets/ticket'
import type { Notice } from '#shared/uptime/notice'
import { aRota, daily, utc } from '../shifts/rotas'
import { calendar, policy } from '../sla/tickets'
import { aTicket as plainTicket } from '../tickets/samples'

/** Friday, 10 July 2026: EMEA until 14:00, AMER until 22:00, APAC through the night; UTC. */
export const at = (time: string): number => utc(`2026-07-10 ${time}`)
export const FROM = 'EMEA.2026-07-10.0600'
export const TO = 'AMER.2026-07-10.1400'
export const ID = `${FROM}~AMER`

const person = (id: string, name: string, role: Role, region: string): Agent => ({
  id,
  name,
  role,
  region,
  email: `${id}@example.com`,
})
const everybody = [
  person('ana', 'Ana', 'l1', 'EMEA'),
  person('ben', 'Ben', 'backline', 'EMEA'),
  person('fiona', 'Fiona', 'supervisor', 'EMEA'),
  person('cleo', 'Cleo', 'l1', 'AMER'),
  person('dan', 'Dan', 'backline', 'AMER'),
  person('mark', 'Mark', 'supervisor', 'AMER'),
  person('kim', 'Kim', 'backline', 'APAC'),
]
export const agents: ReadonlyMap<string, Agent> = new Map(everybody.map((agent) => [agent.id, agent]))
export type Name = 'ana' | 'ben' | 'fiona' | 'cleo' | 'dan' | 'mark' | 'kim'

const membersOf = (region: string) =>
  everybody.filter((agent) => agent.region === region).map(({ id, role }) => ({ agentId: id, role }))

export function theRota(
  overrides: readonly Override[] = [],
  amer: [string, string] = ['14:00', '22:00'],
): Rota {
  return aRota(
    [
      daily('EMEA', 'UTC', [['06:00', '14:00']], { members: membersOf('EMEA'), leadId: 'ben' }),
      daily('AMER', 'UTC', [amer], { members: membersOf('AMER'), leadId: 'dan' }),
      daily('APAC', 'UTC', [['22:00', '06:00']], { members: membersOf('APAC'), leadId: 'kim' }),
    ],
    overrides,
  )
}

/** A rota is a value, and its tables are kept with it: all worlds share one until they change it. */
const ROTA = theRota()

/** A ticket of that day's morning. */
export function aTicket(id: string, changes: Partial<Ticket> = {}): Ticket {
  const priority = changes.priority ?? 'P1'
  const createdAt = changes.createdAt ?? at('08:00')
  return plainTicket({
    id,
    number: `MER-${id.slice(1)}`,
    subject: `Ticket ${id}`,
    assigneeId: 'ana',
    createdAt,
    updatedAt: createdAt,
    slaEvents: [{ at: createdAt, type: 'created', priority, channel: 'email', by: 'customer' }],
    ...changes,
    priority,
  })
}

type Body<C> = C extends HandoffCommand ? Omit<C, 'id' | 'at' | 'target' | 'baseVersion'> : never
export type What = Body<HandoffCommand>

export const content = {
  severity: 'stable',
  actions: [{ what: 'Wait for the customer’s logs', ownerId: 'dan', dueAt: at('16:00') }],
} as const
export const open: What = { type: 'open-handoff', fromShiftId: FROM, toShiftId: TO }
export const edit = (ticketId: string, given: object = content): What =>
  ({ type: 'edit-handoff-item', ticketId, content: structuredClone(given) }) as What
export const none = (part: 'promises' | 'knownNoise'): What => ({
  type: 'edit-handoff-section',
  part,
  said: { kind: 'none' },
})
export const accept = (ticketId: string, restated: string | undefined = 'I call them at four'): What => ({
  type: 'accept-handoff-item',
  ticketId,
  ...(restated === undefined ? {} : { restated }),
})
export const giveBack = (ticketId: string, proposedOwnerId = 'ana'): What => ({
  type: 'return-handoff-item',
  ticketId,
  reason: 'needs the database team',
  proposedOwnerId,
})
export const ask = (ticketId: string): What => ({
  type: 'ask-handoff-item',
  ticketId,
  question: 'Which cluster?',
})
export const answer = (ticketId: string): What => ({ type: 'answer-handoff-item', ticketId, answer: 'eu-2' })
export const offer: What = { type: 'offer-handoff' }
export const withdraw: What = { type: 'withdraw-handoff', reason: 'wrong numbers' }

/** A workspace as a portal has it: what is decided is applied, one version after the other. */
export class World {
  now = at('13:00')
  version = 100
  rota: Rota = ROTA
  handoff: Handoff | undefined
  before: Handoff | undefined
  notices: readonly Notice[] = []
  readonly tickets = new Map<string, Ticket>()
  private commands = 0

  constructor(tickets: readonly Ticket[] = [aTicket('t1')]) {
    for (const ticket of tickets) this.tickets.set(ticket.id, ticket)
  }

  get context(): HandoffContext {
    const { now, rota } = this
    return {
      now,
      rota,
      agent: (id) => agents.get(id),
      ticket: (id) => this.tickets.get(id),
      openTickets: () => [...this.tickets.values()].filter(isOpen),
      reportOf: (ticket) => report({ events: ticket.slaEvents, policy, calendar, plan: ticket.plan, now }),
      customerOf: () => 'Acme',
      notices: () => this.notices,
      handoff: (id) => (this.before?.id === id ? this.before : undefined),
    }
  }

  /** The hand-off, which must be there. */
  get it(): Handoff {
    if (this.handoff === undefined) throw new Error('no hand-off was opened')
    return this.handoff
  }

  command(what: What, options: { baseVersion?: number; at?: number; target?: string } = {}): HandoffCommand {
    this.commands += 1
    const id = `00000000-0000-4000-8000-${String(this.commands).padStart(12, '0')}`
    return { id, at: this.now, target: ID, baseVersion: this.version, ...what, ...options } as HandoffCommand
  }

  decide(who: Name, command: HandoffCommand): HandoffDecision {
    return decideHandoff({ command, handoff: this.handoff, actor: this.agent(who), context: this.context })
  }

  /** Decides, and applies what is let through. */
  run(
    who: Name,
    what: What,
    options: { baseVersion?: number; at?: number; target?: string } = {},
  ): HandoffDecision {
    const command = this.command(what, options)
    const decision = this.decide(who, command)
    if (decision.kind !== 'apply') return decision
    const actor = this.agent(who)
    // What a command writes beside its target comes below it.
    this.version += 2
    const { handoff, effects } = applyHandoff({
      command,
      handoff: this.handoff,
      actor,
      context: this.context,
      version: this.version,
    })
    for (const effect of effects) {
      const ticket = this.tickets.get(effect.target)
      if (ticket === undefined) throw new Error(`no ticket ${effect.target}`)
      const applied = apply({ command: effect, ticket, actor, at: this.now, version: this.version - 1 })
      this.tickets.set(ticket.id, applied.ticket)
    }
    this.handoff = handoff
    return decision
  }

  /** Runs what must be let through. */
  must(who: Name, what: What): this {
    const decision = this.run(who, what)
    if (decision.kind !== 'apply') throw new Error(`${what.type}: ${JSON.stringify(decision)}`)
    return this
  }

  set(id: string, changes: Partial<Ticket>): void {
    const ticket = this.tickets.get(id)
    if (ticket === undefined) throw new Error(`no ticket ${id}`)
    this.version += 1
    this.tickets.set(id, { ...ticket, ...changes })
  }

  private agent(who: Name): Agent {
    const agent = agents.get(who)
    if (agent === undefined) throw new Error(`nobody is called ${who}`)
    return agent
  }
}

/** What a decision says, in a word: `apply`, `conflict items.t1`, or the code of a refusal. */
export function word(decision: HandoffDecision): string {
  if (decision.kind === 'conflict') return `conflict ${decision.fields.join(' ')}`
  return decision.kind === 'reject' ? decision.code : 'apply'
}

/** A hand-off that is offered: every P1 and P2 written, no part empty. */
export function offered(tickets: readonly Ticket[] = [aTicket('t1')]): World {
  const world = new World(tickets)
  world.must('ana', open)
  for (const { ticketId, facts } of world.it.items) {
    if (facts.priority === 'P1' || facts.priority === 'P2') world.must('ana', edit(ticketId))
  }
  if (world.it.section.promises.said === undefined) world.must('ben', none('promises'))
  world.must('ben', none('knownNoise'))
  world.now = at('13:45')
  world.must('ben', offer)
  return world
}
