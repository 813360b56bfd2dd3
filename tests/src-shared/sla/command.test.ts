import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it, test } from 'vitest'
import { answerLine } from '../../../scripts/sla/answer-line'
import { checkFile } from '../../../scripts/sla/check-file'
import { compareCommand } from '../../../scripts/sla/compare-command'
import { answerDeadline, deadlineCaseSchema } from '../../../scripts/sla/deadline-case'
import { explainCommand } from '../../../scripts/sla/explain-command'
import { linesOf } from '../../../scripts/sla/lines'
import { findCalendar } from '../../../scripts/sla/read-terms'
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

describe('sla -- explain', () => {
  const ask = ['--plan', 'premium', '--priority', 'P2', '--calendar', 'emea', '--at', '2026-07-10T15:30:00Z']

  it('prints when both targets are due, and why', async () => {
    const { out, warning } = await explainCommand(ask)
    expect(out.split('\n')).toEqual([
      'P2, premium, by portal at Fri 2026-07-10 16:30 Europe/London = 2026-07-10T15:30:00.000Z',
      'Calendar emea-london, the default of Europe, Middle East and Africa',
      '',
      'First response: due Fri 2026-07-10 20:30 Europe/London = 2026-07-10T19:30:00.000Z',
      expect.stringMatching(/^ {2}- Premium plan of the policy bigpanda, version \d/),
      expect.stringMatching(
        /^ {2}- Calendar EMEA, London \(emea-london\), version \d.*, zone Europe\/London\.$/,
      ),
      '  - Started Fri 2026-07-10 16:30 as P2: 4 hours around the clock.',
      '  - Due Fri 2026-07-10 20:30.',
      '',
      'Resolution: due Fri 2026-07-17 16:30 Europe/London = 2026-07-17T15:30:00.000Z',
      expect.stringContaining('Premium plan'),
      expect.stringContaining('Calendar EMEA, London'),
      '  - Started Fri 2026-07-10 16:30 as P2: 5 business days as working time, that is 42.5 hours.',
      '  - Skipped Sat 2026-07-11 to Sun 2026-07-12: no working days.',
      '  - Due Fri 2026-07-17 16:30.',
      '',
      'Internal, no part of the contract',
      '  - First response: wanted by Fri 2026-07-10 18:30 Europe/London = 2026-07-10T17:30:00.000Z',
      '  - Resolution: wanted by Thu 2026-07-16 16:30 Europe/London = 2026-07-16T15:30:00.000Z',
      '  - Next word to the customer: 4 hours around the clock, after each reply',
    ])
    expect(warning).toBeUndefined()
  })

  it('prints the same as JSON', async () => {
    const { out } = await explainCommand([...ask, '--json', '--channel', 'phone'])
    expect(JSON.parse(out)).toMatchObject({
      at: '2026-07-10T15:30:00.000Z',
      calendar: { id: 'emea-london', taken: 'the default of Europe, Middle East and Africa' },
      firstResponse: { state: 'met', by: 'call', satisfiedAt: '2026-07-10T15:30:00.000Z' },
      resolution: {
        state: 'running',
        due: '2026-07-17T15:30:00.000Z',
        steps: expect.arrayContaining([
          { kind: 'weekend', from: '2026-07-11', to: '2026-07-12' },
          { kind: 'due', due: '2026-07-17T15:30:00.000Z' },
        ]),
      },
      warnings: [],
      internal: { isContract: false, resolution: { goal: 'ahead', goalAt: '2026-07-16T15:30:00.000Z' } },
    })
  })

  test.each([
    ['emea', 'emea-london'],
    ['AMER', 'amer-new-york'],
    ['apac', 'apac-singapore'],
    ['emea-b', 'emea-berlin'],
    ['tokyo', 'apac-tokyo'],
    ['angeles', 'amer-los-angeles'],
    ['resources/calendars/emea-tel-aviv.json', 'emea-tel-aviv'],
  ])('the calendar %s is %s', async (name, id) => {
    expect((await findCalendar(name)).calendar.id).toBe(id)
  })

  it('warns when the calendar does not reach that far', async () => {
    const { out, warning } = await explainCommand([...ask.slice(0, -1), '2028-12-28T15:30:00Z'])
    expect(warning).toBe('calendar emea-london knows its holidays through 2028-12-31 only')
    expect(out).toContain(
      'The calendar knows its holidays through 2028-12-31 only: this date may be too early.',
    )
  })

  const without = (name: string) => {
    const i = ask.indexOf(name)
    return [...ask.slice(0, i), ...ask.slice(i + 2)]
  }
  test.each([
    ['no plan', without('--plan'), '--plan is missing; take one of standard, premium, premium-plus'],
    ['a plan nobody has', [...ask, '--plan', 'gold'], '--plan gold: take one of standard'],
    ['no priority', without('--priority'), '--priority is missing; take one of P1, P2, P3, P4'],
    [
      'a channel nobody has',
      [...ask, '--channel', 'fax'],
      '--channel fax: take one of portal, chat, email, phone',
    ],
    ['no calendar', without('--calendar'), '--calendar is missing'],
    [
      'a calendar nobody has',
      [...ask, '--calendar', 'mars'],
      '--calendar mars: is no calendar; take amer-chicago',
    ],
    [
      'two calendars',
      [...ask, '--calendar', 'apac-s'],
      '--calendar apac-s: could be apac-singapore or apac-sydney',
    ],
    ['a file that is not there', [...ask, '--calendar', './no.json'], './no.json: cannot be read (ENOENT)'],
    [
      'a policy for a calendar',
      [...ask, '--calendar', 'resources/policies/bigpanda.json'],
      'is a policy, not a calendar',
    ],
    [
      'a calendar for a policy',
      [...ask, '--policy', 'resources/calendars/emea-london.json'],
      'is a calendar, not a policy',
    ],
    ['no instant', without('--at'), '--at is missing'],
    [
      'an instant without an offset',
      [...ask, '--at', '2026-07-10T15:30:00'],
      '--at 2026-07-10T15:30:00: must be an instant with an offset',
    ],
    [
      'an instant centuries away',
      [...ask, '--at', '2500-07-10T15:30:00Z'],
      'between the years 1900 and 2199',
    ],
    ['an option nobody knows', [...ask, '--colour'], "Unknown option '--colour'"],
  ])('refuses %s', async (_, args, message) => {
    await expect(explainCommand(args)).rejects.toThrow(message)
  })
})

describe('sla -- compare', () => {
  const london = 'resources/calendars/emea-london.json'
  const folder = mkdtempSync(join(tmpdir(), 'sla-compare-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const file = (name: string, text: string) => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }
  const shipped = JSON.parse(readFileSync(join(root, london), 'utf8'))
  const pack = JSON.parse(readFileSync(join(root, 'resources/policies/bigpanda.json'), 'utf8'))
  const ticket = (id: string, of: object) =>
    JSON.stringify({
      id,
      calendar: of,
      policy: { targets: pack.targets, pausesWhile: pack.pausesWhile },
      plan: 'premium',
      events: [
        { at: '2026-07-10T15:30:00Z', type: 'created', priority: 'P1', channel: 'email', by: 'customer' },
      ],
      now: '2026-07-10T15:40:00Z',
    })
  const tickets = () =>
    file('tickets.jsonl', `${ticket('T-1', shipped)}\n${ticket('T-2', { ...shipped, id: 'other' })}\n`)

  it('says by how much a new holiday moves what is due', async () => {
    const holidays = [...shipped.holidays, { date: '2026-07-13', name: 'A royal wedding' }]
    const newer = file('newer.json', JSON.stringify({ ...shipped, holidays }))
    expect(await compareCommand([london, newer, '--tickets', tickets()])).toEqual([
      "1 of 2 tickets have the calendar 'emea-london'.",
      '1 of 2 open targets change: 1 due later, 0 due earlier.',
      'The furthest: T-1 resolution, Mon 2026-07-13 16:30 → Tue 2026-07-14 16:30, 24 h later (7 h 30 min of working time).',
      '  T-1 resolution, Mon 2026-07-13 16:30 → Tue 2026-07-14 16:30, 24 h later (7 h 30 min of working time).',
    ])
  })

  it('compares policies for every ticket, at another now', async () => {
    const targets = structuredClone(pack.targets)
    targets.firstResponse.P1.premium.hours = 1
    const { internal: _, ...plain } = pack
    const newer = file('policy.json', JSON.stringify({ ...plain, targets }))
    const args = [
      'resources/policies/bigpanda.json',
      newer,
      '--tickets',
      tickets(),
      '--now',
      '2026-07-10T17:00:00Z',
    ]
    expect((await compareCommand(args)).slice(0, 4)).toEqual([
      "2 of 2 tickets have the policy 'bigpanda'.",
      '2 of 4 open targets change: 0 due later, 2 due earlier.',
      'The furthest: T-1 first response, Fri 2026-07-10 17:30 → Fri 2026-07-10 16:30, 1 h earlier, running → breached.',
      'Breached by the change: 2 (T-1 first response, T-2 first response).',
    ])
  })

  test.each([
    ['no tickets named', [london, london], 'compare needs OLD.json NEW.json --tickets FILE.jsonl'],
    [
      'a policy against a calendar',
      [london, 'resources/policies/bigpanda.json', '--tickets', 'T'],
      'a calendar cannot be compared with a policy',
    ],
    [
      'a file that is not there',
      [london, london, '--tickets', 'no.jsonl'],
      'no.jsonl: cannot be read (ENOENT)',
    ],
    ['a ticket that is none', [london, london, '--tickets', 'BAD'], 'line 1: '],
  ])('refuses %s', async (_, args, message) => {
    const bad = file('bad.jsonl', '{"id":"x"}\n')
    const given = args.map((arg) => (arg === 'T' ? tickets() : arg === 'BAD' ? bad : arg))
    await expect(compareCommand(given)).rejects.toThrow(message)
  })
})

it('reports and reasons do not depend on the zone of the machine, and a calendar’s end is told on stderr', async () => {
  const shipped = JSON.parse(readFileSync(join(root, 'resources/calendars/amer-new-york.json'), 'utf8'))
  const pack = JSON.parse(readFileSync(join(root, 'resources/policies/bigpanda.json'), 'utf8'))
  const ticket = JSON.stringify({
    id: 't',
    calendar: { ...shipped, validThrough: '2026-03-09' },
    policy: { targets: pack.targets, pausesWhile: pack.pausesWhile },
    plan: 'premium',
    events: [
      { at: '2026-03-06T21:30:00Z', type: 'created', priority: 'P1', channel: 'email', by: 'customer' },
      { at: '2026-03-06T21:45:00Z', type: 'status', to: 'waiting-on-customer' },
      { at: '2026-03-09T15:00:00Z', type: 'status', to: 'open' },
    ],
    now: '2026-03-09T16:00:00Z',
  })
  const ask = [
    '--plan',
    'premium',
    '--priority',
    'P1',
    '--calendar',
    'amer',
    '--at',
    '2026-03-08T06:59:59.999Z',
  ]
  const zones = ['Pacific/Apia', 'America/Havana']
  const told = await Promise.all(
    zones.map(async (TZ) => [
      await sla(['tickets'], ticket, { TZ }),
      await sla(['explain', ...ask], '', { TZ }),
    ]),
  )
  const expected = [
    {
      code: 0,
      out: `${ticketLine(ticket)}\n`,
      err: 'warning: 1 of the lines have a deadline after 2026-03-09, through which calendar amer-new-york is known\n',
    },
    { code: 0, out: `${(await explainCommand(ask)).out}\n`, err: '' },
  ]
  expect(told).toEqual(zones.map(() => expected))
})

it('sla refuses with 2 and a word on stderr, without a stack', async () => {
  const { code, out, err } = await sla(['explain', '--plan', 'gold'])
  expect({ code, out, err }).toEqual({
    code: 2,
    out: '',
    err: '--plan gold: take one of standard, premium, premium-plus\n',
  })
})
