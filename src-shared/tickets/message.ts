import { z } from 'zod'
import { channelSchema } from '../sla/events'
import { instantSchema } from '../time/instant'
import { decidedFieldSchema } from './ticket'

const id = z.string().min(1).max(120)

/** Upper bound of what can be written in one message, in UTF-16 units. */
export const MAX_BODY = 65_536

const author = z.object({
  kind: z.enum(['agent', 'customer', 'automation']),
  id: id.optional(),
  name: z.string().max(200),
})

const entry = {
  id,
  ticketId: id,
  /** When the portal took it: the instant the customer could see it. */
  at: instantSchema,
  author,
}

/** One entry of a ticket's timeline: a public reply, an internal note, or a change of a field. */
export const messageSchema = z.discriminatedUnion('type', [
  z.object({
    ...entry,
    type: z.literal('reply'),
    channel: channelSchema,
    body: z.string().max(MAX_BODY),
    /** When the agent wrote it, if that was noticeably before the portal took it (written offline). */
    writtenAt: instantSchema.optional(),
  }),
  z.object({
    ...entry,
    type: z.literal('note'),
    body: z.string().max(MAX_BODY),
    writtenAt: instantSchema.optional(),
  }),
  z.object({
    ...entry,
    type: z.literal('change'),
    field: decidedFieldSchema,
    /** Raw values: a status, a priority or an agent id; absent for "nobody". */
    from: z.string().optional(),
    to: z.string().optional(),
    reason: z.string().max(500).optional(),
  }),
])
export type Message = z.infer<typeof messageSchema>
export type Author = z.infer<typeof author>
