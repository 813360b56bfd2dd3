import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { wipeOrders } from '../../src-main/wipe-orders'

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'wipe-'))
  file = path.join(folder, 'wipe.json')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const start = (report: (problem: string) => void = () => {}) => wipeOrders(file, report)
const ana = { profile: 'ws.ana', what: 'tickets' } as const
const bob = { profile: 'ws.bob', what: 'everything' } as const

describe('what is to be removed', () => {
  test('is remembered until it is done, also across a restart', async () => {
    const first = start()
    await Promise.all([first.order(ana), first.order(bob)])
    const again = start()
    expect(await again.pending()).toEqual([ana, bob])
    await again.done(ana)
    expect(await start().pending()).toEqual([bob])
    await again.done(bob)
    expect(await start().pending()).toEqual([])
    await expect(stat(file)).rejects.toThrow('ENOENT')
  })

  test.each([
    ['first the tickets, then everything', ['tickets', 'everything']],
    ['first everything, then the tickets', ['everything', 'tickets']],
  ] as const)('of two for the same person the one that removes more counts: %s', async (_name, whats) => {
    const wipes = start()
    for (const what of whats) await wipes.order({ profile: 'ws.ana', what })
    expect(await wipes.pending()).toEqual([{ profile: 'ws.ana', what: 'everything' }])
  })

  test('is not done when more was ordered while it was being done', async () => {
    const wipes = start()
    await wipes.order(ana)
    await wipes.order({ ...ana, what: 'everything' })
    const gone = vi.fn()
    void wipes.gone('ws.ana').then(gone)
    await wipes.done(ana)
    expect(await wipes.pending()).toEqual([{ ...ana, what: 'everything' }])
    expect(gone).not.toHaveBeenCalled()
    await wipes.done({ ...ana, what: 'everything' })
    await vi.waitFor(() => expect(gone).toHaveBeenCalled())
  })

  test('that can’t be read is reported', async () => {
    await writeFile(file, '{')
    const report = vi.fn()
    expect(await start(report).pending()).toEqual([])
    expect(report).toHaveBeenCalledWith(expect.stringContaining('may still be there'))
  })
})
