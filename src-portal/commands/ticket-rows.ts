import { sql } from 'drizzle-orm'
import type { WireRecord } from '#shared/portal/records'
import { isOpen, type Ticket } from '#shared/tickets/ticket'
import type { Database } from '../db/database'
import { storableJson } from '../db/storable-json'
import { type RecordRow, wireRecord } from '../feed/wire-rows'

/** The ticket as it is now; undefined when there is none or it was deleted. */
export async function findTicket(tx: Database, id: string): Promise<WireRecord | undefined> {
  const { rows } = await tx.execute<RecordRow>(sql`
    select kind, id, version::text as version, value from records
    where kind = 'ticket' and id = ${id} and value is not null for update`)
  return rows[0] && wireRecord(rows[0])
}

/** Writes a changed ticket at a version that the caller was given (write-records.ts). */
export async function updateTicket(
  tx: Database,
  ticket: Ticket,
  value: unknown,
  version: number,
): Promise<void> {
  const open = isOpen(ticket)
  await tx.execute(sql`
    update records set version = ${version}::bigint, value = ${storableJson(value)}::jsonb,
      open_changed_in = case when open is distinct from ${open} then ${version}::bigint else open_changed_in end,
      open = ${open}
    where kind = 'ticket' and id = ${ticket.id}`)
}

/** Writes new messages in wire form; the first gets the version `first`. */
export async function insertMessages(tx: Database, values: readonly unknown[], first: number): Promise<void> {
  await tx.execute(sql`
    insert into records (kind, id, version, value, ticket_id)
    select 'message', value ->> 'id', ${first}::bigint + n - 1, value, value ->> 'ticketId'
    from jsonb_array_elements(${storableJson(values)}::jsonb) with ordinality as m (value, n)`)
}
