import { stringify } from './csv-text'
import type { Remark } from './remark'

/** Rows named in a line of the summary; the rest are in the report file. */
const NAMED = 5

const inEnglish = new Intl.NumberFormat('en-US')

/** `1 row`, `5,998 rows`. */
export function counted(count: number, noun: string): string {
  return `${inEnglish.format(count)} ${noun}${count === 1 ? '' : 's'}`
}

function lines(remarks: readonly Remark[]): string[] {
  const groups = new Map<string, Remark[]>()
  for (const remark of remarks) {
    const what = remark.field ? `${remark.field} ${remark.reason}` : remark.reason
    // Rows that say the same as another one each name a different one.
    const key = what.replace(/row \d+/, 'an earlier row')
    groups.set(key, [...(groups.get(key) ?? []), remark])
  }
  return [...groups]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([what, group]) => {
      const named = group
        .slice(0, NAMED)
        .map(({ row, incident }) => `row ${row}${incident ? ` ${incident}` : ''}`)
      const more = group.length > NAMED ? `, and ${inEnglish.format(group.length - NAMED)} more` : ''
      return `  ${inEnglish.format(group.length)} × ${what} (${named.join(', ')}${more})`
    })
}

/** What could not be used and why, grouped; empty when everything could. */
export function summary(remarks: readonly Remark[]): string[] {
  const leftOut = remarks.filter(({ outcome }) => outcome === 'left-out')
  const mended = remarks.filter(({ outcome }) => outcome === 'mended')
  return [
    ...(leftOut.length > 0 ? [`${counted(leftOut.length, 'row')} left out:`, ...lines(leftOut)] : []),
    ...(mended.length > 0
      ? [`${counted(mended.length, 'row')} used with a correction:`, ...lines(mended)]
      : []),
  ]
}

/** The whole list as CSV: one line per row that was left out or corrected. */
export function reportCsv(remarks: readonly Remark[]): string {
  return stringify([
    ['outcome', 'row', 'incident', 'field', 'value', 'reason'],
    ...remarks.map(({ outcome, row, incident, field, value, reason }) => [
      outcome,
      String(row),
      incident,
      field,
      value,
      reason,
    ]),
  ])
}
