import { setTimeout } from 'node:timers/promises'
import type { Database } from '../db/database'
import { type RecordInput, writeRecords } from '../db/write-records'

export type Filling = {
  /** Resolves when everything is stored (`true`) or it was stopped before (`false`). */
  readonly done: Promise<boolean>
  readonly stop: () => void
}

/**
 * Stores batches one after the other while the portal is already answering: after each it rests as long as it worked,
 * so that calls get at least half of the time. What people did meanwhile is left alone, and filling that was cut off
 * can be started again from the beginning.
 */
export function fillHistory(db: Database, batches: Iterable<readonly RecordInput[]>): Filling {
  const stopped = new AbortController()
  const fill = async () => {
    let began = performance.now()
    for (const batch of batches) {
      await writeRecords(db, batch, { onlyNew: true })
      await setTimeout(performance.now() - began, undefined, { signal: stopped.signal }).catch(
        () => undefined,
      )
      if (stopped.signal.aborted) return false
      began = performance.now()
    }
    return true
  }
  return { done: fill(), stop: () => stopped.abort() }
}
