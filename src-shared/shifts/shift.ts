import type { Instant } from '../time/instant'
import type { Member, Override, ShiftRef } from './rota'

/** One shift of the final rota, overrides done (follow-the-sun.md §1). Half-open: `[startsAt, endsAt)`. */
export type Shift = {
  /** `EMEA.2026-03-29.0700`: the region, the local date on which it starts, and the wall time. */
  readonly id: string
  readonly region: string
  readonly regionName: string
  readonly zone: string
  readonly date: string
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly members: readonly Member[]
  readonly leadId: string | undefined
  /** What changed who works it, in order. */
  readonly overrides: readonly Override[]
}

export function shiftId({ region, date, starts }: ShiftRef): string {
  return `${region}.${date}.${starts.replace(':', '')}`
}

/** A shift that nobody works is none: what it should have covered is a gap. */
export function isStaffed(shift: Shift): boolean {
  return shift.members.length > 0
}

/** The first of its members who is a supervisor. */
export function supervisorOf(shift: Shift): string | undefined {
  return shift.members.find(({ role }) => role === 'supervisor')?.agentId
}
