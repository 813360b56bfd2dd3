import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Database } from '../../../src-portal/db/database'
import { startPruning } from '../../../src-portal/db/prune-commands'
import { quiet } from '../fixture'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A database that says how many answers each statement removed. */
function fakeDatabase(...removed: (number | Error)[]) {
  const execute = vi.fn(async () => {
    const n = removed.shift() ?? 0
    if (n instanceof Error) throw n
    return { rows: [{ n }] }
  })
  return { db: { execute } as unknown as Database, execute }
}
const HOUR = 3_600_000

test('a portal forgets old answers a minute after its start and then every hour, until it stops', async () => {
  const { db, execute } = fakeDatabase(7)
  const info = vi.fn()
  const pruning = startPruning(db, { keptForMs: 0, now: () => 0, log: { ...quiet, info } })
  await vi.advanceTimersByTimeAsync(59_000)
  expect(execute).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(execute).toHaveBeenCalledTimes(1)
  expect(info).toHaveBeenCalledWith({ removed: 7 }, expect.any(String))
  await vi.advanceTimersByTimeAsync(HOUR)
  expect(execute).toHaveBeenCalledTimes(2)
  await pruning.stop()
  await vi.advanceTimersByTimeAsync(3 * HOUR)
  expect(execute).toHaveBeenCalledTimes(2)
})

test('a database that is away is said and tried again', async () => {
  const { db, execute } = fakeDatabase(new Error('it is gone'))
  const warn = vi.fn()
  const pruning = startPruning(db, { keptForMs: 0, now: () => 0, log: { ...quiet, warn } })
  await vi.advanceTimersByTimeAsync(61_000)
  expect(warn).toHaveBeenCalledOnce()
  await vi.advanceTimersByTimeAsync(HOUR)
  expect(execute).toHaveBeenCalledTimes(2)
  await pruning.stop()
})
