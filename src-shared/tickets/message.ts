import { z } from 'zod'
import { channelSchema } from '../sla/events'
import { targetNameSchema } from '../sla/policy'
import { instantSchema } from '../time/instant'
import { attachmentSchema, MAX_ATTACHMENTS } from './attachment'
import { MAX_REASON, MAX_TEXT, productIssueSchema, regionSchema } from './ticket'

const id = z.string().min(1).max(120)

/** Upper bound of what can be written in one message, in UTF-16 units. */
export const MAX_BODY = 65_536

const attachments = z.array(attachmentSchema).max(MAX_ATTACHMENTS).optional()

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

const text = z.string().max(MAX_TEXT)
const reason = z.string().max(MAX_REASON)

/** One entry of a ticket's timeline: what was said, by whatever channel, and what was decided about the ticket. */
export const messageSchema = z.discriminatedUnion('type', [
  z.object({
    ...entry,
    type: z.literal('reply'),
    channel: channelSchema,
    body: z.string().max(MAX_BODY),
    /** When the agent wrote it, if that was noticeably before the portal took it (written offline). */
    writtenAt: instantSchema.optional(),
    attachments,
  }),
  z.object({
    ...entry,
    type: z.literal('note'),
    body: z.string().max(MAX_BODY),
    writtenAt: instantSchema.optional(),
    attachments,
  }),
  z.object({
    ...entry,
    type: z.literal('change'),
    field: z.enum(['status', 'priority', 'assigneeId']),
    /** Raw values: a status, a priority or an agent id; absent for "nobody". */
    from: z.string().optional(),
    to: z.string().optional(),
    reason: reason.optional(),
  }),
  z.object({
    ...entry,
    type: z.literal('call'),
    direction: z.enum(['to-customer', 'from-customer']),
    body: z.string().max(MAX_BODY),
    writtenAt: instantSchema.optional(),
  }),
  z.object({
    ...entry,
    type: z.literal('escalation'),
    state: z.enum(['offered', 'accepted', 'returned']),
    /** The region whose backline was asked. */
    to: regionSchema,
    /** The case as it was put; with `offered` only. */
    summary: text.optional(),
    tried: text.optional(),
    assessment: text.optional(),
    ask: text.optional(),
    reason: reason.optional(),
  }),
  z.object({
    ...entry,
    type: z.literal('product-issue'),
    change: z.enum(['linked', 'updated', 'unlinked']),
    issue: productIssueSchema,
  }),
  z.object({ ...entry, type: z.literal('workaround'), text }),
  /** `before`: the date that was proposed last, if one was. */
  z.object({
    ...entry,
    type: z.literal('course-of-action'),
    text,
    dueAt: instantSchema,
    before: instantSchema.optional(),
  }),
  z.object({
    ...entry,
    type: z.literal('promise'),
    promisedAt: instantSchema,
    before: instantSchema.optional(),
  }),
  z.object({
    ...entry,
    type: z.literal('tags'),
    added: z.array(z.string().max(50)).max(50),
    removed: z.array(z.string().max(50)).max(50),
  }),
  /** On the ticket that was merged away (`into`) and on the one that goes on (`from`): the other one. */
  z.object({
    ...entry,
    type: z.literal('merge'),
    direction: z.enum(['into', 'from']),
    otherId: id,
    otherNumber: z.string().max(40),
  }),
  z.object({ ...entry, type: z.literal('cancelled'), reason }),
  z.object({ ...entry, type: z.literal('excused'), of: targetNameSchema, reason }),
])
export type Message = z.infer<typeof messageSchema>
export type Author = z.infer<typeof author>
