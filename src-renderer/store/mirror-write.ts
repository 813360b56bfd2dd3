import Dexie from 'dexie'
import type { PortalRecord, RecordKind } from '#shared/portal/records'
import { recordKinds } from '#shared/portal/records'
import { type MirrorDb, type ProblemRow, readSyncState, type SyncState } from './mirror-db'
import { dropSnapshot, isStaleNotedIn } from './snapshot'

/** What a write changed, for the live collections. */
export type MirrorChange = {
  readonly tickets: ReadonlySet<string>
  /** Tickets whose timeline changed. */
  readonly messagesOf: ReadonlySet<string>
  /** Ids of all other records that changed, by their kind. */
  readonly others: OtherRecords
}

export type OtherKind = Exclude<RecordKind, 'ticket' | 'message'>
export type OtherRecords = { readonly [kind in OtherKind]?: ReadonlySet<string> }

/** A page as read from the wire. */
export type Page = { readonly records: readonly PortalRecord[]; readonly problems: readonly ProblemRow[] }

/** Newest version written by the running bootstrap, by `kind/id`: saves reading each row before writing it. */
export type Seen = Map<string, number>

export const keyOf = (kind: string, id: string): string => `${kind}/${id}`

/** Each record once, at its newest version; a page shouldn't repeat one, but may. */
function newest(records: readonly PortalRecord[]): ReadonlyMap<string, PortalRecord> {
  const byKey = new Map<string, PortalRecord>()
  for (const record of records) {
    const key = keyOf(record.kind, record.id)
    if ((byKey.get(key)?.version ?? -1) < record.version) byKey.set(key, record)
  }
  return byKey
}

class Tally {
  readonly tickets = new Set<string>()
  readonly messagesOf = new Set<string>()
  readonly others: { [kind in OtherKind]?: Set<string> } = {}

  touch(kind: RecordKind, id: string, ticketIds: readonly (string | undefined)[]): void {
    if (kind === 'ticket') this.tickets.add(id)
    else if (kind === 'message') for (const ticketId of ticketIds) ticketId && this.messagesOf.add(ticketId)
    else {
      this.others[kind] ??= new Set()
      this.others[kind].add(id)
    }
  }
}

/** What a write has to know before it begins. */
type Before = { readonly isStaleNoted: boolean; readonly hasProblems: boolean }

async function before(db: MirrorDb): Promise<Before> {
  const [isStaleNoted, problems] = await Promise.all([isStaleNotedIn(db), db.problems.count()])
  return { isStaleNoted, hasProblems: problems > 0 }
}

/**
 * Writes straight into the transaction that is going on, without waiting for each write: Dexie's bulkPut takes a third
 * longer, for events that nobody here listens to. A write that fails aborts the transaction, which rejects.
 */
function store(
  page: Page,
  fresh: readonly PortalRecord[],
  { isStaleNoted, hasProblems }: Before,
  tally: Tally,
): void {
  const { idbtrans } = Dexie.currentTransaction
  const tombstones = idbtrans.objectStore('tombstones')
  const stale = isStaleNoted ? idbtrans.objectStore('stale') : undefined
  for (const kind of recordKinds) {
    const ofKind = fresh.filter((record) => record.kind === kind)
    if (ofKind.length === 0) continue
    const table = idbtrans.objectStore(kind)
    for (const { id, version, value } of ofKind) {
      tally.touch(kind, id, [ticketIdOf(value)])
      if (kind === 'ticket') stale?.put({ id })
      if (value) table.put({ id, version, value })
      else {
        table.delete(id)
        tombstones.put({ key: keyOf(kind, id), version })
      }
    }
  }
  const problems = idbtrans.objectStore('problems')
  if (hasProblems) for (const { kind, id } of page.records) problems.delete(keyOf(kind, id))
  for (const problem of page.problems) problems.put(problem)
}

function ticketIdOf(value: PortalRecord['value']): string | undefined {
  return value && 'ticketId' in value ? value.ticketId : undefined
}

/** What the mirror has of a record. */
type Known = {
  readonly record: PortalRecord
  /** -1: it was never heard of. */
  readonly version: number
  /** Whose message it is, in the version that is here. */
  readonly ticketId: string | undefined
}

async function knownOf(db: MirrorDb, incoming: readonly PortalRecord[]): Promise<readonly Known[]> {
  const byKind = recordKinds.map(async (kind): Promise<readonly Known[]> => {
    const ofKind = incoming.filter((record) => record.kind === kind)
    if (ofKind.length === 0) return []
    const [rows, dead] = await Promise.all([
      db.table(kind).bulkGet(ofKind.map(({ id }) => id)),
      db.tombstones.bulkGet(ofKind.map(({ id }) => keyOf(kind, id))),
    ])
    return ofKind.map((record, index) => ({
      record,
      version: Math.max(rows[index]?.version ?? -1, dead[index]?.version ?? -1),
      ticketId: ticketIdOf(rows[index]?.value),
    }))
  })
  return (await Promise.all(byKind)).flat()
}

/**
 * Writes a page of the change feed and how far it brings the mirror, in one transaction. A row is replaced only by
 * a newer version and a deleted one comes back only with a newer version, so repeats and overlaps are harmless.
 */
export function writeChanges(db: MirrorDb, page: Page, state: SyncState): Promise<MirrorChange> {
  const incoming = [...newest(page.records).values()]
  return db.transaction('rw', db.tables, async () => {
    // All at once: this is on the way of every change to the screen.
    const [known, was] = await Promise.all([knownOf(db, incoming), before(db)])
    const newer = known.filter(({ record, version }) => record.version > version)
    const tally = new Tally()
    // A deleted message no longer says whose it was; a moved one changes two timelines.
    for (const { record, ticketId } of newer) tally.touch(record.kind, record.id, [ticketId])
    store(
      page,
      newer.map(({ record }) => record),
      was,
      tally,
    )
    await db.meta.put(state)
    return tally
  })
}

/** Starts a bootstrap. What was there stays visible until the end; earlier deletions no longer count. */
export async function beginBootstrap(db: MirrorDb, previous: SyncState): Promise<SyncState> {
  return db.transaction('rw', db.tables, async () => {
    const again = (await db.ticket.count()) > 0 || (await db.organization.count()) > 0
    const { cursor: _, ...kept } = previous
    const state: SyncState = {
      ...kept,
      bootstrap: { pages: 0, done: 0, total: 0, openDone: false, again },
    }
    await db.bootstrapPages.clear()
    await db.tombstones.clear()
    await db.problems.clear()
    // A portal set back to an older state wins over what is here, and a first sync needn't note what it changes.
    await dropSnapshot(db)
    await db.meta.put(state)
    return state
  })
}

/** What the stored pages of an unfinished bootstrap brought; call it once before resuming. */
export async function readSeen(db: MirrorDb): Promise<Seen> {
  const seen: Seen = new Map()
  for (const { seen: records } of await db.bootstrapPages.toArray()) {
    const read: [kind: string, id: string, version: number][] = JSON.parse(records)
    for (const [kind, id, version] of read) seen.set(keyOf(kind, id), version)
  }
  return seen
}

/**
 * Writes a page of a bootstrap with the state that asks for the next one, in one transaction. Only what this
 * bootstrap itself brought is compared: a portal set back to an older state wins over what was here before.
 */
export async function writeBootstrapPage(
  db: MirrorDb,
  page: Page,
  state: SyncState,
  seen: Seen,
): Promise<MirrorChange> {
  const fresh = [...newest(page.records)].filter(([key, { version }]) => (seen.get(key) ?? -1) < version)
  const records = fresh.map(([, record]) => record)
  const change = await db.transaction('rw', db.tables, async () => {
    const tally = new Tally()
    store(page, records, await before(db), tally)
    const brought = [...records, ...page.problems.flatMap(seenProblem)]
    await db.bootstrapPages.put({
      page: state.bootstrap?.pages ?? 0,
      seen: JSON.stringify(brought.map(({ kind, id, version }) => [kind, id, version])),
    })
    await db.meta.put(state)
    return tally
  })
  for (const [key, { version }] of fresh) seen.set(key, version)
  return change
}

/** An unreadable newer version of a known record doesn't remove the older one that can be read. */
function seenProblem({ key }: ProblemRow): { kind: RecordKind; id: string; version: number }[] {
  const kind = recordKinds.find((name) => key.startsWith(`${name}/`))
  return kind ? [{ kind, id: key.slice(kind.length + 1), version: -1 }] : []
}

/** Ends a bootstrap: what it didn't bring is removed, and `state` names the cursor to read changes from. */
export async function finishBootstrap(db: MirrorDb, state: SyncState): Promise<MirrorChange> {
  const tally = new Tally()
  const again = (await readSyncState(db)).bootstrap?.again ?? false
  const seen = again ? await readSeen(db) : undefined
  await db.transaction('rw', db.tables, async () => {
    for (const kind of seen ? recordKinds : []) {
      const ids = (await db.table(kind).toCollection().primaryKeys()).map(String)
      const gone = ids.filter((id) => !seen?.has(keyOf(kind, id)))
      if (gone.length > 0) await db.table(kind).bulkDelete(gone)
      for (const id of gone) tally.touch(kind, id, [])
    }
    await db.bootstrapPages.clear()
    await db.meta.put(state)
  })
  return tally
}

/** What waits on this computer was compared with what a bootstrap brought. */
export async function endRebuild(db: MirrorDb): Promise<void> {
  await db.transaction('rw', db.meta, async () => {
    const { isRebuilt: _, ...state } = await readSyncState(db)
    await db.meta.put(state)
  })
}

/**
 * Newest version of each record that the mirror knows: a row, a deletion, or a record it couldn't read.
 * @returns by the key `kind/id`
 */
export async function knownVersions(
  db: MirrorDb,
  records: readonly { readonly kind: RecordKind; readonly id: string }[],
): Promise<ReadonlyMap<string, number>> {
  const keys = records.map(({ kind, id }) => keyOf(kind, id))
  const kinds = [...new Set(records.map(({ kind }) => kind))]
  const tables = kinds.map((kind) => db.table<{ readonly version: number }, string>(kind))
  return db.transaction('r', [...tables, db.tombstones, db.problems], async () => {
    const [dead, unreadable] = await Promise.all([db.tombstones.bulkGet(keys), db.problems.bulkGet(keys)])
    const known = new Map<string, number>()
    const note = (key: string, version: number | undefined): void => {
      if (version !== undefined) known.set(key, Math.max(version, known.get(key) ?? -1))
    }
    keys.forEach((key, index) => {
      note(key, dead[index]?.version)
      note(key, unreadable[index]?.version)
    })
    for (const kind of kinds) {
      const ids = records.filter((record) => record.kind === kind).map(({ id }) => id)
      const rows = await db.table<{ readonly version: number }, string>(kind).bulkGet(ids)
      ids.forEach((id, index) => {
        note(keyOf(kind, id), rows[index]?.version)
      })
    }
    return known
  })
}
