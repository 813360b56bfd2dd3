import { readFile, stat, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type Plan, planSchema } from '#shared/sla/policy'
import { formatInstant, type Instant, parseInstant } from '#shared/time/instant'
import { isZone } from '#shared/time/zone'
import type { Database, OpenDatabase } from '../../db/database'
import { lockSequence, type RecordInput, writeRecords } from '../../db/write-records'
import { shippedCalendars, shippedPolicy } from '../../demo/terms'
import { PortalError } from '../../portal-error'
import { type ConvertedLog, convertLog, shifted } from './convert'
import type { ImportTerms } from './incident'
import { parseLog } from './parse'
import { counted, reportCsv, summary } from './report'
import { readStored, type Stored } from './stored'
import { usage } from './usage'

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

type Options = {
  readonly file: string
  readonly plan: Plan
  readonly calendarId: string
  readonly zone: string
  readonly asOf: Instant | undefined
  readonly shiftToNow: boolean
  readonly data: string | undefined
  readonly report: string | undefined
}

const MINUTE_MS = 60_000
const HINT = 'See: npm run portal -- import servicenow --help'

function parseValues(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        plan: { type: 'string', default: 'standard' },
        calendar: { type: 'string', default: 'emea-london' },
        zone: { type: 'string', default: 'UTC' },
        'as-of': { type: 'string' },
        'shift-to-now': { type: 'boolean', default: false },
        data: { type: 'string' },
        report: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw new PortalError(`${reason}. ${HINT}`, { cause: error })
  }
}

/** @returns undefined when help was asked for */
function readOptions(argv: readonly string[]): Options | undefined {
  const { values, positionals } = parseValues(argv)
  if (values.help) return undefined
  const [file, extra] = positionals
  if (file === undefined) throw new PortalError(`Which file? Name the CSV. ${HINT}`)
  if (extra !== undefined) throw new PortalError(`One file at a time: ${extra} is a second one. ${HINT}`)
  const plan = planSchema.safeParse(values.plan)
  if (!plan.success) {
    throw new PortalError(`--plan ${values.plan} is no plan: use ${planSchema.options.join(', ')}.`)
  }
  const ids = shippedCalendars.map(({ id }) => id)
  if (!ids.includes(values.calendar)) {
    throw new PortalError(`--calendar ${values.calendar} is no calendar: use one of ${ids.join(', ')}.`)
  }
  if (values.zone !== 'UTC' && !isZone(values.zone)) {
    throw new PortalError(`--zone ${values.zone} is no IANA zone: use a name such as Europe/London.`)
  }
  const asOf = values['as-of'] === undefined ? undefined : parseInstant(values['as-of'])
  if (values['as-of'] !== undefined && asOf === undefined) {
    throw new PortalError(
      `--as-of ${values['as-of']} is no instant: give date, time and offset, such as 2016-03-07T12:00Z.`,
    )
  }
  return {
    file,
    plan: plan.data,
    calendarId: values.calendar,
    zone: values.zone,
    asOf,
    shiftToNow: values['shift-to-now'],
    data: values.data,
    report: values.report,
  }
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

/** How far the times move, so that importing again changes nothing. */
function shiftOf(stored: Stored, present: Instant, now: Instant, { shiftToNow }: Options): number {
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
  { calendarId }: Options,
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
  options: Options,
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
  if (options.report !== undefined) await writeFile(options.report, reportCsv(log.remarks))
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
