import { z } from 'zod'
import { channelSchema, slaEventSchema } from '../sla/events'
import { planSchema, prioritySchema, statusSchema, targetNameSchema } from '../sla/policy'
import { instantSchema } from '../time/instant'

/** A support region. AMER, EMEA and APAC by default; a workspace may have others. */
export const regionSchema = z.string().min(1).max(40)

const id = z.string().min(1).max(100)
const version = z.number().int().nonnegative()

/** Upper bounds of what a ticket carries itself, in UTF-16 units and in entries. */
export const MAX_TEXT = 4000
export const MAX_REASON = 500
export const MAX_TAGS = 50
export const MAX_PRODUCT_ISSUES = 20

/** The fields about which two commands can disagree; each remembers the version at which it last changed. */
export const decidedFieldSchema = z.enum([
  'status',
  'priority',
  'assigneeId',
  'escalation',
  'workaround',
  'courseOfAction',
  'promisedAt',
  'productIssues',
])
export type DecidedField = z.infer<typeof decidedFieldSchema>

/** Situation, background, assessment, request: what the backline needs to take over (follow-the-sun.md §3). */
export const escalationCaseSchema = z.object({
  /** The region whose backline is asked. */
  to: regionSchema,
  summary: z.string().max(MAX_TEXT),
  tried: z.string().max(MAX_TEXT),
  assessment: z.string().max(MAX_TEXT),
  ask: z.string().max(MAX_TEXT),
})

/** The last escalation. Until it is accepted whoever escalated keeps the ticket. */
export const escalationSchema = escalationCaseSchema.extend({
  byId: id,
  at: instantSchema,
  state: z.enum(['offered', 'accepted', 'returned']),
  answeredById: id.optional(),
  answeredAt: instantSchema.optional(),
  /** Why it was returned. */
  reason: z.string().max(MAX_REASON).optional(),
})
export type Escalation = z.infer<typeof escalationSchema>

/** An issue in R&D's tracker that the ticket waits for. `state` is what the tracker calls it. */
export const productIssueSchema = z.object({
  key: z.string().min(1).max(60),
  url: z.string().max(2000),
  state: z.string().min(1).max(40),
  /** When somebody is to look at it again. */
  checkAt: instantSchema.optional(),
})
export type ProductIssue = z.infer<typeof productIssueSchema>

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
  tags: z.array(z.string().max(50)).max(MAX_TAGS),
  createdAt: instantSchema,
  updatedAt: instantSchema,
  /** Last time the customer wrote; absent when never. */
  customerAt: instantSchema.optional(),
  escalation: escalationSchema.optional(),
  /** What helps until a fix is there: the resolution of the contract, for good (sla.md §4). */
  workaround: z.object({ text: z.string().max(MAX_TEXT), byId: id, at: instantSchema }).optional(),
  /** What will be done by when: the deadline of P3 and P4 (sla.md §3). */
  courseOfAction: z
    .object({ text: z.string().max(MAX_TEXT), dueAt: instantSchema, byId: id, at: instantSchema })
    .optional(),
  /** The next update promised to the customer; gone once they were told something. */
  promisedAt: instantSchema.optional(),
  productIssues: z.array(productIssueSchema).max(MAX_PRODUCT_ISSUES).optional(),
  /** The ticket that this one was merged into. */
  mergedInto: id.optional(),
  /** Breaches that a supervisor excused, with the reason; they stay breaches (sla.md §6). */
  excused: z
    .partialRecord(
      targetNameSchema,
      z.object({ reason: z.string().max(MAX_REASON), byId: id, at: instantSchema }),
    )
    .optional(),
  slaEvents: z.array(slaEventSchema).min(1).max(2000),
  /** Workspace version at which each decided field last changed: the base of the conflict rule (decide.ts). */
  changedIn: z.partialRecord(decidedFieldSchema, version),
})
export type Ticket = z.infer<typeof ticketSchema>

/** Whether work on the ticket is over for now. */
export function isOpen(ticket: Pick<Ticket, 'status'>): boolean {
  return ticket.status !== 'solved' && ticket.status !== 'closed'
}
