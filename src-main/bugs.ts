import { app, dialog } from 'electron'
import type { Log } from './log'

export type Bugs = {
  /** Something that must not happen did. */
  report(error: unknown, where: string): void
}

/**
 * The one handler of this process for what nobody expected. It logs and goes on: a desk that misses alerts because of
 * one bug is worse than one with a bug. A person is told once, and only in a packaged app: run from source there is a
 * terminal, and tests have nobody to close a dialog.
 */
export function handleBugs(log: Log): Bugs {
  let told = false
  function report(error: unknown, where: string): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    log.write(`BUG ${where}: ${text}`)
    process.stderr.write(
      `Meridian: unexpected error (${where}): ${error instanceof Error ? error.message : text}\n`,
    )
    if (told || !app.isPackaged || !app.isReady()) return
    told = true
    void dialog.showMessageBox({
      type: 'error',
      title: 'Meridian',
      message: 'Something unexpected happened inside Meridian.',
      detail: `It goes on working. The details are in ${app.getPath('userData')}/logs/main.log.`,
    })
  }
  process.on('uncaughtException', (error) => report(error, 'uncaught exception'))
  process.on('unhandledRejection', (error) => report(error, 'unhandled rejection'))
  return { report }
}
