import type { Priority } from '#shared/sla/policy'
import type { Instant } from '#shared/time/instant'
import {
  atOfficeHours,
  contactId,
  pickBackline,
  pickChannel,
  pickCustomer,
  pickOwner,
  pickScenario,
  zoneOf,
} from './cast'
import type { Plot } from './plot'
import { type IssueStory, withLink } from './product-issues'
import type { Random } from './random'
import { schedule } from './schedule'
import { closedScript } from './script'
import type { Step, TimedStep } from './step'
import { whenUsed } from './target-time'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

const HISTORY_DAYS = 190
const EXCUSED_DAYS = 40
/** A solved ticket closes by itself after this long without another word. */
const CLOSES_AFTER_MS = 4 * DAY_MS

/** How long the work took, in hours: from and to, by priority. */
const WORK_HOURS: Readonly<Record<Priority, readonly [number, number]>> = {
  P1: [1.5, 11],
  P2: [6, 90],
  P3: [10, 260],
  P4: [6, 380],
}

function priorityOf(random: Random): Priority {
  const draw = random.next()
  return draw < 0.03 ? 'P1' : draw < 0.17 ? 'P2' : draw < 0.65 ? 'P3' : 'P4'
}

function isOver(step: Step): boolean {
  return step.do === 'solve' || step.do === 'cancel'
}

type HistoryInput = {
  readonly count: number
  readonly now: Instant
  readonly issues: readonly IssueStory[]
  readonly random: Random
}

/** Tickets that are over: closed, or solved in the last days. */
export function closedPlots({ count, now, issues, random }: HistoryInput): Plot[] {
  return Array.from({ length: count }, (_, index) => {
    const own = random.fork(`closed/${index}`)
    const plot = closedPlot(now, own)
    const issue = issues.find(({ scenarios }) => scenarios.includes(plot.scenario.id))
    const known = issue?.states[0] !== undefined && issue.states[0].at < plot.createdAt
    // Most people were helped without waiting for R&D.
    return (issue && known && own.chance(0.4) ? withLink(plot, issue) : undefined) ?? plot
  })
}

function closedPlot(now: Instant, random: Random): Plot {
  const customer = pickCustomer(random)
  const priority = priorityOf(random)
  const urgent = priority === 'P1' || priority === 'P2'
  const [least, most] = WORK_HOURS[priority]
  // Short jobs are more common than long ones.
  const slow = urgent && random.chance(0.05) ? 4 : 1
  const workMs = Math.floor((least + (most - least) * random.next() ** 2) * slow * HOUR_MS)
  const endsAt = now - Math.floor(random.between(0.01, HISTORY_DAYS) * DAY_MS)
  const roughly = endsAt - workMs
  const createdAt = random.chance(urgent ? 0.6 : 0.88)
    ? atOfficeHours(roughly, zoneOf(customer), random)
    : roughly
  const over = Math.min(createdAt + workMs, now - 5 * MINUTE_MS)
  const start = Math.min(createdAt, over - Math.floor(least * HOUR_MS))
  const answerShare = random.chance(0.04)
    ? random.between(1.05, 1.6)
    : random.between(0.02, urgent ? 0.7 : 0.45)
  const which = { customer, priority, target: 'firstResponse' } as const
  const answerAt = Math.min(whenUsed(which, answerShare, start), start + Math.floor((over - start) * 0.7))
  const contact = random.int(0, customer.contacts.length - 1)
  const phone = urgent && random.chance(0.15)
  const script = closedScript(priority, random)
  const owner = pickOwner(customer.region, random)
  const told = schedule(script, { createdAt: start, answerAt, endsAt: over, random })
  const steps = urgent || random.chance(0.7) ? told : withProposal(told, over, random)
  return {
    customer,
    contactId: contactId(customer, contact),
    contactName: customer.contacts[contact] ?? customer.name,
    scenario: pickScenario(priority, random),
    channel: phone ? 'phone' : pickChannel(random),
    priority,
    createdAt: start,
    owner,
    backline: pickBackline(owner, random),
    steps: closing(excused(steps, { isLate: answerAt > whenUsed(which, 1, start), over, now, random }), now),
    endsAt: now,
    random,
  }
}

/** The same story with a course of action proposed once the first finding is in; its date is mostly kept. */
function withProposal(steps: TimedStep[], over: Instant, random: Random): TimedStep[] {
  const found = steps.findIndex((step) => step.do === 'finding')
  const finding = steps[found]
  const next = steps[found + 1]
  if (!finding || !next || next.do === 'escalate') return steps
  const at = Math.floor((finding.at + next.at) / 2)
  const dueAt = over + Math.floor(random.between(random.chance(0.06) ? -0.4 : 0.02, 1) * (over - at))
  return steps.toSpliced(found + 1, 0, { do: 'propose', dueAt, again: false, at })
}

/** Of the answers that came too late lately, a supervisor excuses a few, on the next day. */
function excused(
  steps: TimedStep[],
  { isLate, over, now, random }: { isLate: boolean; over: Instant; now: Instant; random: Random },
): TimedStep[] {
  const wasSolved = steps.at(-1)?.do === 'solve'
  if (!isLate || !wasSolved || over < now - EXCUSED_DAYS * DAY_MS || !random.chance(0.2)) return steps
  const at = over + Math.floor(random.between(0.5, 1.4) * DAY_MS)
  return at < now ? [...steps, { do: 'excuse', at }] : steps
}

/** A solved ticket is closed by automation some days later, unless it is not that old yet. */
function closing(steps: TimedStep[], now: Instant): TimedStep[] {
  const last = steps.findLast(isOver)
  if (last?.do !== 'solve') return steps
  const at = last.at + CLOSES_AFTER_MS
  return at < now ? [...steps, { do: 'close', at }] : steps
}
