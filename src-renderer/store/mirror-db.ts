import Dexie, { type Table } from 'dexie'
import { type RecordKind, type RecordValue, recordKinds } from '#shared/portal/records'
import type { Instant } from '#shared/time/instant'
import { declareSchema, dexieOptions, type SchemaStep } from './open-database'
import type { PackedTickets } from './pack-tickets'
import type { World } from './world'

/** A record as the portal said it: replaced whole, and only by a newer version. */
export type MirrorRow<K extends RecordKind = RecordKind> = {
  readonly id: string
  readonly version: number
  readonly value: RecordValue<K>
}

/** `key` is `kind/id`. Remembered so that an older page that comes late doesn't bring the record back. */
export type Tombstone = { readonly key: string; readonly version: number }

/** A record this desk couldn't read, kept as it came: a later version of the desk may. */
export type ProblemRow = {
  readonly key: string
  readonly version: number
  readonly problem: string
  readonly raw: unknown
}

/** Which records one page of a running bootstrap brought. */
export type BootstrapPageRow = {
  readonly page: number
  /** JSON of `[kind, id, version]` each: one text is copied faster than a thousand little arrays. */
  readonly seen: string
}

export type BootstrapState = {
  /** Pages stored so far. */
  readonly pages: number
  /** Token of the next page; absent before the first. */
  readonly after?: string
  /** Where changes are read from once it is complete; from its first page. */
  readonly cursor?: string
  readonly done: number
  readonly total: number
  readonly openDone: boolean
  /** There was a mirror before: what this bootstrap doesn't bring is removed at its end. */
  readonly again: boolean
}

/** How far the mirror is; stored in the transaction of the page that brought it there. */
export type SyncState = {
  readonly key: 'sync'
  /** Position in the feed; absent until a bootstrap is complete. */
  readonly cursor?: string
  readonly bootstrap?: BootstrapState
  /** A bootstrap came to its end, and what waits on this computer has not been compared with what it brought. */
  readonly isRebuilt?: true
  readonly lastSyncAt?: Instant
  readonly clockOffsetMs?: number
}

/**
 * Some hundred tickets in one row, written by the engine when it has nothing else to do (snapshot.ts): read many times
 * faster than the tickets one by one. Open ones come first.
 */
export type SnapshotChunk = {
  /** 0: its tickets were open when it was written; 1: they were not. */
  readonly lot: 0 | 1
  readonly n: number
  readonly size: number
  readonly packed: PackedTickets
}

/** A ticket that changed since the snapshot was written; what the snapshot has of it no longer counts. */
export type StaleRow = { readonly id: string }

/** What there is of a snapshot. Absent: nothing, and changed tickets needn't be noted. */
export type SnapshotState = {
  readonly key: 'snapshot'
  /** LAYOUT of pack-tickets.ts when it was begun: one of another layout is thrown away. */
  readonly layout: number
  /** Number of the next chunk. */
  readonly next: number
  /** Tickets in the chunks of each lot; a sum that differs tells of a damaged one. */
  readonly sizes: readonly [number, number]
  /** While it is being written: the ticket up to which it has been. Until it is complete nobody reads it. */
  readonly writtenTo?: string
}

const FIRST_KINDS = {
  ticket: 'id',
  message: 'id, value.ticketId',
  organization: 'id',
  contact: 'id',
  agent: 'id',
  policy: 'id',
  calendar: 'id',
} as const satisfies { readonly [K in RecordKind]?: string }

const STEPS: readonly SchemaStep[] = [
  {
    version: 1,
    name: 'records by kind, sync position',
    stores: {
      // Few indexes: each costs about a fifth of the writing speed, and lists are sorted in memory.
      ...FIRST_KINDS,
      tombstones: 'key',
      problems: 'key',
      bootstrapPages: 'page',
      meta: 'key',
    },
  },
  {
    version: 2,
    name: 'the other kinds of records, a snapshot of the tickets',
    stores: {
      ...Object.fromEntries(recordKinds.filter((kind) => !(kind in FIRST_KINDS)).map((kind) => [kind, 'id'])),
      snapshot: '[lot+n]',
      stale: 'id',
    },
  },
]

type KindTables = { readonly [K in RecordKind]: Table<MirrorRow<K>, string> }

/** A table for every kind of record: a new kind is one line in records.ts. */
export interface MirrorDb extends KindTables {}

/** What the portal said: disposable, fetched again whenever it is lost, so its durability is relaxed. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: Dexie makes the tables of KindTables from the steps.
export class MirrorDb extends Dexie {
  declare readonly tombstones: Table<Tombstone, string>
  declare readonly problems: Table<ProblemRow, string>
  declare readonly bootstrapPages: Table<BootstrapPageRow, number>
  declare readonly meta: Table<SyncState | SnapshotState, 'sync' | 'snapshot'>
  declare readonly snapshot: Table<SnapshotChunk, [lot: 0 | 1, n: number]>
  declare readonly stale: Table<StaleRow, string>

  /** Of the surroundings it is in. */
  readonly keyRange: typeof IDBKeyRange

  constructor(profile: string, world: World, upTo?: number) {
    super(mirrorName(profile), dexieOptions(world, 'relaxed'))
    this.keyRange = world.databases.keyRange
    declareSchema(this, STEPS, upTo)
  }
}

export function mirrorName(profile: string): string {
  return `mirror.${profile}`
}

/** How far the mirror is; a new one is nowhere. */
export async function readSyncState(db: MirrorDb): Promise<SyncState> {
  const state = await db.meta.get('sync')
  return state?.key === 'sync' ? state : { key: 'sync' }
}
