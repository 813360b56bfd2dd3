import { mkdir, rm } from 'node:fs/promises'
import { sql } from 'drizzle-orm'
import type { Instant } from '#shared/time/instant'
import { createToken, revokeTokens } from '../access/tokens'
import type { Database, OpenDatabase } from '../db/database'
import { lockFolder } from '../db/folder-lock'
import { openDatabase } from '../db/open'
import { nameWorkspace } from '../db/workspace'
import { writeRecords } from '../db/write-records'
import { demoPeople } from '../demo/cast'
import { demoParts } from '../demo/generate'
import { type Logger, loggable } from '../log'
import { PortalError } from '../portal-error'
import {
  type DemoFolder,
  EDITION,
  findDemos,
  type Mark,
  newDemoFolder,
  removeDemos,
  writeMark,
} from './demo-folders'
import { historyRecords, queueRecords } from './demo-records'
import { type Filling, fillHistory } from './fill-history'

/*
 * The demo's times are relative to the moment it was made, so that something is always about to fall due. It has to be
 * made anew once that has passed, but not under somebody's hands: what people did in it survives a restart.
 */
const HOUR_MS = 3_600_000
const UNTOUCHED_FOR_MS = HOUR_MS / 2
const TOUCHED_FOR_MS = 12 * HOUR_MS
/** How long a portal that is just ending may keep the folder. */
const LOCK_WAIT_MS = 10_000
/** Records stored at once behind people's backs: few enough that a call waits for a moment only. */
const HISTORY_BATCH = 250

export const DEFAULT_SEED = 'meridian'
const LABEL = 'demo'

export type DemoOptions = {
  readonly dataDir: string
  readonly template: Uint8Array | undefined
  readonly seed: string
  readonly now: Instant
  readonly log: Logger
}

export type DemoPersonToken = (typeof demoPeople)[number] & { readonly token: string }

export type DemoWorkspace = {
  /** Closing it stops the filling. */
  readonly database: OpenDatabase
  /** Who one can be, each with a token made for this start; earlier ones are revoked. */
  readonly people: readonly DemoPersonToken[]
  /** Resolves when the history is complete (`true`) or the database was closed before (`false`). */
  readonly complete: Promise<boolean>
}

type Opened = { readonly folder: string; readonly mark: Mark; readonly database: OpenDatabase }

async function isTouched(db: Database): Promise<boolean> {
  const { rows } = await db.execute<{ touched: boolean }>(
    sql`select exists (select 1 from commands) as touched`,
  )
  return rows[0]?.touched ?? false
}

/** Opens the demo that is there, unless its time is over. One that can't be opened stays as it is. */
async function reopen({ folder, mark }: DemoFolder, options: DemoOptions): Promise<Opened | undefined> {
  const { now, seed, log } = options
  if (!mark || mark.seed !== seed || mark.madeAt > now || now - mark.madeAt > TOUCHED_FOR_MS) return undefined
  const database = await openDatabase({ kind: 'folder', folder }, log).catch((error: unknown) => {
    if (!(error instanceof PortalError)) throw error
    log.warn({ folder, reason: error.message }, 'this demo can not be opened; it is kept and a new one made')
    return undefined
  })
  if (!database) return undefined
  const isFresh = now - mark.madeAt <= UNTOUCHED_FOR_MS && mark.edition === EDITION
  if (isFresh || (await isTouched(database.db))) return { folder, mark, database }
  await database.close()
  return undefined
}

async function openNew(folder: string, { template, log }: DemoOptions): Promise<OpenDatabase> {
  if (!template) return openDatabase({ kind: 'folder', folder }, log)
  return openDatabase({ kind: 'folder', folder, template }, log).catch(async (error: unknown) => {
    // The template only saves time: a damaged one, or one of another PGlite, is no reason to fail.
    const reason = error instanceof Error ? error.message : String(error)
    log.warn({ reason }, 'the template of the database is of no use; initialising one instead')
    await rm(folder, { recursive: true, force: true })
    return openDatabase({ kind: 'folder', folder }, log)
  })
}

async function make(options: DemoOptions): Promise<Opened> {
  const { dataDir, seed, now, log } = options
  const folder = newDemoFolder(dataDir, now)
  await rm(folder, { recursive: true, force: true })
  const database = await openNew(folder, options)
  await writeRecords(database.db, queueRecords(demoParts({ seed, now })))
  await nameWorkspace(database.db, { id: 'demo', name: 'Demo workspace' })
  const mark = { seed, madeAt: now, complete: false, edition: EDITION }
  await writeMark(folder, mark)
  log.info({ folder, seed }, 'made the demo workspace')
  return { folder, mark, database }
}

/**
 * Adds the history, unless it is there; the same seed and time give the same records again. Not those of another
 * edition, whose tickets would have the same numbers: a demo that somebody works in stays as it is then.
 */
function complete({ folder, mark, database }: Opened, log: Logger): Filling {
  if (mark.complete || mark.edition !== EDITION) return { done: Promise.resolve(true), stop: () => {} }
  const history = () => historyRecords(demoParts({ seed: mark.seed, now: mark.madeAt }), HISTORY_BATCH)
  const filling = fillHistory(database.db, history)
  const done = filling.done.then(async (all) => {
    if (all) await writeMark(folder, { ...mark, complete: true })
    if (all) log.info({ folder }, 'the demo workspace is complete')
    return all
  })
  return { ...filling, done }
}

async function newTokens(db: Database, at: Date): Promise<DemoPersonToken[]> {
  await revokeTokens(db, { label: LABEL }, at)
  const people: DemoPersonToken[] = []
  for (const person of demoPeople) {
    const token = await createToken(db, { agentId: person.agentId, label: LABEL, at })
    people.push({ ...person, token })
  }
  return people
}

/**
 * Opens the demo workspace of a data directory: the one that is there, or a new one when there is none, when its time
 * is over or when it is damaged. A new one is another database: desks notice by their cursor and start over.
 * The queue is complete when this resolves; the history is added meanwhile.
 * @throws PortalError when another portal uses the directory
 */
export async function openDemo(options: DemoOptions): Promise<DemoWorkspace> {
  const { dataDir, now, log } = options
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const unlock = await lockFolder(dataDir, LOCK_WAIT_MS)
  try {
    const demos = await findDemos(dataDir)
    const newest = demos[0]
    const opened = (newest && (await reopen(newest, options))) ?? (await make(options))
    await removeDemos(demos, now - TOUCHED_FOR_MS).catch((error: Error) =>
      log.warn({ reason: error.message }, 'an old demo could not be removed'),
    )
    const people = await newTokens(opened.database.db, new Date(now))
    const filling = complete(opened, log)
    const done = filling.done.catch((error: Error) => {
      log.error(loggable(error), 'the history of the demo could not be added')
      return false
    })
    const close = async () => {
      filling.stop()
      await done
      await opened.database.close()
      unlock()
    }
    return { database: { ...opened.database, close }, people, complete: done }
  } catch (error) {
    unlock()
    throw error
  }
}
