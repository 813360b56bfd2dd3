import { sql } from 'drizzle-orm'
import { encodeValue, type RecordKind, type RecordValue } from '#shared/portal/records'
import { decidedFieldSchema, isOpen } from '#shared/tickets/ticket'
import { CHANGED_CHANNEL, type Database } from './database'
import { storableJson } from './storable-json'

/** A record to write, in decoded form (instants are epoch ms). `value: undefined` deletes it. */
export type RecordInput = {
  [K in RecordKind]: { readonly kind: K; readonly id: string; readonly value: RecordValue<K> | undefined }
}[RecordKind]

export type Written = {
  /** Records that were new or different; the others kept their version. */
  readonly changed: number
  readonly unchanged: number
  /** The workspace's version afterwards. */
  readonly version: number
}

type WriteOptions = {
  /** Leaves records alone that are there already, also deleted ones: for filling up what people may have changed. */
  readonly onlyNew?: boolean
  /** Called after each part with the number of records handled so far. */
  readonly onProgress?: (done: number, total: number) => void
}

/** Records in one statement: bounds the memory of a parameter. */
const PART = 2000

/**
 * Takes the row lock that every writer must hold before it gives out versions, and returns the last one given out.
 * The lock is kept until the transaction ends, so writers queue up and versions become visible in the order in which
 * they were given: a reader of the feed who has seen version n has seen everything below it. (With a bigserial a
 * slow transaction would commit a smaller number after a reader has passed it, and that change would be skipped.)
 */
export async function lockSequence(tx: Database): Promise<number> {
  const { rows } = await tx.execute<{ seq: string }>(sql`select seq::text as seq from workspace for update`)
  const seq = rows[0]?.seq
  if (seq === undefined) throw new Error('the database has no workspace row')
  return Number(seq)
}

/** Publishes the last version given out in this transaction; listeners hear of it when it commits. */
export async function advanceSequence(tx: Database, version: number): Promise<void> {
  await tx.execute(
    sql`update workspace set seq = ${version} returning pg_notify(${CHANGED_CHANNEL}, ${String(version)})`,
  )
}

/** The columns by which the portal finds a record, beside its value. */
function columnsOf(record: RecordInput): Record<string, unknown> {
  if (record.value === undefined) return {}
  if (record.kind === 'message') return { ticket_id: record.value.ticketId }
  if (record.kind === 'ticket') return { open: isOpen(record.value), sort_at: record.value.createdAt }
  return {}
}

function inputRow(record: RecordInput, n: number): Record<string, unknown> {
  const { kind, id, value } = record
  if (value !== undefined && value.id !== id)
    throw new Error(`${kind} ${id}: its value has the id ${value.id}`)
  return { n, kind, id, value: value === undefined ? null : encodeValue(kind, value), ...columnsOf(record) }
}

/**
 * Upserts rows under the lock, giving out versions after `seq` in the order of the rows.
 *
 * `changedIn` of a ticket is the portal's to say, so what a source sends is ignored: a field that differs from what is
 * stored gets the new version. `sort_at` stays what it was first.
 */
async function upsert(
  tx: Database,
  rows: readonly Record<string, unknown>[],
  seq: number,
  onlyNew: boolean,
): Promise<number> {
  const stamped = (field: string) => sql`
    case when i.old_value -> ${field}::text is distinct from i.value -> ${field}::text
      then jsonb_build_object(${field}::text, i.version) else '{}'::jsonb end`
  const result = await tx.execute<{ changed: number }>(sql`
    with input as (
      select i.*, ${seq}::bigint + row_number() over (order by i.n) as version,
        old.kind is not null as known, old.value as old_value, old.open as old_open, old.open_changed_in as old_open_changed_in
      from jsonb_to_recordset(${storableJson(rows)}::jsonb)
        as i (n int, kind text, id text, value jsonb, ticket_id text, open boolean, sort_at bigint)
      left join records old on old.kind = i.kind and old.id = i.id
      where i.value - 'changedIn' is distinct from old.value - 'changedIn'
        ${onlyNew ? sql`and old.kind is null` : sql``}
    ), written as (
      insert into records as r (kind, id, version, value, ticket_id, open, open_changed_in, sort_at)
      select i.kind, i.id, i.version,
        case when i.kind <> 'ticket' or i.value is null then i.value
          when i.old_value is null then i.value || '{"changedIn": {}}'
          else i.value || jsonb_build_object('changedIn', (i.old_value -> 'changedIn')
            || ${sql.join(decidedFieldSchema.options.map(stamped), sql` || `)}) end,
        i.ticket_id, i.open,
        case when i.known and i.open is distinct from i.old_open then i.version else i.old_open_changed_in end,
        i.sort_at
      from input i
      on conflict (kind, id) do update set
        version = excluded.version, value = excluded.value,
        ticket_id = coalesce(excluded.ticket_id, r.ticket_id),
        open = excluded.open, open_changed_in = excluded.open_changed_in,
        sort_at = coalesce(r.sort_at, excluded.sort_at)
      returning 1
    )
    select count(*)::int as changed from written`)
  return result.rows[0]?.changed ?? 0
}

/**
 * Writes records of any source (demo, import, another help desk) in one transaction: all or nothing.
 * A record equal to what is stored keeps its version, so writing the same again changes nothing. Of several with the
 * same kind and id the last counts. A ticket's `changedIn` is set by the portal, whatever the input says.
 * @throws ZodError when a value breaks its schema; nothing is written then
 */
export async function writeRecords(
  db: Database,
  input: readonly RecordInput[],
  { onlyNew = false, onProgress }: WriteOptions = {},
): Promise<Written> {
  const records = [...new Map(input.map((record) => [`${record.kind} ${record.id}`, record])).values()]
  return db.transaction(async (tx) => {
    const before = await lockSequence(tx)
    let changed = 0
    for (let start = 0; start < records.length; start += PART) {
      const rows = records.slice(start, start + PART).map(inputRow)
      changed += await upsert(tx, rows, before + changed, onlyNew)
      onProgress?.(Math.min(start + PART, records.length), records.length)
    }
    if (changed > 0) await advanceSequence(tx, before + changed)
    return { changed, unchanged: records.length - changed, version: before + changed }
  })
}
