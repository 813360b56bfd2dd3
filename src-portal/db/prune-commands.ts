import { setTimeout } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { Instant } from '#shared/time/instant'
import { pruneAttachments, UNUSED_KEPT_MS } from '../attachments/store'
import { type Logger, loggable } from '../log'
import type { Database } from './database'

/** Rows removed by one statement: few enough that nobody waits for it. */
const PART = 1000
const EVERY_MS = 3_600_000
/** Whoever starts a portal wants answers first. */
const FIRST_AFTER_MS = 60_000

/**
 * Removes answers that were given before an instant, oldest first, in parts; rests after each as long as it worked, so
 * that calls get at least half of the time. Nodes that do so at once leave each other's rows alone.
 * @returns how many were removed
 */
export async function pruneCommands(
  db: Database,
  before: Instant,
  { part = PART, signal }: { readonly part?: number; readonly signal?: AbortSignal } = {},
): Promise<number> {
  let removed = 0
  for (;;) {
    const began = performance.now()
    const { rows } = await db.execute<{ n: number }>(sql`
      with old as (
        select id from commands where taken_at < ${new Date(before).toISOString()}::timestamptz
        order by taken_at limit ${part} for update skip locked
      ), gone as (
        delete from commands c using old where c.id = old.id returning 1
      )
      select count(*)::int as n from gone`)
    const count = rows[0]?.n ?? 0
    removed += count
    if (count < part || signal?.aborted) return removed
    await setTimeout(performance.now() - began)
  }
}

export type Pruning = { readonly stop: () => Promise<void> }

/** Forgets old answers in the background until stopped: a while after the start, then every hour. */
export function startPruning(
  db: Database,
  { keptForMs, now, log }: { readonly keptForMs: number; readonly now: () => Instant; readonly log: Logger },
): Pruning {
  const stopping = new AbortController()
  const { signal } = stopping
  let underway: Promise<void> = Promise.resolve()
  const prune = async (): Promise<void> => {
    try {
      const removed = await pruneCommands(db, now() - keptForMs, { signal })
      if (removed > 0) log.info({ removed }, 'forgot answers to old commands')
      const files = await pruneAttachments(db, now() - UNUSED_KEPT_MS)
      if (files > 0) log.info({ files }, 'removed files that no message has')
    } catch (error) {
      // It is tried again in an hour; nothing depends on it but room.
      if (!signal.aborted) log.warn(loggable(error), 'could not forget old answers and files')
    }
  }
  const run = (): void => {
    underway = underway.then(prune)
  }
  const first = globalThis.setTimeout(run, FIRST_AFTER_MS).unref()
  const timer = setInterval(run, EVERY_MS).unref()
  return {
    stop: async () => {
      stopping.abort()
      clearTimeout(first)
      clearInterval(timer)
      await underway
    },
  }
}
