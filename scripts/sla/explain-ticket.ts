import type { Channel, SlaEvent } from '#shared/sla/events'
import { explain } from '#shared/sla/explain'
import { type InternalReport, internalReport } from '#shared/sla/internal'
import type { Plan, Policy, Priority, TargetName } from '#shared/sla/policy'
import { report, type SlaReport, type TargetReport } from '#shared/sla/report'
import { targetInWords, when, whyInWords } from '#shared/sla/why-in-words'
import type { WhyStep } from '#shared/sla/why-step'
import type { Calendar } from '#shared/time/calendar'
import { formatInstant, type Instant } from '#shared/time/instant'

export type Question = {
  readonly policy: Policy
  readonly calendar: Calendar
  /** How the calendar was found, when it was not named in full. */
  readonly taken: string | undefined
  readonly plan: Plan
  readonly priority: Priority
  readonly channel: Channel
  readonly at: Instant
}

export type Explanation = {
  readonly question: Question
  readonly report: SlaReport
  readonly why: { readonly [name in TargetName]: readonly WhyStep[] }
  readonly internal: InternalReport
}

/** When both targets of a ticket created at `at` are due, and why. By telephone it is an agent who logs the call. */
export function explainTicket(question: Question): Explanation {
  const { policy, calendar, plan, priority, channel, at } = question
  const by = channel === 'phone' ? 'agent' : 'customer'
  const events: readonly SlaEvent[] = [{ at, type: 'created', priority, channel, by }]
  const input = { events, policy, calendar, plan, now: at }
  return { question, report: report(input), why: explain(input), internal: internalReport(input) }
}

const NAMES: Readonly<Record<TargetName, string>> = {
  firstResponse: 'First response',
  resolution: 'Resolution',
}
const TARGETS = ['firstResponse', 'resolution'] as const

/** The explanation as lines for a terminal; times are wall times of the calendar, and the instants behind them. */
export function explanationInWords({ question, report: sla, why, internal }: Explanation): readonly string[] {
  const { calendar, taken, plan, priority, channel, at } = question
  const { zone } = calendar
  return [
    `${priority}, ${plan}, by ${channel} at ${moment(at, zone)}`,
    `Calendar ${calendar.id}${taken === undefined ? '' : `, ${taken}`}`,
    ...TARGETS.flatMap((name) => [
      '',
      `${NAMES[name]}: ${stateInWords(sla[name], zone)}`,
      ...whyInWords(why[name], zone).map((sentence) => `  - ${sentence}`),
    ]),
    ...internalInWords(internal, question),
  ]
}

function stateInWords(target: TargetReport, zone: string): string {
  switch (target.state) {
    case 'running':
      return `due ${moment(target.due, zone)}`
    case 'awaiting-proposal':
      return 'no deadline until a course of action with a date is proposed'
    case 'met':
      return `met ${moment(target.satisfiedAt, zone)}`
    default:
      return target.state
  }
}

function internalInWords(
  { stretch }: InternalReport,
  { policy, priority, calendar: { zone, hoursPerDay } }: Question,
): readonly string[] {
  if (policy.internal === undefined) return []
  const every = policy.internal.updates?.every[priority]
  return [
    '',
    'Internal, no part of the contract',
    ...TARGETS.flatMap((name) => {
      const goal = stretch[name]
      return goal?.goal === 'ahead' ? [`  - ${NAMES[name]}: wanted by ${moment(goal.goalAt, zone)}`] : []
    }),
    ...(every === undefined
      ? []
      : [`  - Next word to the customer: ${targetInWords(every, hoursPerDay)}, after each reply`]),
  ]
}

function moment(at: Instant, zone: string): string {
  return `${when(at, zone)} ${zone} = ${formatInstant(at)}`
}

/** The explanation as JSON, with ISO instants. */
export function explanationAsJson({ question, report: sla, why, internal }: Explanation): string {
  const { policy, calendar, taken, plan, priority, channel, at } = question
  const target = (name: TargetName) => ({
    ...iso(sla[name]),
    why: whyInWords(why[name], calendar.zone),
    steps: why[name].map(iso),
  })
  return JSON.stringify(
    {
      at: formatInstant(at),
      plan,
      priority,
      channel,
      policy: { id: policy.id, version: policy.version },
      calendar: { id: calendar.id, version: calendar.version, zone: calendar.zone, taken },
      firstResponse: target('firstResponse'),
      resolution: target('resolution'),
      warnings: sla.warnings,
      internal: {
        isContract: false,
        firstResponse: internal.stretch.firstResponse && iso(internal.stretch.firstResponse),
        resolution: internal.stretch.resolution && iso(internal.stretch.resolution),
        updateEvery: policy.internal?.updates?.every[priority],
      },
    },
    undefined,
    2,
  )
}

const INSTANTS = new Set([
  'at',
  'due',
  'until',
  'opensAt',
  'from',
  'to',
  'satisfiedAt',
  'breachedAt',
  'goalAt',
  'reachedAt',
])

/** A flat record with its instants as they leave the program; a date under the same name is text already. */
function iso(record: object): object {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [
      name,
      typeof value === 'number' && INSTANTS.has(name) ? formatInstant(value) : value,
    ]),
  )
}
