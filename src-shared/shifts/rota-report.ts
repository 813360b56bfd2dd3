import { DAY_MS } from '../time/civil-date'
import type { Instant } from '../time/instant'
import { coverageBetween, type Stretch, shiftsBetween } from './coverage'
import type { Rota } from './rota'
import { isStaffed, type Shift } from './shift'
import { compileRota } from './shift-table'
import type { WithoutEffect } from './staff'

/** Nobody is on in `[startsAt, endsAt)`. */
export type Gap = {
  readonly startsAt: Instant
  readonly endsAt: Instant
  /** Who was on until then, and who is on again after; absent at the edge of what was asked for. */
  readonly after: Shift | undefined
  readonly before: Shift | undefined
  /** Shifts that should have covered it, at least in part, and have no members. */
  readonly unstaffed: readonly Shift[]
}

/** Several shifts are on in `[startsAt, endsAt)`. Wanted between two regions that talk to each other; not always. */
export type Overlap = Stretch

/** Somebody is on two shifts at once. */
export type TwiceAtOnce = {
  readonly agentId: string
  readonly shifts: readonly [Shift, Shift]
  readonly startsAt: Instant
}

/** What a rota leaves open between two instants (follow-the-sun.md §1). Only shown: a rota with gaps is valid. */
export type RotaReport = {
  readonly gaps: readonly Gap[]
  readonly overlaps: readonly Overlap[]
  readonly withoutMembers: readonly Shift[]
  /** Staffed, but led by nobody. */
  readonly withoutLead: readonly Shift[]
  readonly twiceAtOnce: readonly TwiceAtOnce[]
  /** Of all overrides, whenever they are. */
  readonly withoutEffect: readonly WithoutEffect[]
}

/** What is shown before a rota is saved covers this much: the clocks of every zone have changed twice. */
export const REPORT_MS = 366 * DAY_MS

/** @param to not included; `from + REPORT_MS` for the next twelve months */
export function rotaReport(rota: Rota, from: Instant, to: Instant): RotaReport {
  const stretches = coverageBetween(rota, from, to)
  const shifts = shiftsBetween(rota, from, to)
  const unstaffed = shifts.filter((shift) => !isStaffed(shift))
  return {
    gaps: stretches.flatMap((stretch, i) =>
      stretch.on.length > 0
        ? []
        : [
            {
              startsAt: stretch.startsAt,
              endsAt: stretch.endsAt,
              after: lastToEnd(stretches[i - 1]),
              before: stretches[i + 1]?.on[0],
              unstaffed: unstaffed.filter(
                ({ startsAt, endsAt }) => startsAt < stretch.endsAt && endsAt > stretch.startsAt,
              ),
            },
          ],
    ),
    overlaps: stretches.filter(({ on }) => on.length > 1),
    withoutMembers: unstaffed,
    withoutLead: shifts.filter((shift) => isStaffed(shift) && shift.leadId === undefined),
    twiceAtOnce: twiceAtOnce(stretches),
    withoutEffect: compileRota(rota).staff.withoutEffect,
  }
}

function lastToEnd(stretch: Stretch | undefined): Shift | undefined {
  return stretch?.on.reduce((last, shift) => (shift.endsAt > last.endsAt ? shift : last))
}

function twiceAtOnce(stretches: readonly Stretch[]): readonly TwiceAtOnce[] {
  const found = new Map<string, TwiceAtOnce>()
  for (const { on, startsAt } of stretches) {
    for (const [i, shift] of on.entries()) {
      for (const other of on.slice(i + 1)) {
        for (const { agentId } of shift.members) {
          const key = `${agentId}/${shift.id}/${other.id}`
          if (found.has(key) || !other.members.some((member) => member.agentId === agentId)) continue
          found.set(key, { agentId, shifts: [shift, other], startsAt })
        }
      }
    }
  }
  return [...found.values()]
}
