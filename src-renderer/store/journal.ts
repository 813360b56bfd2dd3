import type { Desk, JournalLine } from '#shared/ipc'
import type { OutboxEntry } from '#shared/sync/outbox-entry'
import { DiskFullError, isDiskFull } from './disk-full'
import { entryHolder } from './files'
import { type JournalDb, type JournalNote, readMark } from './journal-db'
import { type AlertRecord, type DraftRow, type FileRow, lineKey, lineOf } from './journal-lines'

/** How many lines main takes at once (ipc.ts). */
const LINES_PER_CALL = 1000

/** Reads and writes of one journal transaction. Await nothing else inside: the transaction would end. */
export type JournalTransaction = {
  readonly db: JournalDb
  putEntry(entry: OutboxEntry): Promise<void>
  /** With the files that still go with it. */
  removeEntry(id: string): Promise<void>
  putDraft(draft: DraftRow): Promise<void>
  removeDraft(key: string): Promise<void>
  putAlert(alert: AlertRecord): Promise<void>
  removeAlert(key: string): Promise<void>
  /** @param bytes of a new one; those of a known one stay */
  putFile(file: FileRow, bytes?: Uint8Array<ArrayBuffer>): Promise<void>
  removeFile(id: string): Promise<void>
  /** Kept in the database only. */
  putNote(note: JournalNote): Promise<void>
}

export type Journal = {
  readonly db: JournalDb
  /**
   * Runs a transaction, strictly durable, then writes the same to main's second copy. The order makes the database
   * always the fuller of the two: a process killed in between loses nothing, and the copy is mended at the next
   * start (journal-recovery.ts). A second copy that can't be written is reported, not thrown: the work is stored.
   * @throws DiskFullError when there is no room; nothing is stored then
   */
  change<T>(body: (transaction: JournalTransaction) => Promise<T>): Promise<T>
}

export type JournalInput = {
  readonly db: JournalDb
  readonly profile: string
  readonly desk: Pick<Desk, 'journal'>
  readonly onCopyFailed: (why: string) => void
}

export function createJournal({ db, profile, desk, onCopyFailed }: JournalInput): Journal {
  return {
    db,
    async change(body) {
      const lines: JournalLine[] = []
      const result = await db
        .transaction('rw', db.tables, async () => {
          const value = await body(collecting(db, lines))
          if (lines.length > 0) {
            const writes = ((await readMark(db)) ?? 0) + 1
            await db.notes.put({ key: 'mark', writes })
            lines.push(lineOf.mark(writes))
          }
          return value
        })
        .catch((error: unknown) => {
          throw isDiskFull(error) ? new DiskFullError(error) : error
        })
      try {
        await appendLines(desk, profile, lines)
      } catch (error) {
        onCopyFailed(error instanceof Error ? error.message : String(error))
      }
      return result
    },
  }
}

/** Appends to the second copy, in calls of a size that main takes. */
export async function appendLines(
  desk: Pick<Desk, 'journal'>,
  profile: string,
  lines: readonly JournalLine[],
): Promise<void> {
  for (let start = 0; start < lines.length; start += LINES_PER_CALL) {
    await desk.journal.append({ profile, lines: lines.slice(start, start + LINES_PER_CALL) })
  }
}

function collecting(db: JournalDb, lines: JournalLine[]): JournalTransaction {
  async function removeFile(id: string): Promise<void> {
    await db.files.delete(id)
    await db.fileBytes.delete(id)
    lines.push({ key: lineKey.file(id) })
  }
  return {
    db,
    async putEntry(entry) {
      await db.outbox.put(entry)
      lines.push(lineOf.outbox(entry))
    },
    async removeEntry(id) {
      await db.outbox.delete(id)
      lines.push({ key: lineKey.outbox(id) })
      for (const fileId of await db.files.where('holder').equals(entryHolder(id)).primaryKeys()) {
        await removeFile(fileId)
      }
    },
    async putDraft(draft) {
      await db.drafts.put(draft)
      lines.push(lineOf.draft(draft))
    },
    async removeDraft(key) {
      await db.drafts.delete(key)
      lines.push({ key: lineKey.draft(key) })
    },
    async putAlert(alert) {
      await db.alerts.put(alert)
      lines.push(lineOf.alert(alert))
    },
    async removeAlert(key) {
      await db.alerts.delete(key)
      lines.push({ key: lineKey.alert(key) })
    },
    async putFile(file, bytes) {
      await db.files.put(file)
      // The database alone has the bytes; the second copy says which file there was.
      if (bytes) await db.fileBytes.put({ id: file.id, bytes })
      lines.push(lineOf.file(file))
    },
    removeFile,
    async putNote(note) {
      await db.notes.put(note)
    },
  }
}
