import type { Desk, JournalLine } from '#shared/ipc'
import { appendLines } from './journal'
import { type JournalDb, readMark } from './journal-db'
import { type CopyContent, type JournalContent, lineOf, readLines } from './journal-lines'

export type RecoveredJournal =
  /** The database holds everything; the copy was brought up to date if it lagged. */
  | { readonly kind: 'intact' }
  /** Never used before on this machine. */
  | { readonly kind: 'new' }
  /** The database had come up empty or behind and was filled from the copy. */
  | {
      readonly kind: 'restored'
      readonly commands: number
      readonly drafts: number
      /** Files whose bytes were in the database alone and are gone. */
      readonly lostFiles: number
      /** Lines of the copy that couldn't be read. */
      readonly unreadable: number
    }

/**
 * Compares the journal with main's second copy and mends whichever is behind. Chromium opens a damaged database as a
 * new and empty one without any error, so this is the only place where such a loss can be noticed. Nothing may write
 * to the journal before it has run. Everything is named by ids, so running it again changes nothing.
 */
export async function recoverJournal(
  db: JournalDb,
  desk: Pick<Desk, 'journal'>,
  profile: string,
): Promise<RecoveredJournal> {
  const { generation, lines } = await desk.journal.read({ profile })
  const copy = readLines(lines)
  const mark = await readMark(db)

  if (mark === undefined && generation === 0 && lines.length === 0) {
    await db.notes.put({ key: 'mark', writes: 0 })
    await appendLines(desk, profile, [lineOf.mark(0)])
    return { kind: 'new' }
  }
  if (mark === undefined || mark < copy.mark) {
    const writes = copy.mark + 1
    await fill(db, copy, writes)
    await appendLines(desk, profile, [lineOf.mark(writes)])
    const { outbox, drafts, files, unreadable } = copy
    const there = new Set(await db.fileBytes.toCollection().primaryKeys())
    return {
      kind: 'restored',
      commands: outbox.length,
      drafts: drafts.length,
      lostFiles: files.filter(({ id, storedAt }) => storedAt === undefined && !there.has(id)).length,
      unreadable: unreadable.length,
    }
  }
  await appendLines(desk, profile, mending(await readContent(db), mark, copy, lines))
  return { kind: 'intact' }
}

/** The copy is the newer one. What only the database has stays: at worst it is sent again under the same id. */
async function fill(db: JournalDb, copy: CopyContent, writes: number): Promise<void> {
  await db.transaction('rw', db.tables, async () => {
    await db.outbox.bulkPut([...copy.outbox])
    await db.drafts.bulkPut([...copy.drafts])
    await db.alerts.bulkPut([...copy.alerts])
    await db.files.bulkPut([...copy.files])
    await db.notes.put({ key: 'mark', writes })
  })
}

async function readContent(db: JournalDb): Promise<JournalContent> {
  const [outbox, drafts, alerts, files] = await Promise.all([
    db.outbox.toArray(),
    db.drafts.toArray(),
    db.alerts.toArray(),
    db.files.toArray(),
  ])
  return { outbox, drafts, alerts, files }
}

/** Lines that bring a copy which lags (the process died between the two writes) to what the database holds. */
function mending(
  content: JournalContent,
  mark: number,
  copy: CopyContent,
  lines: readonly JournalLine[],
): JournalLine[] {
  const wanted = [
    ...content.outbox.map(lineOf.outbox),
    ...content.drafts.map(lineOf.draft),
    ...content.alerts.map(lineOf.alert),
    ...content.files.map(lineOf.file),
    lineOf.mark(mark),
  ]
  const there = new Map(lines.map(({ key, value }) => [key, value]))
  const keys = new Set(wanted.map(({ key }) => key))
  const unreadable = new Set(copy.unreadable)
  const stale = [...there.keys()].filter((key) => !keys.has(key) && !unreadable.has(key))
  return [...wanted.filter(({ key, value }) => there.get(key) !== value), ...stale.map((key) => ({ key }))]
}
