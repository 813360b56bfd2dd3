import type { Priority } from '#shared/sla/policy'
import type { Instant } from '#shared/time/instant'
import { isWorkingAt } from '#shared/time/working-time'
import { pickCustomer, pickOwner } from './cast'
import { openPlot } from './open-plot'
import type { Plot } from './plot'
import type { Random } from './random'
import type { Customer } from './scenery'
import type { Kind } from './script'
import { startWithUsed } from './target-time'
import { shippedCalendar } from './terms'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** How many open tickets of which kind: a desk that is busy and healthy. Those that are about to ring, of alarms.ts, and the like come on top. */
const MIX: { readonly [p in Priority]: { readonly [k in Kind]?: number } } = {
  P1: { working: 2, phone: 2, waiting: 1, missed: 1, workaround: 1 },
  P2: {
    fresh: 6,
    working: 10,
    waiting: 9,
    'on-hold': 4,
    missed: 2,
    excused: 1,
    late: 1,
    'fresh-breached': 1,
    raised: 4,
    reopened: 2,
    workaround: 2,
  },
  P3: {
    fresh: 48,
    'fresh-breached': 3,
    working: 55,
    waiting: 31,
    'on-hold': 13,
    proposed: 25,
    'proposal-moved': 4,
    'proposal-overdue': 2,
    reopened: 5,
    missed: 4,
    lowered: 3,
    phone: 2,
  },
  P4: {
    fresh: 45,
    'fresh-breached': 2,
    working: 45,
    waiting: 26,
    'on-hold': 6,
    proposed: 13,
    'proposal-moved': 2,
    'proposal-overdue': 1,
    reopened: 2,
    missed: 2,
  },
}

/** What breaches on a healthy desk was due hours ago, not days: somebody sees to it the same day. */
const BREACHED_HOURS = [0.3, 6] as const

/** When a target of a ticket of this kind ran out; `undefined` for kinds that are in time. */
function breachFor(kind: Kind, now: Instant, random: Random): Instant | undefined {
  return kind === 'fresh-breached' || kind === 'late'
    ? now - Math.floor(random.between(...BREACHED_HOURS) * HOUR_MS)
    : undefined
}

/** A customer at work at that instant, so that working time can have run out just then; anybody while all rest. */
function pickCustomerAtWork(at: Instant, random: Random): Customer {
  for (let n = 0; n < CUSTOMERS_ASKED; n++) {
    const customer = pickCustomer(random)
    if (isWorkingAt(shippedCalendar(customer.calendarId), at)) return customer
  }
  return pickCustomer(random)
}
const CUSTOMERS_ASKED = 100

/** How old a ticket of this kind is, by the state its SLA shall be in. */
function createdFor(
  kind: Kind,
  priority: Priority,
  customer: Customer,
  now: Instant,
  breachAt: Instant | undefined,
  random: Random,
): Instant {
  const first = { customer, priority, target: 'firstResponse' } as const
  const urgent = priority === 'P1' || priority === 'P2'
  switch (kind) {
    case 'fresh':
      return startWithUsed(first, random.between(0.04, urgent ? 0.42 : 0.93), now)
    case 'fresh-breached':
      return startWithUsed(first, 1, breachAt ?? now)
    case 'missed':
    case 'excused':
      return startWithUsed(first, urgent ? random.between(2.2, 5) : random.between(1.6, 3), now)
    case 'late':
      return startWithUsed({ customer, priority, target: 'resolution' }, 1, breachAt ?? now)
    case 'raised':
      return now - Math.floor(random.between(10, 60) * HOUR_MS)
    case 'proposal-overdue':
    case 'proposal-moved':
      return now - Math.floor(random.between(12, 45) * DAY_MS)
    default: {
      const used = random.between(0.08, 0.86)
      const start = urgent ? startWithUsed({ customer, priority, target: 'resolution' }, used, now) : now
      // Nobody lets a P1 lie over a weekend, whatever the calendar says.
      if (priority === 'P1') return Math.max(start, now - Math.floor(random.between(1.5, 10) * HOUR_MS))
      return urgent ? start : now - Math.floor((0.3 + -Math.log(1 - random.next() * 0.995) * 7) * DAY_MS)
    }
  }
}

function answerShareFor(kind: Kind, priority: Priority, random: Random): number {
  if (kind === 'missed' || kind === 'excused') return random.between(1.05, 1.35)
  if (priority === 'P1' || priority === 'P2') return random.between(0.06, 0.7)
  return random.between(0.03, 0.6)
}

/** The open tickets but those of alarms.ts, promises.ts and escalations.ts. */
export function mixPlots(now: Instant, random: Random): Plot[] {
  const plots: Plot[] = []
  for (const priority of ['P1', 'P2', 'P3', 'P4'] as const) {
    for (const [kind, count] of Object.entries(MIX[priority]) as [Kind, number][]) {
      for (let n = 0; n < count; n++) {
        const own = random.fork(`${priority}/${kind}/${n}`)
        const breachAt = breachFor(kind, now, own)
        const customer = breachAt === undefined ? pickCustomer(own) : pickCustomerAtWork(breachAt, own)
        plots.push(
          openPlot({
            kind,
            priority,
            customer,
            createdAt: createdFor(kind, priority, customer, now, breachAt, own),
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
