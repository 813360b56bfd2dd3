import { sql } from 'drizzle-orm'
import type { WireRecord } from '#shared/portal/records'
import type { Database } from '../db/database'
import { storableJson } from '../db/storable-json'
import { type RecordRow, wireRecord } from '../feed/wire-rows'

/** Tickets as they are now, by id; those that there aren't or that were deleted are left out. */
export async function findTickets(tx: Database, ids: readonly string[]): Promise<Map<string, WireRecord>> {
  const { rows } = await tx.execute<RecordRow>(sql`
    select kind, id, version::text as version, value from records
    where kind = 'ticket' and value is not null
      and id in (select jsonb_array_elements_text(${storableJson(ids)}::jsonb))`)
  return new Map(rows.map((row) => [row.id, wireRecord(row)]))
}

/** A changed ticket in wire form, with what is known of it beside its value. */
export type TicketRow = {
  readonly id: string
  readonly version: number
  readonly value: unknown
  readonly open: boolean
}

/** Writes changed tickets at versions that the caller was given (write-records.ts). */
export async function updateTickets(tx: Database, rows: readonly TicketRow[]): Promise<void> {
  await tx.execute(sql`
    update records r set version = i.version, value = i.value, open = i.open,
      open_changed_in = case when r.open is distinct from i.open then i.version else r.open_changed_in end
    from jsonb_to_recordset(${storableJson(rows)}::jsonb) as i (id text, version bigint, value jsonb, open boolean)
    where r.kind = 'ticket' and r.id = i.id`)
}

/** A new message in wire form. */
export type MessageRow = { readonly version: number; readonly value: unknown }

/** Writes new messages at versions that the caller was given. */
export async function insertMessages(tx: Database, rows: readonly MessageRow[]): Promise<void> {
  await tx.execute(sql`
    insert into records (kind, id, version, value, ticket_id)
    select 'message', i.value ->> 'id', i.version, i.value, i.value ->> 'ticketId'
    from jsonb_to_recordset(${storableJson(rows)}::jsonb) as i (version bigint, value jsonb)`)
}
