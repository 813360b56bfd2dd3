import type { WireRecord } from '#shared/portal/records'
import { type MirrorDb, readSyncState } from '../store/mirror-db'
import { writeChanges } from '../store/mirror-write'
import { readPage } from './read-page'

/** Records that an earlier version of the desk couldn't read are tried again at each start: this one may. */
export async function retryProblems(mirror: MirrorDb): Promise<void> {
  const kept = await mirror.problems.toArray()
  if (kept.length === 0) return
  const { records } = readPage(kept.map(({ raw }) => raw as WireRecord))
  if (records.length > 0) await writeChanges(mirror, { records, problems: [] }, await readSyncState(mirror))
}
