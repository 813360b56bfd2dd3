import type { Instant } from '#shared/time/instant'
import { contactId, pickChannel } from './cast'
import type { Plot } from './plot'
import type { Random } from './random'

const MINUTE_MS = 60_000
const COUNT = 9

/** Tickets in which a colleague has told once more what is in an open one: whoever has that one merges them into it. */
export function duplicatePlots(open: readonly Plot[], now: Instant, random: Random): Plot[] {
  return random
    .shuffle(open.filter((plot) => canHaveTwin(plot, now)))
    .slice(0, COUNT)
    .map((twin, index) => duplicatePlot(twin, random.fork(`${index}`)))
}

/** Somebody works on it, a colleague is there, and it is old enough. */
function canHaveTwin({ steps, customer, scenario, createdAt, priority }: Plot, now: Instant): boolean {
  const claim = steps.find((step) => step.do === 'claim')
  const several = customer.contacts.length > 1 && !scenario.paired && priority !== 'P4'
  return (
    claim !== undefined && several && createdAt < now - 150 * MINUTE_MS && claim.at < now - 30 * MINUTE_MS
  )
}

function duplicatePlot(twin: Plot, random: Random): Plot {
  const { customer, owner, backline, scenario, priority, endsAt } = twin
  const contacts = customer.contacts.map((name, index) => ({ name, id: contactId(customer, index) }))
  const colleague = random.pick(contacts.filter(({ id }) => id !== twin.contactId))
  const createdAt = twin.createdAt + random.int(6, 40) * MINUTE_MS
  const claimedAt = twin.steps.find((step) => step.do === 'claim')?.at ?? createdAt
  const at = Math.max(createdAt, claimedAt) + random.int(4, 18) * MINUTE_MS
  return {
    customer,
    contactId: colleague.id,
    contactName: colleague.name,
    scenario,
    channel: pickChannel(random),
    priority,
    createdAt,
    owner,
    backline,
    steps: [{ do: 'merge', at }],
    endsAt,
    random,
    twin,
  }
}
