import type { Instant } from '#shared/time/instant'
import type { SyncStatus } from '../store/desk-store'
import type { EngineWorld } from './engine-world'
import type { StatusBoard } from './status-board'

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

export type FirstSyncInput = {
  readonly world: Pick<EngineWorld, 'now'>
  readonly board: Pick<StatusBoard, 'get' | 'set'>
  /** Changes are asked for this often at least. */
  readonly changesEveryMs: number
}

/** A first sync as it goes on: said in the status, held by the person, and now and then made to fetch what changed. */
export class FirstSyncCourse {
  readonly #input: FirstSyncInput
  readonly #pace = new FirstSyncPace()
  #isPaused = false
  #changesWanted = false
  #changesAskedAt: Instant

  constructor(input: FirstSyncInput) {
    this.#input = input
    this.#changesAskedAt = input.world.now()
  }

  show({ done, total, openDone }: Progress): void {
    const { world, board } = this.#input
    board.set({ firstSync: this.#pace.at({ done, total, openDone }, world.now(), this.#isPaused) })
  }

  /** Whether the person wants it to wait. */
  isPaused(): boolean {
    return this.#isPaused
  }

  pause(isPaused: boolean): void {
    this.#isPaused = isPaused
    const { firstSync } = this.#input.board.get()
    if (firstSync) this.show(firstSync)
  }

  /** The portal says that something changed. */
  poked(): void {
    this.#changesWanted = true
  }

  /** During a first sync changes are fetched when the portal poked, and now and then in case a poke went missing. */
  wantsChanges(): boolean {
    const { world, changesEveryMs } = this.#input
    const at = world.now()
    if (!this.#changesWanted && Math.abs(at - this.#changesAskedAt) < changesEveryMs) return false
    this.#changesWanted = false
    this.#changesAskedAt = at
    return true
  }
}
