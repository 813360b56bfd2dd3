import { readFile, stat, writeFile } from 'node:fs/promises'
import { formatInstant, type Instant } from '#shared/time/instant'
import type { Database, OpenDatabase } from '../../db/database'
import { lockSequence, type RecordInput, writeRecords } from '../../db/write-records'
import { shippedCalendars, shippedPolicy } from '../../demo/terms'
import { PortalError } from '../../portal-error'
import { type ConvertedLog, convertLog, shifted } from './convert'
import type { ImportTerms } from './incident'
import { type ImportOptions, readOptions } from './options'
import { parseLog } from './parse'
import { counted, reportCsv, summary } from './report'
import { readStored, type Stored } from './stored'
import { usage } from './usage'

const MINUTE_MS = 60_000

/** What the import needs of the world. */
export type ImportIo = {
  /** The result; one line, without line break. */
  readonly print: (line: string) => void
  /** Progress, for people; a later one replaces an earlier one. */
  readonly progress: (text: string) => void
  readonly now: () => Instant
  /** Opens the database of `--data`, or the default one. */
  readonly open: (dataDir: string | undefined) => Promise<OpenDatabase>
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    if ((await stat(file)).isDirectory()) {
      throw new PortalError(`${file} is a folder: name the CSV file in it. Nothing was written.`)
    }
    return await readFile(file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    const reason =
      error.code === 'ENOENT'
        ? 'there is no such file'
        : error.code === 'EACCES'
          ? 'it may not be read by you'
          : error.message
    throw new PortalError(`${file} can't be opened: ${reason}. Nothing was written.`, { cause: error })
  }
}

async function writeReport(file: string, { remarks }: ConvertedLog): Promise<void> {
  await writeFile(file, reportCsv(remarks)).catch((cause: Error) => {
    const remedy = 'Name a file in a folder that exists and that you may write to.'
    throw new PortalError(
      `--report ${file} can't be written: ${cause.message}. Nothing was imported. ${remedy}`,
      {
        cause,
      },
    )
  })
}

/** How far the times move, so that importing again changes nothing. */
function shiftOf(stored: Stored, present: Instant, now: Instant, { shiftToNow }: ImportOptions): number {
  const wanted = shiftToNow ? Math.floor((now - present) / MINUTE_MS) * MINUTE_MS : 0
  const { shiftMs } = stored
  if (shiftMs === undefined) return wanted
  if (shiftToNow ? shiftMs === 0 && wanted !== 0 : shiftMs !== 0) {
    const before = shiftMs === 0 ? 'its own times' : 'other times (--shift-to-now or another --zone)'
    throw new PortalError(
      `This log was imported before with ${before}. Nothing was written. ` +
        'Use the same options again, or another folder (--data).',
    )
  }
  if (shiftToNow && present + shiftMs > now) {
    throw new PortalError(
      `With the shift of the first import this log would reach beyond now. Nothing was written. ` +
        `Use --as-of ${formatInstant(now - shiftMs)} or earlier, or another folder (--data).`,
    )
  }
  return shiftMs
}

function recordsOf(
  log: ConvertedLog,
  stored: Stored,
  shiftMs: number,
  { calendarId }: ImportOptions,
): RecordInput[] {
  const terms: RecordInput[] = [
    { kind: 'policy', id: shippedPolicy.id, value: shippedPolicy },
    ...shippedCalendars
      .filter(({ id }) => id === calendarId)
      .map((value): RecordInput => ({ kind: 'calendar', id: value.id, value })),
  ]
  return [
    ...terms.filter(({ kind, id }) => !stored.terms.has(`${kind} ${id}`)),
    ...log.agents.map((value): RecordInput => ({ kind: 'agent', id: value.id, value })),
    ...log.organizations.map((value): RecordInput => ({ kind: 'organization', id: value.id, value })),
    ...log.contacts.map((value): RecordInput => ({ kind: 'contact', id: value.id, value })),
    ...log.incidents
      .filter(({ ticket }) => !stored.touched.has(ticket.id))
      .map((incident) => shifted(incident, shiftMs))
      .flatMap(({ ticket, messages }): RecordInput[] => [
        { kind: 'ticket', id: ticket.id, value: ticket },
        ...messages.map((value): RecordInput => ({ kind: 'message', id: value.id, value })),
      ]),
  ]
}

type Outcome = { readonly changed: number; readonly kept: number; readonly shiftMs: number }

/** In one transaction that holds the lock of every writer: nobody can work on a ticket between reading and writing. */
async function write(
  db: Database,
  log: ConvertedLog,
  terms: ImportTerms,
  options: ImportOptions,
  io: ImportIo,
): Promise<Outcome> {
  return db.transaction(async (tx) => {
    await lockSequence(tx)
    const stored = await readStored(tx, log, terms)
    const now = io.now()
    const shiftMs = shiftOf(stored, options.asOf ?? log.lastAt ?? now, now, options)
    const { changed } = await writeRecords(tx, recordsOf(log, stored, shiftMs, options), {
      onProgress: (done, total) =>
        io.progress(`Writing ${counted(done, 'record')} of ${total.toLocaleString('en-US')} …`),
    })
    const kept = log.incidents.filter(({ ticket }) => stored.touched.has(ticket.id)).length
    return { changed, kept, shiftMs }
  })
}

/**
 * `npm run portal -- import servicenow FILE.csv`: reads the whole file, then writes everything in one transaction, so
 * that an import that ends half-way leaves nothing.
 * @param argv the arguments after `import servicenow`
 * @throws PortalError for whatever a user can mend; its message says how, and nothing was written
 */
export async function runImport(argv: readonly string[], io: ImportIo): Promise<void> {
  const options = readOptions(argv)
  if (!options) return io.print(usage)
  const { file, zone, asOf } = options
  io.progress(`Reading ${file} …`)
  const parsed = parseLog(await readBytes(file), file)
  io.progress(`Understanding ${counted(parsed.rows.length, 'row')} …`)
  const calendar = shippedCalendars.find(({ id }) => id === options.calendarId)
  const terms: ImportTerms = {
    plan: options.plan,
    policyId: shippedPolicy.id,
    calendarId: options.calendarId,
    region: options.calendarId.split('-')[0]?.toUpperCase() ?? 'EMEA',
  }
  const log = convertLog(parsed, { terms, zone, asOf, peopleZone: calendar?.zone ?? zone })
  if (options.report !== undefined) await writeReport(options.report, log)
  for (const line of summary(log.remarks)) io.print(line)
  if (log.notYet > 0 && asOf !== undefined) {
    io.print(`${counted(log.notYet, 'row')} later than ${formatInstant(asOf)} not imported (--as-of).`)
  }
  if (log.incidents.length === 0) {
    throw new PortalError(
      `${file} has no row that can be used${log.remarks.length > 0 ? ' (see above)' : ''}. Nothing was written.`,
    )
  }
  const opened = await io.open(options.data)
  try {
    const { changed, kept, shiftMs } = await write(opened.db, log, terms, options, io)
    if (kept > 0)
      io.print(`Not touched, since somebody has worked on them in the portal: ${counted(kept, 'ticket')}.`)
    if (shiftMs !== 0)
      io.print(`All times are ${(shiftMs / 86_400_000).toFixed(1)} days later than in the log.`)
    if (changed === 0) io.print('Nothing had changed since the last import.')
    io.print(totals(log))
  } finally {
    await opened.close()
  }
}

/** `890 tickets, 4,102 events, 12 rows left out`. */
function totals({ incidents, remarks }: ConvertedLog): string {
  const events = incidents.reduce((sum, { messages }) => sum + messages.length, 0)
  const leftOut = remarks.filter(({ outcome }) => outcome === 'left-out').length
  return `${counted(incidents.length, 'ticket')}, ${counted(events, 'event')}, ${counted(leftOut, 'row')} left out`
}
