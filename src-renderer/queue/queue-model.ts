import { createQueueView, type QueueView, type ViewSettings } from '#shared/queue/queue-view'
import type { Instant } from '#shared/time/instant'
import type { DeskStore } from '../store/desk-store'
import type { Ticker } from '../ui/ticker'

/** The queue's view joined to the desk's rows and to time; tells React only that something changed. */
export type QueueModel = {
  readonly view: QueueView
  /** Grows with every change. */
  version(): number
  subscribe(listener: () => void): () => void
  show(settings: ViewSettings): void
  /** Starts following rows and time; returns the end of it. */
  start(): () => void
}

export function createQueueModel(desk: DeskStore, ticker: Ticker): QueueModel {
  const view = createQueueView(desk.rows, desk.me.id)
  const listeners = new Set<() => void>()
  let version = 0

  function changed(): void {
    version += 1
    for (const listener of listeners) listener()
  }
  function onTime(now: Instant): void {
    if (view.wakeAt !== undefined && view.wakeAt <= now && view.wake(now)) changed()
  }

  return {
    view,
    version: () => version,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    show(settings) {
      view.show(settings, desk.now())
      changed()
    },
    start() {
      view.patch(undefined, desk.now())
      changed()
      const endRows = desk.rows.subscribe((changedIds) => {
        view.patch(changedIds, desk.now())
        changed()
      })
      const endTime = ticker.add(onTime)
      return () => {
        endRows()
        endTime()
      }
    },
  }
}
