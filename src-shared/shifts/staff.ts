import { assertNever } from '../assert-never'
import type { Role } from '../tickets/people'
import { parseDay, weekdayOf } from '../time/civil-date'
import type { Member, Override, Rota, RotaRegion, ShiftRef } from './rota'
import { shiftId } from './shift'

/** Who works a shift. */
export type Staff = {
  readonly members: readonly Member[]
  readonly leadId: string | undefined
  readonly overrides: readonly Override[]
}

/** An override that changes nothing, and why: its shift is gone, or the person isn't on it. */
export type WithoutEffect = { readonly override: Override; readonly why: string }

export type FinalStaff = {
  /** By the id of the shift; only of shifts that an override changed. */
  readonly changed: ReadonlyMap<string, Staff>
  readonly withoutEffect: readonly WithoutEffect[]
}

/** The region's entry that holds on a local date. */
export function regionOn(rota: Rota, id: string, date: string): RotaRegion | undefined {
  const day = parseDay(date)
  if (day === undefined) return undefined
  return rota.regions.find(
    (region) =>
      region.id === id &&
      day >= (parseDay(region.validFrom) ?? Number.NaN) &&
      (region.validThrough === undefined || day <= (parseDay(region.validThrough) ?? Number.NaN)),
  )
}

/**
 * Takes the overrides in their order (follow-the-sun.md §1). One that no longer fits, since a member left or a window
 * moved after it was entered, changes nothing and is named; it never spoils the rota.
 */
export function finalStaff(rota: Rota): FinalStaff {
  const changed = new Map<string, Staff>()
  const withoutEffect: WithoutEffect[] = []
  const roles = new Map<string, Role>()
  for (const { members } of rota.regions) for (const { agentId, role } of members) roles.set(agentId, role)

  const staffOf = (ref: ShiftRef): Staff | undefined => {
    const known = changed.get(shiftId(ref))
    if (known) return known
    const region = regionOn(rota, ref.region, ref.date)
    const day = parseDay(ref.date)
    if (region === undefined || day === undefined) return undefined
    if (!(region.week[weekdayOf(day)] ?? []).some(([starts]) => starts === ref.starts)) return undefined
    return { members: region.members, leadId: region.leadId, overrides: [] }
  }
  /** `absentId` is off the shift, `insteadId` is on it and leads it if the other did; or why that can't be. */
  const replaced = (
    ref: ShiftRef,
    override: Override,
    absentId: string,
    insteadId?: string,
  ): Staff | string => {
    const staff = staffOf(ref)
    if (staff === undefined) return `there is no shift ${shiftId(ref)}`
    const absent = staff.members.find(({ agentId }) => agentId === absentId)
    if (absent === undefined) return `${absentId} is not on ${shiftId(ref)}`
    const others = staff.members.filter((member) => member !== absent)
    const isOnAlready = others.some(({ agentId }) => agentId === insteadId)
    return {
      members:
        insteadId === undefined || isOnAlready
          ? others
          : [...others, { agentId: insteadId, role: roles.get(insteadId) ?? absent.role }],
      leadId: staff.leadId === absentId ? insteadId : staff.leadId,
      overrides: [...staff.overrides, override],
    }
  }

  for (const override of rota.overrides) {
    const { shift, agentId } = override
    const staffs = ((): [ShiftRef, Staff | string][] => {
      switch (override.kind) {
        case 'cover':
          return [[shift, replaced(shift, override, agentId, override.coverId)]]
        case 'leave':
          return [[shift, replaced(shift, override, agentId)]]
        case 'swap': {
          const { otherShift, otherId } = override
          return [
            [shift, replaced(shift, override, agentId, otherId)],
            [otherShift, replaced(otherShift, override, otherId, agentId)],
          ]
        }
        default:
          return assertNever(override, 'override')
      }
    })()
    // Half a swap would take somebody off a shift for nothing: all of it, or none.
    const why = staffs.map(([, staff]) => staff).find((staff) => typeof staff === 'string')
    if (why !== undefined) withoutEffect.push({ override, why })
    else for (const [ref, staff] of staffs) if (typeof staff !== 'string') changed.set(shiftId(ref), staff)
  }
  return { changed, withoutEffect }
}
