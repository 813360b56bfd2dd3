import Dexie, { type Table } from 'dexie'
import type { RecordKind, RecordValue } from '#shared/portal/records'
import type { Instant } from '#shared/time/instant'
import { declareSchema, dexieOptions, type SchemaStep } from './open-database'
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
  readonly lastSyncAt?: Instant
  readonly clockOffsetMs?: number
}

const STEPS: readonly SchemaStep[] = [
  {
    version: 1,
    name: 'records by kind, sync position',
    stores: {
      // Few indexes: each costs about a fifth of the writing speed, and lists are sorted in memory.
      ticket: 'id',
      message: 'id, value.ticketId',
      organization: 'id',
      contact: 'id',
      agent: 'id',
      policy: 'id',
      calendar: 'id',
      tombstones: 'key',
      problems: 'key',
      bootstrapPages: 'page',
      meta: 'key',
    },
  },
]

/** What the portal said: disposable, fetched again whenever it is lost, so its durability is relaxed. */
export class MirrorDb extends Dexie {
  declare readonly ticket: Table<MirrorRow<'ticket'>, string>
  declare readonly message: Table<MirrorRow<'message'>, string>
  declare readonly organization: Table<MirrorRow<'organization'>, string>
  declare readonly contact: Table<MirrorRow<'contact'>, string>
  declare readonly agent: Table<MirrorRow<'agent'>, string>
  declare readonly policy: Table<MirrorRow<'policy'>, string>
  declare readonly calendar: Table<MirrorRow<'calendar'>, string>
  declare readonly tombstones: Table<Tombstone, string>
  declare readonly problems: Table<ProblemRow, string>
  declare readonly bootstrapPages: Table<BootstrapPageRow, number>
  declare readonly meta: Table<SyncState, 'sync'>

  constructor(profile: string, world: World, upTo?: number) {
    super(mirrorName(profile), dexieOptions(world, 'relaxed'))
    declareSchema(this, STEPS, upTo)
  }
}

export function mirrorName(profile: string): string {
  return `mirror.${profile}`
}

/** How far the mirror is; a new one is nowhere. */
export async function readSyncState(db: MirrorDb): Promise<SyncState> {
  return (await db.meta.get('sync')) ?? { key: 'sync' }
}
