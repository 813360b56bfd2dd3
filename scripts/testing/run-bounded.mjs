import { spawn } from 'node:child_process'
import { root } from '../setup/root.mjs'

const patienceMs = 5000

/**
 * Runs a tool with this terminal's output, for a limited time. When the time is up or `abort` fires, it is ended together with
 * everything it started.
 *
 * @param {readonly string[]} args of Node
 * @param {{ env: NodeJS.ProcessEnv, limitMs: number, abort: AbortSignal }} options
 * @returns {Promise<import('./totals.mjs').Ending>}
 */
export function runBounded(args, options) {
  if (options.abort.aborted) return Promise.resolve({ code: 130, timedOut: false })
  return new Promise((resolve) => {
    // In a process group of its own, so that all of it can be ended.
    const child = spawn(process.execPath, [...args], {
      cwd: root,
      env: options.env,
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: process.platform !== 'win32',
    })
    let timedOut = false
    /** @type {NodeJS.Timeout | undefined} */
    let impatience
    const end = () => {
      endGroup(child, 'SIGTERM')
      impatience ??= setTimeout(() => endGroup(child, 'SIGKILL'), patienceMs)
    }
    const limit = setTimeout(() => {
      timedOut = true
      end()
    }, options.limitMs)
    options.abort.addEventListener('abort', end)
    /** @param {number} code */
    const finish = (code) => {
      clearTimeout(limit)
      clearTimeout(impatience)
      options.abort.removeEventListener('abort', end)
      endGroup(child, 'SIGKILL')
      resolve({ code, timedOut })
    }
    child.once('error', () => finish(127))
    child.once('exit', (code) => finish(code ?? 1))
  })
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function endGroup(child, signal) {
  if (child.pid === undefined) return
  if (process.platform === 'win32') {
    child.kill(signal)
    return
  }
  try {
    process.kill(-child.pid, signal)
  } catch (error) {
    // ESRCH: all of the group is gone already.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
