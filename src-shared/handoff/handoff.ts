import { z } from 'zod'
import { regionSchema } from '../tickets/ticket'
import { instantSchema } from '../time/instant'
import { handoffCommandSchema } from './command'
import { type HandoffItem, itemSchema } from './item'
import { sectionSchema } from './section'

const id = z.string().min(1).max(100)
const version = z.number().int().nonnegative()

/** `draft` → `offered` → `accepted`, or `closed-with-returns` when some items were; `withdrawn` from the first two. */
export const handoffStateSchema = z.enum(['draft', 'offered', 'accepted', 'closed-with-returns', 'withdrawn'])
export type HandoffState = z.infer<typeof handoffStateSchema>

/** One of the two shifts, as the rota had it when the hand-off was opened or offered. */
export const sideSchema = z.object({
  shiftId: id,
  region: regionSchema,
  startsAt: instantSchema,
  endsAt: instantSchema,
  leadId: id.optional(),
  memberIds: z.array(id).max(200),
  /** Who is asked when the lead doesn't answer. */
  supervisorId: id,
})
export type Side = z.infer<typeof sideSchema>

/** Who said what, and when it took effect. */
export const logEntrySchema = z.object({
  /** Of the command, so that a preview and the portal's truth are the same entry. */
  id: z.uuid(),
  at: instantSchema,
  byId: id,
  what: z.enum(handoffCommandSchema.options.map((option) => option.shape.type.value)),
  ticketId: id.optional(),
  part: z.string().max(40).optional(),
  /** What an edit set. What it set it to is in the item, and frozen there once it is offered. */
  fields: z.array(z.string().max(40)).max(10).optional(),
  /** What was asked, answered, restated, or given as a reason. */
  text: z.string().max(1000).optional(),
  proposedOwnerId: id.optional(),
  /** Who owned the ticket before an acceptance; absent: nobody did. */
  fromId: id.optional(),
  /** When it was written, if that was noticeably before the portal took it. */
  writtenAt: instantSchema.optional(),
})
export type LogEntry = z.infer<typeof logEntrySchema>

/** A hand-off carries no more than these. */
export const MAX_ITEMS = 1000
export const MAX_LOG = 5000

/** One per pair of consecutive shifts (follow-the-sun.md §2); the value of the record kind `handoff`. */
export const handoffSchema = z.object({
  /** Follows from the pair (`handoffId`), so that there are never two. */
  id,
  rotaId: id,
  state: handoffStateSchema,
  from: sideSchema,
  to: sideSchema,
  /** How often it was opened: 1, and one more each time after it was withdrawn. */
  round: z.number().int().positive(),
  openedAt: instantSchema,
  offeredAt: instantSchema.optional(),
  closedAt: instantSchema.optional(),
  items: z.array(itemSchema).max(MAX_ITEMS),
  /** Tickets that belong and had no room; never a P1 or P2. */
  leftOut: z.number().int().nonnegative(),
  section: sectionSchema,
  log: z.array(logEntrySchema).max(MAX_LOG),
  /** The workspace version at which `state` changed last, but by an item. */
  changedIn: version,
})
export type Handoff = z.infer<typeof handoffSchema>

/** The id of the one hand-off from a shift to the region that takes over. */
export function handoffId(from: { readonly id: string }, to: { readonly region: string }): string {
  return `${from.id}~${to.region}`
}

/** When the receiving shift is alone responsible: it has begun, and the sending one is over. */
export function takeOverAt({ from, to }: Pick<Handoff, 'from' | 'to'>): number {
  return Math.max(from.endsAt, to.startsAt)
}

export function itemOf(handoff: Handoff, ticketId: string): HandoffItem | undefined {
  return handoff.items.find((item) => item.ticketId === ticketId)
}

/** May not be left out. */
export function isMandatory(item: Pick<HandoffItem, 'reasons'>): boolean {
  return item.reasons.some((reason) => reason !== 'added')
}
