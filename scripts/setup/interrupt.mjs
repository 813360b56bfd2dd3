import os from 'node:os'

const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * Calls `end` at the first Ctrl-C or request to stop, instead of the process ending at once, so that what it started can be
 * ended in order. A second one ends the process. npm does not always pass on what ends it, so the end of an npm that runs this
 * script counts as well.
 *
 * @param {(signal: NodeJS.Signals) => void} end
 * @returns {() => void} stops listening
 */
export function onInterrupt(end) {
  let asked = false
  /** @param {NodeJS.Signals} signal */
  const listener = (signal) => {
    if (asked) process.exit(exitCodeFor(signal))
    asked = true
    end(signal)
  }
  for (const signal of signals) process.on(signal, listener)
  const npm = process.env.npm_lifecycle_event === undefined ? undefined : process.ppid
  const watch = setInterval(() => {
    if (npm === undefined || process.ppid === npm) return
    clearInterval(watch)
    listener('SIGHUP')
  }, 1000)
  watch.unref()
  return () => {
    clearInterval(watch)
    for (const signal of signals) process.removeListener(signal, listener)
  }
}

/**
 * @param {NodeJS.Signals} signal
 * @returns {number} the exit code that shells give a process which that signal ended
 */
export function exitCodeFor(signal) {
  return 128 + (os.constants.signals[signal] ?? 1)
}
