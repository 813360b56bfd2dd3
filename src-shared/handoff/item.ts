import { z } from 'zod'
import { planSchema, prioritySchema, statusSchema } from '../sla/policy'
import { instantSchema } from '../time/instant'

const id = z.string().min(1).max(100)
const said = (max: number) => z.string().trim().min(1, 'say something').max(max)

/** How the ticket is doing, as the sender sees it. */
export const severitySchema = z.enum(['stable', 'watcher', 'unstable'])
export type Severity = z.infer<typeof severitySchema>

/** Why a ticket is in the hand-off (follow-the-sun.md §2). What is there for another reason than `added` may not be left out. */
export const itemReasonSchema = z.enum(['P1', 'P2', 'due', 'promised', 'planned', 'unassigned', 'added'])
export type ItemReason = z.infer<typeof itemReasonSchema>

/** What people write about a ticket they hand over. */
export const itemContent = {
  severity: severitySchema.optional(),
  /** In one line. */
  situation: z.string().trim().max(500),
  done: z.array(z.strictObject({ what: said(500), result: said(500) })).max(30),
  actions: z.array(z.strictObject({ what: said(500), ownerId: id, dueAt: instantSchema })).max(20),
  /** `call`: whom to call if it comes to that. */
  ifThen: z.array(z.strictObject({ trigger: said(500), response: said(500), call: said(200) })).max(10),
}
export const itemContentSchema = z.object(itemContent)
export type ItemContent = z.infer<typeof itemContentSchema>

/** A target as the SLA had it at the snapshot (sla.md §4). */
const targetFactSchema = z.object({
  state: z.enum(['running', 'paused', 'awaiting-proposal', 'met', 'missed', 'breached', 'cancelled']),
  due: instantSchema.optional(),
})
export type TargetFact = z.infer<typeof targetFactSchema>

/** What the ticket itself said at `asOf`; filled in, never typed. */
export const factsSchema = z.object({
  asOf: instantSchema,
  number: z.string().max(40),
  subject: z.string().max(500),
  customer: z.string().max(200),
  plan: planSchema,
  priority: prioritySchema,
  status: statusSchema,
  assigneeId: id.optional(),
  /** The last time the customer wrote. */
  lastWordAt: instantSchema.optional(),
  promisedAt: instantSchema.optional(),
  /** The earliest thing planned: a course of action, or the next look at a product issue. */
  plannedAt: instantSchema.optional(),
  firstResponse: targetFactSchema,
  resolution: targetFactSchema,
})
export type Facts = z.infer<typeof factsSchema>

const by = { byId: id, at: instantSchema }

/** What the receiver did with an item. Until it is `accepted`, the sender owns the ticket and keeps its alerts. */
export const itemStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('waiting') }),
  /** `restated`: the next step in the receiver's own words. */
  z.object({ kind: z.literal('accepted'), ...by, restated: said(1000).optional() }),
  z.object({
    kind: z.literal('asked'),
    ...by,
    question: said(1000),
    answer: z.object({ ...by, text: said(1000) }).optional(),
  }),
  z.object({ kind: z.literal('returned'), ...by, reason: said(500), proposedOwnerId: id }),
])
export type ItemState = z.infer<typeof itemStateSchema>

/** One ticket of a hand-off. */
export const itemSchema = itemContentSchema.extend({
  ticketId: id,
  reasons: z.array(itemReasonSchema).min(1).max(7),
  /** Whoever hands it over: the assignee; of a ticket without one the outgoing lead. Owns it until it is accepted. */
  senderId: id,
  facts: factsSchema,
  state: itemStateSchema,
  /** The workspace version at which anything of this item changed last: two who decide about it clash, others don't. */
  changedIn: z.number().int().nonnegative(),
})
export type HandoffItem = z.infer<typeof itemSchema>
