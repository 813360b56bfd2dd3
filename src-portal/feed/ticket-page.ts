import { sql } from 'drizzle-orm'
import type { WireRecord } from '#shared/portal/records'
import type { Database } from '../db/database'
import { type RecordRow, wireRecord } from './wire-rows'

type TicketRow = RecordRow & {
  readonly sort_at: string
  readonly messages: number
  readonly before: number
}

/** The last ticket given, and the last of its messages if there are more. */
export type TicketKey = {
  readonly id: string
  readonly sortAt: number
  readonly message?: string | undefined
}

export type TicketPage = { readonly records: readonly WireRecord[]; readonly next: TicketKey | undefined }

/** Messages that were there when the bootstrap began; newer ones are in the feed. */
const isOldMessage = (version: number) =>
  sql`kind = 'message' and value is not null and records.version <= ${version}`

async function messagesOf(
  db: Database,
  version: number,
  ticketId: string,
  after: string,
  limit: number,
): Promise<RecordRow[]> {
  const { rows } = await db.execute<RecordRow>(sql`
    select kind, id, version::text as version, value from records
    where ${isOldMessage(version)} and ticket_id = ${ticketId} and id > ${after}
    order by id limit ${limit}`)
  return rows
}

/**
 * Which tickets belong to a phase of a bootstrap that began at `version`. One whose state changed since belongs to
 * both: wherever it was when its page was read, its messages are given at least once. (The ticket itself is in the
 * feed, being newer; its messages aren't.)
 */
function inPhase(phase: 'open' | 'closed', version: number) {
  return sql`(open = ${phase === 'open'} or open_changed_in > ${version})`
}

/**
 * The next tickets of a phase, newest first, with their messages; at most `limit` records (at least 1).
 * `next` is undefined when the phase is complete with this page. The order is by what never changes of a ticket, so
 * none is passed over because it was touched meanwhile.
 */
export async function readTicketPage(
  db: Database,
  phase: 'open' | 'closed',
  version: number,
  after: TicketKey | undefined,
  limit: number,
): Promise<TicketPage> {
  const records: WireRecord[] = []
  if (after?.message !== undefined) {
    const rest = await messagesOf(db, version, after.id, after.message, limit + 1)
    records.push(...rest.slice(0, limit).map(wireRecord))
    if (rest.length > limit) return { records, next: { ...after, message: records.at(-1)?.id } }
  }
  const room = limit - records.length
  const { rows } = await db.execute<TicketRow>(sql`
    with candidates as (
      select kind, id, version, value, sort_at, (
        select count(*)::int from records where ${isOldMessage(version)} and ticket_id = t.id
      ) as messages
      from records t
      where kind = 'ticket' and value is not null and ${inPhase(phase, version)}
        and (version <= ${version} or exists (
          select 1 from records where ${isOldMessage(version)} and ticket_id = t.id))
        ${after ? sql`and (sort_at, id) < (${after.sortAt}::bigint, ${after.id})` : sql``}
      order by sort_at desc, id desc limit ${room + 1}
    ), placed as (
      select *, (sum(1 + messages) over (order by sort_at desc, id desc) - 1 - messages)::int as before
      from candidates
    )
    select kind, id, version::text as version, value, sort_at::text as sort_at, messages, before
    from placed where before <= ${room} order by before`)
  return addTickets(db, version, records, rows, room, after)
}

/** Puts the tickets that fit and their messages on the page; the last ticket's messages may be cut. */
async function addTickets(
  db: Database,
  version: number,
  records: WireRecord[],
  rows: readonly TicketRow[],
  room: number,
  after: TicketKey | undefined,
): Promise<TicketPage> {
  const fitting = rows.filter((row) => row.before < room)
  const whole = fitting.filter((row) => row.before + 1 + row.messages <= room)
  const cut = fitting.find((row) => row.before + 1 + row.messages > room)
  records.push(...fitting.map(wireRecord))
  if (whole.some((row) => row.messages > 0)) {
    const ids = JSON.stringify(whole.map((row) => row.id))
    const { rows: messages } = await db.execute<RecordRow>(sql`
      select kind, id, version::text as version, value from records
      where ${isOldMessage(version)} and ticket_id in (select jsonb_array_elements_text(${ids}::jsonb))
      order by ticket_id, id`)
    records.push(...messages.map(wireRecord))
  }
  if (cut) {
    const messages = await messagesOf(db, version, cut.id, '', room - cut.before - 1)
    records.push(...messages.map(wireRecord))
    return {
      records,
      next: { id: cut.id, sortAt: Number(cut.sort_at), message: messages.at(-1)?.id ?? '' },
    }
  }
  const last = fitting.at(-1)
  const lastKey = last ? { id: last.id, sortAt: Number(last.sort_at) } : after
  return {
    records,
    next: rows.length > fitting.length && lastKey ? { ...lastKey, message: undefined } : undefined,
  }
}
