import type { ChosenColumn } from '#shared/queue/chosen-columns'
import { csvOf } from '#shared/queue/csv'
import type { QueueRow } from '#shared/queue/row'
import { formatInstant } from '#shared/time/instant'
import type { DeskStore } from '../store/desk-store'
import { toast, toastProblem } from '../ui/screen-state'
import { ticketsInWords } from './bulk/bulk-kinds'

/** Writes rows to a file that the person chooses, in the columns of the view and in its order. */
export async function exportCsv(
  desk: DeskStore,
  name: string,
  rows: readonly QueueRow[],
  columns: readonly ChosenColumn[],
): Promise<void> {
  const now = desk.now()
  const chunks: string[] = []
  for (const chunk of csvOf({ rows, columns: columns.map(({ id }) => id), now })) {
    chunks.push(chunk)
    // Whoever works on goes first.
    await new Promise((done) => setTimeout(done))
  }
  const day = formatInstant(now).slice(0, 10)
  const suggestedName = `${name.replace(/[^\p{L}\p{N}]+/gu, '-').toLowerCase()}-${day}.csv`
  try {
    const { path } = await window.desk.files.saveText({ suggestedName, text: chunks.join('') })
    if (path !== undefined) toast(`Saved ${ticketsInWords(rows.length)} to ${path}`)
  } catch (problem) {
    toastProblem(problem)
  }
}
