import { setTimeout } from 'node:timers/promises'
import type { Database } from '../db/database'
import { type RecordInput, writeRecords } from '../db/write-records'

export type Filling = {
  /** Resolves when everything is stored (`true`) or it was stopped before (`false`). */
  readonly done: Promise<boolean>
  readonly stop: () => void
}

/** A desk that has waited for the portal gets its queue first. */
const FIRST_REST_MS = 1_000

/**
 * Stores batches one after the other while the portal is already answering: after each it rests as long as it worked,
 * so that calls get at least half of the time. What people did meanwhile is left alone, and filling that was cut off
 * can be started again from the beginning.
 * @param batches asked for when the filling begins, a moment later
 */
export function fillHistory(db: Database, batches: () => Iterable<readonly RecordInput[]>): Filling {
  const stopped = new AbortController()
  /** Whether to go on. */
  const rest = (ms: number) =>
    setTimeout(ms, true, { signal: stopped.signal }).catch((error: Error) => {
      if (error.name !== 'AbortError') throw error
      return false
    })
  const fill = async () => {
    if (!(await rest(FIRST_REST_MS))) return false
    let began = performance.now()
    for (const batch of batches()) {
      await writeRecords(db, batch, { onlyNew: true })
      if (!(await rest(performance.now() - began))) return false
      began = performance.now()
    }
    return true
  }
  return { done: fill(), stop: () => stopped.abort() }
}
