import { describe, expect, test } from 'vitest'
import { navigation } from '../../src-main/navigation'
import { linkOf, systemLinks } from '../../src-main/system-links'

/** What happened, in order. */
function ways(ownWindows: readonly string[] = []) {
  const happened: unknown[] = []
  const made = navigation({
    console: {
      show: async () => void happened.push('console shown'),
      current: () => undefined,
    },
    tickets: {
      focus: (id) => {
        const has = ownWindows.includes(id)
        if (has) happened.push(`window of ${id} focused`)
        return has
      },
    },
    windows: {
      add: () => {},
      kindOf: () => undefined,
      whenLoaded: async (kind) => void happened.push(`${kind} loaded`),
      push: (to, { channel, payload }) => {
        happened.push([to, channel, payload])
        return true
      },
    },
    bug: (error) => happened.push(error),
  })
  return { ...made, happened }
}
const turns = () => new Promise((resolve) => setImmediate(resolve))

describe('the way to a ticket', () => {
  test.each([
    ['a ticket', 't1', { ticketId: 't1' }],
    ['no ticket in particular', undefined, {}],
  ])('%s: the console comes to the front and is told once it can hear', async (_what, id, told) => {
    const { toTicket, happened } = ways()
    toTicket(id)
    await turns()
    expect(happened).toEqual(['console shown', 'console loaded', ['console', 'navigation:openTicket', told]])
  })

  test('one that has a window of its own comes to the front there', async () => {
    const { toTicket, inConsole, happened } = ways(['t1'])
    toTicket('t1')
    await turns()
    expect(happened).toEqual(['window of t1 focused'])
    inConsole('t1')
    await turns()
    expect(happened.at(-1)).toEqual(['console', 'navigation:openTicket', { ticketId: 't1' }])
  })
})

describe('a link of the system', () => {
  test('goes to its ticket', async () => {
    const { follow, happened } = ways()
    follow('meridian://ticket/t1')
    await turns()
    expect(happened.at(-1)).toEqual(['console', 'navigation:openTicket', { ticketId: 't1' }])
  })

  test.each(['meridian://solve/t1', '--screenshots=/etc', 'https://evil.example', ''])(
    '%j is refused in words, and nothing else happens',
    async (link) => {
      const { follow, happened } = ways(['t1'])
      follow(link)
      await turns()
      expect(happened).toEqual([
        'console shown',
        'console loaded',
        ['console', 'navigation:refused', { problem: expect.stringContaining('not opened') }],
      ])
    },
  )

  test('that comes before anybody can follow it waits', () => {
    const listeners: ((event: { preventDefault(): void }, link: string) => void)[] = []
    const app = { on: (_event: string, listener: never) => listeners.push(listener) }
    const links = systemLinks(app as never, 'meridian://ticket/first')
    const [opened] = listeners
    opened?.({ preventDefault: () => {} }, 'meridian://ticket/second')
    const followed: string[] = []
    links.send((link) => followed.push(link))
    opened?.({ preventDefault: () => {} }, 'meridian://ticket/third')
    expect(followed.map((link) => link.split('/').at(-1))).toEqual(['first', 'second', 'third'])
  })

  test.each([
    [{ link: 'meridian://ticket/t1' }, 'meridian://ticket/t1'],
    [{}, undefined],
    [null, undefined],
    ['meridian://ticket/t1', undefined],
    [{ link: 7 }, undefined],
    [{ link: 'x'.repeat(2001) }, undefined],
  ])('a second start that hands over %j hands over the link %j', (data, link) => {
    expect(linkOf(data)).toBe(link)
  })
})
