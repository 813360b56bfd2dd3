import { z } from 'zod'
import { alertRequestSchema, type JournalLine } from '#shared/ipc'
import { aboutSchema, type OutboxEntry, outboxEntrySchema } from '#shared/sync/outbox-entry'
import { attachmentSchema } from '#shared/tickets/attachment'
import { instantSchema } from '#shared/time/instant'

/** A text being written; `key` is `ticketId/kind`. */
export const draftSchema = z.object({
  key: z.string().min(1),
  ticketId: z.string().min(1),
  kind: z.enum(['reply', 'note']),
  body: z.string(),
  at: instantSchema,
  /** Its ticket; drafts of older versions don't say. */
  about: aboutSchema.optional(),
})
export type DraftRow = z.infer<typeof draftSchema>

/**
 * A file that waits to be sent. Its bytes are beside it in the database (`fileBytes`) and nowhere else: the second copy
 * has lines for what was written, not for 100 MB of pictures. A file whose bytes were lost says so and is not sent.
 */
export const fileSchema = z.object({
  ...attachmentSchema.shape,
  /** The draft or the command that it goes with (files.ts). */
  holder: z.string().min(1).max(300),
  /** When it was attached. */
  at: instantSchema,
  /** When the portal took its bytes. */
  storedAt: instantSchema.optional(),
})
export type FileRow = z.infer<typeof fileSchema>

/** An alert that was decided on, so that it is never decided on again. */
export const alertRecordSchema = z.object({
  key: z.string().min(1),
  at: instantSchema,
  /**
   * `due`: to be shown; `shown`; `unshowable`: the system did not take it, however often it was tried. The others were
   * never to be shown by themselves.
   */
  state: z.enum(['due', 'shown', 'unshowable', 'superseded', 'in-digest', 'satisfied']),
  ticketId: z.string().optional(),
  /** The key of the digest that speaks for it. */
  digest: z.string().optional(),
  /** Words of an earlier version; they are made when they are said. */
  request: alertRequestSchema.optional(),
})
export type AlertRecord = z.infer<typeof alertRecordSchema>

/** Everything in a journal that is worth keeping twice. */
export type JournalContent = {
  readonly outbox: readonly OutboxEntry[]
  readonly drafts: readonly DraftRow[]
  readonly alerts: readonly AlertRecord[]
  readonly files: readonly FileRow[]
}

/** Longest value main takes in one line (ipc.ts). */
const LONGEST_VALUE = 500_000
export const MARK = 'mark'

/** The key of a row in the second copy. Removing a row is a line with its key and no value. */
export const lineKey = {
  outbox: (id: string) => `outbox/${id}`,
  draft: (key: string) => `draft/${key}`,
  alert: (key: string) => `alert/${key}`,
  file: (id: string) => `file/${id}`,
} as const

export const lineOf = {
  outbox: (entry: OutboxEntry): JournalLine =>
    line(lineKey.outbox(entry.id), outboxEntrySchema.encode(entry)),
  draft: (draft: DraftRow): JournalLine => line(lineKey.draft(draft.key), draftSchema.encode(draft)),
  alert: (alert: AlertRecord): JournalLine => line(lineKey.alert(alert.key), alertRecordSchema.encode(alert)),
  file: (file: FileRow): JournalLine => line(lineKey.file(file.id), fileSchema.encode(file)),
  mark: (writes: number): JournalLine => line(MARK, writes),
} as const

function line(key: string, value: unknown): JournalLine {
  const text = JSON.stringify(value)
  // A draft can be pasted longer than a line may be. Then the database alone has it; an old copy would mislead.
  return text.length > LONGEST_VALUE ? { key } : { key, value: text }
}

export type CopyContent = JournalContent & {
  readonly mark: number
  /** Keys of lines that could not be read; they are left as they are. */
  readonly unreadable: readonly string[]
}

const readers = {
  outbox: outboxEntrySchema,
  draft: draftSchema,
  alert: alertRecordSchema,
  file: fileSchema,
} as const

/** Reads the second copy. A line that can't be read is named and stands in nobody's way. */
export function readLines(lines: readonly JournalLine[]): CopyContent {
  const outbox: OutboxEntry[] = []
  const drafts: DraftRow[] = []
  const alerts: AlertRecord[] = []
  const files: FileRow[] = []
  const unreadable: string[] = []
  let mark = 0
  for (const { key, value } of lines) {
    if (value === undefined) continue
    const json = parse(value)
    if (key === MARK && typeof json === 'number') mark = Math.max(mark, json)
    else if (key.startsWith('outbox/')) take(readers.outbox, json, outbox, key, unreadable)
    else if (key.startsWith('draft/')) take(readers.draft, json, drafts, key, unreadable)
    else if (key.startsWith('alert/')) take(readers.alert, json, alerts, key, unreadable)
    else if (key.startsWith('file/')) take(readers.file, json, files, key, unreadable)
    else unreadable.push(key)
  }
  return { outbox, drafts, alerts, files, mark, unreadable }
}

function take<S extends z.ZodType>(
  schema: S,
  json: unknown,
  into: z.output<S>[],
  key: string,
  unreadable: string[],
): void {
  const decoded = schema.safeDecode(json as z.input<S>)
  if (decoded.success) into.push(decoded.data)
  else unreadable.push(key)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
