import { z } from 'zod'
import { instantSchema } from '../time/instant'
import { prioritySchema, statusSchema } from './policy'

export const channelSchema = z.enum(['portal', 'chat', 'email', 'phone'])
export type Channel = z.infer<typeof channelSchema>

const at = instantSchema

/** The SLA history of a ticket, in order; what each event does is sla.md §4. */
export const slaEventSchema = z.discriminatedUnion('type', [
  z.object({
    at,
    type: z.literal('created'),
    priority: prioritySchema,
    channel: channelSchema,
    by: z.enum(['customer', 'agent', 'automation']),
  }),
  z.object({
    at,
    type: z.literal('replied'),
    by: z.enum(['agent', 'automation', 'customer']),
    public: z.boolean(),
  }),
  z.object({ at, type: z.literal('prioritised'), priority: prioritySchema }),
  z.object({ at, type: z.literal('status'), to: statusSchema }),
  z.object({ at, type: z.literal('workaround') }),
  z.object({ at, type: z.literal('proposed'), dueAt: instantSchema }),
  z.object({ at, type: z.literal('cancelled'), reason: z.string().optional() }),
])
export type SlaEvent = z.infer<typeof slaEventSchema>
