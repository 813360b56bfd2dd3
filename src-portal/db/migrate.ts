import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { PgDialect, type PgSession } from 'drizzle-orm/pg-core'
import { PortalError } from '../portal-error'
import type { Database } from './database'
import { records } from './migrations/0000-records'
import { restores } from './migrations/0001-restores'

/**
 * One step of the schema. The SQL is TypeScript, not a file: the embedded portal is a bundle, which has no folder of
 * migrations beside it. A released step never changes; a new one has a later `at`, by which drizzle orders them.
 */
export type Migration = {
  readonly tag: string
  readonly at: string
  readonly statements: readonly string[]
}

/** All steps, oldest first. */
export const migrations: readonly Migration[] = [records, restores]

const JOURNAL = { migrationsSchema: 'drizzle', migrationsTable: '__drizzle_migrations', migrationsFolder: '' }

function instantOf(migration: Migration): number {
  return Date.parse(migration.at)
}

/** When the last applied step was made, epoch ms; undefined for an empty database. */
async function appliedUpTo(db: Database): Promise<number | undefined> {
  const { rows } = await db.execute<{ table: string | null }>(
    sql`select to_regclass('drizzle.__drizzle_migrations')::text as "table"`,
  )
  if (!rows[0]?.table) return undefined
  const last = await db.execute<{ at: string }>(
    sql`select max(created_at)::text as at from drizzle.__drizzle_migrations`,
  )
  const at = last.rows[0]?.at
  return at ? Number(at) : undefined
}

/**
 * Brings the database to the newest schema, through drizzle's own journal.
 * @param where names the database in messages
 * @throws PortalError for a database that a newer portal has written: it is left as it is
 */
export async function migrate(db: Database, where: string, steps = migrations): Promise<void> {
  const newest = Math.max(...steps.map(instantOf))
  const applied = await appliedUpTo(db)
  if (applied !== undefined && applied > newest) {
    throw new PortalError(
      `${where} was written by a newer portal (its schema is of ${new Date(applied).toISOString().slice(0, 10)}, ` +
        `this portal knows ${new Date(newest).toISOString().slice(0, 10)}). Nothing was changed. ` +
        'Update this portal, or start it with another database.',
    )
  }
  if (applied === newest) return
  const metas = steps.map((step) => ({
    sql: [...step.statements],
    bps: true,
    folderMillis: instantOf(step),
    hash: createHash('sha256').update(step.statements.join('\n')).digest('hex'),
  }))
  // drizzle types this session as one without a schema, which it is; only the defaults of its generics differ.
  await new PgDialect().migrate(metas, db._.session as unknown as PgSession, JOURNAL)
}
