import { z } from 'zod'
import { prioritySchema, statusSchema } from '../sla/policy'
import { instantSchema } from '../time/instant'
import { MAX_BODY } from './message'

const id = z.string().min(1).max(100)

const base = {
  /** Made once on the desk; sending a command again with the same id never applies it twice. */
  id: z.uuid(),
  /** When the person did it, by the desk's corrected clock. */
  at: instantSchema,
  /** The ticket's id. */
  target: id,
  /** Version of the ticket the person was looking at. */
  baseVersion: z.number().int().nonnegative(),
}
const body = z.string().trim().min(1, 'write something before sending').max(MAX_BODY)
const reason = z.string().trim().max(500).optional()

/** Every write is one of these values (portal.md §3); unknown fields are refused. */
export const commandSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...base, type: z.literal('reply'), body, public: z.literal(true).default(true) }),
  z.strictObject({ ...base, type: z.literal('note'), body }),
  z.strictObject({ ...base, type: z.literal('claim') }),
  z.strictObject({ ...base, type: z.literal('set-status'), status: statusSchema }),
  z.strictObject({ ...base, type: z.literal('set-priority'), priority: prioritySchema, reason }),
])
export type Command = z.infer<typeof commandSchema>
export type CommandType = Command['type']
