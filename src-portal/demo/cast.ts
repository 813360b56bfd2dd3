import type { Channel } from '#shared/sla/events'
import type { Priority } from '#shared/sla/policy'
import type { Agent } from '#shared/tickets/people'
import type { Instant } from '#shared/time/instant'
import { offsetAt } from '#shared/time/zone'
import type { Random } from './random'
import { agents, type Customer, customers, type Scenario, scenarios } from './scenery'
import { shippedCalendar } from './terms'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Who one can sign in as in the demo workspace. */
export const demoPeople = agents.flatMap(({ id, name, role, region, about }) =>
  about ? [{ agentId: id, name, role, region, about }] : [],
)

export function agentById(id: string): Agent {
  const found = agents.find((agent) => agent.id === id)
  if (!found) throw new Error(`no agent "${id}" in the scenery`)
  return found
}

export function contactId(customer: Customer, index: number): string {
  return `${customer.id}-${index + 1}`
}

export function zoneOf(customer: Customer): string {
  return customer.zone ?? shippedCalendar(customer.calendarId).zone
}

/** Somebody of the region for this kind of work; now and then a supervisor lends a hand. */
export function pickOwner(region: string, random: Random): Agent {
  const role = random.chance(0.03) ? 'supervisor' : random.chance(0.12) ? 'backline' : 'l1'
  return random.pick(agents.filter((agent) => agent.region === region && agent.role === role))
}

/** A backline engineer of the owner's region who isn't the owner. */
export function pickBackline(owner: Agent, random: Random): Agent {
  const { id, region } = owner
  return random.pick(
    agents.filter((agent) => agent.region === region && agent.role === 'backline' && agent.id !== id),
  )
}

export function supervisorOf(region: string): Agent {
  const found = agents.find((agent) => agent.region === region && agent.role === 'supervisor')
  if (!found) throw new Error(`no supervisor for ${region} in the scenery`)
  return found
}

const WEIGHT = { standard: 2, premium: 3, 'premium-plus': 4 } as const
const weighted = customers.flatMap((customer) => Array<Customer>(WEIGHT[customer.plan]).fill(customer))

/** Customers with a bigger plan write more. */
export function pickCustomer(random: Random, fits: (customer: Customer) => boolean = () => true): Customer {
  const fitting = weighted.filter(fits)
  return random.pick(fitting.length > 0 ? fitting : weighted)
}

const byPriority = new Map<Priority, readonly Scenario[]>(
  (['P1', 'P2', 'P3', 'P4'] as const).map((priority) => [
    priority,
    // The priority a scenario names first is where it belongs.
    scenarios.flatMap((scenario) => {
      const place = scenario.priorities.indexOf(priority)
      return place < 0 ? [] : place === 0 ? [scenario, scenario, scenario] : [scenario]
    }),
  ]),
)

export function pickScenario(priority: Priority, random: Random): Scenario {
  return random.pick(byPriority.get(priority) ?? [])
}

export function pickChannel(random: Random): Channel {
  return random.pick(['portal', 'portal', 'portal', 'email', 'email', 'chat'])
}

/** Moves an instant of a day to an hour at which people of that zone are at work. */
export function atOfficeHours(at: Instant, zone: string, random: Random): Instant {
  const offset = offsetAt(zone, at)
  const local = at + offset
  const midnight = local - (local % DAY_MS)
  const weekday = new Date(midnight).getUTCDay()
  const shift = weekday === 6 ? -DAY_MS : weekday === 0 ? DAY_MS : 0
  return midnight + shift + Math.floor(random.between(7.8, 18.2) * HOUR_MS) - offset
}
