import type { Attachment } from '#shared/tickets/attachment'
import type { ComposerKind, Live } from './desk-store'
import { attachmentOf, draftHolder } from './files'
import type { JournalDb } from './journal-db'
import type { FileRow } from './journal-lines'
import { LiveValue } from './live-value'

/** A file that waits on this computer. */
export type HeldFile = Attachment & {
  /** Its bytes are gone: it can only be removed. */
  readonly isLost: boolean
}

/** How much of what goes with a command the portal has. */
export type Upload = {
  readonly files: number
  readonly stored: number
  readonly bytes: number
  readonly storedBytes: number
}

const NONE: readonly HeldFile[] = []

/** The files that wait here, without their bytes: few, so they are read whole when they change. */
export class FileBook {
  readonly #db: JournalDb
  readonly #drafts = new Map<string, LiveValue<readonly HeldFile[]>>()
  readonly uploads = new LiveValue<ReadonlyMap<string, Upload>>(new Map())
  #byHolder = new Map<string, readonly HeldFile[]>()
  #reads = 0

  constructor(db: JournalDb) {
    this.#db = db
  }

  /** Of a draft, in the order in which they were attached. */
  of(ticketId: string, kind: ComposerKind): Live<readonly HeldFile[]> {
    const holder = draftHolder(ticketId, kind)
    const known = this.#drafts.get(holder)
    if (known) return known
    const made = new LiveValue(this.#byHolder.get(holder) ?? NONE)
    this.#drafts.set(holder, made)
    return made
  }

  /** Keys of the drafts that have files. */
  draftKeys(): readonly string[] {
    return [...this.#byHolder.keys()].flatMap((holder) =>
      holder.startsWith('draft/') ? [holder.slice('draft/'.length)] : [],
    )
  }

  async reload(): Promise<void> {
    this.#reads += 1
    const read = this.#reads
    const [rows, withBytes] = await Promise.all([
      this.#db.files.toArray(),
      this.#db.fileBytes.toCollection().primaryKeys(),
    ])
    // A later reload overtook this one: what it read is newer.
    if (read !== this.#reads) return
    const there = new Set(withBytes)
    const rowsOf = new Map<string, FileRow[]>()
    for (const row of rows.sort((a, b) => a.at - b.at)) {
      rowsOf.set(row.holder, [...(rowsOf.get(row.holder) ?? []), row])
    }
    this.#byHolder = new Map(
      [...rowsOf].map(([holder, files]) => [holder, files.map((file) => held(file, there))]),
    )
    for (const [holder, live] of this.#drafts) setIfNew(live, this.#byHolder.get(holder) ?? NONE)
    this.#setUploads(rowsOf)
  }

  #setUploads(rowsOf: ReadonlyMap<string, readonly FileRow[]>): void {
    const next = new Map<string, Upload>()
    for (const [holder, files] of rowsOf) {
      if (!holder.startsWith('entry/')) continue
      const stored = files.filter(({ storedAt }) => storedAt !== undefined)
      next.set(holder.slice('entry/'.length), {
        files: files.length,
        stored: stored.length,
        bytes: sum(files),
        storedBytes: sum(stored),
      })
    }
    if (JSON.stringify([...next]) !== JSON.stringify([...this.uploads.get()])) this.uploads.set(next)
  }
}

function held(file: FileRow, there: ReadonlySet<string>): HeldFile {
  return { ...attachmentOf(file), isLost: file.storedAt === undefined && !there.has(file.id) }
}

function sum(files: readonly FileRow[]): number {
  return files.reduce((bytes, { size }) => bytes + size, 0)
}

function setIfNew(live: LiveValue<readonly HeldFile[]>, next: readonly HeldFile[]): void {
  if (JSON.stringify(live.get()) !== JSON.stringify(next)) live.set(next)
}
