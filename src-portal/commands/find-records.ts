import { type SQL, sql } from 'drizzle-orm'
import type { RecordName, Subjects } from '#shared/commands/subjects'
import type { WireRecord } from '#shared/portal/records'
import type { Database } from '../db/database'
import { storableJson } from '../db/storable-json'
import { type RecordRow, wireRecord } from '../feed/wire-rows'
import { nameOf } from './rows'

/** Of many hand-offs only the last ones matter to the next. */
const LAST_HANDOFFS = 12

/** Everything that some commands are decided against, by name; deleted records are there without a value. */
export async function findSubjects(
  tx: Database,
  subjects: readonly Subjects[],
  others: readonly RecordName[],
): Promise<Map<string, WireRecord>> {
  const names = [...subjects.flatMap((one) => one.names), ...others]
  const kinds = [...new Set(subjects.flatMap((one) => one.kinds))]
  const found = await find(
    tx,
    sql`join jsonb_to_recordset(${storableJson(names.map(({ kind, id }) => ({ kind, id })))}::jsonb)
      as n (kind text, id text) on r.kind = n.kind and r.id = n.id collate "C"`,
  )
  const add = async (rest: SQL) => {
    // What a name found is the same row: both were read under the lock of all writers.
    for (const [name, record] of await find(tx, rest)) found.set(name, record)
  }
  if (kinds.length > 0)
    await add(sql`where r.kind in (select jsonb_array_elements_text(${storableJson(kinds)}::jsonb))`)
  if (subjects.some(({ openTickets }) => openTickets)) await add(sql`where r.kind = 'ticket' and r.open`)
  if (subjects.some(({ lastHandoffs }) => lastHandoffs))
    await add(sql`where r.kind = 'handoff' order by r.version desc limit ${LAST_HANDOFFS}`)
  return found
}

async function find(tx: Database, which: SQL): Promise<Map<string, WireRecord>> {
  const { rows } = await tx.execute<RecordRow>(
    sql`select r.kind, r.id, r.version::text as version, r.value from records r ${which}`,
  )
  return new Map(rows.map((row) => [nameOf(row), wireRecord(row)]))
}
