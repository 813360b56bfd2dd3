import { z } from 'zod'
import { sortFields } from './view'

const id = z.string().min(1).max(100)

/** What rows can be put together by. */
export const groupings = ['priority', 'plan', 'status', 'region', 'assignee', 'customer'] as const

/** A view of the queue that somebody named: what it shows, in what order, with which columns. */
export const savedViewSchema = z.object({
  id,
  name: z.string().trim().min(1, 'give the view a name').max(80),
  /** Whose view it is; absent: everybody's. */
  ownerId: id.optional(),
  /** In the language of the filter box (filter.ts). */
  query: z.string().max(1000),
  sort: z.object({ field: z.enum(sortFields), direction: z.enum(['asc', 'desc']) }),
  groupBy: z.enum(groupings).optional(),
  /** Those that are shown, from left to right; absent: all, as they come. Widths in CSS pixels. */
  columns: z
    .array(z.object({ id: z.string().min(1).max(40), width: z.number().int().min(20).max(2000).optional() }))
    .max(40)
    .optional(),
})
export type SavedView = z.infer<typeof savedViewSchema>
