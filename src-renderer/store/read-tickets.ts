import type { MirrorDb, MirrorRow } from './mirror-db'

/**
 * Reads tickets by id, in the order of the ids; `undefined` where there is none. The transaction is over when this
 * resolves, so that the engine's next page doesn't wait until what was read is painted; and it is plain IndexedDB,
 * since this is on the way of every change to the screen.
 */
export async function readTickets(
  mirror: MirrorDb,
  ids: readonly string[],
): Promise<readonly (MirrorRow<'ticket'> | undefined)[]> {
  if (ids.length === 0) return []
  // Dexie opens again what was closed because the engine rebuilt it.
  if (!mirror.isOpen()) return mirror.ticket.bulkGet([...ids])
  return new Promise((resolve, reject) => {
    const transaction = mirror.backendDB().transaction('ticket', 'readonly')
    const store = transaction.objectStore('ticket')
    const rows = new Array<MirrorRow<'ticket'> | undefined>(ids.length)
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
