import Dexie, { type Table } from 'dexie'
import type { OutboxEntry } from '#shared/sync/outbox-entry'
import type { AlertRecord, DraftRow, FileRow } from './journal-lines'
import { declareSchema, dexieOptions, type SchemaStep } from './open-database'
import type { World } from './world'

/** Counts the writes to the journal: a database behind its second copy has lost some. */
export type MarkRow = { readonly key: 'mark'; readonly writes: number }
/** What was typed for a draft (`typed/KEY`) up to this time was saved, sent or emptied: older text must not come back. */
export type TypedUpTo = { readonly key: `typed/${string}`; readonly at: number }
/** Beside those: up to when alerts were planned, and whether the mirror was ever complete. */
export type JournalNote =
  | MarkRow
  | TypedUpTo
  | { readonly key: 'alerts-begun'; readonly at: number }
  | { readonly key: 'mirror-complete'; readonly at: number }

export type FileBytes = { readonly id: string; readonly bytes: Uint8Array<ArrayBuffer> }

const STEPS: readonly SchemaStep[] = [
  {
    version: 1,
    name: 'outbox, drafts, alerts fired',
    stores: { outbox: 'id, seq', drafts: 'key', alerts: 'key', notes: 'key' },
  },
  {
    version: 2,
    name: 'an alert that the system did not take the first time is decided on again',
    stores: {},
    upgrade: async (transaction) => {
      await transaction
        .table<AlertRecord>('alerts')
        .filter(({ state }) => state === 'unshowable')
        .delete()
    },
  },
  {
    version: 3,
    name: 'files that go with a text',
    // The bytes apart, so that a list of files reads none of them.
    stores: { files: 'id, holder', fileBytes: 'id' },
  },
]
/** The schema that this console writes. */
export const JOURNAL_VERSION = Math.max(...STEPS.map(({ version }) => version))

/** What the agent did and the portal has not confirmed: small, precious, strictly durable. */
export class JournalDb extends Dexie {
  declare readonly outbox: Table<OutboxEntry, string>
  declare readonly drafts: Table<DraftRow, string>
  declare readonly alerts: Table<AlertRecord, string>
  declare readonly files: Table<FileRow, string>
  declare readonly fileBytes: Table<FileBytes, string>
  declare readonly notes: Table<JournalNote, JournalNote['key']>

  constructor(profile: string, world: World, upTo?: number) {
    super(journalName(profile), dexieOptions(world, 'strict'))
    declareSchema(this, STEPS, upTo)
  }
}

export function journalName(profile: string): string {
  return `journal.${profile}`
}

/** How often this journal was written; `undefined` for one that is new, or came up as new. */
export async function readMark(db: JournalDb): Promise<number | undefined> {
  const note = await db.notes.get('mark')
  return note?.key === 'mark' ? note.writes : undefined
}
