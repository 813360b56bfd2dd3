import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { takeCommands } from '../../../src-portal/commands/take'
import type { OpenDatabase } from '../../../src-portal/db/database'
import { runImport } from '../../../src-portal/sources/servicenow/import'
import { lena, openMemory } from '../fixture'
import { type Fields, logFile, march } from './log-file'

const NOW = Date.parse('2026-11-23T08:00:30Z')
const rows: readonly Fields[] = [
  { number: 'INC1', sys_updated_at: march('7 09:05') },
  { number: 'INC1', sys_updated_at: march('7 12:00'), sys_mod_count: '1', incident_state: 'Resolved' },
  { number: 'INC2', sys_updated_at: march('7 10:00'), assigned_to: 'Resolver 5' },
  { number: 'INC2', sys_updated_at: march('7 11:00'), sys_mod_count: '1', incident_state: '-100' },
]

let folder: string
let database: OpenDatabase
let opened: number
let printed: string[]

beforeAll(async () => {
  database = await openMemory()
})

afterAll(() => database.close())

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'import-'))
  await database.db.execute(sql`truncate records, commands`)
  await database.db.execute(sql`update workspace set seq = 0`)
  opened = 0
  printed = []
})

afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function file(content: string | Uint8Array, name = 'log.csv'): Promise<string> {
  const place = path.join(folder, name)
  await writeFile(place, content)
  return place
}

/** Runs the import and gives what it printed. */
async function run(argv: readonly string[], now = NOW): Promise<string[]> {
  printed = []
  await runImport(argv, {
    print: (line) => printed.push(line),
    progress: () => {},
    now: () => now,
    open: async () => {
      opened++
      return { ...database, close: async () => {} }
    },
  })
  return printed
}

type Row = {
  readonly kind: string
  readonly id: string
  readonly version: string
  readonly value: { createdAt?: string }
}

async function stored(kind?: string): Promise<Row[]> {
  const { rows: found } = await database.db.execute<Row>(
    sql`select kind, id, version::text as version, value from records order by kind, id`,
  )
  return kind === undefined ? found : found.filter((row) => row.kind === kind)
}

async function beganAt(id: string): Promise<string | undefined> {
  return (await stored('ticket')).find((row) => row.id === id)?.value.createdAt
}

describe('importing', () => {
  test('writes what a desk needs and says what it did', async () => {
    const output = await run([await file(logFile(rows))])
    expect(output).toEqual([
      '1 row left out:',
      '  1 × incident_state is no state that ServiceNow has for incidents (row 5 INC2)',
      '2 tickets, 4 events, 1 row left out',
    ])
    const kinds = (await stored()).map(({ kind, id }) => `${kind} ${id}`)
    expect(kinds.filter((kind) => !kind.startsWith('message'))).toEqual([
      'agent sn-resolver-5',
      'calendar emea-london',
      'contact sn-caller-12',
      'organization sn-location-9',
      'policy bigpanda',
      'ticket sn-inc1',
      'ticket sn-inc2',
    ])
    expect(await beganAt('sn-inc1')).toBe('2016-03-07T09:00:00.000Z')
  })

  test.each([
    ['with its own times', []],
    ['shifted to now', ['--shift-to-now']],
  ])('a second time changes nothing, %s', async (_, options) => {
    const log = await file(logFile(rows))
    await run([log, ...options])
    const before = await stored()
    const output = await run([log, ...options], NOW + 5 * 86_400_000)
    expect(output).toContain('Nothing had changed since the last import.')
    expect(await stored()).toEqual(before)
  })

  test('a longer log adds to the tickets of a shorter one', async () => {
    await run([await file(logFile(rows.slice(0, 1)))])
    const before = await stored('message')
    await run([await file(logFile(rows))])
    const after = await stored('message')
    for (const message of before) expect(after).toContainEqual(message)
    expect(after.length).toBeGreaterThan(before.length)
  })

  test('the last update is now when the times are shifted', async () => {
    await run([await file(logFile(rows)), '--shift-to-now'])
    // The last update that counts was at 12:00, three hours after the tickets began.
    expect(await beganAt('sn-inc1')).toBe('2026-11-23T05:00:00.000Z')
  })

  test('the instant of --as-of is now when the times are shifted', async () => {
    await run([await file(logFile(rows)), '--as-of', '2016-03-07T10:30Z', '--shift-to-now'])
    expect(await beganAt('sn-inc1')).toBe('2026-11-23T06:30:00.000Z')
    expect(printed).toContain('1 row later than 2016-03-07T10:30:00.000Z not imported (--as-of).')
  })

  test('a ticket on which somebody has worked since is left as it is', async () => {
    const log = await file(logFile(rows))
    await run([log])
    const [row] = (await stored('ticket')).filter(({ id }) => id === 'sn-inc2')
    const command = {
      id: randomUUID(),
      at: new Date(NOW).toISOString(),
      type: 'set-status',
      status: 'on-hold',
      target: 'sn-inc2',
      baseVersion: Number(row?.version),
    }
    const results = await takeCommands(database.db, [command], lena, () => NOW)
    expect(results).toMatchObject([{ outcome: 'applied' }])
    const before = await stored()
    expect(await run([log])).toContain(
      'Not touched, since somebody has worked on them in the portal: 1 ticket.',
    )
    expect(await stored()).toEqual(before)
  })

  test('the report names every row that could not be used', async () => {
    const report = path.join(folder, 'report.csv')
    await run([await file(logFile(rows)), '--report', report])
    expect(await readFile(report, 'utf8')).toBe(
      'outcome,row,incident,field,value,reason\r\n' +
        "left-out,5,INC2,incident_state,'-100,is no state that ServiceNow has for incidents\r\n",
    )
  })

  test('a report that can not be written stops the import before it starts', async () => {
    const log = await file(logFile(rows))
    await expect(run([log, '--report', path.join(folder, 'no', 'report.csv')])).rejects.toThrow(
      /--report .* can't be written/,
    )
    expect(opened).toBe(0)
  })

  test.each([
    ['semicolons', (text: string) => text.replaceAll(',', ';')],
    ['Windows line ends', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
    ['empty lines', (text: string) => text.replaceAll('\n', '\n\n')],
    ['quotes', (text: string) => text.replaceAll('Category 5', '"Category 5"')],
  ])('a file with %s is read all the same', async (_, change) => {
    await run([await file(change(logFile(rows)))])
    expect(printed.at(-1)).toBe('2 tickets, 4 events, 1 row left out')
  })

  test('the plan is that of all customers', async () => {
    await run([await file(logFile(rows)), '--plan', 'premium-plus', '--calendar', 'apac-tokyo'])
    const values = [...(await stored('ticket')), ...(await stored('organization'))].map(({ value }) => value)
    for (const value of values) {
      expect(value).toMatchObject({ plan: 'premium-plus', calendarId: 'apac-tokyo', region: 'APAC' })
    }
  })

  test('a failure half-way leaves nothing', async () => {
    const log = await file(logFile(rows))
    const before = await stored()
    // The last record that is written: everything before it has gone through by then.
    await database.db.execute(sql`
      create function refuse() returns trigger language plpgsql as
        $$ begin if new.id like 'sn-inc2.%' then raise 'disk full'; end if; return new; end $$`)
    await database.db.execute(
      sql`create trigger refuse before insert on records for each row execute function refuse()`,
    )
    await expect(run([log])).rejects.toThrow()
    await database.db.execute(sql`drop function refuse cascade`)
    expect(await stored()).toEqual(before)
  })
})

describe('what can not be imported is refused before anything is opened', () => {
  const all = logFile(rows)
  const head = all.split('\n')[0] ?? ''
  const latin1 = Buffer.from(all.replace('Location 9', 'Orléans'), 'latin1')

  test.each<[string, string | Uint8Array, RegExp]>([
    ['an empty file', '', /is empty\. Export the audit log/],
    [
      'a file of another kind',
      'name,age\nAnn,3\n',
      /is no ServiceNow incident log: its first line \(name, age\)/,
    ],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0]), /is no text file/],
    ['missing columns', all.replace('priority', 'prio'), /lacks the column priority\. .*rename the columns/],
    [
      'several missing columns',
      all.replace('priority,', 'prio,').replace('location', 'site'),
      /columns priority, location/,
    ],
    ['Latin-1', latin1, /isn't encoded as UTF-8\. Save it again/],
    ['UTF-16', Buffer.from(`\uFEFF${all}`, 'utf16le'), /is encoded as UTF-16/],
    ['a header alone', `${head}\n`, /has no row that can be used\. Nothing was written/],
    ['nothing but dirt', logFile([{ incident_state: '-100' }]), /has no row that can be used \(see above\)/],
  ])('%s', async (_, content, message) => {
    await expect(run([await file(content)])).rejects.toThrow(message)
    expect(opened).toBe(0)
  })

  test('a folder, or a file that is not there', async () => {
    await expect(run([folder])).rejects.toThrow('is a folder: name the CSV file in it')
    await expect(run([path.join(folder, 'none.csv')])).rejects.toThrow(
      "can't be opened: there is no such file",
    )
  })

  test.each([
    [[], 'Which file?'],
    [['a.csv', 'b.csv'], 'b.csv is a second one'],
    [['a.csv', '--plan', 'gold'], '--plan gold is no plan: use standard, premium, premium-plus'],
    [['a.csv', '--calendar', 'mars'], '--calendar mars is no calendar: use one of amer-new-york'],
    [['a.csv', '--zone', 'Nowhere'], '--zone Nowhere is no IANA zone'],
    [['a.csv', '--as-of', '2016-03-07'], '--as-of 2016-03-07 is no instant'],
    [['a.csv', '--colour'], "Unknown option '--colour'"],
  ])('the arguments %j', async (argv, message) => {
    await expect(run(argv)).rejects.toThrow(message)
    expect(opened).toBe(0)
  })

  test('--help explains', async () => {
    expect((await run(['--help'])).join('\n')).toMatch(/--shift-to-now[\s\S]*--report FILE/)
  })
})

describe('what an earlier import decided stays', () => {
  test.each([
    [[], ['--shift-to-now'], 'was imported before with its own times'],
    [['--shift-to-now'], [], 'was imported before with other times'],
    [[], ['--zone', 'Asia/Tokyo'], 'was imported before with other times'],
    [[], ['--plan', 'premium'], 'INC1 was imported before with --plan standard --calendar emea-london'],
    [
      ['--shift-to-now', '--as-of', '2016-03-07T10:30Z'],
      ['--shift-to-now'],
      'would reach beyond now. Nothing was written. Use --as-of 2016-03-07T10:30',
    ],
  ])('first %j, then %j', async (first, second, message) => {
    const log = await file(logFile(rows))
    await run([log, ...first])
    const before = await stored()
    await expect(run([log, ...second])).rejects.toThrow(message)
    expect(await stored()).toEqual(before)
  })
})
