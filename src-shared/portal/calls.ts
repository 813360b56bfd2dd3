import { z } from 'zod'
import { agentSchema } from '../tickets/people'
import { instantSchema } from '../time/instant'
import { MAX_COMMANDS_PER_BATCH } from './protocol'
import { wireRecordSchema } from './records'

const version = z.number().int().nonnegative()

/** Opaque to the desk: a position in the change feed. */
export const cursorSchema = z.string().min(1).max(200)

/** `GET /v1/session`: who I am and what this portal can do. */
export const sessionSchema = z.object({
  product: z.literal('meridian-portal'),
  protocol: z.number().int().positive(),
  workspace: z.object({ id: z.string().min(1).max(100), name: z.string().max(200) }),
  agent: agentSchema,
  serverTime: instantSchema,
  features: z.array(z.string().max(60)),
})
export type Session = z.infer<typeof sessionSchema>

/**
 * `GET /v1/bootstrap?after=&limit=`: everything, in the order that makes a desk useful: reference data, open tickets
 * with their messages, then closed ones, newest first. Any page can be asked for again.
 */
export const bootstrapPageSchema = z.object({
  records: z.array(wireRecordSchema),
  /** The position that was asked for, by which an answer to another question is known; absent on the first page. */
  after: z.string().max(1000).optional(),
  /** Position in the feed from which changes are to be read once the bootstrap is complete; the same on every page. */
  cursor: cursorSchema,
  /** Ask for the next page with `after=next`; absent on the last page. */
  next: z.string().max(1000).optional(),
  /** Counted in records. `openDone`: reference data and open tickets are complete with this page. */
  progress: z.object({ done: z.number().int(), total: z.number().int(), openDone: z.boolean() }),
})
export type BootstrapPage = z.infer<typeof bootstrapPageSchema>

/** `GET /v1/changes?after=CURSOR&limit=`: records changed since, each once at its newest version, in order. */
export const changesPageSchema = z.object({
  records: z.array(wireRecordSchema),
  /** The position that was asked for, by which an answer to another question is known. */
  after: cursorSchema.optional(),
  cursor: cursorSchema,
  more: z.boolean(),
})
export type ChangesPage = z.infer<typeof changesPageSchema>

/** `POST /v1/commands`. Each command is decoded by itself, so that a bad one is rejected alone. */
export const commandBatchSchema = z.strictObject({
  commands: z.array(z.unknown()).min(1).max(MAX_COMMANDS_PER_BATCH),
})

export const commandOutcomeSchema = z.discriminatedUnion('outcome', [
  z.object({ id: z.string(), outcome: z.literal('applied'), version }),
  /** `current` is the record as it is now, in wire form; also where the answer is given again. */
  z.object({
    id: z.string(),
    outcome: z.literal('conflict'),
    current: wireRecordSchema,
    fields: z.array(z.string()),
  }),
  z.object({
    id: z.string(),
    outcome: z.literal('rejected'),
    code: z.string(),
    message: z.string(),
    field: z.string().optional(),
  }),
])
/** `duplicate` marks an answer given before: the same as the first time, and nothing was applied again. */
export const commandResultSchema = z.intersection(
  commandOutcomeSchema,
  z.object({ duplicate: z.boolean().optional() }),
)
export type CommandResult = z.infer<typeof commandResultSchema>
export const commandResultsSchema = z.object({ results: z.array(commandResultSchema) })

/** An event of `GET /v1/stream` (Server-Sent Events, event name `poke`): something changed, pull now. */
export const pokeSchema = z.object({ cursor: cursorSchema })

export const doingSchema = z.enum(['viewing', 'replying'])
export type Doing = z.infer<typeof doingSchema>

/**
 * `PUT /v1/presence`: the ticket this desk is at, or none any more when `ticketId` is left out. Forgotten after
 * PRESENCE_MS, so a desk says it again before that; answered by 204.
 */
export const presenceSchema = z.strictObject({
  ticketId: z.string().min(1).max(100).optional(),
  doing: doingSchema.default('viewing'),
})

/**
 * An event of `GET /v1/stream` (event name `presence`): everybody who is at a ticket now, which replaces what was known
 * of it. A stream begins with one for each ticket that somebody is at; of all others nobody is.
 */
export const presenceEventSchema = z.object({
  ticketId: z.string(),
  /** By agent id, each once; the reader is among them. */
  people: z.array(z.object({ agentId: z.string(), doing: doingSchema })),
})
export type PresenceEvent = z.infer<typeof presenceEventSchema>

/** RFC 9457 problem details; `field` names what to mend. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string().optional(),
  field: z.string().optional(),
})
export type Problem = z.infer<typeof problemSchema>
