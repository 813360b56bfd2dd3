import type { SavedView } from '#shared/queue/saved-view'
import type { Rota } from '#shared/shifts/rota'
import type { Policy } from '#shared/sla/policy'
import type { Macro } from '#shared/tickets/macro'
import type { Message } from '#shared/tickets/message'
import type { Agent, Contact, Organization } from '#shared/tickets/people'
import type { Ticket } from '#shared/tickets/ticket'
import type { Calendar } from '#shared/time/calendar'
import type { Instant } from '#shared/time/instant'
import type { Notice } from '#shared/uptime/notice'
import { alarmPlots } from './alarms'
import { contactId, zoneOf } from './cast'
import { closedPlots } from './closed-history'
import { compose } from './compose'
import { deskMacros, deskRota, deskViews } from './desk-setup'
import { duplicatePlots } from './duplicates'
import { escalationPlots } from './escalations'
import { serviceNotices } from './notices'
import { mixPlots } from './open-desk'
import type { Conversation, Played } from './play'
import type { Plot } from './plot'
import { linkIssues, productIssues } from './product-issues'
import { promisePlots, withPromises } from './promises'
import { randomFrom } from './random'
import { agents, customers } from './scenery'
import { shippedCalendars, shippedPolicy } from './terms'

/** A support desk at one instant: everything a portal needs to look like a year of work. */
export type DemoScenario = {
  readonly policies: readonly Policy[]
  readonly calendars: readonly Calendar[]
  readonly agents: readonly Agent[]
  readonly organizations: readonly Organization[]
  readonly contacts: readonly Contact[]
  readonly notices: readonly Notice[]
  readonly macros: readonly Macro[]
  readonly views: readonly SavedView[]
  readonly rotas: readonly Rota[]
  /** Tickets with work left, oldest first. */
  readonly open: readonly Conversation[]
  /** Closed ones that were merged into an open one. */
  readonly merged: readonly Conversation[]
  /** The other solved and closed ones, oldest first. */
  readonly closed: readonly Conversation[]
}

/** The same scenario, its closed tickets told only as they are asked for: the open ones can be stored meanwhile. */
export type DemoParts = Omit<DemoScenario, 'closed'> & { readonly closed: Iterable<Conversation> }

export type DemoOptions = {
  readonly seed: string
  readonly now: Instant
}

const FIRST_NUMBER = 10_001
/** Tickets that are over, merged ones and all. */
const CLOSED = 2000

/**
 * The demo workspace: a pure function of `seed` and `now`. About 430 open tickets in every SLA state, of which some
 * cross a threshold within minutes after `now`, and two thousand closed ones.
 */
export function generateDemo(options: DemoOptions): DemoScenario {
  const parts = demoParts(options)
  return { ...parts, closed: [...parts.closed] }
}

/** As `generateDemo`, with `closed` to be iterated once. */
export function demoParts({ seed, now }: DemoOptions): DemoParts {
  const random = randomFrom(seed)
  const issues = productIssues(now)
  const fresh = [
    ...alarmPlots(now, random.fork('alarms')),
    ...promisePlots(now, random.fork('promises')),
    ...escalationPlots(now, random.fork('escalations')),
    ...mixPlots(now, random.fork('open')),
  ]
  const open = withPromises(linkIssues(fresh, issues), now, random.fork('promised'))
  const merged = duplicatePlots(open, now, random.fork('duplicates'))
  const count = CLOSED - merged.length
  const closed = closedPlots({ count, now, issues, random: random.fork('closed') })
  const plots = [...open, ...merged, ...closed].sort(byCreation)
  const numbers = new Map(plots.map((plot, index) => [plot, `MER-${FIRST_NUMBER + index}`]))
  // A demo made again has the same numbers; alerts shown and replies unsent of the one before are not for its tickets.
  const madeAt = now.toString(36)
  const tell = (plot: Plot, into?: Ticket): Played => {
    const number = numbers.get(plot) ?? ''
    const id = `${number.toLowerCase()}-${madeAt}`
    return compose(plot, { id, number, zone: zoneOf(plot.customer), policyId: shippedPolicy.id }, into)
  }
  const told = new Map(open.toSorted(byCreation).map((plot) => [plot, tell(plot)]))
  const joined = merged.toSorted(byCreation).map((plot) => {
    const twin = plot.twin && told.get(plot.twin)
    const { ticket, messages, elsewhere } = tell(plot, twin?.ticket)
    if (plot.twin && twin) told.set(plot.twin, withMessages(twin, elsewhere))
    return { ticket, messages }
  })
  return {
    policies: [shippedPolicy],
    calendars: shippedCalendars,
    agents: agents.map(({ id, name, email, role, region }) => ({ id, name, email, role, region })),
    organizations: customers.map((customer) => ({
      id: customer.id,
      name: customer.name,
      plan: customer.plan,
      region: customer.region,
      calendarId: customer.calendarId,
      policyId: shippedPolicy.id,
      zone: zoneOf(customer),
    })),
    contacts: customers.flatMap((customer) =>
      customer.contacts.map((name, index) => ({
        id: contactId(customer, index),
        organizationId: customer.id,
        name,
        email: `${mailbox(name)}@${customer.domain}`,
      })),
    ),
    notices: serviceNotices(now),
    macros: deskMacros,
    views: deskViews,
    rotas: [deskRota],
    open: [...told.values()].map(({ ticket, messages }) => ({ ticket, messages })),
    merged: joined,
    closed: toldLater(closed.toSorted(byCreation), tell),
  }
}

function byCreation(a: Plot, b: Plot): number {
  return a.createdAt - b.createdAt
}

/** The conversation with what a merge has left in it. */
function withMessages(told: Played, messages: readonly Message[]): Played {
  return { ...told, messages: [...told.messages, ...messages].sort((a, b) => a.at - b.at) }
}

function* toldLater(plots: readonly Plot[], tell: (plot: Plot) => Played): Generator<Conversation> {
  for (const plot of plots) {
    const { ticket, messages } = tell(plot)
    yield { ticket, messages }
  }
}

/** A mailbox of plain letters; names in other scripts get one that says so little that it offends nobody. */
function mailbox(name: string): string {
  const latin = (/\(([^)]+)\)/.exec(name)?.[1] ?? name)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '.')
    .replace(/^\.+|\.+$/g, '')
  return latin || `contact.${Array.from(name).length}`
}
