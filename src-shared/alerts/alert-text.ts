import type { AlertRequest } from '../ipc'
import { planLabel } from '../queue/labels'
import type { TargetName } from '../sla/policy'
import type { Ticket } from '../tickets/ticket'
import { DAY_MS, type Day, weekdayOf } from '../time/civil-date'
import type { Instant } from '../time/instant'
import { wallTimeAt } from '../time/zone'
import type { Crossing } from './decide-alerts'

const MINUTE = 60_000
const TARGET = { firstResponse: 'first response', resolution: 'resolution' } as const satisfies Record<
  TargetName,
  string
>

export type Spoken = {
  readonly crossing: Crossing
  readonly ticket: Pick<Ticket, 'id' | 'number' | 'subject' | 'priority' | 'plan'>
  readonly customer: string
}

/** When it is being said, and the zone of whoever reads it. */
export type Reader = { readonly now: Instant; readonly zone: string }

/**
 * An alert of one ticket, such as "P1 · first response due 14:10 (in 12 min)": how long is left is true only while it
 * appears, the time of day stays true as long as it is on the screen.
 */
export function alertRequest({ crossing, ticket, customer }: Spoken, reader: Reader): AlertRequest {
  const name = `${plain(ticket.number, 40)} ${plain(ticket.subject, 160)}`
  return {
    key: crossing.key,
    title: `${ticket.priority} · ${stateOf(crossing, reader)}`,
    body: `${name} — ${plain(customer, 80)} (${planLabel(ticket.plan)})`,
    urgency: isCritical(ticket, crossing) ? 'critical' : 'normal',
    ticketId: ticket.id,
  }
}

/** How many of a digest are named. */
const NAMED = 3

/** Several at once, with the most urgent ones by name: breached first, then by due. */
export function digestRequest(key: string, all: readonly Spoken[], reader: Reader): AlertRequest {
  const sorted = [...all].sort((a, b) => rank(a) - rank(b) || a.crossing.due - b.crossing.due)
  const tickets = new Set(sorted.map(({ ticket }) => ticket.id))
  const breached = new Set(
    sorted.filter(({ crossing }) => crossing.level === 'breach').map(({ ticket }) => ticket.id),
  )
  const named = new Map<string, string>()
  for (const { ticket, crossing } of sorted) {
    if (named.size === NAMED && !named.has(ticket.id)) break
    if (named.has(ticket.id)) continue
    const what = `${plain(ticket.number, 40)} ${ticket.priority} ${stateOf(crossing, reader)}`
    named.set(ticket.id, what)
  }
  const rest = tickets.size - named.size
  return {
    key,
    title: `${tickets.size} ${tickets.size === 1 ? 'ticket' : 'tickets'} crossed a threshold${breached.size > 0 ? `: ${breached.size} breached` : ''}`,
    body: [...named.values(), ...(rest > 0 ? [`and ${rest} more`] : [])].join(' · '),
    urgency: all.some(({ ticket, crossing }) => isCritical(ticket, crossing)) ? 'critical' : 'normal',
  }
}

function rank({ crossing }: Spoken): number {
  return crossing.level === 'breach' ? 0 : 1
}

function isCritical(ticket: Pick<Ticket, 'priority'>, crossing: Crossing): boolean {
  return ticket.priority === 'P1' || crossing.level === 'breach'
}

function stateOf({ target, due, breachedAt }: Crossing, { now, zone }: Reader): string {
  const name = TARGET[target]
  if (breachedAt === undefined) {
    const left = due - now
    const howLong = left < MINUTE ? 'now' : `in ${duration(Math.floor(left / MINUTE))}`
    return `${name} due ${timeOfDay(due, { now, zone })} (${howLong})`
  }
  const over = now - breachedAt
  const howLong = over < MINUTE ? 'just now' : `${duration(roundedUp(over))} ago`
  return `${name} breached ${timeOfDay(breachedAt, { now, zone })} (${howLong})`
}

/** `14:10` today, `Tue 14:10` within a week, else with its date: what the clock on the reader's wall shows. */
function timeOfDay(at: Instant, { now, zone }: Reader): string {
  const { day, timeMs } = wallTimeAt(zone, at)
  const time = new Date(timeMs).toISOString().slice(11, 16)
  const days = Math.abs(day - wallTimeAt(zone, now).day)
  if (days === 0) return time
  const weekday = weekdayOf(day)
  const name = weekday.charAt(0).toUpperCase() + weekday.slice(1)
  return days < 7 ? `${name} ${time}` : `${name} ${dateOf(day)}, ${time}`
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

function dateOf(day: Day): string {
  const date = new Date(day * DAY_MS)
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`
}

/** Minutes of an overdue, rounded up to the smallest unit that its words show. */
function roundedUp(ms: number): number {
  const minutes = Math.ceil(ms / MINUTE)
  return minutes < 24 * 60 ? minutes : Math.ceil(minutes / 60) * 60
}

/** Minutes in words; time left was rounded down, overdue up (sla.md §2). */
function duration(minutes: number): string {
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  const days = Math.floor(hours / 24)
  return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`
}

/**
 * Text of a ticket as one line for a notification: no control characters, no marks that turn the reading direction,
 * no halves of characters, and no longer than `longest` code points. What the OS reads as markup main escapes.
 */
export function plain(text: string, longest: number): string {
  const line = text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, '')
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/\s+/g, ' ')
    .trim()
  const points = [...line.slice(0, 2 * longest + 2)]
  return points.length > longest ? `${points.slice(0, longest - 1).join('')}…` : line
}
