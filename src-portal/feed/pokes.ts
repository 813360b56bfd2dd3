import type { OpenDatabase } from '../db/database'
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

type Subscriber = { readonly listener: (cursor: string) => void; readonly ended: () => void }

/** Follows the commits of every node; one look at the database for all streams of this one. */
export async function createPokes({ db, onChanged }: OpenDatabase, log: Logger): Promise<Pokes> {
  const subscribers = new Set<Subscriber>()
  let current = formatCursor(cursorOf(await readWorkspace(db)))
  let reading = false
  let again = false

  const refresh = async () => {
    if (reading) {
      again = true
      return
    }
    reading = true
    try {
      const next = formatCursor(cursorOf(await readWorkspace(db)))
      if (next !== current) {
        current = next
        for (const { listener } of [...subscribers]) listener(current)
      }
    } catch (error) {
      // A poke is only a hint: desks poll as well, and the next commit tries again.
      log.warn(loggable(error), 'could not read the cursor')
    }
    reading = false
    if (again) {
      again = false
      void refresh()
    }
  }
  const forget = onChanged(() => void refresh())

  return {
    current: () => current,
    subscribe: (listener, ended) => {
      const subscriber = { listener, ended }
      subscribers.add(subscriber)
      return () => subscribers.delete(subscriber)
    },
    stop: () => {
      forget()
      for (const { ended } of [...subscribers]) ended()
    },
  }
}

function cursorOf({ generation, seq }: { generation: string; seq: number }) {
  return { generation, version: seq }
}
