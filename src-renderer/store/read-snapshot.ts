import type { MirrorDb, MirrorRow, SnapshotChunk, SnapshotState } from './mirror-db'
import type { UnpackedTickets } from './pack-tickets'
import { isReadable, ticketsOf } from './snapshot'

/** `open`: the tickets that may be open, others may be among them. */
export type Wanted = 'open' | 'all'

export type SnapshotReader = {
  readonly mirror: MirrorDb
  readonly wanted: Wanted
  /** What is read is handed over once this has come. */
  readonly ready?: Promise<unknown>
  /** Called as each transaction begins; what it gives is called with what that transaction read. */
  readonly taker: () => (rows: Iterable<MirrorRow<'ticket'>>) => void
  /** In place of `taker` for what is packed: the tickets at these places, which this reader takes apart itself. */
  readonly packedTaker?: () => (tickets: UnpackedTickets, isIn: (index: number) => boolean) => void
  /** Every open ticket has been handed over; the others are read when this is over. */
  readonly onOpenDone?: () => void | Promise<void>
}

/**
 * Hands over the tickets of the snapshot: the open ones as they are in the mirror at one moment, then the others as they are
 * at a later one. One that changed in between may come twice; then the later one counts.
 * @returns whether that was all of them; if not, there is no complete snapshot or it is damaged, and the rows have to be read
 */
export async function readSnapshot(reader: SnapshotReader): Promise<boolean> {
  const { mirror, wanted, onOpenDone } = reader
  // Dexie opens again what was closed because the engine rebuilt it.
  if (!mirror.isOpen()) await mirror.meta.count()
  try {
    if (!(await readLot(reader, 0))) return false
    await onOpenDone?.()
    return wanted === 'open' || (await readLot(reader, 1))
  } catch (error) {
    // Whatever can't be read here is in the rows; a mirror that is closed is another matter.
    if (mirror.isOpen()) return false
    throw error
  }
}

/** So many chunks are asked for before it is known which there are. */
const AT_ONCE = 4

/** Hands over what is stale, and one of the two lots without it. @returns whether all of that could be had */
async function readLot({ mirror, ready, taker, packedTaker }: SnapshotReader, lot: 0 | 1): Promise<boolean> {
  // Plain IndexedDB: the transaction is over with its last request, not when what was read has been looked at.
  const transaction = mirror.backendDB().transaction(['meta', 'snapshot', 'stale', 'ticket'], 'readonly')
  const take = taker()
  const takePacked = packedTaker?.()
  const from = (store: string) => transaction.objectStore(store)
  const range = mirror.keyRange.bound([lot], [lot + 1], false, true)
  const [state, staleIds, keys, first] = await Promise.all([
    asked<SnapshotState | undefined>(from('meta').get('snapshot')),
    asked<IDBValidKey[]>(from('stale').getAllKeys()),
    asked<IDBValidKey[]>(from('snapshot').getAllKeys(range)),
    asked<SnapshotChunk[]>(from('snapshot').getAll(range, AT_ONCE)),
  ])
  if (!isReadable(state)) return false
  const staleRows = staleIds.map((id) => asked<MirrorRow<'ticket'> | undefined>(from('ticket').get(id)))
  // One by one: while some are taken apart the next ones come.
  const others = keys.slice(first.length).map((key) => asked<SnapshotChunk>(from('snapshot').get(key)))
  transaction.commit()

  const stale = new Set(staleIds)
  await ready
  take((await Promise.all(staleRows)).flatMap((row) => row ?? []))
  let size = 0
  for (const arriving of [...first, ...others]) {
    const chunk = await arriving
    const tickets = ticketsOf(chunk)
    size += chunk.size
    if (takePacked) takePacked(tickets, (index) => stale.size === 0 || !stale.has(tickets.ids[index] ?? ''))
    else take(stale.size === 0 ? tickets.rows() : without(tickets.rows(), stale))
  }
  return size === state.sizes[lot]
}

function* without(
  rows: Iterable<MirrorRow<'ticket'>>,
  ids: ReadonlySet<unknown>,
): Generator<MirrorRow<'ticket'>> {
  for (const row of rows) if (!ids.has(row.id)) yield row
}

function asked<T>(request: IDBRequest<T>): Promise<T> {
  const answer = new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  // Of several that fail together only the first is looked at.
  answer.catch(() => {})
  return answer
}
