import { assertNever } from '#shared/assert-never'
import type { Priority } from '#shared/sla/policy'
import type { Author, Message } from '#shared/tickets/message'
import type { Agent } from '#shared/tickets/people'
import type { Ticket } from '#shared/tickets/ticket'
import type { Instant } from '#shared/time/instant'
import { fill, type Vars } from './fill'
import { type Beat, type Conversation, play } from './play'
import type { Plot } from './plot'
import { phrases } from './scenery'
import { statusAfter, type TimedStep } from './step'
import { clockText, dayText, ticketVars, weekday, workday } from './ticket-vars'
import { agentText, capitalised, customerText, firstName, signature } from './voice'

const DAY_MS = 86_400_000
const RANK: Readonly<Record<Priority, number>> = { P1: 1, P2: 2, P3: 3, P4: 4 }

export type TicketTerms = {
  readonly id: string
  readonly number: string
  readonly zone: string
  readonly policyId: string
}

/** Gives one after the other, and starts over when all have been given. */
function deck(texts: readonly string[], start = 0): () => string {
  let next = start
  return () => texts[next++ % texts.length] ?? ''
}

/** Finds the words for a plot and plays it: a ticket with its timeline. */
export function compose(plot: Plot, terms: TicketTerms): Conversation {
  const { customer, scenario, random, createdAt, channel, contactName } = plot
  const fixed = ticketVars({ customer, zone: terms.zone, scenario, createdAt, random: random.fork('vars') })
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
    number: terms.number,
    region: customer.region,
    area: scenario.area,
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
        type: 'note',
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
  const beats = beatsOf(plot, variant, varsAt)
  if (channel === 'email') {
    const at = createdAt + 2000
    beats.unshift({ kind: 'auto-reply', at, text: fill(random.pick(phrases.autoReply), vars, random) })
  }
  return play({ ticket, first: [first], customer: author, beats, random })
}

function beatsOf(plot: Plot, variant: number, varsAt: (at: Instant, by: Agent) => Vars): Beat[] {
  const { scenario, random, contactName } = plot
  const confirms = random.chance(0.6) && scenario.confirm ? scenario.confirm : random.shuffle(phrases.confirm)
  const decks = {
    ack: deck(scenario.ack, variant),
    info: deck(scenario.info, variant),
    update: deck([...(scenario.update ?? []), ...random.shuffle(phrases.progress)]),
    fix: deck(scenario.fix, variant),
    chase: deck(random.shuffle(phrases.chase)),
    impatient: deck(random.shuffle(phrases.impatient)),
    confirm: deck(confirms),
    findings: (scenario.paired ? scenario.findings.slice(variant, variant + 1) : scenario.findings)[
      Symbol.iterator
    ](),
  }
  // What waits for a date or a colleague is one story: its note and its public word must agree.
  const holdIndex = random.int(0, phrases.hold.length - 1)
  const beats: Beat[] = []
  let owner = plot.owner
  let priority = plot.priority
  let answered = false

  const reply = (step: TimedStep, text: string, extra: Partial<Extract<Beat, { kind: 'reply' }>> = {}) => {
    const vars = varsAt(step.at, owner)
    const body = agentText(owner.name, text, vars, random)
    beats.push({ kind: 'reply', at: step.at, by: owner, text: body, ...extra })
    answered = true
  }
  const customer = (step: TimedStep, text: string) =>
    beats.push({
      kind: 'customer',
      at: step.at,
      text: customerText(contactName, text, varsAt(step.at, owner), random, { first: false }),
    })
  const note = (at: Instant, text: string) =>
    beats.push({ kind: 'note', at, by: owner, text: capitalised(fill(text, varsAt(at, owner), random)) })

  const proposal = (again: boolean, dueAt: Instant): string =>
    random.pick(again ? phrases.proposedAgain : phrases.proposed).replaceAll('{dueDay}', dayText(dueAt))
  const tail = (): string => (random.chance(0.75) ? random.pick(phrases.noteTails) : '')

  for (const [index, step] of plot.steps.entries()) {
    const room = (plot.steps[index + 1]?.at ?? plot.endsAt) - step.at
    const soon = (ms: number): Instant => step.at + Math.min(ms, Math.floor(room / 2))
    switch (step.do) {
      case 'claim':
        beats.push({ kind: 'claim', at: step.at, by: owner })
        if (random.chance(0.15)) note(soon(40_000), random.pick(phrases.claimNote))
        break
      case 'ack':
      case 'ask':
        reply(step, decks.ack())
        break
      case 'info':
        customer(step, decks.info())
        break
      case 'finding': {
        const next = decks.findings.next()
        note(step.at, next.done ? random.pick(phrases.watching) : next.value + tail())
        break
      }
      case 'update':
        reply(step, answered ? decks.update() : decks.ack())
        break
      case 'fix':
      case 'try':
        reply(step, decks.fix())
        break
      case 'chase':
        reply(step, decks.chase())
        break
      case 'confirm':
        customer(step, decks.confirm())
        break
      case 'impatient':
        customer(step, decks.impatient())
        break
      case 'escalate':
        note(step.at, random.pick(priority === 'P4' ? phrases.escalateQuestion : phrases.escalate))
        owner = plot.backline
        beats.push({ kind: 'claim', at: soon(240_000), by: owner })
        break
      case 'hold':
        reply(step, phrases.holdUpdate[holdIndex] ?? '')
        note(soon(30_000), phrases.hold[holdIndex] ?? '')
        break
      case 'workaround':
        reply(step, random.pick(phrases.workaround), { also: { type: 'workaround' } })
        break
      case 'propose':
        reply(step, proposal(step.again, step.dueAt), {
          also: { type: 'proposed', dueAt: step.dueAt },
        })
        break
      case 'solve':
        if (random.chance(0.7)) reply(step, random.pick(phrases.solve))
        break
      case 'reopen':
        customer(step, random.pick(phrases.reopen))
        break
      case 'reopen-ack':
        reply(step, random.pick(phrases.reopenAck))
        break
      case 'priority': {
        const reasons = RANK[step.to] < RANK[priority] ? phrases.raise : phrases.lower
        const reason = fill(random.pick(reasons), varsAt(step.at, owner), random)
        beats.push({ kind: 'priority', at: step.at, by: owner, to: step.to, reason })
        priority = step.to
        break
      }
      case 'cancel': {
        const why = random.int(0, phrases.cancel.length - 1)
        note(step.at, phrases.cancelNote[why] ?? '')
        beats.push({ kind: 'cancel', at: soon(15_000), by: owner, reason: phrases.cancel[why] ?? '' })
        break
      }
      case 'close':
        break
      default:
        assertNever(step, 'step')
    }
    const to = statusAfter(step)
    // A chase finds the ticket waiting already.
    if (to && step.do !== 'chase') {
      const by = step.do === 'close' ? 'automation' : owner
      beats.push({ kind: 'status', at: soon(step.do === 'hold' ? 45_000 : 15_000), by, to })
    }
  }
  return beats
}
