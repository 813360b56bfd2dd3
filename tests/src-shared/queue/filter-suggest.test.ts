import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filterProblems, parseFilter } from '#shared/queue/filter'
import { suggest, takeSuggestion } from '#shared/queue/filter-suggest'
import { vocabularyOf } from '#shared/queue/filter-vocabulary'
import { row, vocabulary } from './rows'

/** The box as it is when each suggestion is taken; `|` is the caret. */
function boxes(typed: string): string[] {
  const caret = typed.indexOf('|')
  const input = typed.replace('|', '')
  return suggest(input, caret, vocabulary).map((suggestion) => {
    const { text, caret: at } = takeSuggestion(input, suggestion)
    return `${text.slice(0, at)}|${text.slice(at)}`
  })
}

describe('what may be meant', () => {
  it.each<[string, string[]]>([
    ['stat|', ['status:|']],
    ['kes pri|', ['kes priority:|']],
    ['-tag|', ['-tag:|']],
    ['sta|:open', ['status:|open']],
    ['|kestrel', []],
    ['bre|', ['is:breached|']],
    [
      'status:|',
      ['open', 'waiting-on-customer', 'on-hold', 'solved', 'closed'].map((name) => `status:${name}|`),
    ],
    ['status:so|', ['status:solved|']],
    ['STATUS:SO|', ['STATUS:solved|']],
    [
      'status:open,|',
      ['waiting-on-customer', 'on-hold', 'solved', 'closed'].map((name) => `status:open,${name}|`),
    ],
    ['priority:p1, p4|', ['priority:p1, p4|']],
    ['status:cl| kestrel', ['status:closed| kestrel']],
    ['assignee:|', ['assignee:me|', 'assignee:nobody|', 'assignee:"Ana Souza"|', 'assignee:"Inês Moreau"|']],
    ['assignee:"ana|', ['assignee:"Ana Souza"|']],
    ['assignee:ines|', ['assignee:"Inês Moreau"|']],
    ['customer:bank|', ['customer:"Kestrel Bank"|']],
    ['region:|', ['region:mine|', 'region:AMER|', 'region:APAC|', 'region:EMEA|']],
    ['issue:7|', ['issue:PLAT-7|']],
    ['due:<2|', ['due:<2h|']],
    ['staus:|', []],
    ['"stat|', []],
  ])('%s', (typed, expected) => expect(boxes(typed)).toEqual(expected))

  it('offers the fields where a term begins, each with words', () => {
    for (const typed of ['|', 'kestrel |', 'p1 | p2']) {
      const offered = suggest(typed.replace('|', ''), typed.indexOf('|'), vocabulary)
      expect(offered.map(({ text }) => text).slice(0, 3)).toEqual(['is:', 'priority:', 'plan:'])
      expect(offered.every(({ about }) => about !== '')).toBe(true)
    }
  })

  it('never offers what the filter box would then call unknown', () => {
    const typed = fc.constantFrom(
      '',
      'a',
      'is:',
      'status:',
      'assignee:',
      'customer:',
      'due:',
      '-tag:v',
      'escalated:',
    )
    fc.assert(
      fc.property(typed, (input) => {
        for (const suggestion of suggest(input, input.length, vocabulary)) {
          const { text } = takeSuggestion(input, suggestion)
          expect(filterProblems(parseFilter(text), vocabulary)).toEqual([])
        }
      }),
    )
  })
})

it('the names to choose from are those on the rows, and all the agents', () => {
  const rows = [
    row({ id: '1', tags: ['vip'], productIssueKeys: ['PLAT-7'], assigneeId: 'ana', assignee: 'Ana' }),
    row({
      id: '2',
      customer: 'Acme',
      organizationId: 'acme',
      escalation: { state: 'offered', to: 'APAC', byId: 'x', at: 0 },
    }),
  ]
  expect(vocabularyOf(rows, [{ id: 'bo', name: 'Bo' }])).toEqual({
    regions: ['APAC', 'EMEA'],
    agents: [
      { id: 'ana', name: 'Ana' },
      { id: 'bo', name: 'Bo' },
    ],
    customers: [
      { id: 'acme', name: 'Acme' },
      { id: 'northwind', name: 'Northwind Traders' },
    ],
    tags: ['vip'],
    issues: ['PLAT-7'],
  })
})
