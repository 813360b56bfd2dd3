import { z } from 'zod'
import { instantSchema } from '../time/instant'

/** What is said per shift, beside the tickets (follow-the-sun.md §2). */
export const partNameSchema = z.enum(['serviceStatus', 'maintenance', 'promises', 'knownNoise', 'gaps'])
export type PartName = z.infer<typeof partNameSchema>

const entries = z.array(z.string().trim().min(1, 'write something, or say none').max(500)).min(1).max(50)

/** Something, or an explicit "none": an empty section says nothing, and can't be offered. */
export const saidSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('entries'), entries }),
  z.strictObject({ kind: z.literal('none') }),
])
export type Said = z.infer<typeof saidSchema>

const partSchema = z.object({
  /** Absent: nobody has said anything yet. */
  said: saidSchema.optional(),
  /** Filled in from what is known, and so again when it is offered; false once a person has said it. */
  isFilled: z.boolean(),
  /** The workspace version at which this part changed last. */
  changedIn: z.number().int().nonnegative(),
})
export type Part = z.infer<typeof partSchema>

const count = z.number().int().nonnegative()

/** The queue in numbers, of all open tickets; frozen at the snapshot. Overdue counts as due in every one of them. */
export const queueNumbersSchema = z.object({
  asOf: instantSchema,
  open: count,
  p1: count,
  p2: count,
  unassigned: count,
  dueWithin1h: count,
  dueWithin4h: count,
  dueBeforeEnd: count,
  breached: count,
  paused: count,
})
export type QueueNumbers = z.infer<typeof queueNumbersSchema>

export const sectionSchema = z.object({
  serviceStatus: partSchema,
  /** In the 24 hours after the hand-over. */
  maintenance: partSchema,
  promises: partSchema,
  knownNoise: partSchema,
  /** When nobody is on shift before the receiving shift ends. */
  gaps: partSchema,
  queue: queueNumbersSchema,
})
export type Section = z.infer<typeof sectionSchema>
