import { sql } from 'drizzle-orm'
import { type Logger, loggable } from '../log'
import { CHANGED_CHANNEL, type Database, type OpenDatabase } from './database'
import { newGeneration } from './workspace'
import { lockSequence } from './write-records'

/*
 * A database set back to a backup goes on counting from an older version. Desks that had come further would then miss
 * what it counts anew. So it has to become another generation, which makes every cursor of before worthless and lets
 * desks fetch everything again. It is noticed in four ways:
 * - it lies elsewhere than when it was opened last: files copied back, a dump loaded, a server recovered (`origin`)
 * - a desk shows a cursor that this database gave out and hasn't come to (cursor.ts)
 * - a running node sees it counting backwards (pokes.ts)
 * - whoever restored it says so: `npm run portal -- restored`
 * A false alarm costs each desk one bootstrap; a restore that nobody notices leaves it with what is no longer true.
 */

/**
 * Versions of a new generation begin at the next multiple of this. So they are beyond all that the one before gave
 * out: a command that was written on what is now undone still conflicts with what others changed since.
 */
const STEP = 1_000_000_000

/**
 * Begins a new generation; running nodes and their desks hear of it.
 * @param isStillWanted asked once nobody else can write: two nodes may have noticed the same
 * @returns whether one was begun
 */
export function beginGeneration(
  db: Database,
  isStillWanted: (now: { readonly generation: string; readonly seq: number }) => boolean = () => true,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const seq = await lockSequence(tx)
    const { rows } = await tx.execute<{ generation: string }>(sql`select generation from workspace`)
    const generation = rows[0]?.generation ?? ''
    if (!isStillWanted({ generation, seq })) return false
    const from = (Math.floor(seq / STEP) + 1) * STEP
    await tx.execute(sql`
      update workspace set generation = ${newGeneration()}, seq = ${from}
      returning pg_notify(${CHANGED_CHANNEL}, ${String(from)})`)
    return true
  })
}

/**
 * Somebody knows for certain that this generation had come to `version`: if it no longer has, it was set back.
 * @returns whether a new generation was begun
 */
export async function noticeSetBack(
  db: Database,
  known: { readonly generation: string; readonly version: number },
  log: Logger,
): Promise<boolean> {
  const begun = await beginGeneration(
    db,
    ({ generation, seq }) => generation === known.generation && seq < known.version,
  )
  if (begun) log.warn(known, 'the database was set back to an older state: desks fetch everything again')
  return begun
}

/** Notices that the database lies elsewhere than last time, and remembers where it lies now. */
export async function noticeMove(
  { db, origin }: Pick<OpenDatabase, 'db' | 'origin'>,
  log: Logger,
): Promise<void> {
  if (origin === undefined) return
  const { rows } = await db.execute<{ origin: string | null }>(sql`select origin from workspace`)
  const before = rows[0]?.origin ?? undefined
  if (before === origin) return
  // Of a database that was never asked nothing is known.
  if (before !== undefined && (await beginGeneration(db))) {
    log.warn({ before, now: origin }, 'the database was restored or copied: desks fetch everything again')
  }
  await db.execute(sql`update workspace set origin = ${origin}`)
}

/** Runs a query for `origin`; a server that doesn't tell is no reason not to use it. */
export async function originOrNothing(ask: () => Promise<string>, log: Logger): Promise<string | undefined> {
  try {
    return await ask()
  } catch (error) {
    log.info(loggable(error), 'this database can not tell where it lies')
    return undefined
  }
}
