import type { MirrorDb, MirrorRow, SnapshotChunk, SnapshotState } from './mirror-db'
import { isReadable, rowsOf } from './snapshot'

/** `open`: the tickets that may be open, others may be among them. */
export type Wanted = 'open' | 'all'

export type SnapshotReader = {
  readonly mirror: MirrorDb
  readonly wanted: Wanted
  /** What is read is handed over once this has come. */
  readonly ready?: Promise<unknown>
  /** Called as each transaction begins; what it gives is called with what that transaction read. */
  readonly taker: () => (rows: Iterable<MirrorRow<'ticket'>>) => void
  /** Every open ticket has been handed over. */
  readonly onOpenDone?: () => void
}

/**
 * Hands over the tickets of the snapshot as they are in the mirror at one moment, open ones first, each once. The first
 * are handed over while others are still being read.
 * @returns whether that was all of them; if not, there is no complete snapshot or it is damaged, and the rows have to be read
 */
export async function readSnapshot(reader: SnapshotReader): Promise<boolean> {
  const { mirror, wanted, onOpenDone } = reader
  // Dexie opens again what was closed because the engine rebuilt it.
  if (!mirror.isOpen()) await mirror.meta.count()
  // Plain IndexedDB: the transaction is over with its last request, not when what was read has been looked at.
  const transaction = mirror.backendDB().transaction(['meta', 'snapshot', 'stale', 'ticket'], 'readonly')
  const take = reader.taker()
  const from = (store: string) => transaction.objectStore(store)
  try {
    const [state, staleIds, keys] = await Promise.all([
      asked<SnapshotState | undefined>(from('meta').get('snapshot')),
      asked<IDBValidKey[]>(from('stale').getAllKeys()),
      asked<IDBValidKey[]>(from('snapshot').getAllKeys()),
    ])
    if (!isReadable(state)) return false
    const staleRows = staleIds.map((id) => asked<MirrorRow<'ticket'> | undefined>(from('ticket').get(id)))
    const chunks = keys
      .filter((key) => wanted === 'all' || lotOf(key) === 0)
      .map((key) => ({ lot: lotOf(key), chunk: asked<SnapshotChunk>(from('snapshot').get(key)) }))
    transaction.commit()

    const stale = new Set(staleIds)
    await reader.ready
    take((await Promise.all(staleRows)).flatMap((row) => row ?? []))
    let size = 0
    let isOpenDone = false
    for (const { lot, chunk } of chunks) {
      const arrived = await chunk
      const rows = rowsOf(arrived)
      if (lot === 1 && !isOpenDone) {
        isOpenDone = true
        onOpenDone?.()
      }
      size += arrived.size
      take(stale.size === 0 ? rows : without(rows, stale))
    }
    if (!isOpenDone) onOpenDone?.()
    return wanted === 'open' || size === state.size
  } catch (error) {
    // Whatever can't be read here is in the rows; a mirror that is closed is another matter.
    if (mirror.isOpen()) return false
    throw error
  }
}

function* without(
  rows: Iterable<MirrorRow<'ticket'>>,
  ids: ReadonlySet<unknown>,
): Generator<MirrorRow<'ticket'>> {
  for (const row of rows) if (!ids.has(row.id)) yield row
}

const lotOf = (key: IDBValidKey): unknown => (Array.isArray(key) ? key[0] : undefined)

function asked<T>(request: IDBRequest<T>): Promise<T> {
  const answer = new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  // Of several that fail together only the first is looked at.
  answer.catch(() => {})
  return answer
}
