import { z } from 'zod'

const day = z.array(z.tuple([z.string(), z.string()]))

/** A working calendar as data (sla.md §2). Wall times are `HH:MM` in `zone`; `24:00` ends a day. */
export const calendarSchema = z.strictObject({
  id: z.string().min(1).max(100),
  name: z.string().max(200).optional(),
  version: z.string().max(50).optional(),
  zone: z.string(),
  week: z.partialRecord(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']), day),
  hoursPerDay: z.number().positive().max(24),
  holidays: z.array(z.strictObject({ date: z.string(), name: z.string() })),
  exceptions: z.array(z.strictObject({ date: z.string(), hours: day, name: z.string().optional() })),
  validThrough: z.string().optional(),
  /** The public source of the holidays, for people who review them. */
  source: z.string().max(500).optional(),
})
export type Calendar = z.infer<typeof calendarSchema>
