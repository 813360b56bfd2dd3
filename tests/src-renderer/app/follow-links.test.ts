import { beforeEach, describe, expect, test } from 'vitest'
import { ticketUrl } from '../../../src-main/app-origin'
import { whenKnown } from '../../../src-renderer/app/follow-links'
import { ticketOfWindow } from '../../../src-renderer/app/shown-ticket'
import { resetScreen, useScreen } from '../../../src-renderer/ui/screen-state'
import { row } from '../../src-shared/queue/rows'

/** A desk that is still reading its rows. */
function desk(numbers: Readonly<Record<string, string>>) {
  const listeners = new Set<() => void>()
  const rows = new Map(Object.entries(numbers).map(([id, number]) => [id, row({ id, number })]))
  let isReady = false
  let firstSync: object | undefined = { openDone: true }
  const on = (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  const tell = () => {
    for (const listener of [...listeners]) listener()
  }
  return {
    listeners,
    store: {
      rows: {
        size: rows.size,
        isReady: () => isReady,
        get: (id: string) => rows.get(id),
        values: () => rows.values(),
        subscribe: on,
      },
      status: { get: () => ({ firstSync }), subscribe: on },
    } as never,
    arrives: (id: string, number: string) => {
      rows.set(id, row({ id, number }))
      tell()
    },
    isRead: () => {
      isReady = true
      tell()
    },
    isSynced: () => {
      firstSync = undefined
      tell()
    },
  }
}

describe('a way from outside', () => {
  let opened: string[]
  const open = (id: string) => opened.push(id)
  beforeEach(() => {
    opened = []
    resetScreen()
  })
  const toasts = () => useScreen.getState().toasts.map(({ text }) => text)

  test.each([
    ['t1', 't1'],
    ['MER-1001', 't1'],
    ['mer-1001', 't1'],
  ])('to %s opens %s at once when it is here', (named, id) => {
    const { store, listeners } = desk({ t1: 'MER-1001' })
    whenKnown(store, named, open)
    expect([opened, toasts(), listeners.size]).toEqual([[id], [], 0])
  })

  test('waits for a ticket that is still being fetched', () => {
    const there = desk({})
    whenKnown(there.store, 't1', open)
    there.isRead()
    expect(opened).toEqual([])
    there.arrives('t1', 'MER-1001')
    expect([opened, toasts(), there.listeners.size]).toEqual([['t1'], [], 0])
  })

  test('to a ticket that is not here says so, once everything is', () => {
    const there = desk({ t1: 'MER-1001' })
    whenKnown(there.store, 't2', open)
    there.isRead()
    expect(toasts()).toEqual([])
    there.isSynced()
    expect([opened, toasts(), there.listeners.size]).toEqual([[], ['There is no ticket t2 on this desk'], 0])
  })

  test('is forgotten for the next one', () => {
    const there = desk({})
    whenKnown(there.store, 't1', open)()
    there.arrives('t1', 'MER-1001')
    expect(opened).toEqual([])
  })
})

test.each([
  [new URL(ticketUrl('a/b?c#ü')).hash, 'a/b?c#ü'],
  ['#ticket=t1', 't1'],
  ['', undefined],
  ['#', undefined],
  ['#ticket=', undefined],
  ['#other=t1', undefined],
  [`#ticket=${'x'.repeat(121)}`, undefined],
])('the window at %j is the own one of %j', (hash, id) => expect(ticketOfWindow(hash)).toBe(id))
