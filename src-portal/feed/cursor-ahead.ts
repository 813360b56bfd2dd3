import type { Database } from '../db/database'
import { noticeSetBack } from '../db/generation'
import { readWorkspace } from '../db/workspace'
import type { Logger } from '../log'
import { parseCursor, provesSetBack } from './cursor'

/**
 * A desk's cursor was refused. If it shows that the database was set back, that is dealt with for all desks: also for
 * those that come when the database has counted past their cursor.
 */
export async function noticeCursorAhead(db: Database, refused: string, log: Logger): Promise<void> {
  const cursor = parseCursor(refused)
  if (!cursor || !provesSetBack(cursor, await readWorkspace(db))) return
  const { generation, version } = cursor
  await noticeSetBack(db, { generation, version }, log)
}
