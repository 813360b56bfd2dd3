import { foldText } from './fold-text'
import { planLabel, statusLabel } from './labels'
import type { QueueRow } from './row'

const texts = new WeakMap<QueueRow, string>()

/** Everything of a row that a word may be found in, folded; made once for each row. */
export function textOf(row: QueueRow): string {
  const known = texts.get(row)
  if (known !== undefined) return known
  const text = foldedText(row)
  texts.set(row, text)
  return text
}

/** `textOf` for whoever keeps it: to find what is remembered takes longer than to look through it. */
export function foldedText(row: QueueRow): string {
  const parts = [
    foldText(row.number),
    foldText(row.subject),
    foldName(row.customer),
    foldName(row.assignee ?? 'unassigned'),
    foldName(row.region),
    foldName(statusLabel(row.status)),
    foldName(planLabel(row.plan)),
  ]
  for (const tag of row.tags) parts.push(foldName(tag))
  for (const key of row.productIssueKeys) parts.push(foldName(key))
  return parts.join('\n')
}

/** Names stand on many rows: each is folded once. */
const names = new Map<string, string>()
const MANY_NAMES = 10_000

function foldName(name: string): string {
  const known = names.get(name)
  if (known !== undefined) return known
  if (names.size >= MANY_NAMES) names.clear()
  const folded = foldText(name)
  names.set(name, folded)
  return folded
}
