import type { OpenDatabase } from '../db/database'
import { noticeSetBack } from '../db/generation'
import { readWorkspace } from '../db/workspace'
import { type Logger, loggable } from '../log'
import { formatCursor } from './cursor'

/** Tells streams that something changed: the newest cursor, once for any number of commits in a row. */
export type Pokes = {
  /** The newest cursor known. */
  readonly current: () => string
  /** Calls `listener` with each new cursor, and `ended` when the portal stops. Gives its unsubscribe. */
  readonly subscribe: (listener: (cursor: string) => void, ended: () => void) => () => void
  readonly stop: () => void
}

/**
 * Shortest time between two pokes, in ms. The first of several changes is told at once; those that follow closely wait
 * this long, together, so that streams cost the same however many commands a second there are.
 */
const GAP_MS = 50
/** What each stream adds to it, in ms: writing to one takes a fraction of this, the rest is left for calls. */
const GAP_PER_STREAM_MS = 0.2

type Subscriber = { readonly listener: (cursor: string) => void; readonly ended: () => void }

/** Follows the commits of every node; one look at the database for all streams of this one. */
export async function createPokes({ db, onChanged }: OpenDatabase, log: Logger): Promise<Pokes> {
  const subscribers = new Set<Subscriber>()
  let seen = await readWorkspace(db)
  let current = formatCursor(seen.seq, seen)
  /** While it is being read, and for the gap after it was told. */
  let isBusy = false
  let isDue = false
  let gap: NodeJS.Timeout | undefined

  const tellNewest = async (): Promise<boolean> => {
    try {
      let next = await readWorkspace(db)
      // Restored under a running portal: what this node has seen is not there any more.
      const { generation, seq: version } = seen
      if (next.generation === generation && next.seq < version) {
        await noticeSetBack(db, { generation, version }, log)
        next = await readWorkspace(db)
      }
      seen = next
      const cursor = formatCursor(next.seq, next)
      if (cursor === current) return false
      current = cursor
      for (const { listener } of [...subscribers]) listener(current)
      return true
    } catch (error) {
      // A poke is only a hint: desks poll as well, and the next commit tries again.
      log.warn(loggable(error), 'could not read the cursor')
      return false
    }
  }
  const rest = () => {
    isBusy = false
    if (isDue) refresh()
  }
  const refresh = () => {
    isDue = isBusy
    if (isBusy) return
    isBusy = true
    void tellNewest().then((told) => {
      if (told) gap = setTimeout(rest, GAP_MS + subscribers.size * GAP_PER_STREAM_MS).unref()
      else rest()
    })
  }
  const forget = onChanged(refresh)

  return {
    current: () => current,
    subscribe: (listener, ended) => {
      const subscriber = { listener, ended }
      subscribers.add(subscriber)
      return () => subscribers.delete(subscriber)
    },
    stop: () => {
      forget()
      clearTimeout(gap)
      for (const { ended } of [...subscribers]) ended()
    },
  }
}
