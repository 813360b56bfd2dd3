import type { Priority } from '#shared/sla/policy'
import type { Agent } from '#shared/tickets/people'
import type { Instant } from '#shared/time/instant'
import { isWorkingAt } from '#shared/time/working-time'
import { agentById, demoPeople, pickCustomer, pickOwner } from './cast'
import { openPlot } from './open-plot'
import type { Plot } from './plot'
import type { Random } from './random'
import type { Customer } from './scenery'
import { dueFrom, startWithUsed } from './target-time'
import { shippedCalendar } from './terms'

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS

type Ring = {
  readonly assigned: boolean
  readonly priority: Priority
  readonly plan: Customer['plan']
  /** The share of the first response target that is used up `inMs` after now. */
  readonly share: number
  readonly inMs: number
  /** How much later the same happens in the region of the next person. */
  readonly thenMs: number
}

/**
 * What rings soon, per sign-in person: once their own and once an unassigned ticket of their region within minutes,
 * and regularly in the hour after, since each of these goes on to cross its later thresholds.
 */
const RINGS: readonly Ring[] = [
  {
    assigned: true,
    priority: 'P1',
    plan: 'premium-plus',
    share: 0.5,
    inMs: 45 * SECOND_MS,
    thenMs: 25 * SECOND_MS,
  },
  {
    assigned: false,
    priority: 'P2',
    plan: 'premium',
    share: 0.75,
    inMs: 130 * SECOND_MS,
    thenMs: 35 * SECOND_MS,
  },
  {
    assigned: false,
    priority: 'P1',
    plan: 'premium',
    share: 0.5,
    inMs: 6 * MINUTE_MS,
    thenMs: 3 * MINUTE_MS,
  },
  {
    assigned: true,
    priority: 'P2',
    plan: 'premium-plus',
    share: 0.75,
    inMs: 11 * MINUTE_MS,
    thenMs: 4 * MINUTE_MS,
  },
  {
    assigned: true,
    priority: 'P2',
    plan: 'standard',
    share: 0.9,
    inMs: 21 * MINUTE_MS,
    thenMs: 7 * MINUTE_MS,
  },
]

/** The tickets whose thresholds are crossed within the first minutes and the hour after. */
export function alarmPlots(now: Instant, random: Random): Plot[] {
  const plots: Plot[] = []
  for (const [place, person] of demoPeople.entries()) {
    const owner = agentById(person.agentId)
    const inRegion = (plan: Customer['plan']) => (customer: Customer) =>
      customer.region === person.region && customer.plan === plan
    for (const [index, ring] of RINGS.entries()) {
      const own = random.fork(`ring/${place}/${index}`)
      const customer = pickCustomer(own, inRegion(ring.plan))
      const which = { customer, priority: ring.priority, target: 'firstResponse' } as const
      const at = now + ring.inMs + place * ring.thenMs
      plots.push(
        openPlot({
          kind: 'fresh',
          priority: ring.priority,
          customer,
          createdAt: startWithUsed(which, ring.share, at),
          owner,
          script: ring.assigned ? [{ do: 'claim' }] : [],
          answerShare: 0,
          now,
          random: own,
        }),
      )
    }
    plots.push(...resolutionRings(now, owner, random.fork(`resolution/${place}`)))
  }
  const breaching = random.fork('breach')
  const customer = pickCustomer(breaching, (candidate) => candidate.plan === 'premium-plus')
  const which = { customer, priority: 'P2', target: 'firstResponse' } as const
  plots.push(
    openPlot({
      kind: 'fresh',
      priority: 'P2',
      customer,
      createdAt: startWithUsed(which, 1, now + 200 * SECOND_MS),
      owner: pickOwner(customer.region, breaching),
      script: [{ do: 'impatient' }],
      answerShare: 0,
      now,
      random: breaching,
    }),
  )
  return plots
}

/** One ticket of this agent whose resolution threshold falls into the next minutes, if any customer is at work now. */
function resolutionRings(now: Instant, owner: Agent, random: Random): Plot[] {
  const at = now + random.int(4 * 60, 14 * 60) * SECOND_MS
  const customer = pickCustomer(random, (candidate) => candidate.region === owner.region)
  if (!isWorkingAt(shippedCalendar(customer.calendarId), at)) return []
  const which = { customer, priority: 'P2', target: 'resolution' } as const
  const createdAt = startWithUsed(which, random.pick([0.75, 0.9]), at)
  if ((dueFrom(which, createdAt) ?? now) <= now) return []
  return [
    openPlot({
      kind: 'working',
      priority: 'P2',
      customer,
      createdAt,
      owner,
      script: [{ do: 'claim' }, { do: 'ack' }, { do: 'info' }, { do: 'finding' }, { do: 'update' }],
      answerShare: random.between(0.1, 0.6),
      now,
      random,
    }),
  ]
}
