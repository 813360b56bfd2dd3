import type { Priority } from '#shared/sla/policy'
import type { Agent } from '#shared/tickets/people'
import type { Instant } from '#shared/time/instant'
import { contactId, pickBackline, pickChannel, pickScenario } from './cast'
import type { Plot } from './plot'
import type { Random } from './random'
import type { Customer } from './scenery'
import { schedule } from './schedule'
import { type Kind, openScript } from './script'
import type { Step } from './step'
import { whenUsed } from './target-time'

const SECOND_MS = 1000
const HOUR_MS = 3600 * SECOND_MS

/** What is decided about an open ticket before its story is told. */
export type Wish = {
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

/** The story of an open ticket, up to now; later steps can be added to it. */
export function openPlot({
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
