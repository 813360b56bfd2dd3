import { z } from 'zod'
import { commandSchema, isTicketCommand } from '../commands/command'
import type { TicketCommand } from '../tickets/command'

const queued = z.object({
  kind: z.literal('queued'),
  /** How often this intent was answered with a conflict; the second one parks it (portal.md §2). */
  conflicts: z.number().int().nonnegative(),
})
/** Confirmed by the portal; kept on top of the mirror until the feed has passed `version`, so nothing flickers back. */
const applied = z.object({
  kind: z.literal('applied'),
  version: z.number().int().nonnegative(),
  /** The portal was done with it before: if what it was about is nowhere here, that was deleted since. */
  wasKnown: z.literal(true).optional(),
})
/** Refused: the person decides (Retry, Edit, Discard). */
const parked = z.object({
  kind: z.literal('parked'),
  code: z.string().max(200),
  message: z.string().max(2000),
  fields: z.array(z.string().max(100)).optional(),
  /** The whole request was refused, so an earlier attempt whose answer was lost may have been taken under this id. */
  unjudged: z.literal(true).optional(),
})

/** How a ticket was called when somebody did something about it: it may be gone when they look for what they did. */
export const aboutSchema = z.object({ number: z.string().max(40), subject: z.string().max(500) })
export type About = z.infer<typeof aboutSchema>

/**
 * A command of mine that the mirror doesn't show yet. There is deliberately no `sending`: whether a request was on
 * its way when the app died can't be known, and sending the same id again is harmless.
 */
export const outboxEntrySchema = z.object({
  /** Names the intent for as long as it lives; `command.id` names one attempt on the wire and may be replaced. */
  id: z.string().min(1).max(100),
  /** Order in which the person did things, over all windows. */
  seq: z.number().int().positive(),
  command: commandSchema,
  /** What its author saw of the fields that it decides about (tickets/seen.ts); entries of older versions have none. */
  seen: z.record(z.string().max(40), z.unknown()).optional(),
  /** The ticket it is about; entries of older versions and of other records have none. */
  about: aboutSchema.optional(),
  state: z.discriminatedUnion('kind', [queued, applied, parked]),
})
export type OutboxEntry = z.infer<typeof outboxEntrySchema>
/** An entry whose command is about a ticket. */
export type TicketEntry = OutboxEntry & { readonly command: TicketCommand }
export type OutboxState = OutboxEntry['state']

/** Entries of one ticket in the order in which they were made. */
export function inOrder(entries: readonly OutboxEntry[]): readonly OutboxEntry[] {
  return [...entries].sort((a, b) => a.seq - b.seq)
}

export function isAboutTicket(entry: OutboxEntry): entry is TicketEntry {
  return isTicketCommand(entry.command)
}
