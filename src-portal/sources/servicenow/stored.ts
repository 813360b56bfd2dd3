import { sql } from 'drizzle-orm'
import { ticketSchema } from '#shared/tickets/ticket'
import type { Instant } from '#shared/time/instant'
import type { Database } from '../../db/database'
import { PortalError } from '../../portal-error'
import type { ConvertedLog } from './convert'
import type { ImportTerms } from './incident'

export type Stored = {
  /** By how much an earlier import of this log moved its times; undefined when there was none. */
  readonly shiftMs: number | undefined
  /** Tickets on which somebody has worked in the portal since. */
  readonly touched: ReadonlySet<string>
  /** Policies and calendars that are there, perhaps changed by somebody. */
  readonly terms: ReadonlySet<string>
}

/**
 * What the database holds of this log. The shift of an earlier import isn't noted anywhere: it is the distance
 * between a stored ticket's beginning and the log's.
 * @throws PortalError when it was imported on other terms
 */
export async function readStored(db: Database, log: ConvertedLog, terms: ImportTerms): Promise<Stored> {
  const began = new Map<string, Instant>(log.incidents.map(({ ticket }) => [ticket.id, ticket.createdAt]))
  const { rows: known } = await db.execute<{ id: string; kind: string }>(
    sql`select kind, id from records where kind in ('policy', 'calendar') and value is not null`,
  )
  const { rows: commands } = await db.execute<{ target: string }>(
    sql`select distinct target from commands where target like 'sn-%' and result ->> 'outcome' = 'applied'`,
  )
  const { rows } = await db.execute<{ id: string; value: unknown }>(
    sql`select id, value from records where kind = 'ticket' and id like 'sn-%' and value is not null`,
  )
  let shiftMs: number | undefined
  for (const { id, value } of rows) {
    const start = began.get(id)
    if (start === undefined) continue
    const ticket = ticketSchema.decode(value as never)
    if (ticket.plan !== terms.plan || ticket.calendarId !== terms.calendarId) {
      throw new PortalError(
        `${ticket.number} was imported before with --plan ${ticket.plan} --calendar ${ticket.calendarId}, and a ` +
          'ticket keeps the plan and the calendar with which it started. Nothing was written. Use the same again, ' +
          'or another folder (--data).',
      )
    }
    shiftMs = ticket.createdAt - start
    break
  }
  return {
    shiftMs,
    touched: new Set(commands.map(({ target }) => target)),
    terms: new Set(known.map(({ kind, id }) => `${kind} ${id}`)),
  }
}
