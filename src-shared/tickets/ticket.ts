import { z } from 'zod'
import { channelSchema, slaEventSchema } from '../sla/events'
import { planSchema, prioritySchema, statusSchema } from '../sla/policy'
import { instantSchema } from '../time/instant'

/** A support region. AMER, EMEA and APAC by default; a workspace may have others. */
export const regionSchema = z.string().min(1).max(40)

const id = z.string().min(1).max(100)
const version = z.number().int().nonnegative()

/** The fields about which two commands can disagree; each remembers the version at which it last changed. */
export const decidedFieldSchema = z.enum(['status', 'priority', 'assigneeId'])
export type DecidedField = z.infer<typeof decidedFieldSchema>

/**
 * A ticket: what the queue and the SLA need, with its SLA events. Its conversation is records of their own
 * (message.ts), so that a long one is not sent again at every change. `plan`, `calendarId` and `policyId` are
 * those in force when the ticket started and never change (sla.md §1).
 */
export const ticketSchema = z.object({
  id,
  number: z.string().min(1).max(40),
  subject: z.string().max(500),
  organizationId: id,
  requesterId: id.optional(),
  plan: planSchema,
  policyId: id,
  calendarId: id,
  region: regionSchema,
  priority: prioritySchema,
  status: statusSchema,
  channel: channelSchema,
  assigneeId: id.optional(),
  tags: z.array(z.string().max(50)).max(50),
  createdAt: instantSchema,
  updatedAt: instantSchema,
  /** Last time the customer wrote; absent when never. */
  customerAt: instantSchema.optional(),
  slaEvents: z.array(slaEventSchema).min(1).max(2000),
  /** Workspace version at which each decided field last changed: the base of the conflict rule (decide.ts). */
  changedIn: z.partialRecord(decidedFieldSchema, version),
})
export type Ticket = z.infer<typeof ticketSchema>

/** Whether work on the ticket is over for now. */
export function isOpen(ticket: Pick<Ticket, 'status'>): boolean {
  return ticket.status !== 'solved' && ticket.status !== 'closed'
}
