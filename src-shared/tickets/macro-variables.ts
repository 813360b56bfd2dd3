import { planLabel, statusLabel } from '../queue/labels'
import type { SlaReport } from '../sla/report'
import type { Instant } from '../time/instant'
import { isZone, offsetAt } from '../time/zone'
import type { Agent, Contact, Organization } from './people'
import type { Ticket } from './ticket'

/** What a macro can have filled in, with what each is. Upper and lower case are the same. */
export const macroVariables = {
  customer: 'Name of the customer',
  plan: 'Plan of the ticket',
  requester: 'Name of whoever asked',
  'requester.first': 'Their first name',
  'ticket.number': 'Number of the ticket',
  'ticket.subject': 'Its subject',
  'ticket.priority': 'Its priority',
  'ticket.status': 'Its status',
  'agent.name': 'My name',
  'agent.first': 'My first name',
  'due.firstResponse': 'When the first response is due, on the customer’s clock',
  'due.resolution': 'When the resolution is due, on the customer’s clock',
  'due.promise': 'When the next update is promised, on the customer’s clock',
  'course.text': 'The course of action',
  'course.due': 'Its date, on the customer’s clock',
  workaround: 'The workaround',
  issues: 'Keys of the product issues',
} as const

export type MacroVariable = keyof typeof macroVariables
export const macroVariableNames = Object.keys(macroVariables) as readonly MacroVariable[]

/** Values by name; what a ticket doesn't have is absent. */
export type MacroValues = { readonly [name in MacroVariable]?: string | undefined }

export function macroVariableNamed(name: string): MacroVariable | undefined {
  const lower = name.toLowerCase()
  return macroVariableNames.find((known) => known.toLowerCase() === lower)
}

export type MacroValuesInput = {
  readonly ticket: Ticket
  readonly organization: Organization | undefined
  readonly requester: Contact | undefined
  readonly me: Pick<Agent, 'name'>
  readonly report: SlaReport
  readonly now: Instant
}

/** What the variables are for a ticket. A time that has passed is none: nobody promises the past. */
export function macroValues(input: MacroValuesInput): MacroValues {
  const { ticket, organization, requester, me, report, now } = input
  const zone = organization?.zone ?? 'UTC'
  const time = (at: Instant | undefined) =>
    at === undefined || at <= now ? undefined : timeInWords(at, zone)
  const due = (name: 'firstResponse' | 'resolution') => {
    const target = report[name]
    return time(target.state === 'running' ? target.due : undefined)
  }
  return {
    customer: line(organization?.name),
    plan: planLabel(ticket.plan),
    requester: line(requester?.name),
    'requester.first': firstName(requester?.name),
    'ticket.number': line(ticket.number),
    'ticket.subject': line(ticket.subject),
    'ticket.priority': ticket.priority,
    'ticket.status': statusLabel(ticket.status),
    'agent.name': line(me.name),
    'agent.first': firstName(me.name),
    'due.firstResponse': due('firstResponse'),
    'due.resolution': due('resolution'),
    'due.promise': time(ticket.promisedAt),
    'course.text': ticket.courseOfAction?.text,
    'course.due': time(ticket.courseOfAction?.dueAt),
    workaround: ticket.workaround?.text,
    issues: line(ticket.productIssues?.map(({ key }) => key).join(', ')),
  }
}

/** In one line; nothing but blanks is nothing. */
function line(text: string | undefined): string | undefined {
  return text?.replace(/\s+/g, ' ').trim() || undefined
}

/** The first word of a name, also where the family name stands before a comma. */
function firstName(name: string | undefined): string | undefined {
  const [family = '', given = ''] = (line(name) ?? '').split(', ')
  return (given || family).split(' ')[0] || undefined
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October'],
  ...['November', 'December'],
]

/** `Friday 10 July 2026, 16:30 (London time)`: whoever reads it later or elsewhere knows which moment it is. */
export function timeInWords(at: Instant, zone: string): string {
  const isKnown = zone !== 'UTC' && isZone(zone)
  const wall = new Date(at + (isKnown ? offsetAt(zone, at) : 0))
  const two = (value: number) => `${value}`.padStart(2, '0')
  const day = `${DAYS[wall.getUTCDay()]} ${wall.getUTCDate()} ${MONTHS[wall.getUTCMonth()]} ${wall.getUTCFullYear()}`
  const city = zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')
  const where = isKnown ? `(${city} time)` : 'UTC'
  return `${day}, ${two(wall.getUTCHours())}:${two(wall.getUTCMinutes())} ${where}`
}
