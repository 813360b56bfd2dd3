import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, test } from 'vitest'
import { answerLine } from '../../../scripts/sla/answer-line'
import { checkFile } from '../../../scripts/sla/check-file'
import { answerDeadline, deadlineCaseSchema } from '../../../scripts/sla/deadline-case'
import { linesOf } from '../../../scripts/sla/lines'
import { answerTicket, ticketCaseSchema } from '../../../scripts/sla/ticket-case'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** The command as people call it; everything but its start is tested in this process. */
function sla(args: readonly string[], input = '', env: Record<string, string> = {}) {
  return new Promise<{ code: number | null; out: string; err: string }>((resolve, reject) => {
    const child = spawn(process.execPath, ['scripts/sla.mjs', ...args], {
      cwd: root,
      env: { ...process.env, ...env },
    })
    let out = ''
    let err = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err }))
    child.stdin.end(input)
  })
}

const deadlineLine = (line: string) =>
  answerLine({ schema: deadlineCaseSchema, answer: answerDeadline }, line)
const ticketLine = (line: string) => answerLine({ schema: ticketCaseSchema, answer: answerTicket }, line)
const answers = (answer: (line: string) => string, lines: string) =>
  lines.split('\n').map((line): unknown => JSON.parse(answer(line)))

const calendar = {
  id: 'london',
  zone: 'Europe/London',
  week: { mon: [['09:00', '17:30']], fri: [['09:00', '17:30']] },
  hoursPerDay: 8.5,
  holidays: [],
  exceptions: [],
}
const day = { kind: 'businessDays', days: 1, convention: 'working-time' }
const good = { id: 'a', calendar, start: '2026-07-10T16:30:00.0009+01:00', target: day, pauses: [] }
const jsonl = (...cases: unknown[]) =>
  cases.map((c) => (typeof c === 'string' ? c : JSON.stringify(c))).join('\n')

describe('sla -- deadlines (sla.md §5)', () => {
  it('answers line by line, in order, and goes on after what it cannot read', () => {
    const lines = answers(
      deadlineLine,
      jsonl(
        good,
        { ...good, id: 'b', start: '2026-07-10T16:30:00' },
        'nonsense',
        '',
        '[1]',
        { ...good, id: undefined },
        { ...good, id: 'c', calendar: { ...calendar, zone: 'Mars/Phobos' } },
        { ...good, id: 'd', pauses: [['2026-07-11T00:00:00Z', '2026-07-10T00:00:00Z']] },
        { ...good, id: 'e', target: { kind: 'weeks' } },
        { ...good, id: 'f\u2028', target: { kind: 'proposed' } },
        { ...good, id: 'g', calendar: { ...calendar, validThrough: '2026-07-12' } },
        { ...good, id: 'h', target: { kind: 'businessHours', hours: 1e13 } },
      ),
    )
    expect(lines).toEqual([
      { id: 'a', due: '2026-07-13T15:30:00.000Z' },
      { id: 'b', error: expect.stringMatching(/^start: .*offset/) },
      { id: null, error: 'line: is not JSON' },
      { id: null, error: 'line: is empty' },
      { id: null, error: 'line: is not an object' },
      { id: null, error: 'id: must be a string' },
      { id: 'c', error: expect.stringMatching(/^calendar\.zone: .*Mars\/Phobos/) },
      { id: 'd', error: 'pauses[0]: ends before it begins' },
      { id: 'e', error: expect.stringMatching(/^target\.kind: /) },
      { id: 'f\u2028', due: null },
      { id: 'g', due: '2026-07-13T15:30:00.000Z', warnings: ['beyond-calendar'] },
      { id: 'h', error: expect.stringMatching(/^target: .*2200/) },
    ])
  })

  it('does not depend on the zone of the machine', async () => {
    const cases = jsonl(
      good,
      { ...good, id: 'b', start: '2026-10-24T22:59:59.999Z', target: { ...day, convention: 'same-time' } },
      { ...good, id: 'c', start: '2026-03-28T01:30:00Z', target: { ...day, convention: 'end-of-day' } },
    )
    const expected = `${cases.split('\n').map(deadlineLine).join('\n')}\n`
    const zones = ['America/New_York', 'Asia/Kolkata', 'Pacific/Chatham']
    const told = await Promise.all(zones.map((TZ) => sla(['deadlines'], cases, { TZ })))
    expect(told).toEqual(zones.map(() => ({ code: 0, out: expected, err: '' })))
  })
})

it('sla -- tickets answers state, satisfiedAt, due and breachedAt', () => {
  const clock = { kind: 'clock', hours: 4 }
  const plans = { standard: clock, premium: clock, 'premium-plus': clock }
  const targets = { P1: plans, P2: plans, P3: plans, P4: plans }
  const ticket = {
    id: 't',
    calendar,
    policy: {
      targets: { firstResponse: targets, resolution: targets },
      pausesWhile: { firstResponse: [], resolution: [] },
    },
    plan: 'standard',
    events: [
      { at: '2026-07-10T10:00:00Z', type: 'created', priority: 'P1', channel: 'email', by: 'customer' },
      { at: '2026-07-10T11:00:00Z', type: 'replied', by: 'agent', public: true },
    ],
    now: '2026-07-10T15:00:00+00:00',
  }
  const lines = answers(
    ticketLine,
    jsonl(
      ticket,
      { ...ticket, id: 'u', events: [...ticket.events].reverse() },
      { ...ticket, id: 'v', events: [{ ...ticket.events[0], by: 'nobody' }] },
    ),
  )
  expect(lines).toEqual([
    {
      id: 't',
      firstResponse: {
        state: 'met',
        satisfiedAt: '2026-07-10T11:00:00.000Z',
        due: '2026-07-10T14:00:00.000Z',
      },
      resolution: {
        state: 'breached',
        due: '2026-07-10T14:00:00.000Z',
        breachedAt: '2026-07-10T14:00:00.000Z',
      },
    },
    { id: 'u', error: expect.stringMatching(/^events\[0\]: /) },
    { id: 'v', error: expect.stringMatching(/^events\[0\]\.by: /) },
  ])
})

it('sla refuses a command it does not have, and says those it has', async () => {
  const { code, err, out } = await sla(['deadline'])
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain("'deadline' is not a command")
  expect(err).toContain('check FILE...')
})

it('sla -- check names file, field and value, and ends with 1', async () => {
  const { code, out } = await sla([
    'check',
    'resources/calendars/emea-london.json',
    'package.json',
    'no-such-file.json',
  ])
  expect(code).toBe(1)
  expect(out.trimEnd().split('\n')).toEqual([
    "resources/calendars/emea-london.json: a valid calendar, 'emea-london'",
    expect.stringContaining('package.json: file: is neither'),
    expect.stringContaining('no-such-file.json: file: cannot be read (ENOENT)'),
  ])
})

test.each([
  ['not JSON', '{"id":', 'file', 'is not JSON'],
  ['a list', '[]', 'file', 'is not a JSON object'],
  ['something else', '{"a":1}', 'file', 'is neither'],
  [
    'a bad zone',
    JSON.stringify({ ...calendar, zone: 'Mars/Phobos' }),
    'zone',
    "'Mars/Phobos' is not an IANA",
  ],
  [
    'a missing field',
    JSON.stringify({ ...calendar, hoursPerDay: undefined }),
    'hoursPerDay',
    '(it is missing)',
  ],
  ['a wrong value', JSON.stringify({ ...calendar, hoursPerDay: 30 }), 'hoursPerDay', '(found 30)'],
])('a file with %s', (_, text, field, message) => {
  const result = checkFile(text)
  expect(result.ok ? [] : result.problems).toContainEqual({
    field,
    message: expect.stringContaining(message),
  })
})

test.each([
  ['lines in pieces', ['{"a"', ':1}\n{"b":2}', '\n'], ['{"a":1}', '{"b":2}']],
  ['no ending at the end', ['a\nb'], ['a', 'b']],
  ['Windows endings and a byte order mark', ['\uFEFFa\r', '\nb\r\n'], ['a', 'b']],
  ['a line separator inside a string is no ending', ['"x\u2028y"\n'], ['"x\u2028y"']],
  ['an empty line is a line', ['a\n\nb\n'], ['a', '', 'b']],
  ['nothing', [], []],
])('reads %s', async (_, chunks, expected) => {
  async function* arriving() {
    yield* chunks
  }
  const lines: string[] = []
  for await (const line of linesOf(arriving())) lines.push(line)
  expect(lines).toEqual(expected)
})
