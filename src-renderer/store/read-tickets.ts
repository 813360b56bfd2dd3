import type { MirrorDb, MirrorRow } from './mirror-db'
import { readSnapshot, type SnapshotReader } from './read-snapshot'

type Row = MirrorRow<'ticket'>

/** Rows read at once: few enough that the window stays responsive in between. */
const PAGE = 1000

/**
 * Hands over every ticket, from the snapshot if there is one, else row by row. A ticket may come twice; then the later
 * one counts.
 */
export async function readEveryTicket(reader: SnapshotReader): Promise<void> {
  if (await readSnapshot(reader)) return
  let last = ''
  for (;;) {
    const take = reader.taker()
    const page = await readTicketsAfter(reader.mirror, last, PAGE)
    await reader.ready
    take(page)
    const end = page.at(-1)
    if (!end || page.length < PAGE) break
    last = end.id
  }
  await reader.onOpenDone?.()
}

/*
 * Plain IndexedDB, since this is on the way of every change to the screen. The transactions are over when these
 * resolve: as Dexie's end later, the engine's next page would wait until what was read is painted.
 */

/** Reads up to `limit` tickets whose ids come after `after`, in the order of their ids. */
async function readTicketsAfter(mirror: MirrorDb, after: string, limit: number): Promise<readonly Row[]> {
  if (!mirror.isOpen()) return mirror.ticket.where('id').above(after).limit(limit).toArray()
  return new Promise((resolve, reject) => {
    const transaction = mirror.backendDB().transaction('ticket', 'readonly')
    const range = mirror.keyRange.lowerBound(after, true)
    const request = transaction.objectStore('ticket').getAll(range, limit)
    request.onsuccess = () => {
      transaction.commit()
      resolve(request.result)
    }
    transaction.onabort = () => reject(transaction.error ?? new Error('reading tickets was broken off'))
  })
}

/** Reads tickets by id, in the order of the ids; `undefined` where there is none. */
export async function readTickets(
  mirror: MirrorDb,
  ids: readonly string[],
): Promise<readonly (Row | undefined)[]> {
  if (ids.length === 0) return []
  // Dexie opens again what was closed because the engine rebuilt it.
  if (!mirror.isOpen()) return mirror.ticket.bulkGet([...ids])
  return new Promise((resolve, reject) => {
    const transaction = mirror.backendDB().transaction('ticket', 'readonly')
    const store = transaction.objectStore('ticket')
    const rows = new Array<Row | undefined>(ids.length)
    let missing = ids.length
    ids.forEach((id, index) => {
      const request = store.get(id)
      request.onsuccess = () => {
        rows[index] = request.result
        missing -= 1
        if (missing > 0) return
        transaction.commit()
        resolve(rows)
      }
    })
    transaction.onabort = () => reject(transaction.error ?? new Error('reading tickets was broken off'))
  })
}
