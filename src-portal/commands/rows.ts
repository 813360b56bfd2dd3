import { sql } from 'drizzle-orm'
import type { Change } from '#shared/commands/judgement'
import { encodeValue, type WireRecord } from '#shared/portal/records'
import { isOpen } from '#shared/tickets/ticket'
import type { Database } from '../db/database'
import { storableJson } from '../db/storable-json'

/** Names a record in memory. */
export function nameOf({ kind, id }: { readonly kind: string; readonly id: string }): string {
  return `${kind}/${id}`
}

/** A changed record as it is stored: its value in wire form, and what the portal finds it by. */
export type ChangedRow = WireRecord & { readonly ticket_id?: string; readonly open?: boolean }

/** @throws ZodError when the value breaks its schema, such as a list that grew too long */
export function changedRow(change: Change): ChangedRow {
  const { kind, id, version, value } = change
  if (value === undefined) return { kind, id, version }
  const row = { kind, id, version, value: encodeValue(kind, value) }
  if (kind === 'message') return { ...row, ticket_id: value.ticketId }
  return kind === 'ticket' ? { ...row, open: isOpen(value) } : row
}

/** Writes changed and new records at versions that the caller was given (write-records.ts). Tickets are never new. */
export async function writeRows(tx: Database, rows: readonly ChangedRow[]): Promise<void> {
  await tx.execute(sql`
    insert into records as r (kind, id, version, value, ticket_id, open)
    select kind, id, version, value, ticket_id, open
    from jsonb_to_recordset(${storableJson(rows)}::jsonb)
      as i (kind text, id text, version bigint, value jsonb, ticket_id text, open boolean)
    on conflict (kind, id) do update set
      version = excluded.version, value = excluded.value, open = excluded.open,
      open_changed_in = case when r.open is distinct from excluded.open then excluded.version else r.open_changed_in end`)
}
