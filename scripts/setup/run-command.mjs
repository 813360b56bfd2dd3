import { spawn } from 'node:child_process'

/**
 * @typedef {object} CommandResult
 * @property {number} code exit code; 127 when the command does not exist, 128 + n when signal n ended it
 * @property {string} output stdout and stderr together, as they came
 * @property {string} stdout
 * @property {boolean} timedOut it was still running after `timeoutMs` and was ended
 */

/**
 * Runs a command to its end without a terminal (stdin closed) and keeps what it prints.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number }} [options]
 * @returns {Promise<CommandResult>} never rejects for a command that fails
 */
export function runCommand(command, args, options = {}) {
  const { cwd, env, timeoutMs } = options
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      shell: process.platform === 'win32' && command === 'npm',
    })
    let output = ''
    let stdout = ''
    let timedOut = false
    const limit =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true
            child.kill('SIGKILL')
          }, timeoutMs)
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text) => {
      output += text
    })
    child.once('error', (error) => {
      clearTimeout(limit)
      resolve({ code: 127, output: `${output}${error.message}`, stdout, timedOut })
    })
    child.once('close', (code, signal) => {
      clearTimeout(limit)
      resolve({ code: code ?? (signal === null ? 1 : 128 + 9), output, stdout, timedOut })
    })
  })
}

/**
 * Runs npm: the one that started this script when there is one, so that no other version gets in between.
 *
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number }} [options]
 */
export function runNpm(args, options) {
  const npm = process.env.npm_execpath
  return npm !== undefined && /npm-cli\.[cm]?js$/.test(npm)
    ? runCommand(process.execPath, [npm, ...args], options)
    : runCommand('npm', args, options)
}

/**
 * What npm says went wrong, without its warnings and its usage.
 *
 * @param {string} output
 * @returns {string} some lines
 */
export function npmErrorsIn(output) {
  const lines = output.split('\n').flatMap((line) => /^npm error (.+)/.exec(line)?.[1] ?? [])
  return lines.length === 0 ? lastLines(output, 8) : lines.slice(0, 10).join('\n')
}

/**
 * @param {string} output
 * @param {number} count
 * @returns {string} the last `count` lines that say something
 */
export function lastLines(output, count) {
  return output
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-count)
    .join('\n')
}
