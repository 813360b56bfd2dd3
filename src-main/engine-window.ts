import { BrowserWindow } from 'electron'
import { pageUrl } from './app-origin'
import { restartDelayMs } from './restart-delay'
import { webPreferences } from './web-preferences'
import type { Windows } from './windows'

const PATIENCE_MS = 30_000

/**
 * The hidden window that syncs and watches deadlines. When it dies, fails to load or hangs, it is started again.
 * @param parts.left called when its page ends, however it does: its requests have nobody to go to any more
 */
export function engineWindow(parts: {
  readonly preload: string
  readonly windows: Windows
  readonly left: () => void
  readonly report: (problem: string) => void
  readonly now: () => number
}): { start(): void; stop(): void } {
  let stopped = false
  let deaths: number[] = []
  let restart: NodeJS.Timeout | undefined

  function start(): void {
    const window = new BrowserWindow({
      show: false,
      title: 'Meridian engine',
      // Pages that are not seen get their timers slowed down; this one must not.
      webPreferences: { ...webPreferences, preload: parts.preload, backgroundThrottling: false },
    })
    parts.windows.add('engine', window)
    const contents = window.webContents
    let gone = false
    let patience: NodeJS.Timeout | undefined

    function died(how: string): void {
      if (gone) return
      gone = true
      clearTimeout(patience)
      parts.left()
      if (stopped) return
      deaths = [...deaths.slice(-20), parts.now()]
      const delay = restartDelayMs(deaths, parts.now())
      parts.report(`the engine ${how}; it is started again in ${delay} ms`)
      restart = setTimeout(start, delay)
      if (!window.isDestroyed()) window.destroy()
    }

    contents.on('did-start-navigation', (details) => {
      if (details.isMainFrame && !details.isSameDocument) parts.left()
    })
    contents.on('render-process-gone', (_event, { reason }) => died(`ended (${reason})`))
    contents.on('did-fail-load', (_event, code, text, _address, isMainFrame) => {
      if (isMainFrame) died(`could not be loaded (${text || code})`)
    })
    contents.on('unresponsive', () => {
      patience = setTimeout(() => contents.forcefullyCrashRenderer(), PATIENCE_MS)
    })
    contents.on('responsive', () => clearTimeout(patience))
    window.on('closed', () => died('was closed'))
    // Its failure comes as did-fail-load.
    window.loadURL(pageUrl('engine')).catch(() => {})
  }

  return {
    start,
    stop() {
      stopped = true
      clearTimeout(restart)
    },
  }
}
