import { onShiftAt, shiftAfter, shiftBefore, shiftById } from '../shifts/coverage'
import type { Rota } from '../shifts/rota'
import { isStaffed, type Shift } from '../shifts/shift'
import type { Agent } from '../tickets/people'
import type { Instant } from '../time/instant'
import { sideOf } from './fill'
import { type Handoff, handoffId, type Side } from './handoff'

export type SideName = 'from' | 'to'

/** A side as the final rota has it now: covers count at once. A shift that the rota has no longer stays as it was kept. */
export function sideNow(side: Side, rota: Rota): Side {
  const shift = shiftById(rota, side.shiftId)
  return shift === undefined ? side : sideOf(shift, rota)
}

/** Whether somebody speaks for a side: whoever is on the shift, and every supervisor. */
export function speaksFor(actor: Agent, side: Side, rota: Rota): boolean {
  return actor.role === 'supervisor' || sideNow(side, rota).memberIds.includes(actor.id)
}

/** Two shifts of which the second takes over from the first. */
export type Pair = { readonly id: string; readonly from: Shift; readonly to: Shift }

export function pairAfter(rota: Rota, from: Shift): Pair | undefined {
  const to = shiftAfter(rota, from)
  return to === undefined || !isStaffed(from) ? undefined : { id: handoffId(from, to), from, to }
}

/** The hand-off that brought the tickets to a shift; `undefined` when there is no such pair. */
export function handoffIdBefore(rota: Rota, shiftId: string): string | undefined {
  const to = shiftById(rota, shiftId)
  const from = to && shiftBefore(rota, to)
  return from === undefined ? undefined : handoffId(from, to ?? from)
}

/** Between the end of the sending shift and that of the receiving one: nobody is on shift, or nobody who could accept. */
export function isUncovered(handoff: Handoff, rota: Rota, at: Instant): boolean {
  if (at < handoff.from.endsAt || at >= handoff.to.endsAt) return false
  if (onShiftAt(rota, at).length === 0) return true
  return at >= handoff.to.startsAt && sideNow(handoff.to, rota).memberIds.length === 0
}
