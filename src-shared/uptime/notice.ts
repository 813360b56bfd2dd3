import { z } from 'zod'
import { instantSchema } from '../time/instant'

const id = z.string().min(1).max(100)

/** Why downtime does not count against the promised availability (sla.md §1). */
export const exclusionSchema = z.enum([
  'scheduled-maintenance',
  'emergency-maintenance',
  'customer-side',
  'misuse',
  'force-majeure',
  'third-party',
])

/** An incident or a maintenance of the service, as its status page tells it. */
export const noticeSchema = z
  .object({
    id,
    type: z.enum(['incident', 'maintenance']),
    title: z.string().trim().min(1, 'give the notice a title').max(200),
    body: z.string().max(8000),
    /** `outage` is downtime; the others are told and not counted. */
    impact: z.enum(['none', 'degraded', 'outage']),
    state: z.enum([
      'scheduled',
      'investigating',
      'identified',
      'monitoring',
      'in-progress',
      'resolved',
      'cancelled',
    ]),
    startsAt: instantSchema,
    /** Absent while it lasts. */
    endsAt: instantSchema.optional(),
    announcedAt: instantSchema,
    exclusion: exclusionSchema.optional(),
    /** Customers it concerns; absent: all of them. */
    organizationIds: z.array(id).max(1000).optional(),
    updates: z.array(z.object({ at: instantSchema, body: z.string().max(4000) })).max(200),
  })
  .refine(({ startsAt, endsAt }) => endsAt === undefined || endsAt >= startsAt, {
    error: 'must not end before it starts',
    path: ['endsAt'],
  })
export type Notice = z.infer<typeof noticeSchema>
