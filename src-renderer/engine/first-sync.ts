import type { Instant } from '#shared/time/instant'
import type { SyncStatus } from '../store/desk-store'

type FirstSync = NonNullable<SyncStatus['firstSync']>
export type Progress = Pick<FirstSync, 'done' | 'total' | 'openDone'>

/** How much of the newest pace counts: one slow page is no trend. */
const SHARE_OF_NEW = 0.2
/** A longer silence was a pause or a lost connection and says nothing about the pace. */
const LONGEST_STEP_MS = 20_000

/** What the strip says of a first sync: how far it is, and how long it still takes at its pace. */
export class FirstSyncPace {
  #last: { readonly at: Instant; readonly done: number } | undefined
  #msPerRecord: number | undefined

  /** @param at the desk's own clock, epoch ms */
  at(progress: Progress, at: Instant, isPaused: boolean): FirstSync {
    const { done, total } = progress
    const last = this.#last
    const elapsed = last ? at - last.at : 0
    if (last && done > last.done && elapsed > 0 && elapsed < LONGEST_STEP_MS) {
      const pace = elapsed / (done - last.done)
      this.#msPerRecord =
        this.#msPerRecord === undefined ? pace : this.#msPerRecord + (pace - this.#msPerRecord) * SHARE_OF_NEW
    }
    if (!last || done !== last.done) this.#last = { at, done }
    const leftMs = this.#msPerRecord === undefined ? undefined : Math.max(0, total - done) * this.#msPerRecord
    return { ...progress, isPaused, ...(leftMs === undefined || isPaused ? {} : { leftMs }) }
  }
}
