import { spawn } from 'node:child_process'
import { onPath } from './on-path.mjs'
import { runCommand } from './run-command.mjs'

/**
 * @typedef {object} BackgroundProcess
 * @property {import('node:child_process').ChildProcess} child
 * @property {() => Promise<void>} stop ends it and waits until it is gone; may be called twice
 */

/**
 * Starts a server that must not outlive this script: not after `stop`, not after an exit, and on Linux not even when the script
 * is killed. It stands in a process group of its own, so a Ctrl-C in the terminal reaches the app first and its server last.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, stdio: import('node:child_process').StdioOptions }} options
 * @returns {Promise<BackgroundProcess>}
 */
export async function startBackgroundProcess(command, args, options) {
  const prefix = await endsWithParent()
  const [file = command, ...rest] = [...prefix, command, ...args]
  const child = spawn(file, rest, { env: options.env ?? process.env, stdio: options.stdio, detached: true })
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => {
    child.once('close', () => resolve())
    child.once('error', () => resolve())
  })
  const endAtExit = () => {
    child.kill('SIGTERM')
  }
  process.once('exit', endAtExit)
  const stop = async () => {
    process.removeListener('exit', endAtExit)
    if (child.pid === undefined) return
    child.kill('SIGTERM')
    const impatience = setTimeout(() => child.kill('SIGKILL'), 3000)
    await ended
    clearTimeout(impatience)
  }
  return { child, stop }
}

/** @type {Promise<string[]> | undefined} */
let prefix

/** The command that ties a process's life to its parent's, where there is one. */
function endsWithParent() {
  prefix ??= (async () => {
    const setpriv = process.platform === 'linux' ? await onPath('setpriv') : undefined
    if (setpriv === undefined) return []
    const help = await runCommand(setpriv, ['--help'])
    return help.output.includes('--pdeathsig') ? [setpriv, '--pdeathsig', 'TERM', '--'] : []
  })()
  return prefix
}
