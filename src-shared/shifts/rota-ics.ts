import type { Instant } from '../time/instant'
import { shiftsBetween } from './coverage'
import { icsInstant, icsLines, icsText } from './ics-text'
import type { Rota } from './rota'
import { isStaffed, type Shift } from './shift'

export type RotaIcsInput = {
  readonly rota: Rota
  /** Shifts that touch `[from, to)`. */
  readonly from: Instant
  readonly to: Instant
  /** When the file is made: its DTSTAMP. */
  readonly stampAt: Instant
  /** People as others know them. */
  readonly nameOf: (agentId: string) => string
  /** Only the shifts of this person. */
  readonly agentId?: string | undefined
}

/**
 * The final rota, overrides done, as an iCalendar file (RFC 5545): one event a shift, in UTC, so that no reader needs
 * the zones. The UID of a shift stays, so that a file read again replaces its events.
 */
export function rotaIcs({ rota, from, to, stampAt, nameOf, agentId }: RotaIcsInput): string {
  const shifts = shiftsBetween(rota, from, to).filter(({ members }) =>
    agentId === undefined ? true : members.some((member) => member.agentId === agentId),
  )
  return icsLines([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Meridian//Rota//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${icsText(rota.name)}`,
    ...shifts.flatMap((shift) => eventOf(shift, rota, stampAt, nameOf)),
    'END:VCALENDAR',
  ])
}

function eventOf(
  shift: Shift,
  rota: Rota,
  stampAt: Instant,
  nameOf: (agentId: string) => string,
): readonly string[] {
  const lead = shift.leadId === undefined ? 'no lead' : `led by ${nameOf(shift.leadId)}`
  const summary = isStaffed(shift) ? `${shift.region} on shift, ${lead}` : `${shift.region}: nobody on shift`
  const description = [
    shift.regionName,
    ...shift.members.map(({ agentId, role }) => `${nameOf(agentId)} (${role})`),
    ...shift.overrides.map(({ kind, reason, byId }) => `${kind}: ${reason} (${nameOf(byId)})`),
  ]
  return [
    'BEGIN:VEVENT',
    `UID:${icsText(`${rota.id}.${shift.id}@meridian`)}`,
    `DTSTAMP:${icsInstant(stampAt)}`,
    `DTSTART:${icsInstant(shift.startsAt)}`,
    `DTEND:${icsInstant(shift.endsAt)}`,
    `SUMMARY:${icsText(summary)}`,
    `DESCRIPTION:${icsText(description.join('\n'))}`,
    `CATEGORIES:${icsText(shift.region)}`,
    // A shift is no reason to refuse meetings.
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ]
}
