import type { Priority } from '#shared/sla/policy'
import type { Instant } from '#shared/time/instant'
import { demoPeople, pickCustomer } from './cast'
import { openPlot } from './open-plot'
import type { Plot } from './plot'
import type { Random } from './random'
import { agents, type Customer } from './scenery'
import type { PlainDoing, Step } from './step'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

type Case = {
  readonly region: Customer['region']
  readonly priority: Priority
  readonly minutesAgo: number
  readonly by?: 'demo person'
}

/** What the backline of each region finds in front of it. */
const UNANSWERED: readonly Case[] = [
  { region: 'AMER', priority: 'P1', minutesAgo: 6 },
  { region: 'AMER', priority: 'P2', minutesAgo: 17 },
  { region: 'AMER', priority: 'P2', minutesAgo: 41 },
  { region: 'AMER', priority: 'P3', minutesAgo: 95 },
  { region: 'AMER', priority: 'P3', minutesAgo: 210 },
  { region: 'EMEA', priority: 'P2', minutesAgo: 12, by: 'demo person' },
  { region: 'EMEA', priority: 'P2', minutesAgo: 33 },
  { region: 'EMEA', priority: 'P3', minutesAgo: 120 },
  { region: 'EMEA', priority: 'P4', minutesAgo: 330 },
  { region: 'APAC', priority: 'P2', minutesAgo: 24 },
  { region: 'APAC', priority: 'P3', minutesAgo: 58 },
  { region: 'APAC', priority: 'P3', minutesAgo: 170 },
  { region: 'APAC', priority: 'P4', minutesAgo: 260 },
]

/** What has come back with a reason, and waits for whoever escalated it. */
const RETURNED: readonly Case[] = [
  { region: 'AMER', priority: 'P3', minutesAgo: 150 },
  { region: 'EMEA', priority: 'P2', minutesAgo: 105, by: 'demo person' },
  { region: 'EMEA', priority: 'P3', minutesAgo: 260 },
  { region: 'EMEA', priority: 'P4', minutesAgo: 400 },
  { region: 'APAC', priority: 'P2', minutesAgo: 80 },
  { region: 'APAC', priority: 'P3', minutesAgo: 190 },
]

const BEFORE: readonly (readonly PlainDoing[])[] = [
  ['claim', 'ack', 'info', 'finding'],
  ['claim', 'ack', 'info'],
  ['claim', 'ack', 'finding', 'info'],
]

/** How long before it was escalated a ticket came, in hours: from and to. */
const HOURS_BEFORE: Readonly<Record<Priority, readonly [number, number]>> = {
  P1: [0.5, 0.9],
  P2: [2, 9],
  P3: [20, 70],
  P4: [40, 120],
}

/** The escalations of this shift that the backline has not accepted. */
export function escalationPlots(now: Instant, random: Random): Plot[] {
  const told = (cases: readonly Case[], step: PlainDoing) =>
    cases.map((put, index) => escalationPlot(put, { do: step }, now, random.fork(`${step}/${index}`)))
  return [...told(UNANSWERED, 'escalate-unanswered'), ...told(RETURNED, 'escalate-returned')]
}

function escalationPlot(put: Case, step: Step, now: Instant, random: Random): Plot {
  const { region, priority, minutesAgo } = put
  const at = now - minutesAgo * MINUTE_MS - random.int(0, 50) * 1000
  const plot = openPlot({
    kind: 'working',
    priority,
    customer: pickCustomer(random, (customer) => customer.region === region),
    createdAt: at - Math.floor(random.between(...HOURS_BEFORE[priority]) * HOUR_MS),
    owner: random.pick(frontline(put)),
    script: random.pick(BEFORE).map((doing) => ({ do: doing })),
    answerShare: random.between(0.05, 0.3),
    now: at,
    random,
  })
  return { ...plot, steps: [...plot.steps, { ...step, at }], endsAt: now }
}

function frontline({ region, by }: Case) {
  const l1 = agents.filter((agent) => agent.region === region && agent.role === 'l1')
  const people = new Set(demoPeople.map(({ agentId }) => agentId))
  return by === 'demo person' ? l1.filter(({ id }) => people.has(id)) : l1
}
