import { z } from 'zod'
import { type JournalLine, journalLineSchema } from '#shared/ipc'

const batchSchema = z.object({
  /** Counts the batches ever appended for this profile; never goes back. */
  generation: z.number().int().positive(),
  lines: z.array(journalLineSchema),
})
export type Batch = z.infer<typeof batchSchema>

/** What a journal file holds. */
export type JournalContent = {
  readonly generation: number
  readonly values: Map<string, string>
  /** Bytes that are whole lines; what follows them was never finished, so never confirmed. */
  readonly wholeBytes: number
  /** Lines in the middle that can't be read: damage, skipped and reported. */
  readonly damaged: number
}

/** One batch as one line: it is there whole or not at all. */
export function encodeBatch(batch: Batch): string {
  return `${JSON.stringify(batch)}\n`
}

/** Reads a journal file, however it ends. */
export function readJournal(bytes: Uint8Array): JournalContent {
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1
  const values = new Map<string, string>()
  let generation = 0
  let damaged = 0
  for (const text of new TextDecoder().decode(bytes.subarray(0, wholeBytes)).split('\n')) {
    if (text === '') continue
    const batch = decodeBatch(text)
    if (batch === undefined) {
      damaged += 1
      continue
    }
    generation = Math.max(generation, batch.generation)
    applyLines(values, batch.lines)
  }
  return { generation, values, wholeBytes, damaged }
}

export function applyLines(values: Map<string, string>, lines: readonly JournalLine[]): void {
  for (const { key, value } of lines) {
    // Taken out first, so that the order of keys is the order of their last change.
    values.delete(key)
    if (value !== undefined) values.set(key, value)
  }
}

function decodeBatch(text: string): Batch | undefined {
  try {
    return batchSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
