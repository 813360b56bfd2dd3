import { z } from 'zod'
import { roleSchema } from '../tickets/people'
import { regionSchema } from '../tickets/ticket'
import { parseDay } from '../time/civil-date'
import { instantSchema } from '../time/instant'
import { isZone } from '../time/zone'
import { refuseBadRegions } from './rota-rules'

const id = z.string().min(1).max(100)
const date = z.string().refine((text) => parseDay(text) !== undefined, {
  error: (issue) => `'${issue.input}' is not a date that exists; write it like 2026-07-10`,
})
const time = z.string().max(5)
const minutes = z.number().int().min(1).max(240)

/** `["22:00", "06:00"]` in the region's wall time; it belongs to the day on which it starts. `24:00` ends a day. */
export const windowSchema = z.tuple([time, time])
export type ShiftWindow = z.infer<typeof windowSchema>

export const memberSchema = z.strictObject({ agentId: id, role: roleSchema })
export type Member = z.infer<typeof memberSchema>

/** Who works when in one region, from one date to another (follow-the-sun.md §1). */
export const rotaRegionSchema = z.strictObject({
  /** As tickets and agents name it, and as people read it: `due 03:10, APAC`. */
  id: regionSchema,
  name: z.string().min(1).max(200),
  zone: z
    .string()
    .max(60)
    .refine(isZone, { error: (issue) => `'${issue.input}' is not an IANA time zone, like Europe/London` }),
  week: z.partialRecord(
    z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']),
    z.array(windowSchema).max(6),
  ),
  members: z.array(memberSchema).max(200),
  /** Leads its shifts; one of the members. */
  leadId: id.optional(),
  /** Local dates, both inclusive, on which its shifts start. */
  validFrom: date,
  validThrough: date.optional(),
})
export type RotaRegion = z.infer<typeof rotaRegionSchema>

/** One single shift: the region, the local date on which it starts, and the wall time. */
export const shiftRefSchema = z.strictObject({ region: regionSchema, date, starts: time })
export type ShiftRef = z.infer<typeof shiftRefSchema>

const override = {
  id,
  shift: shiftRefSchema,
  /** Who would have worked it. */
  agentId: id,
  reason: z.string().trim().min(1, 'say why').max(500),
  /** Who entered it, and when. */
  byId: id,
  at: instantSchema,
}

/** A change to single shifts. They take effect in the order of the list: a shift covered twice is its last cover's. */
export const overrideSchema = z.discriminatedUnion('kind', [
  /** `coverId` works it instead; somebody who takes a shift over covers it. */
  z.strictObject({ ...override, kind: z.literal('cover'), coverId: id }),
  /** `otherId` works `shift`, and `agentId` works `otherShift`. */
  z.strictObject({ ...override, kind: z.literal('swap'), otherShift: shiftRefSchema, otherId: id }),
  /** Nobody works it instead. */
  z.strictObject({ ...override, kind: z.literal('leave') }),
])
export type Override = z.infer<typeof overrideSchema>

/**
 * A rota as data, the value of the record kind `rota` (follow-the-sun.md §1). Its shifts are in `expand.ts`, what is
 * wrong with it as a whole (gaps, overlaps, nobody to lead) in `rota-report.ts`.
 */
export const rotaSchema = z
  .strictObject({
    id,
    name: z.string().min(1).max(200),
    regions: z.array(rotaRegionSchema).min(1).max(24),
    overrides: z.array(overrideSchema).max(2000),
    /** A supervisor: owns what nobody on shift can own, so that no P1 is ever nobody's (follow-the-sun.md §2). */
    supervisorId: id,
    /** How long after it has taken over a shift may leave a P1 or P2 unaccepted; 10 and 20 minutes if not said. */
    unaccepted: z
      .strictObject({ leadAfterMinutes: minutes, supervisorAfterMinutes: minutes })
      .refine(({ leadAfterMinutes: lead, supervisorAfterMinutes: supervisor }) => supervisor >= lead, {
        error: 'must not come before the lead is told',
        path: ['supervisorAfterMinutes'],
      })
      .optional(),
  })
  .superRefine((rota, context) => {
    refuseBadRegions(rota.regions, (path, message) =>
      context.addIssue({ code: 'custom', path: ['regions', ...path], message, input: rota }),
    )
    const refuse = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path: ['overrides', ...path], message, input: rota })
    const seen = new Set<string>()
    for (const [index, override] of rota.overrides.entries()) {
      if (seen.has(override.id))
        refuse([index, 'id'], `'${override.id}' is the id of an earlier override too`)
      seen.add(override.id)
      if (override.kind === 'cover' && override.coverId === override.agentId) {
        refuse([index, 'coverId'], 'nobody covers for themselves; name somebody else')
      }
      if (override.kind === 'swap' && override.otherId === override.agentId) {
        refuse([index, 'otherId'], 'nobody swaps with themselves; name somebody else')
      }
    }
  })
export type Rota = z.infer<typeof rotaSchema>
