import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, test } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))

function sla(args: readonly string[], input = '', env: Record<string, string> = {}) {
  return new Promise<{ code: number | null; out: string; lines: Record<string, unknown>[] }>(
    (resolve, reject) => {
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
      child.on('close', (code) => {
        const lines = out.startsWith('{')
          ? out
              .trimEnd()
              .split('\n')
              .map((line) => JSON.parse(line))
          : []
        resolve({ code, out: out + err, lines })
      })
      child.stdin.end(input)
    },
  )
}

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
  it('answers line by line, in order, and goes on after what it cannot read', async () => {
    const { lines, code } = await sla(
      ['deadlines'],
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
    expect(code).toBe(0)
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
    const zones = ['UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Chatham']
    const answers = await Promise.all(zones.map((TZ) => sla(['deadlines'], cases, { TZ })))
    expect(new Set(answers.map((answer) => answer.out)).size).toBe(1)
    expect(answers[0]?.lines).toHaveLength(3)
  })
})

it('sla -- tickets answers state, satisfiedAt, due and breachedAt', async () => {
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
  const { lines } = await sla(
    ['tickets'],
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

test.each([
  [['--help'], 0, 'Usage: npm run -s sla'],
  [['deadline'], 2, "'deadline' is not a command"],
  [
    ['check', 'resources/policies/bigpanda.json', 'resources/calendars/emea-london.json'],
    0,
    "a valid calendar, 'emea-london'",
  ],
  [['check', 'package.json'], 1, 'package.json: file: is neither'],
  [['check', 'no-such-file.json'], 1, 'cannot be read (ENOENT)'],
  [['check', 'scripts/sla.mjs'], 1, 'is not JSON'],
] as const)('sla %j ends with %i', async (args, code, text) => {
  const result = await sla(args)
  expect(result.out).toContain(text)
  expect(result.code).toBe(code)
})
