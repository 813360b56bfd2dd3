import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Database } from './database'
import { workspace } from './schema'

export type Workspace = {
  readonly id: string
  readonly name: string
  /** Differs for every database ever made, also when a demo is made again under the same id. */
  readonly generation: string
  /** Version of the last change. */
  readonly seq: number
  /** Seals cursors (cursor.ts); never leaves the portal. */
  readonly cursorKey: string
}

/** Gives the database its workspace, unless it has one. */
export async function ensureWorkspace(
  db: Database,
  { id = `ws-${randomBytes(6).toString('hex')}`, name = 'Support' }: { id?: string; name?: string } = {},
): Promise<void> {
  await db.insert(workspace).values({ id, name, generation: newGeneration() }).onConflictDoNothing()
}

/** Renames the workspace: the name is what people see, the id is what a desk files its databases under. */
export async function nameWorkspace(db: Database, { id, name }: { id: string; name: string }): Promise<void> {
  await db.update(workspace).set({ id, name }).where(sql`singleton`)
}

export async function readWorkspace(db: Database): Promise<Workspace> {
  const [row] = await db.select().from(workspace)
  if (!row) throw new Error('the database has no workspace row')
  const { id, name, generation, seq, cursorKey } = row
  return { id, name, generation, seq, cursorKey }
}

/** A name that no generation had before. */
export function newGeneration(): string {
  return randomBytes(6).toString('hex')
}
