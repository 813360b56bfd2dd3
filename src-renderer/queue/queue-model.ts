import { parseFilter } from '#shared/queue/filter'
import { textsOf } from '#shared/queue/filter-match'
import { createQueueView, type QueueView, type ViewSettings } from '#shared/queue/queue-view'
import { isNews } from '#shared/queue/row-news'
import type { CountedView } from '#shared/queue/view-counts'
import type { Instant } from '#shared/time/instant'
import type { DeskStore } from '../store/desk-store'
import { markStart } from '../store/start-marks'
import type { Ticker } from '../ui/ticker'
import { createTextSearch } from './text-search'

/** The queue's view joined to the desk's rows and to time; tells React only that something changed. */
export type QueueModel = {
  readonly view: QueueView
  /** Grows with every change. */
  version(): number
  /** When the portal last changed what the row shows, by the page's clock; undefined once that is no news any more. */
  newsAt(ticketId: string): number | undefined
  subscribe(listener: () => void): () => void
  show(settings: ViewSettings): void
  /** Counts these beside the built-in ones. */
  countViews(views: readonly CountedView[]): void
  /** 0 to 1: how many of the messages were looked through for the words of the view; 1 when none are wanted. */
  searched(): number
  /** Starts following rows and time; returns the end of it. */
  start(): () => void
}

/** How long a change is news. */
export const NEWS_MS = 2_400

export function createQueueModel(desk: DeskStore, ticker: Ticker): QueueModel {
  const search = createTextSearch(
    desk,
    (ids) => {
      view.patch(ids, desk.now())
      changed()
    },
    changed,
  )
  const view = createQueueView(desk.rows, desk.me, search.found)
  const listeners = new Set<() => void>()
  let version = 0
  /** When rows last had news. */
  const news = new Map<string, number>()

  function changed(): void {
    version += 1
    for (const listener of listeners) listener()
  }
  /** Notes what is news in rows that changed; the view has them as they were. */
  function noteNews(changedIds: readonly string[]): void {
    // A first sync brings everything: that is no news of anything.
    if (!desk.rows.isReady() || desk.status.get().firstSync !== undefined) return
    const at = performance.now()
    for (const [id, since] of news) if (at - since > NEWS_MS) news.delete(id)
    for (const id of changedIds) {
      const before = view.rowAsShown(id)
      const row = desk.rows.get(id)
      if (row && (before ? isNews(before, row) : true)) news.set(id, at)
    }
  }
  function onTime(now: Instant): void {
    if (view.wakeAt !== undefined && view.wakeAt <= now && view.wake(now)) changed()
  }

  /** While nobody does anything, so that the first word in the filter box finds all texts made. */
  function prepareTexts(from: number): void {
    idle = requestIdleCallback((deadline) => {
      let next: number | undefined = from
      while (next !== undefined && deadline.timeRemaining() > 4) next = view.prepareTexts(next)
      if (next !== undefined) prepareTexts(next)
    })
  }
  let idle = 0
  let isPreparing = false
  function prepareWhenReady(): void {
    if (isPreparing || !desk.rows.isReady()) return
    isPreparing = true
    prepareTexts(0)
  }

  return {
    view,
    version: () => version,
    newsAt(id) {
      const at = news.get(id)
      return at !== undefined && performance.now() - at < NEWS_MS ? at : undefined
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    show(settings) {
      const { query, filter } = settings
      search.want([...textsOf(parseFilter(query)), ...textsOf(parseFilter(filter))])
      view.show(settings, desk.now())
      changed()
    },
    countViews(views) {
      view.countViews(views, desk.now())
      changed()
    },
    searched: search.searched,
    start() {
      view.patch(undefined, desk.now())
      markStart('sorted')
      changed()
      const endRows = desk.rows.subscribe((changedIds) => {
        if (changedIds) noteNews(changedIds)
        view.patch(changedIds, desk.now())
        if (!changedIds) markStart('sorted')
        changed()
        prepareWhenReady()
      })
      prepareWhenReady()
      const endTime = ticker.add(onTime)
      return () => {
        endRows()
        endTime()
        cancelIdleCallback(idle)
        isPreparing = false
        search.stop()
      }
    },
  }
}
