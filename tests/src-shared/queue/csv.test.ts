import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { columnIds, columnLabel, plainColumns } from '#shared/queue/columns'
import { type CsvInput, csvCell, csvLine, csvOf } from '#shared/queue/csv'
import { sortFields } from '#shared/queue/view'
import { HOUR, NOON, row, running, sla } from './rows'

const csv = (input: Partial<CsvInput> = {}) => [...csvOf({ rows: [], now: NOON, ...input })].join('')
const read = (text: string): string[][] => parse(text, { recordDelimiter: '\r\n' })

describe('a cell', () => {
  it.each([
    ['plain', 'plain'],
    ['', ''],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['=1+1', "'=1+1"],
    ['+49 30', "'+49 30"],
    ['-5', "'-5"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\rx', '"\'\rx"'],
    ['=HYPERLINK("http://x.example","y")', '"\'=HYPERLINK(""http://x.example"",""y"")"'],
    ["'=1", "'=1"],
    ['a=1', 'a=1'],
  ])('%j is written as %j', (text, cell) => expect(csvCell(text)).toBe(cell))

  test('any line reads back the same, and none of its cells begins a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 6 }), (cells) => {
        const [line = []] = read(csvLine(cells))
        expect(line).toEqual(cells.map((cell) => (/^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell)))
      }),
    )
  })
})

describe('a view as CSV', () => {
  const one = running('1', NOON - HOUR, NOON + HOUR, {
    subject: '=cmd|calc, "now"',
    tags: ['api', 'vip'],
    escalation: { state: 'offered', to: 'APAC', byId: 'x', at: NOON },
    excused: ['resolution'],
    report: sla(
      { state: 'running', due: NOON + HOUR },
      { state: 'breached', due: NOON - HOUR, breachedAt: NOON - HOUR },
    ),
  })

  it('has the columns of the view, both targets with state and due, and instants as ISO text', () => {
    const columns = ['number', 'subject', 'owner', 'tags', 'escalation', 'resolution', 'createdAt']
    expect(read(csv({ rows: [one], columns }))).toEqual([
      [
        ...['Ticket', 'Subject', 'Tags', 'Escalation', 'Resolution', 'Resolution due', 'Opened'],
        ...['First response', 'First response due'],
      ],
      [
        ...['MER-1', `'=cmd|calc, "now"`, 'api vip', 'offered APAC', 'breached, excused'],
        ...['2026-07-10T11:00:00.000Z', '2026-07-10T11:00:00.000Z', 'running', '2026-07-10T13:00:00.000Z'],
      ],
    ])
  })

  it('tells the state at the time it is made', () => {
    const [, line = []] = read(csv({ rows: [one], columns: ['firstResponse'], now: NOON + HOUR + 1 }))
    expect(line[0]).toBe('breached')
  })

  it('has a line of titles when it is empty, and all columns when none were chosen', () => {
    const [titles = [], ...lines] = read(csv())
    expect(lines).toEqual([])
    expect(titles).toEqual(columnIds.flatMap(plainColumns).map(({ title }) => title))
    expect(new Set(titles).size).toBe(titles.length)
  })

  it('comes in chunks that are whole lines', () => {
    const rows = Array.from({ length: 1201 }, (_, n) => row({ id: `${n}` }))
    const chunks = [...csvOf({ rows, now: NOON })]
    expect(chunks.map((chunk) => chunk.split('\r\n').length - 1)).toEqual([501, 500, 201])
    expect(chunks.every((chunk) => chunk.endsWith('\r\n'))).toBe(true)
    expect(chunks[0]?.charCodeAt(0)).not.toBe(0xfeff)
  })
})

test('every column that can be sorted can be shown, and is called something', () => {
  expect([...columnIds].sort()).toEqual([...sortFields].sort())
  expect(columnIds.every((id) => columnLabel(id) !== '')).toBe(true)
})
