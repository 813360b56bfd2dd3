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

type Listener = (event?: unknown, error?: string) => void
type System = 'takes' | 'refuses' | 'refuses without a word' | 'is silent'

/** A start of the console with the same folder, on a system that behaves in one way. */
function start(
  options: { system?: System; supported?: boolean; scope?: () => string; before?: () => Promise<void> } = {},
) {
  const shown: NotificationOptions[] = []
  const clicked: (string | undefined)[] = []
  const listeners: Map<string, Listener>[] = []
  const reports: string[] = []
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
          mine.get('show')?.()
        },
      }
    },
    shown: shownAlerts(path.join(folder, 'shown.json'), (problem) => reports.push(problem)),
    scope: options.scope ?? (() => 'ws.ana'),
    clicked: (ticketId) => clicked.push(ticketId),
    waitMs: 5,
  })
  return { notifications: made, shown, clicked, listeners, reports }
}

describe('a native notification', () => {
  it('shows title, text and urgency; a critical one stays until it is dismissed', async () => {
    const { notifications: made, shown } = start()
    expect(await made.show(alert)).toEqual({ shown: true })
    expect(await made.show({ ...alert, key: 'other', urgency: 'normal' })).toEqual({ shown: true })
    expect(shown).toEqual([
      { title: 'P1', body: 'due', urgency: 'critical', timeoutType: 'never' },
      { title: 'P1', body: 'due', urgency: 'normal', timeoutType: 'default' },
    ])
  })

  it.runIf(process.platform === 'linux')('shows hostile text as text', async () => {
    const { notifications: made, shown } = start()
    await made.show({ ...alert, title: 'a\u202Eb <i>', body: '<img src=x> & \u0000 &lt; \u2067x' })
    expect(shown[0]).toMatchObject({ title: 'a b <i>', body: '&lt;img src=x&gt; &amp;   &amp;lt;  x' })
  })

  test.each<[System, boolean, string]>([
    ['is silent', true, 'did not take'],
    ['refuses', true, 'refused it (not signed)'],
    ['refuses without a word', true, 'no notification service'],
    ['takes', false, 'no notifications'],
  ])('is not shown, with why, when the system %s (supported: %s)', async (system, supported, why) => {
    expect(await start({ system, supported }).notifications.show(alert)).toEqual({
      shown: false,
      why: expect.stringContaining(why),
    })
  })

  it('opens its ticket on a click, unless somebody else is signed in by then', async () => {
    let who = 'ws.ana'
    const { notifications: made, clicked, listeners } = start({ scope: () => who })
    await made.show(alert)
    listeners[0]?.get('click')?.()
    who = 'ws.bob'
    listeners[0]?.get('click')?.()
    expect(clicked).toEqual(['t1', undefined])
  })
})

describe('the same alert', () => {
  it('is shown once, however often it is asked for', async () => {
    const { notifications: made, shown } = start()
    expect(await Promise.all([made.show(alert), made.show(alert), made.show(alert)])).toEqual(
      Array(3).fill({ shown: true }),
    )
    expect(await made.show(alert)).toEqual({ shown: true })
    expect(shown).toHaveLength(1)
  })

  it('is not shown again after a restart', async () => {
    await start().notifications.show(alert)
    const { notifications: made, shown } = start()
    expect(await made.show(alert)).toEqual({ shown: true })
    expect(shown).toEqual([])
  })

  it('is tried again when it could not be shown', async () => {
    await start({ system: 'is silent' }).notifications.show(alert)
    const { notifications: made, shown } = start()
    await made.show(alert)
    expect(shown).toHaveLength(1)
  })

  it('is shown to each person', async () => {
    await start().notifications.show(alert)
    const { notifications: made, shown } = start({ scope: () => 'ws.bob' })
    await made.show(alert)
    expect(shown).toHaveLength(1)
  })
})

describe('the file of shown alerts', () => {
  it('forgets the oldest, so that it stays small', async () => {
    const file = path.join(folder, 'shown.json')
    await writeFile(
      file,
      JSON.stringify({ version: 1, keys: Array.from({ length: 2000 }, (_, i) => `k${i}`) }),
    )
    const shown = shownAlerts(file, vi.fn())
    await shown.add('new')
    expect(await shown.has('k0')).toBe(false)
    expect(await shown.has('k1')).toBe(true)
    expect(JSON.parse(await readFile(file, 'utf8')).keys).toHaveLength(2000)
  })

  test.each(['{', '[]', '{"version":1,"keys":[5]}'])(
    'holding %j is started anew and reported',
    async (text) => {
      const file = path.join(folder, 'shown.json')
      await writeFile(file, text)
      const report = vi.fn()
      const shown = shownAlerts(file, report)
      expect(await shown.has('k')).toBe(false)
      await shown.add('k')
      expect(report).toHaveBeenCalledOnce()
      expect(await shownAlerts(file, report).has('k')).toBe(true)
    },
  )
})
