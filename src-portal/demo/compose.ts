import { planLabel } from '#shared/queue/labels'
import type { Author, Message } from '#shared/tickets/message'
import type { Agent } from '#shared/tickets/people'
import type { Ticket } from '#shared/tickets/ticket'
import type { Instant } from '#shared/time/instant'
import { fill, type Vars } from './fill'
import { type Played, play } from './play'
import type { Plot } from './plot'
import { phrases } from './scenery'
import { tell } from './tell'
import { ticketVars } from './ticket-vars'
import { clockText, dayText, weekday, workday } from './told-times'
import { capitalised, customerText, firstName, signature } from './voice'

const DAY_MS = 86_400_000

export type TicketTerms = {
  readonly id: string
  readonly number: string
  readonly zone: string
  readonly policyId: string
}

/**
 * Finds the words for a plot and plays it: a ticket with its timeline.
 * @param into the ticket that it is merged into, if it is
 */
export function compose(plot: Plot, terms: TicketTerms, into?: Ticket): Played {
  const { customer, scenario, random, createdAt, channel, contactName } = plot
  const facts = plot.twin ?? plot
  const fixed = {
    ...ticketVars({
      customer,
      zone: terms.zone,
      scenario,
      createdAt: facts.createdAt,
      random: facts.random.fork('vars'),
    }),
    ...(plot.issue ? { pi: plot.issue.key, piTitle: plot.issue.title } : {}),
    ...(plot.twin && into
      ? {
          into: into.number,
          other: signature(plot.twin.contactName),
          otherWhen: `at ${clockText(facts.createdAt)}`,
        }
      : {}),
  }
  const plan = fill(random.pick(scenario.plan), fixed, random)
  // The nth subject, opening, answer and so on tell the same variant of the problem; further subjects fit all.
  const variant = random.int(0, scenario.opening.length - 1)
  const titles = scenario.subjects.filter((_, n) => n === variant || n >= scenario.opening.length)
  const subject = capitalised(fill(random.pick(titles), fixed, random).replace(/ +/g, ' ').trim())
  const contact = firstName(contactName)
  const base: Vars = {
    ...fixed,
    plan,
    subject,
    // As it is quoted.
    headline: subject.replaceAll('“', '‘').replaceAll('”', '’'),
    number: terms.number,
    region: customer.region,
    area: scenario.area,
    planName: planLabel(customer.plan),
    when: `${dayText(createdAt)}, ${clockText(createdAt)}`,
    contact,
    me: contact,
    full: signature(contactName),
  }
  // Inherits instead of copying: this is made for every message.
  const varsAt = (at: Instant, by: Agent): Vars =>
    Object.assign(Object.create(base) as Vars, {
      agent: firstName(by.name),
      peer: firstName(plot.backline.id === by.id ? plot.owner.name : plot.backline.name),
      hm: clockText(at),
      nextday: weekday(workday(at + 2 * DAY_MS)),
      lately: weekday(at - DAY_MS),
    })
  const author: Author = { kind: 'customer', id: plot.contactId, name: contactName }
  const byPhone = channel === 'phone'
  const ticket: Ticket = {
    id: terms.id,
    number: terms.number,
    subject: channel === 'email' && random.chance(0.06) ? `FW: ${subject}` : subject,
    organizationId: customer.id,
    requesterId: plot.contactId,
    plan: customer.plan,
    policyId: terms.policyId,
    calendarId: customer.calendarId,
    region: customer.region,
    priority: plot.priority,
    status: 'open',
    channel,
    tags: [scenario.area, ...scenario.tags.filter((tag) => tag !== scenario.area)],
    createdAt,
    updatedAt: createdAt,
    customerAt: createdAt,
    slaEvents: [
      {
        at: createdAt,
        type: 'created',
        priority: plot.priority,
        channel,
        by: byPhone ? 'agent' : 'customer',
      },
    ],
    changedIn: {},
  }
  const opening = scenario.opening[variant] ?? ''
  const entry = { id: random.uuid(), ticketId: ticket.id, at: createdAt }
  const vars = varsAt(createdAt, plot.owner)
  const first: Message = byPhone
    ? {
        ...entry,
        type: 'call',
        direction: 'from-customer',
        author: { kind: 'agent', id: plot.owner.id, name: plot.owner.name },
        body: fill(
          `${random.pick(phrases.call)}“${opening}”${random.pick(phrases.callClosing)}`,
          vars,
          random,
        ),
      }
    : {
        ...entry,
        type: 'reply',
        channel,
        author,
        body: customerText(contactName, opening, vars, random, { first: true }),
      }
  const beats = tell({ plot, variant, varsAt, tags: ticket.tags, into })
  if (channel === 'email') {
    const at = createdAt + 2000
    beats.unshift({ kind: 'auto-reply', at, text: fill(random.pick(phrases.autoReply), vars, random) })
  }
  return play({ ticket, first: [first], customer: author, beats, random, into })
}
