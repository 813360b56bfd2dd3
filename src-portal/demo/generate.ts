import type { Policy } from '#shared/sla/policy'
import type { Agent, Contact, Organization } from '#shared/tickets/people'
import type { Calendar } from '#shared/time/calendar'
import type { Instant } from '#shared/time/instant'
import { alarmPlots } from './alarms'
import { contactId, zoneOf } from './cast'
import { closedPlots } from './closed-history'
import { compose } from './compose'
import { mixPlots } from './open-desk'
import type { Conversation } from './play'
import type { Plot } from './plot'
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
  /** Tickets with work left, oldest first. */
  readonly open: readonly Conversation[]
  /** Solved and closed ones, oldest first. */
  readonly closed: readonly Conversation[]
}

/** The same scenario, its closed tickets told only as they are asked for: the open ones can be stored meanwhile. */
export type DemoParts = Omit<DemoScenario, 'closed'> & { readonly closed: Iterable<Conversation> }

export type DemoOptions = {
  readonly seed: string
  readonly now: Instant
}

const FIRST_NUMBER = 10_001

/**
 * The demo workspace: a pure function of `seed` and `now`. About 420 open tickets in every SLA state, of which some
 * cross a threshold within minutes after `now`, and two thousand closed ones.
 */
export function generateDemo(options: DemoOptions): DemoScenario {
  const parts = demoParts(options)
  return { ...parts, closed: [...parts.closed] }
}

/** As `generateDemo`, with `closed` to be iterated once. */
export function demoParts({ seed, now }: DemoOptions): DemoParts {
  const random = randomFrom(seed)
  const open = new Set([...alarmPlots(now, random.fork('alarms')), ...mixPlots(now, random.fork('open'))])
  const plots: Plot[] = [...open, ...closedPlots(now, random.fork('closed'))]
  plots.sort((a, b) => a.createdAt - b.createdAt)
  const numbers = new Map(plots.map((plot, index) => [plot, `MER-${FIRST_NUMBER + index}`]))
  // A demo made again has the same numbers; alerts shown and replies unsent of the one before are not for its tickets.
  const madeAt = now.toString(36)
  const tell = (plot: Plot): Conversation => {
    const number = numbers.get(plot) ?? ''
    const id = `${number.toLowerCase()}-${madeAt}`
    return compose(plot, { id, number, zone: zoneOf(plot.customer), policyId: shippedPolicy.id })
  }
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
    open: plots.filter((plot) => open.has(plot)).map(tell),
    closed: toldLater(
      plots.filter((plot) => !open.has(plot)),
      tell,
    ),
  }
}

function* toldLater(plots: readonly Plot[], tell: (plot: Plot) => Conversation): Generator<Conversation> {
  for (const plot of plots) yield tell(plot)
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
