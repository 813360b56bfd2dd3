import Dexie from 'dexie'
import type { World } from './world'

/** One step of a database's schema. Released steps are never edited; a change is a new step with a name of its own. */
export type SchemaStep = {
  readonly version: number
  /** What this step brought, for whoever reads an error about it. */
  readonly name: string
  readonly stores: { readonly [store: string]: string | null }
  readonly upgrade?: (transaction: import('dexie').Transaction) => Promise<void>
}

/** A newer console wrote this database. Nothing in it was touched. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError'
  constructor(database: string, found: number, known: number) {
    super(
      `The database "${database}" was written by a newer Meridian (its schema is ${found}, this one knows ${known}). ` +
        'Update Meridian to open it; nothing in it was changed.',
    )
  }
}

/** Dexie multiplies its versions by ten. */
const NATIVE_VERSION_FACTOR = 10

/** Declares `steps` up to `upTo` (tests open old versions with it) and the surroundings on a database. */
export function dexieOptions(world: World, durability: 'relaxed' | 'strict'): import('dexie').DexieOptions {
  return {
    indexedDB: world.databases.factory,
    IDBKeyRange: world.databases.keyRange,
    chromeTransactionDurability: durability,
    // Live collections are ours (live-rows.ts); Dexie's query cache would only copy what is written.
    cache: 'disabled',
  }
}

export function declareSchema(
  db: Dexie,
  steps: readonly SchemaStep[],
  upTo = Number.POSITIVE_INFINITY,
): void {
  for (const { version, stores, upgrade } of steps) {
    if (version > upTo) continue
    const declared = db.version(version).stores({ ...stores })
    if (upgrade) declared.upgrade(upgrade)
  }
}

/**
 * Opens a database, and refuses one that a newer console wrote. This has to be seen before Dexie opens it: Dexie
 * opens newer databases without a word and may even patch stores into them.
 * @throws NewerDatabaseError
 */
export async function openDatabase(db: Dexie, world: World): Promise<void> {
  const known = db.verno
  const existing = await world.databases.factory.databases()
  const found = existing.find(({ name }) => name === db.name)?.version ?? 0
  // Dexie itself may have raised the native version by a few to add a missing store: still the same schema.
  if (Math.floor(found / NATIVE_VERSION_FACTOR) > known) {
    throw new NewerDatabaseError(db.name, Math.floor(found / NATIVE_VERSION_FACTOR), known)
  }
  await db.open()
}

/** Deletes a database by name, whether it can be opened or not. */
export function deleteDatabase(name: string, world: World): Promise<void> {
  return new Dexie(name, dexieOptions(world, 'relaxed')).delete()
}
