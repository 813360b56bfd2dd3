import { describe, expect, test } from 'vitest'
import type { TicketView } from '../../../src-renderer/store/desk-store'
import { LiveTicket } from '../../../src-renderer/store/live-ticket'
import type { MirroredTicket } from '../../../src-renderer/store/read-ticket'

describe('a read that fails', () => {
  const closed = new Error('Database has been closed')

  test('is nobody’s concern once nobody looks: the desk closed behind its views', async () => {
    let fail = (_: Error): void => {}
    const live = new LiveTicket('t1', new Set(), {
      read: () => new Promise((_, reject) => (fail = reject)),
      view: () => undefined,
    })
    const leave = live.subscribe(() => {})
    const read = live.refresh()
    leave()
    fail(closed)
    await expect(read).resolves.toBeUndefined()
  })

  test('is told while somebody looks', async () => {
    let reads = 0
    const live = new LiveTicket('t1', new Set(), {
      read: async () => {
        reads += 1
        if (reads > 1) throw closed
        return undefined
      },
      view: () => undefined,
    })
    live.subscribe(() => {})
    await expect(live.refresh()).rejects.toThrow(closed)
  })
})

describe('what I did about it', () => {
  const mirrored = { ticket: {}, messages: [], requester: undefined } as unknown as MirroredTicket

  test('is shown on what was read, without another read', async () => {
    let reads = 0
    const shown: unknown[] = []
    const live = new LiveTicket('t1', new Set(), {
      read: async () => {
        reads += 1
        return mirrored
      },
      view: () => ({ shown: shown.length }) as unknown as TicketView,
    })
    live.subscribe(() => shown.push(live.get()))
    await live.refresh()
    const before = reads
    live.outboxChanged()
    expect(shown).toEqual([{ shown: 0 }, { shown: 1 }])
    expect(reads).toBe(before)
  })

  test('is nothing to show while the ticket has not been read', () => {
    const live = new LiveTicket('t1', new Set(), {
      read: () => new Promise(() => {}),
      view: () => expect.fail('there is nothing to look at'),
    })
    live.outboxChanged()
    expect(live.get()).toBeUndefined()
  })
})
