import type { Priority } from '#shared/sla/policy'
import type { Agent } from '#shared/tickets/people'
import type { Instant } from '#shared/time/instant'
import { isWorkingAt } from '#shared/time/working-time'
import {
  agentById,
  contactId,
  demoPeople,
  pickBackline,
  pickChannel,
  pickCustomer,
  pickOwner,
  pickScenario,
} from './cast'
import type { Plot } from './plot'
import type { Random } from './random'
import type { Customer } from './scenery'
import { schedule } from './schedule'
import { type Kind, openScript } from './script'
import type { Step } from './step'
import { dueFrom, startWithUsed, whenUsed } from './target-time'
import { shippedCalendar } from './terms'

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** How many open tickets of which kind: a desk that is busy and healthy. Those of `alarmPlots` come on top. */
const MIX: { readonly [p in Priority]: { readonly [k in Kind]?: number } } = {
  P1: { working: 2, phone: 2, waiting: 1, missed: 1, workaround: 1 },
  P2: {
    fresh: 6,
    working: 18,
    waiting: 9,
    'on-hold': 4,
    missed: 3,
    late: 2,
    'fresh-breached': 1,
    raised: 4,
    reopened: 2,
    workaround: 2,
  },
  P3: {
    fresh: 44,
    'fresh-breached': 7,
    working: 62,
    waiting: 31,
    'on-hold': 13,
    proposed: 20,
    'proposal-moved': 4,
    'proposal-overdue': 7,
    reopened: 5,
    missed: 4,
    lowered: 3,
    phone: 2,
  },
  P4: {
    fresh: 42,
    'fresh-breached': 5,
    working: 48,
    waiting: 26,
    'on-hold': 6,
    proposed: 11,
    'proposal-moved': 2,
    'proposal-overdue': 3,
    reopened: 2,
    missed: 2,
  },
}

type Wish = {
  readonly kind: Kind
  readonly priority: Priority
  readonly customer: Customer
  readonly createdAt: Instant
  readonly owner: Agent
  readonly script?: readonly Step[]
  /** Share of the first response target after which the first answer comes. */
  readonly answerShare: number
  readonly now: Instant
  readonly random: Random
}

/** The priority a ticket had before a story changed it. */
function firstPriority(kind: Kind, priority: Priority): Priority {
  if (kind === 'raised') return priority === 'P1' ? 'P2' : 'P3'
  if (kind === 'lowered') return priority === 'P4' ? 'P3' : 'P2'
  return priority
}

function plotOf({
  kind,
  priority,
  customer,
  createdAt,
  owner,
  script,
  answerShare,
  now,
  random,
}: Wish): Plot {
  const start = Math.min(createdAt, now - 90 * SECOND_MS)
  const before = firstPriority(kind, priority)
  const steps = script ?? openScript(kind, { priority, now, random })
  const which = { customer, priority: before, target: 'firstResponse' } as const
  const endsAt =
    now - Math.floor(Math.min((now - start) * random.between(0.02, 0.3), random.between(0.1, 30) * HOUR_MS))
  const answerAt = Math.min(whenUsed(which, answerShare, start), start + Math.floor((endsAt - start) * 0.6))
  const contact = random.int(0, customer.contacts.length - 1)
  return {
    customer,
    contactId: contactId(customer, contact),
    contactName: customer.contacts[contact] ?? customer.name,
    scenario: pickScenario(before, random),
    channel: kind === 'phone' ? 'phone' : pickChannel(random),
    priority: before,
    createdAt: start,
    owner,
    backline: pickBackline(owner, random),
    steps: schedule(steps, { createdAt: start, answerAt, endsAt, random }),
    endsAt: now,
    random,
  }
}

/** How old a ticket of this kind is, by the state its SLA shall be in. */
function createdFor(
  kind: Kind,
  priority: Priority,
  customer: Customer,
  now: Instant,
  random: Random,
): Instant {
  const first = { customer, priority, target: 'firstResponse' } as const
  const urgent = priority === 'P1' || priority === 'P2'
  switch (kind) {
    case 'fresh':
      return startWithUsed(first, random.between(0.04, urgent ? 0.42 : 0.93), now)
    case 'fresh-breached':
      return startWithUsed(first, random.between(1.03, 1.5), now)
    case 'missed':
      return startWithUsed(first, urgent ? random.between(2.2, 5) : random.between(1.6, 3), now)
    case 'late':
      return startWithUsed({ customer, priority, target: 'resolution' }, random.between(1.02, 1.25), now)
    case 'raised':
      return now - Math.floor(random.between(10, 60) * HOUR_MS)
    case 'proposal-overdue':
    case 'proposal-moved':
      return now - Math.floor(random.between(12, 45) * DAY_MS)
    default:
      return urgent
        ? startWithUsed({ customer, priority, target: 'resolution' }, random.between(0.08, 0.86), now)
        : now - Math.floor((0.3 + -Math.log(1 - random.next() * 0.995) * 7) * DAY_MS)
  }
}

function answerShareFor(kind: Kind, priority: Priority, random: Random): number {
  if (kind === 'missed') return random.between(1.05, 1.35)
  if (priority === 'P1' || priority === 'P2') return random.between(0.06, 0.7)
  return random.between(0.03, 0.6)
}

/** The open tickets but the ones about to ring. */
export function mixPlots(now: Instant, random: Random): Plot[] {
  const plots: Plot[] = []
  for (const priority of ['P1', 'P2', 'P3', 'P4'] as const) {
    for (const [kind, count] of Object.entries(MIX[priority]) as [Kind, number][]) {
      for (let n = 0; n < count; n++) {
        const own = random.fork(`${priority}/${kind}/${n}`)
        const customer = pickCustomer(own)
        plots.push(
          plotOf({
            kind,
            priority,
            customer,
            createdAt: createdFor(kind, priority, customer, now, own),
            owner: pickOwner(customer.region, own),
            answerShare: answerShareFor(kind, priority, own),
            now,
            random: own,
          }),
        )
      }
    }
  }
  return plots
}

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
        plotOf({
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
    plotOf({
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
    plotOf({
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
