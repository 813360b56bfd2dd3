import { z } from 'zod'
import { commandBase } from '../tickets/command'
import { itemContent } from './item'
import { partNameSchema, saidSchema } from './section'

const id = z.string().min(1).max(100)
/** `target` is the id of the hand-off. */
const base = commandBase
const words = (what: string, max = 1000) => z.string().trim().min(1, `say ${what}`).max(max)

const content = z.strictObject(itemContent).partial()

/** Every change of a hand-off is one of these values (follow-the-sun.md §2); unknown fields are refused. */
export const handoffCommands = [
  /** Opens the draft and fills it. `target` is `handoffId` of the two shifts, which must follow each other. */
  z.strictObject({ ...base, type: z.literal('open-handoff'), fromShiftId: id, toShiftId: id }),
  z.strictObject({
    ...base,
    type: z.literal('add-handoff-item'),
    ticketId: id,
    content: content.default({}),
  }),
  /** Sets what is given and leaves the rest. */
  z.strictObject({ ...base, type: z.literal('edit-handoff-item'), ticketId: id, content }),
  z.strictObject({ ...base, type: z.literal('remove-handoff-item'), ticketId: id }),
  z.strictObject({
    ...base,
    type: z.literal('edit-handoff-section'),
    part: partNameSchema,
    said: saidSchema,
  }),
  z.strictObject({ ...base, type: z.literal('offer-handoff') }),
  z.strictObject({ ...base, type: z.literal('withdraw-handoff'), reason: words('why it is withdrawn', 500) }),
  /** `restated`: the next step in one's own words; P1 and P2 are not accepted without. */
  z.strictObject({
    ...base,
    type: z.literal('accept-handoff-item'),
    ticketId: id,
    restated: words('what you will do next').optional(),
  }),
  z.strictObject({
    ...base,
    type: z.literal('ask-handoff-item'),
    ticketId: id,
    question: words('what you want to know'),
  }),
  z.strictObject({
    ...base,
    type: z.literal('answer-handoff-item'),
    ticketId: id,
    answer: words('the answer'),
  }),
  z.strictObject({
    ...base,
    type: z.literal('return-handoff-item'),
    ticketId: id,
    reason: words('why it is returned', 500),
    proposedOwnerId: id,
  }),
] as const
export const handoffCommandSchema = z.discriminatedUnion('type', handoffCommands)
export type HandoffCommand = z.infer<typeof handoffCommandSchema>
export type HandoffCommandType = HandoffCommand['type']
