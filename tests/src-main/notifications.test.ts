import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest'
import type { AlertRequest } from '#shared/ipc'
import { type NotificationOptions, notifications } from '../../src-main/notifications'
import { shownAlerts } from '../../src-main/shown-alerts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'notifications-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const alert: AlertRequest = { key: 'k', title: 'P1', body: 'due', urgency: 'critical', ticketId: 't1' }

const ANA = 'ws.ana'

type Listener = (event?: unknown, error?: string) => void
type System = 'takes' | 'refuses' | 'refuses without a word' | 'is silent'

/** A start of the console with the same folder, on a system that behaves in one way. */
function start(
  options: {
    system?: System
    supported?: boolean
    profile?: () => string | undefined
    onShow?: () => void
  } = {},
) {
  const shown: NotificationOptions[] = []
  const closed: string[] = []
  const clicked: (string | undefined)[] = []
  const listeners: Map<string, Listener>[] = []
  const reports: string[] = []
  const record = shownAlerts(path.join(folder, 'shown.json'), (problem) => reports.push(problem))
  const made = notifications({
    isSupported: () => options.supported ?? true,
    make: (given) => {
      const mine = new Map<string, Listener>()
      listeners.push(mine)
      return {
        on: (event: string, listener: Listener) => mine.set(event, listener),
        show: () => {
          const system = options.system ?? 'takes'
          if (system === 'refuses') mine.get('failed')?.({}, 'not signed')
          if (system === 'refuses without a word') mine.get('failed')?.({}, undefined)
          if (system !== 'takes') return
          shown.push(given)
          options.onShow?.()
          mine.get('show')?.()
        },
        close: () => {
          closed.push(given.title)
          mine.get('close')?.()
        },
      }
    },
    shown: record,
    profile: options.profile ?? (() => ANA),
    clicked: (ticketId) => clicked.push(ticketId),
    waitMs: 5,
  })
  const show = (request: AlertRequest = alert, profile = ANA) => made.show(request, profile)
  return { show, clear: made.clear, record, shown, closed, clicked, listeners, reports }
}

describe('a native notification', () => {
  it('shows title, text and urgency; a critical one stays until it is dismissed', async () => {
    const { show, shown } = start()
    expect(await show()).toEqual({ shown: true })
    expect(await show({ ...alert, key: 'other', urgency: 'normal' })).toEqual({ shown: true })
    expect(shown).toEqual([
      { title: 'P1', body: 'due', urgency: 'critical', timeoutType: 'never' },
      { title: 'P1', body: 'due', urgency: 'normal', timeoutType: 'default' },
    ])
  })

  it.runIf(process.platform === 'linux')('shows hostile text as text', async () => {
    const { show, shown } = start()
    await show({ ...alert, title: 'a\u202Eb <i>', body: '<img src=x> & \u0000 &lt; \u2067x' })
    expect(shown[0]).toMatchObject({ title: 'a b <i>', body: '&lt;img src=x&gt; &amp;   &amp;lt;  x' })
  })

  test.each<[System, boolean, string]>([
    ['is silent', true, 'did not take'],
    ['refuses', true, 'refused it (not signed)'],
    ['refuses without a word', true, 'no notification service'],
    ['takes', false, 'no notifications'],
  ])('is not shown, with why, when the system %s (supported: %s)', async (system, supported, why) => {
    expect(await start({ system, supported }).show()).toEqual({
      shown: false,
      why: expect.stringContaining(why),
    })
  })
})

describe('after a change of person', () => {
  it('a click opens no ticket of the one before', async () => {
    let who: string | undefined = ANA
    const { show, clicked, listeners } = start({ profile: () => who })
    await show()
    listeners[0]?.get('click')?.()
    who = 'ws.bob'
    listeners[0]?.get('click')?.()
    who = undefined
    listeners[0]?.get('click')?.()
    expect(clicked).toEqual(['t1', undefined, undefined])
  })

  it('nothing of the one before is shown, and nothing is remembered as shown', async () => {
    let who: string | undefined = 'ws.bob'
    const { show, shown, record } = start({ profile: () => who })
    expect(await show()).toEqual({ shown: false, why: 'somebody else is signed in' })
    expect(shown).toEqual([])
    expect(await record.state('ws.ana k')).toBeUndefined()
    who = ANA
    expect(await show()).toEqual({ shown: true })
  })

  it('not even if the person changes while it is being written down', async () => {
    const whos = [ANA, 'ws.bob']
    const { show, shown, record } = start({ profile: () => whos.shift() ?? 'ws.bob' })
    expect(await show()).toMatchObject({ shown: false })
    expect(shown).toEqual([])
    expect(await record.state('ws.ana k')).toBeUndefined()
  })

  it('what is on the screen is taken away', async () => {
    const { show, clear, closed } = start()
    await show({ ...alert, title: 'one' })
    await show({ ...alert, key: 'k2', title: 'two' })
    clear()
    clear()
    expect(closed).toEqual(['one', 'two'])
  })
})

describe('the same alert', () => {
  it('is shown once, however often it is asked for', async () => {
    const { show, shown } = start()
    expect(await Promise.all([show(), show(), show()])).toEqual(Array(3).fill({ shown: true }))
    expect(await show()).toEqual({ shown: true })
    expect(shown).toHaveLength(1)
  })

  it('is not shown again after a restart', async () => {
    await start().show()
    const { show, shown } = start()
    expect(await show()).toEqual({ shown: true })
    expect(shown).toEqual([])
  })

  test.each<[System]>([['refuses'], ['refuses without a word']])(
    'is tried again when the system %s, in the same words',
    async (system) => {
      await start({ system }).show()
      const { show, shown } = start()
      await show()
      expect(shown).toMatchObject([{ body: 'due' }])
    },
  )

  test.each([
    ['killed after the system took it and before that was written down', 'takes' as const],
    ['the system did not answer', 'is silent' as const],
  ])('is shown again and says that it may be known, when %s', async (_when, system) => {
    const file = path.join(folder, 'shown.json')
    let atKill = ''
    const onShow = () => {
      atKill = readFileSync(file, 'utf8')
    }
    const first = start({ system, onShow })
    await first.show()
    if (atKill) await writeFile(file, atKill)
    const { show, shown, record } = start()
    expect(await show()).toEqual({ shown: true })
    expect(shown).toMatchObject([{ body: 'due\nYou may have seen this already.' }])
    expect(await record.state('ws.ana k')).toBe('shown')
  })

  it('is shown to each person', async () => {
    await start().show()
    const { show, shown } = start({ profile: () => 'ws.bob' })
    await show(alert, 'ws.bob')
    expect(shown).toHaveLength(1)
  })
})

describe('the file of shown alerts', () => {
  const file = () => path.join(folder, 'shown.json')

  it('forgets the oldest, so that it stays small', async () => {
    const keys = Array.from({ length: 2000 }, (_, i) => `k${i}`)
    await writeFile(file(), JSON.stringify({ version: 2, keys, begun: [] }))
    const shown = shownAlerts(file(), vi.fn())
    await shown.add('new')
    expect(await shown.state('k0')).toBeUndefined()
    expect(await shown.state('k1')).toBe('shown')
    expect(JSON.parse(await readFile(file(), 'utf8')).keys).toHaveLength(2000)
  })

  it('of an earlier version is read, and written in today’s', async () => {
    await writeFile(file(), JSON.stringify({ version: 1, keys: ['old'] }))
    const shown = shownAlerts(file(), vi.fn())
    expect(await shown.state('old')).toBe('shown')
    await shown.begin('new')
    expect(JSON.parse(await readFile(file(), 'utf8'))).toEqual({ version: 2, keys: ['old'], begun: ['new'] })
  })

  it('forgets one person and no other', async () => {
    const shown = shownAlerts(file(), vi.fn())
    for (const key of ['ws.ana k', 'ws.ana2 k', 'ws.bob k']) await shown.add(key)
    await shown.forget('ws.ana')
    const again = shownAlerts(file(), vi.fn())
    expect(await Promise.all(['ws.ana k', 'ws.ana2 k', 'ws.bob k'].map(again.state))).toEqual([
      undefined,
      'shown',
      'shown',
    ])
  })

  test.each(['{', '[]', '{"version":1,"keys":[5]}'])(
    'holding %j is started anew and reported',
    async (text) => {
      await writeFile(file(), text)
      const report = vi.fn()
      const shown = shownAlerts(file(), report)
      expect(await shown.state('k')).toBeUndefined()
      await shown.add('k')
      expect(report).toHaveBeenCalledOnce()
      expect(await shownAlerts(file(), report).state('k')).toBe('shown')
    },
  )
})
