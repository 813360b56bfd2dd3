import { sql } from 'drizzle-orm'
import type { BootstrapPage } from '#shared/portal/calls'
import type { WireRecord } from '#shared/portal/records'
import type { Database } from '../db/database'
import { readWorkspace, type Workspace } from '../db/workspace'
import { formatCursor, isReachable } from './cursor'
import { formatPosition, type Phase, type Position, parsePosition, phases } from './position'
import { readTicketPage } from './ticket-page'
import { type RecordRow, wireRecord } from './wire-rows'

/** What a phase gave, and where in it to go on; no place when it is complete. */
type Step = {
  readonly records: readonly WireRecord[]
  readonly next: Pick<Position, 'id' | 'sortAt' | 'message'> | undefined
}

async function firstPosition(db: Database, { generation, seq }: Workspace): Promise<Position> {
  const { rows } = await db.execute<{ total: number }>(
    sql`select count(*)::int as total from records where value is not null`,
  )
  return { generation, version: seq, total: rows[0]?.total ?? 0, done: 0, phase: phases[0] }
}

async function readById(
  db: Database,
  { phase, version, id: after = '' }: Position,
  limit: number,
): Promise<Step> {
  // A ticket that changed meanwhile may have appeared when its phase was over.
  const belongs =
    phase === 'stray'
      ? sql`kind = 'message' and not exists (
          select 1 from records t where t.kind = 'ticket' and t.id = m.ticket_id and t.value is not null
            and t.version <= ${version})`
      : sql`kind = ${phase}`
  const { rows } = await db.execute<RecordRow>(sql`
    select kind, id, version::text as version, value from records m
    where ${belongs} and id > ${after} and value is not null and m.version <= ${version}
    order by id limit ${limit + 1}`)
  const records = rows.slice(0, limit).map(wireRecord)
  return { records, next: rows.length > limit ? { id: records.at(-1)?.id } : undefined }
}

function readStep(db: Database, position: Position, limit: number): Promise<Step> {
  const { phase, version, id, sortAt, message } = position
  if (phase !== 'open' && phase !== 'closed') return readById(db, position, limit)
  const after = id !== undefined && sortAt !== undefined ? { id, sortAt, message } : undefined
  return readTicketPage(db, phase, version, after, limit)
}

function phaseAfter(phase: Phase): Phase | undefined {
  return phases[phases.indexOf(phase) + 1]
}

/**
 * One page of everything, in the order that makes a desk useful (portal.md §1). A page ends where the open tickets
 * end, so that the queue can be shown as soon as it is complete.
 *
 * Nothing is remembered between pages and nothing is locked: `cursor` is fixed before the first page is read, what is
 * newer is left to the feed after it.
 * @param after `next` of the page before; undefined for the first
 * @returns undefined when `after` isn't of this database: the desk has to start over
 */
export async function readBootstrap(
  db: Database,
  after: string | undefined,
  limit: number,
): Promise<BootstrapPage | undefined> {
  // The version is read before anything else: whatever changes from here on is in the feed after it.
  const workspace = await readWorkspace(db)
  const start = after === undefined ? await firstPosition(db, workspace) : parsePosition(after)
  if (!start || !isReachable(start, workspace)) return undefined

  const records: WireRecord[] = []
  let position: Position | undefined = start
  while (position && records.length < limit) {
    const { phase }: Position = position
    const { generation, version, total } = start
    const step = await readStep(db, position, limit - records.length)
    records.push(...step.records)
    const next: Phase | undefined = step.next ? phase : phaseAfter(phase)
    position = next && { generation, version, total, done: 0, phase: next, ...step.next }
    if (phase === 'open' && !step.next) break
  }

  const done = start.done + records.length
  const openDone = !position || phases.indexOf(position.phase) > phases.indexOf('open')
  return {
    records,
    cursor: formatCursor(start.version, workspace),
    ...(position ? { next: formatPosition({ ...position, done }) } : {}),
    // Tickets that changed state meanwhile may be given twice, so the total is only an estimate.
    progress: { done, total: Math.max(start.total, done), openDone },
  }
}
