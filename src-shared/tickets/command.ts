import { z } from 'zod'
import { prioritySchema, statusSchema, targetNameSchema } from '../sla/policy'
import { instantSchema } from '../time/instant'
import { attachmentSchema, MAX_ATTACHMENTS } from './attachment'
import { MAX_BODY } from './message'
import { MAX_REASON, MAX_TAGS, MAX_TEXT, regionSchema } from './ticket'

const id = z.string().min(1).max(100)

/** What every command carries, whatever it is about. */
export const commandBase = {
  /** Made once on the desk; sending a command again with the same id never applies it twice. */
  id: z.uuid(),
  /** When the person did it, by the desk's corrected clock. */
  at: instantSchema,
  /** The id of what it changes: of a ticket, unless the command says otherwise. */
  target: id,
  /** Version of the target that the person was looking at. */
  baseVersion: z.number().int().nonnegative(),
}
const base = commandBase
const body = z.string().trim().min(1, 'write something before sending').max(MAX_BODY)
const attachments = z.array(attachmentSchema).max(MAX_ATTACHMENTS).optional()
const reason = z.string().trim().max(MAX_REASON).optional()
const because = z.string().trim().min(1, 'give a reason').max(MAX_REASON)
const text = (what: string) => z.string().trim().min(1, `say ${what}`).max(MAX_TEXT)
const tag = z.string().trim().toLowerCase().min(1).max(50)
const webAddress = z
  .url({ protocol: /^https?$/, error: 'must be a web address that begins with https:// or http://' })
  .max(2000)

/** Every change of a ticket is one of these values (portal.md §3); unknown fields are refused. */
export const ticketCommands = [
  z.strictObject({
    ...base,
    type: z.literal('reply'),
    body,
    public: z.literal(true).default(true),
    attachments,
  }),
  z.strictObject({ ...base, type: z.literal('note'), body, attachments }),
  z.strictObject({ ...base, type: z.literal('claim') }),
  /** Without `to` the ticket is nobody's any more. */
  z.strictObject({ ...base, type: z.literal('assign'), to: id.optional() }),
  z.strictObject({ ...base, type: z.literal('set-status'), status: statusSchema }),
  z.strictObject({ ...base, type: z.literal('set-priority'), priority: prioritySchema, reason }),
  z.strictObject({
    ...base,
    type: z.literal('escalate'),
    to: regionSchema,
    summary: text('what is going on'),
    tried: text('what was tried, with its result'),
    assessment: text('what you think it is'),
    ask: text('what you need'),
  }),
  z.strictObject({ ...base, type: z.literal('accept-escalation') }),
  z.strictObject({ ...base, type: z.literal('return-escalation'), reason: because }),
  z.strictObject({
    ...base,
    type: z.literal('link-product-issue'),
    key: z.string().trim().min(1, 'give the key of the issue').max(60),
    url: webAddress,
    state: z.string().trim().min(1, 'say what state the issue is in').max(40),
    checkAt: instantSchema.optional(),
  }),
  z.strictObject({ ...base, type: z.literal('unlink-product-issue'), key: z.string().min(1).max(60) }),
  z.strictObject({ ...base, type: z.literal('record-workaround'), text: text('what helps meanwhile') }),
  z.strictObject({
    ...base,
    type: z.literal('propose-course-of-action'),
    text: text('what will be done'),
    dueAt: instantSchema,
  }),
  z.strictObject({ ...base, type: z.literal('promise-update'), promisedAt: instantSchema }),
  z.strictObject({
    ...base,
    type: z.literal('tag'),
    add: z.array(tag).max(MAX_TAGS).default([]),
    remove: z.array(tag).max(MAX_TAGS).default([]),
  }),
  /** `into` is the id of the ticket that goes on. */
  z.strictObject({ ...base, type: z.literal('merge'), into: id }),
  z.strictObject({ ...base, type: z.literal('cancel'), reason: because }),
  z.strictObject({
    ...base,
    type: z.literal('log-call'),
    direction: z.enum(['to-customer', 'from-customer']),
    body,
  }),
  z.strictObject({ ...base, type: z.literal('excuse-breach'), of: targetNameSchema, reason: because }),
] as const

export const ticketCommandSchema = z.discriminatedUnion('type', ticketCommands)
export type TicketCommand = z.infer<typeof ticketCommandSchema>
export type TicketCommandType = TicketCommand['type']
