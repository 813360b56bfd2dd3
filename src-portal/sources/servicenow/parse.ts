import { CsvError, parse } from 'csv-parse/sync'
import { PortalError } from '../../portal-error'
import type { Remark } from './remark'

/** Columns without which a log can't be read. The others are used when they are there. */
export const REQUIRED = [
  'number',
  'incident_state',
  'sys_mod_count',
  'sys_updated_at',
  'opened_at',
  'priority',
  'contact_type',
  'caller_id',
  'location',
  'category',
  'assignment_group',
  'assigned_to',
] as const

/** A row as text. Unknown (`?`) and empty fields are undefined. */
export type LogRow = {
  readonly row: number
  readonly get: (column: string) => string | undefined
}

export type ParsedLog = { readonly rows: readonly LogRow[]; readonly remarks: readonly Remark[] }

const REMEDY =
  'Export the audit log of the incident table from ServiceNow as CSV, one row per update, encoded as UTF-8.'

function textOf(bytes: Uint8Array, file: string): string {
  if (bytes.length === 0) throw new PortalError(`${file} is empty. ${REMEDY}`)
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw new PortalError(`${file} is encoded as UTF-16. Save it again as "CSV UTF-8".`)
  }
  if (bytes.subarray(0, 4096).includes(0)) throw new PortalError(`${file} is no text file. ${REMEDY}`)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new PortalError(`${file} isn't encoded as UTF-8. Save it again as "CSV UTF-8".`, { cause })
  }
}

/** Exports of some countries separate by semicolon, pasted tables by tab. */
function delimiterOf(header: string): string {
  const count = (delimiter: string) => header.split(delimiter).length
  return [',', ';', '\t'].reduce((best, next) => (count(next) > count(best) ? next : best))
}

function checkColumns(header: readonly string[], file: string): void {
  const missing = REQUIRED.filter((column) => !header.includes(column))
  if (missing.length === 0) return
  const some = header
    .slice(0, 6)
    .map((column) => (column.length > 30 ? `${column.slice(0, 30)}…` : column))
    .join(', ')
  throw new PortalError(
    missing.length === REQUIRED.length
      ? `${file} is no ServiceNow incident log: its first line (${some}) has none of the columns ${REQUIRED.join(', ')}. ` +
          `Nothing was written. ${REMEDY}`
      : `${file} lacks the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}. Nothing was written. ` +
          'Add them to the export, or rename the columns that hold them, and import again.',
  )
}

type Parsed = { readonly record: readonly string[]; readonly info: { readonly lines: number } }

/**
 * Reads the rows of an audit log.
 * @param file its name, for messages
 * @throws PortalError when it isn't one: empty, not text, another encoding, columns missing
 */
export function parseLog(bytes: Uint8Array, file: string): ParsedLog {
  const text = textOf(bytes, file)
  const firstLine = text.slice(0, text.search(/[\r\n]|$/))
  let parsed: readonly Parsed[]
  try {
    parsed = parse(text, {
      bom: true,
      delimiter: delimiterOf(firstLine),
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as readonly Parsed[]
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new PortalError(`${file} can't be read as CSV: ${error.message}. Nothing was written. ${REMEDY}`, {
      cause: error,
    })
  }
  const [head, ...body] = parsed
  const header = head?.record ?? []
  checkColumns(header, file)
  const places = new Map(header.map((column, place) => [column, place]))
  const rows: LogRow[] = []
  const remarks: Remark[] = []
  for (const { record, info } of body) {
    const get = (column: string): string | undefined => {
      const value = record[places.get(column) ?? -1]
      return value === undefined || value === '' || value === '?' ? undefined : value.replace(/\s+/g, ' ')
    }
    if (record.length === header.length) {
      rows.push({ row: info.lines, get })
      continue
    }
    remarks.push({
      outcome: 'left-out',
      row: info.lines,
      incident: get('number') ?? '',
      field: '',
      value: '',
      reason: `has ${record.length} fields, the header ${header.length}`,
    })
  }
  return { rows, remarks }
}
