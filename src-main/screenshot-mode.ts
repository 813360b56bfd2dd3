import path from 'node:path'
import { app, type BrowserWindow, nativeTheme } from 'electron'
import type { Arguments } from './arguments'
import { takeScreenshots } from './screenshots'

const SETTLE_LIMIT_MS = 60_000

/** Pictures for whoever has no screen: taken once the first sync is on it, as the command line asks. */
export function screenshotMode(
  wanted: Arguments,
  window: () => BrowserWindow | undefined,
): { settled(): void; exitCode(): number } {
  const folder = wanted.screenshots === undefined ? undefined : path.resolve(wanted.screenshots)
  let exitCode = 0
  let begun = false

  function fail(problem: string): void {
    process.stderr.write(`Meridian: no pictures: ${problem}\n`)
    exitCode = 1
    if (wanted.exitAfterScreenshot) app.quit()
  }

  const limit =
    folder === undefined
      ? undefined
      : setTimeout(() => {
          begun = true
          fail(
            `the first sync was not on screen within ${SETTLE_LIMIT_MS / 1000} s; see ${app.getPath('userData')}/logs/main.log`,
          )
        }, SETTLE_LIMIT_MS)

  async function take(to: string): Promise<void> {
    const current = window()
    if (current === undefined) return fail('the window is closed')
    await takeScreenshots(current, nativeTheme, to, (file) => process.stdout.write(`screenshot ${file}\n`))
    if (wanted.exitAfterScreenshot) app.quit()
  }

  return {
    settled() {
      if (folder === undefined || begun) return
      begun = true
      clearTimeout(limit)
      take(folder).catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)))
    },
    exitCode: () => exitCode,
  }
}
