import { describe, expect, test } from 'vitest'
import { LiveTicket } from '../../../src-renderer/store/live-ticket'

describe('a read that fails', () => {
  const closed = new Error('Database has been closed')

  test('is nobody’s concern once nobody looks: the desk closed behind its views', async () => {
    let fail = (_: Error): void => {}
    const live = new LiveTicket('t1', new Set(), () => new Promise((_, reject) => (fail = reject)))
    const leave = live.subscribe(() => {})
    const read = live.refresh()
    leave()
    fail(closed)
    await expect(read).resolves.toBeUndefined()
  })

  test('is told while somebody looks', async () => {
    let reads = 0
    const live = new LiveTicket('t1', new Set(), async () => {
      reads += 1
      if (reads > 1) throw closed
      return undefined
    })
    live.subscribe(() => {})
    await expect(live.refresh()).rejects.toThrow(closed)
  })
})
