import { SetupError } from './setup-error.mjs'

const nameWidth = 10

/**
 * Runs one step of the set-up and prints one line about it, to stderr so that a command's own output can be piped.
 * The line grows while the step works: `say` adds to it.
 *
 * @template T
 * @param {string} name at most ten letters, the first column of the line
 * @param {(say: (text: string) => void) => Promise<T> | T} work
 * @returns {Promise<T>} what `work` gave
 */
export async function step(name, work) {
  process.stderr.write(name.padEnd(nameWidth))
  try {
    const result = await work((text) => {
      process.stderr.write(` ${text}`)
    })
    process.stderr.write('\n')
    return result
  } catch (error) {
    process.stderr.write(' failed\n')
    throw error
  }
}

/**
 * Runs a script's main function; a SetupError becomes two readable lines instead of a stack, and exit code 1.
 *
 * @param {() => Promise<void>} main
 */
export async function runScript(main) {
  // `… | head` closes the pipe when it has enough.
  process.stdout.on('error', (error) => {
    if (!('code' in error && error.code === 'EPIPE')) throw error
    process.exit()
  })
  try {
    await main()
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    printSetupError(error)
    process.exitCode = 1
  }
}

/** @param {SetupError} error */
export function printSetupError(error) {
  process.stderr.write(`${error.message}\nTo fix it: ${error.remedy}\n`)
}

/**
 * @param {number} sinceMs a reading of performance.now()
 * @returns {string} such as `12 s`
 */
export function secondsSince(sinceMs) {
  const seconds = (performance.now() - sinceMs) / 1000
  return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`
}
