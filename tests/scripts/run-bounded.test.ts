import { mkdtemp, rm } from 'node:fs/promises'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { runBounded } from '../../scripts/testing/run-bounded.mjs'

const never = new AbortController().signal
const run = (script: string, limitMs: number, abort = never) =>
  runBounded(['-e', script], { env: process.env, limitMs, abort })

describe('a runner with a limit', () => {
  test.each([0, 3])('that ends with %i in time', async (code) => {
    expect(await run(`process.exit(${code})`, 60_000)).toEqual({ code, timedOut: false })
  })

  test('that does not end is ended', async () => {
    expect(await run('setInterval(() => {}, 1000)', 100)).toMatchObject({ timedOut: true })
  })

  test('is not started once all was called off', async () => {
    expect(await run('process.exit(0)', 60_000, AbortSignal.abort())).toEqual({ code: 130, timedOut: false })
  })
})

describe.skipIf(process.platform === 'win32')('what a runner started', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'meridian-runner-'))
  })

  afterEach(() => rm(folder, { recursive: true, force: true }))

  test('is ended with it, even when it ignores requests to stop', async () => {
    const socket = path.join(folder, 'socket')
    const server = `process.on('SIGTERM', () => {}); require('node:net').createServer().listen('${socket}')`
    const runner = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(server)}])`
    const abort = new AbortController()
    const ended = run(runner, 60_000, abort.signal)
    await vi.waitFor(() => connect(socket), { timeout: 10_000 })
    abort.abort()
    await ended
    await vi.waitFor(() => expect(connect(socket)).rejects.toThrow(), { timeout: 10_000 })
  })
})

function connect(socket: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const client = net.connect(socket, () => {
      client.destroy()
      resolve()
    })
    client.once('error', reject)
  })
}
