import { describe, expect, it } from 'vitest'
import { parseFilter } from '#shared/queue/filter'
import { compileFilter, textsOf } from '#shared/queue/filter-match'
import { createQueueView } from '#shared/queue/queue-view'
import { ME, NOON, row } from './rows'

const rows = new Map(
  ['1', '2', '3'].map((id) => [id, row({ id, subject: id === '1' ? 'Timeout in the bridge' : 'Other' })]),
)
/** Where words were found in messages. */
const inMessages = new Map<string, Set<string>>()
const found = (text: string) => inMessages.get(text)
const sort = { field: 'number', direction: 'asc' } as const

describe('words that were found in messages', () => {
  it.each<[string, string, string[]]>([
    ['count as if they stood in the line', 'timeout', ['1', '3']],
    ['all of them must be there, each anywhere', 'timeout other', ['3']],
    ['take a ticket away with a minus', '-timeout', ['2']],
    ['go with fields', 'timeout status:solved', []],
    ['are looked for as they were typed', '"in the bridge"', ['1']],
  ])('%s: %s', (_, input, expected) => {
    inMessages.clear()
    inMessages.set('timeout', new Set(['3']))
    const { matches } = compileFilter(parseFilter(input), ME, found)
    expect([...rows.values()].filter((one) => matches(one, NOON)).map(({ id }) => id)).toEqual(expected)
  })

  it('are named by the filter: those without a field, each once', () => {
    expect(textsOf(parseFilter('p1 timeout -noise tag:vip "two words" timeout'))).toEqual([
      'timeout',
      'noise',
      'two words',
    ])
  })

  it('come into a view when they are found, and are counted with it', () => {
    inMessages.clear()
    const view = createQueueView(rows, ME, found)
    view.countViews([{ id: 'timeouts', query: 'timeout' }], NOON)
    view.patch(undefined, NOON)
    view.show({ query: 'timeout', filter: '', sort }, NOON)
    expect([view.ids(), view.countOf('timeouts')]).toEqual([['1'], 1])
    inMessages.set('timeout', new Set(['2']))
    view.patch(['2'], NOON)
    expect([view.ids(), view.countOf('timeouts')]).toEqual([['1', '2'], 2])
    inMessages.clear()
    view.patch(['2'], NOON)
    expect([view.ids(), view.countOf('timeouts')]).toEqual([['1'], 1])
  })
})
