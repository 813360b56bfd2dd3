import { decodeRecord, type PortalRecord, type WireRecord } from '#shared/portal/records'
import type { ProblemRow } from '../store/mirror-db'
import { keyOf, type Page } from '../store/mirror-write'
import type { PortalClient } from './portal-client'

/** One bad or unknown record doesn't spoil a page: it is kept as it came. */
export function readPage(wire: readonly WireRecord[]): Page {
  const records: PortalRecord[] = []
  const problems: ProblemRow[] = []
  for (const raw of wire) {
    const read = decodeRecord(raw)
    if ('record' in read) records.push(read.record)
    else
      problems.push({
        key: keyOf(raw.kind, raw.id),
        version: raw.version,
        problem: read.problem.problem,
        raw,
      })
  }
  return { records, problems }
}

/** The portal's time minus the desk's, to be stored with a page: countdowns need it before the first answer. */
export function clockOf(client: PortalClient): { clockOffsetMs?: number } {
  const clockOffsetMs = client.offsetMs()
  return clockOffsetMs === undefined ? {} : { clockOffsetMs }
}
