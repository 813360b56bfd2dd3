import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { SlaReport, TargetReport } from '#shared/sla/report'
import type { Macro } from '#shared/tickets/macro'
import { fillMacro, leftoverVariables, macroProblems } from '#shared/tickets/macro-fill'
import {
  type MacroValues,
  type MacroValuesInput,
  macroValues,
  macroVariableNames,
  timeInWords,
} from '#shared/tickets/macro-variables'
import { ana, aTicket, T0 } from './samples'

const HOUR = 3_600_000
const aMacro = (body: string, changes: Partial<Macro> = {}): Macro => ({
  ...{ id: 'm1', name: 'Hello', kind: 'reply', body },
  ...changes,
})
const leftovers = (text: string) => leftoverVariables(text).map((leftover) => leftover.text)
const values: MacroValues = { customer: 'Acme', 'requester.first': 'Olu', 'due.resolution': undefined }

describe('filling in a macro', () => {
  it.each<[string, string, string[], string[]]>([
    ['Hello {{requester.first}} of {{customer}}', 'Hello Olu of Acme', [], []],
    ['{{ Requester.First }} {{\tCUSTOMER }}', 'Olu Acme', [], []],
    ['by {{due.resolution}}', 'by {{due.resolution}}', ['due.resolution'], []],
    ['{{issues}}, {{ISSUES}}', '{{issues}}, {{ISSUES}}', ['issues'], []],
    ['Dear {{costumer}}', 'Dear {{costumer}}', [], ['costumer']],
    ['{{constructor}}', '{{constructor}}', [], ['constructor']],
    ['helm: {{ .Values.image }} {{- if }}', 'helm: {{ .Values.image }} {{- if }}', [], []],
    ['{customer} and {{customer}', '{customer} and {{customer}', [], []],
    ['costs $& $1', 'costs $& $1', [], []],
  ])('%s', (body, text, unfilled, unknown) => {
    expect(fillMacro(aMacro(body), values)).toEqual({ text, unfilled, unknown })
  })

  const name = fc.constantFrom(...macroVariableNames, 'costumer', 'x.y')
  const part = fc.oneof(
    name.map((variable) => `{{${variable}}}`),
    fc.constantFrom(' ', '{', '}', '{{', '}}', 'a', '$&', '\n'),
  )
  const body = fc.array(part, { minLength: 1, maxLength: 12 }).map((parts) => parts.join(''))
  const filled = fc.dictionary(fc.constantFrom(...macroVariableNames), body) as fc.Arbitrary<MacroValues>

  test('what could not be filled in is found before it is sent; values are never filled in', () => {
    fc.assert(
      fc.property(body, filled, (text, given) => {
        const result = fillMacro(aMacro(text), given)
        const left = leftoverVariables(result.text).map((one) => one.text)
        for (const variable of [...result.unfilled, ...result.unknown]) {
          expect(left.some((one) => one.includes(variable))).toBe(true)
        }
        // Cut out of the text at its variables, what is left and the values are there, in order and unchanged.
        let expected = text
        const markers = Object.keys(given).map((variable, n) => [variable, `\u0001${n}\u0002`] as const)
        for (const [variable, marker] of markers)
          expected = expected.replaceAll(`{{${variable}}}`, () => marker)
        for (const [variable, marker] of markers) {
          expected = expected.replaceAll(marker, () => given[variable as keyof MacroValues] ?? '')
        }
        expect(result.text).toBe(expected)
      }),
    )
  })
})

describe('variables left in a text', () => {
  it.each<[string, string[]]>([
    ['Hello Olu', []],
    ['Hello {{requester.first}}, by {{ due.resolution }}', ['{{requester.first}}', '{{ due.resolution }}']],
    ['Hello {{whoever}}', ['{{whoever}}']],
    ['Hello {{customer}, see you', ['{{customer}']],
    ['Hello {customer}}', ['{customer}}']],
    ['Hello customer}} you', ['customer}}']],
    ['by {{due.resolution. Then', ['{{due.resolution.']],
    ['the customer {customer} has a plan', []],
    ['values: {{ .Values.image }} and {{#each}}', []],
    ['code: {{x: 1}}', []],
    ['my_customer}} and {{customer_id', []],
    ['{{customer}}{{customer}}', ['{{customer}}', '{{customer}}']],
  ])('%s', (text, expected) => {
    expect(leftovers(text)).toEqual(expected)
    for (const { from, to, text: written } of leftoverVariables(text))
      expect(text.slice(from, to)).toBe(written)
  })
})

test.each([
  ['blanks', ' '.repeat(65_000)],
  ['letters', 'a'.repeat(65_000)],
  ['braces', '{'.repeat(65_000)],
  ['open braces and blanks', '{{         '.repeat(6000)],
])('a text of %s alone is read at once', (_what, text) => {
  expect(leftoverVariables(`${text} {{customer}}`)).toHaveLength(1)
})

describe('a macro to be saved', () => {
  it.each<[Macro, string[]]>([
    [aMacro('Hello {{requester.first}}'), []],
    [aMacro('{{costumer}}'), ["body: there is no variable 'costumer': did you mean {{customer}}?"]],
    [
      aMacro('{{due.resolutoin}}'),
      ["body: there is no variable 'due.resolutoin': did you mean {{due.resolution}}?"],
    ],
    [
      aMacro('{{zzzzzzzz}}'),
      [expect.stringContaining("there is no variable 'zzzzzzzz': there are customer, plan")],
    ],
    [
      aMacro('by {{due.resolution} latest'),
      ["body: '{{due.resolution}' lacks a brace: write {{due.resolution}}"],
    ],
    [aMacro('', { name: ' ' }), ['name: give the macro a name', 'body: a macro needs a text']],
    [aMacro('{{ .Values.image }}'), []],
  ])('%#', (macro, expected) => {
    expect(macroProblems(macro).map(({ field, message }) => `${field}: ${message}`)).toEqual(expected)
  })

  test('those of the demo have no problems', () => {
    const macros: Macro[] = JSON.parse(readFileSync('resources/demo/macros.json', 'utf8'))
    expect(macros.length).toBeGreaterThan(5)
    expect(macros.flatMap(({ body }) => macroProblems(aMacro(body)))).toEqual([])
  })
})

describe('what the variables are for a ticket', () => {
  const sla = (firstResponse: TargetReport, resolution: TargetReport): SlaReport => ({
    ...{ firstResponse, resolution, warnings: [] },
    thresholdsAt: { firstResponse: [], resolution: [] },
    cycle: { firstResponse: 0, resolution: 0 },
  })
  const input: MacroValuesInput = {
    ticket: aTicket({ subject: ' Alerts\nlate ', promisedAt: T0 - HOUR }),
    organization: {
      ...{ id: 'o1', name: 'Acme', plan: 'premium', region: 'EMEA', calendarId: 'c1', policyId: 'p1' },
      zone: 'America/New_York',
    },
    requester: { id: 'r1', organizationId: 'o1', name: 'Adeyemi, Olu B.' },
    me: ana,
    report: sla({ state: 'running', due: T0 + 4 * HOUR }, { state: 'awaiting-proposal' }),
    now: T0,
  }

  it('come from the ticket, its customer and the agent; times are on the customer’s clock', () => {
    expect(macroValues(input)).toMatchObject({
      customer: 'Acme',
      plan: 'Premium',
      requester: 'Adeyemi, Olu B.',
      'requester.first': 'Olu',
      'ticket.number': 'MER-1',
      'ticket.subject': 'Alerts late',
      'ticket.priority': 'P2',
      'ticket.status': 'Open',
      'agent.name': 'Ana Souza',
      'agent.first': 'Ana',
      'due.firstResponse': 'Monday 6 July 2026, 09:00 (New York time)',
    })
  })

  it('are absent where the ticket has nothing, or a time has passed', () => {
    const { issues, workaround, ...rest } = macroValues({
      ...input,
      organization: undefined,
      requester: undefined,
      now: T0 + 4 * HOUR,
    })
    expect([issues, workaround, rest.customer, rest['requester.first'], rest['due.firstResponse']]).toEqual(
      Array(5).fill(undefined),
    )
    expect([rest['due.resolution'], rest['due.promise'], rest['course.due']]).toEqual(
      Array(3).fill(undefined),
    )
  })

  it('are all of those that there are', () => {
    expect(Object.keys(macroValues(input)).sort()).toEqual([...macroVariableNames].sort())
  })

  test.each([
    ['Europe/London', 'Monday 6 July 2026, 10:00 (London time)'],
    ['Asia/Kolkata', 'Monday 6 July 2026, 14:30 (Kolkata time)'],
    ['UTC', 'Monday 6 July 2026, 09:00 UTC'],
    ['Mars/Olympus', 'Monday 6 July 2026, 09:00 UTC'],
  ])('a time in %s', (zone, words) => expect(timeInWords(T0, zone)).toBe(words))
})
