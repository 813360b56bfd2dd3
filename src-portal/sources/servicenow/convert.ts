import type { Message } from '#shared/tickets/message'
import type { Agent, Contact, Organization } from '#shared/tickets/people'
import type { Ticket } from '#shared/tickets/ticket'
import type { Instant } from '#shared/time/instant'
import { convertIncident, type ImportTerms, type Incident, idOf } from './incident'
import type { ParsedLog } from './parse'
import type { Remark } from './remark'
import { readUpdate, type Update } from './update'

export type ConvertOptions = {
  readonly terms: ImportTerms
  /** The zone in which the log's times were written. */
  readonly zone: string
  /** The zone in which its people are. */
  readonly peopleZone: string
  /** The log as it stood then: later rows have not happened yet. */
  readonly asOf?: Instant | undefined
}

export type ConvertedLog = {
  readonly incidents: readonly Incident[]
  readonly organizations: readonly Organization[]
  readonly contacts: readonly Contact[]
  readonly agents: readonly Agent[]
  /** In the order of the file. */
  readonly remarks: readonly Remark[]
  /** Rows later than `asOf`. */
  readonly notYet: number
  /** The last update that counts; undefined when none does. */
  readonly lastAt: Instant | undefined
}

/** Turns a whole log into records, in the order of the incidents' numbers. Pure. */
export function convertLog(log: ParsedLog, { terms, zone, peopleZone, asOf }: ConvertOptions): ConvertedLog {
  const remarks: Remark[] = [...log.remarks]
  const byNumber = new Map<string, Update[]>()
  let notYet = 0
  for (const row of log.rows) {
    const read = readUpdate(row, zone)
    if ('remark' in read) {
      remarks.push(read.remark)
      continue
    }
    const { update } = read
    if (asOf !== undefined && update.at > asOf) {
      notYet++
      continue
    }
    const key = update.number.toLowerCase()
    const known = byNumber.get(key)
    if (known) known.push(update)
    else byNumber.set(key, [update])
  }
  const incidents: Incident[] = []
  const people = new People(terms, peopleZone)
  for (const [, updates] of [...byNumber].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const incident = convertIncident(updates, terms)
    if (!incident) continue
    incidents.push(incident)
    remarks.push(...incident.remarks)
    for (const { get } of updates) people.meet(incident.ticket, get)
  }
  const times = incidents.map(({ ticket }) => ticket.updatedAt)
  return {
    incidents,
    organizations: people.organizations(),
    contacts: people.contacts(),
    agents: people.agents(),
    remarks: remarks.sort((a, b) => a.row - b.row),
    notYet,
    lastAt: times.length > 0 ? times.reduce((latest, at) => Math.max(latest, at)) : undefined,
  }
}

/** Everybody whom the log names. Its names are anonymous, so a person is what has one name. */
class People {
  readonly #organizations = new Map<string, Organization>()
  readonly #contacts = new Map<string, Contact>()
  readonly #agents = new Map<string, Agent>()
  readonly #terms: ImportTerms
  readonly #zone: string

  constructor(terms: ImportTerms, zone: string) {
    this.#terms = terms
    this.#zone = zone
  }

  meet({ organizationId, requesterId }: Ticket, get: Update['get']): void {
    const { plan, region, calendarId, policyId } = this.#terms
    const location = get('location')
    if (!this.#organizations.has(organizationId)) {
      const name = idOf('location', location) === organizationId ? location : undefined
      this.#organizations.set(organizationId, {
        id: organizationId,
        name: name ?? 'Unknown location',
        plan,
        region,
        calendarId,
        policyId,
        zone: this.#zone,
      })
    }
    const caller = get('caller_id')
    if (caller && requesterId === idOf('caller', caller) && !this.#contacts.has(requesterId)) {
      this.#contacts.set(requesterId, { id: requesterId, organizationId, name: caller })
    }
    const resolver = get('assigned_to')
    if (resolver) {
      const id = idOf('resolver', resolver)
      if (!this.#agents.has(id)) this.#agents.set(id, { id, name: resolver, email: '', role: 'l1', region })
    }
  }

  organizations = (): Organization[] => [...this.#organizations.values()]
  contacts = (): Contact[] => [...this.#contacts.values()]
  agents = (): Agent[] => [...this.#agents.values()]
}

/** The same incident, everything in it later by `shiftMs`. */
export function shifted({ ticket, messages, remarks }: Incident, shiftMs: number): Incident {
  if (shiftMs === 0) return { ticket, messages, remarks }
  const { customerAt } = ticket
  return {
    ticket: {
      ...ticket,
      createdAt: ticket.createdAt + shiftMs,
      updatedAt: ticket.updatedAt + shiftMs,
      ...(customerAt === undefined ? {} : { customerAt: customerAt + shiftMs }),
      slaEvents: ticket.slaEvents.map((event) => ({ ...event, at: event.at + shiftMs })),
    },
    messages: messages.map((message): Message => ({ ...message, at: message.at + shiftMs })),
    remarks,
  }
}
