import { isOpen } from '#shared/tickets/ticket'
import {
  type MirrorDb,
  type MirrorRow,
  readSyncState,
  type SnapshotChunk,
  type SnapshotState,
} from './mirror-db'
import { LAYOUT, packTickets, UnpackedTickets } from './pack-tickets'

/*
 * A second copy of the tickets inside the mirror, packed, from which windows start (read-snapshot.ts). What holds at
 * every moment, because each step is one transaction: a ticket that isn't stale is in exactly one chunk, as its row is; whoever
 * changes a row makes it stale in the same transaction (mirror-write.ts). So a kill between two steps costs nothing but
 * time, and nobody can read an older ticket than the mirror has.
 */

/** Tickets read, packed and written at once. */
const PAGE = 1000
/** A chunk with fewer tickets is dissolved: what is in it is packed anew together with others. */
const SMALL = 300

/** Whether there is a snapshot, complete and as this version packs it. */
export function isReadable(state: SnapshotState | undefined): state is SnapshotState & { writtenTo?: never } {
  return state?.layout === LAYOUT && state.writtenTo === undefined
}

export async function readSnapshotState(db: MirrorDb): Promise<SnapshotState | undefined> {
  const state = await db.meta.get('snapshot')
  return state?.key === 'snapshot' ? state : undefined
}

/** Whether whoever changes a ticket has to put it into `stale`, in the same transaction. */
export async function isStaleNotedIn(db: MirrorDb): Promise<boolean> {
  return (await readSnapshotState(db)) !== undefined
}

/** Forgets the snapshot, in the transaction that is going on or in one of its own. */
export function dropSnapshot(db: MirrorDb): Promise<void> {
  return db.transaction('rw', [db.meta, db.snapshot, db.stale], async () => {
    await db.snapshot.clear()
    await db.stale.clear()
    await db.meta.delete('snapshot')
  })
}

/**
 * Writes the next part of a first snapshot, or begins it.
 * @returns whether there is nothing left to do: it is complete, or the mirror isn't yet
 */
export function writeNextPart(db: MirrorDb): Promise<boolean> {
  return db.transaction('rw', [db.meta, db.ticket, db.snapshot, db.stale], async () => {
    const before = await readSnapshotState(db)
    if (isReadable(before) || (await readSyncState(db)).cursor === undefined) return true
    const isBegun = before?.layout === LAYOUT
    if (!isBegun) await dropSnapshot(db)
    const state: SnapshotState = isBegun
      ? before
      : { key: 'snapshot', layout: LAYOUT, next: 0, sizes: [0, 0] }
    const page = await db.ticket
      .where('id')
      .above(state.writtenTo ?? '')
      .limit(PAGE)
      .toArray()
    const end = page.at(-1)
    const { writtenTo: _, ...written } = await addChunks(db, state, page)
    const isComplete = end === undefined || page.length < PAGE
    await db.meta.put(isComplete ? written : { ...written, writtenTo: end.id })
    return isComplete
  })
}

/** Writes rows into new chunks; the state that it gives is for the caller to store. */
async function addChunks(
  db: MirrorDb,
  state: SnapshotState,
  rows: readonly MirrorRow<'ticket'>[],
): Promise<SnapshotState> {
  const lots = [
    rows.filter(({ value }) => isOpen(value)),
    rows.filter(({ value }) => !isOpen(value)),
  ] as const
  let { next } = state
  for (const lot of [0, 1] as const) {
    const some = lots[lot]
    if (some.length === 0) continue
    await db.snapshot.put(chunkOf({ lot, n: next }, some))
    next += 1
  }
  const [open, over] = state.sizes
  return { ...state, next, sizes: [open + lots[0].length, over + lots[1].length] }
}

function chunkOf(
  { lot, n }: Pick<SnapshotChunk, 'lot' | 'n'>,
  rows: readonly MirrorRow<'ticket'>[],
): SnapshotChunk {
  return { lot, n, size: rows.length, packed: packTickets(rows) }
}

/** A chunk that can't be read, or a part of the snapshot that isn't there. */
export class DamagedSnapshotError extends Error {
  override readonly name = 'DamagedSnapshotError'
}

/** @throws DamagedSnapshotError */
export function ticketsOf({ lot, n, size, packed }: SnapshotChunk): UnpackedTickets {
  let tickets: UnpackedTickets
  try {
    tickets = new UnpackedTickets(packed)
  } catch (error) {
    throw new DamagedSnapshotError(`chunk ${lot}/${n} of the snapshot can't be read`, { cause: error })
  }
  if (tickets.size !== size) {
    throw new DamagedSnapshotError(
      `chunk ${lot}/${n} of the snapshot has ${tickets.size} tickets, not ${size}`,
    )
  }
  return tickets
}

/**
 * Packs the stale tickets anew: takes them out of the chunks that have them, then writes them as chunks of their own.
 * Looks at every chunk, one transaction each, and asks `goOn` in between.
 * @throws DamagedSnapshotError
 */
export async function renewSnapshot(db: MirrorDb, goOn: () => Promise<boolean>): Promise<void> {
  const stale = new Set(await db.stale.toCollection().primaryKeys())
  const sizes: [number, number] = [0, 0]
  for (const key of await db.snapshot.toCollection().primaryKeys()) {
    if (!(await goOn())) return
    sizes[key[0]] += await takeOut(db, key, stale)
  }
  const state = await readSnapshotState(db)
  if (state && state.sizes.join() !== sizes.join()) {
    throw new DamagedSnapshotError(
      `the snapshot has ${sizes.join(' and ')} tickets, not ${state.sizes.join(' and ')}`,
    )
  }
  const ids = [...stale]
  for (let start = 0; start < ids.length; start += PAGE) {
    if (!(await goOn())) return
    await packAnew(db, ids.slice(start, start + PAGE))
  }
}

/** Takes stale tickets out of a chunk; makes the rest of a small one stale. @returns how many it still has */
function takeOut(db: MirrorDb, key: [0 | 1, number], stale: Set<string>): Promise<number> {
  return db.transaction('rw', [db.meta, db.snapshot, db.stale], async () => {
    const state = await readSnapshotState(db)
    const chunk = await db.snapshot.get(key)
    if (!isReadable(state) || !chunk) return 0
    const rows = [...ticketsOf(chunk).rows()]
    let rest = rows.filter(({ id }) => !stale.has(id))
    if (rest.length === rows.length && rest.length >= SMALL) return rest.length
    if (rest.length < SMALL) {
      for (const { id } of rest) stale.add(id)
      await db.stale.bulkPut(rest.map(({ id }) => ({ id })))
      rest = []
      await db.snapshot.delete(key)
    } else {
      await db.snapshot.put(chunkOf(chunk, rest))
    }
    const sizes: [number, number] = [...state.sizes]
    sizes[chunk.lot] += rest.length - rows.length
    await db.meta.put({ ...state, sizes })
    return rest.length
  })
}

/** These are in no chunk: writes those that are still there, and they are no longer stale. */
function packAnew(db: MirrorDb, ids: readonly string[]): Promise<void> {
  return db.transaction('rw', [db.meta, db.ticket, db.snapshot, db.stale], async () => {
    const state = await readSnapshotState(db)
    if (!isReadable(state)) return
    const rows = (await db.ticket.bulkGet([...ids])).flatMap((row) => (row ? [row] : []))
    await db.meta.put(await addChunks(db, state, rows))
    await db.stale.bulkDelete([...ids])
  })
}
