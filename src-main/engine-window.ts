import { BrowserWindow } from 'electron'
import { pageUrl } from './app-origin'
import { restartDelayMs } from './restart-delay'
import { webPreferences } from './web-preferences'
import type { Windows } from './windows'

export type EngineWindow = {
  /**
   * Starts it when the console has drawn what is on this computer (`start`), or has not done so for a while. On few
   * processors the two would else wait for each other, and the person for both.
   */
  startSoon(): void
  /** Starts it, once. */
  start(): void
  /** Starts its page anew, so that nothing of the present one goes on. */
  reload(): void
  stop(): void
}

const PATIENCE_MS = 30_000
/** As long as it may take the console to draw; behind its window nothing is drawn at all. */
const LATEST_START_MS = 2000

/**
 * The hidden window that syncs and watches deadlines. When it dies, fails to load or hangs, it is started again.
 * @param parts.left called when its page ends, however it does: its requests have nobody to go to any more
 */
export function engineWindow(parts: {
  readonly preload: string
  readonly windows: Windows
  readonly left: () => void
  /** A new page has taken its place. */
  readonly arrived: () => void
  readonly report: (problem: string) => void
  readonly now: () => number
}): EngineWindow {
  let stopped = false
  let deaths: number[] = []
  let isStarted = false
  let next: NodeJS.Timeout | undefined
  let current: BrowserWindow | undefined

  function start(): void {
    if (isStarted || stopped) return
    isStarted = true
    clearTimeout(next)
    open()
  }

  function open(): void {
    const window = new BrowserWindow({
      show: false,
      title: 'Meridian engine',
      // Pages that are not seen get their timers slowed down; this one must not.
      webPreferences: { ...webPreferences, preload: parts.preload, backgroundThrottling: false },
    })
    current = window
    parts.windows.add('engine', window)
    const contents = window.webContents
    let gone = false
    let patience: NodeJS.Timeout | undefined

    function died(how: string): void {
      if (gone) return
      gone = true
      current = undefined
      clearTimeout(patience)
      parts.left()
      if (stopped) return
      deaths = [...deaths.slice(-20), parts.now()]
      const delay = restartDelayMs(deaths, parts.now())
      parts.report(`the engine ${how}; it is started again in ${delay} ms`)
      next = setTimeout(open, delay)
      if (!window.isDestroyed()) window.destroy()
    }

    contents.on('did-start-navigation', (details) => {
      if (details.isMainFrame && !details.isSameDocument) parts.left()
    })
    contents.on('did-navigate', () => parts.arrived())
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
    startSoon() {
      next = setTimeout(start, LATEST_START_MS)
    },
    start,
    reload: () => current?.webContents.reload(),
    stop() {
      stopped = true
      clearTimeout(next)
    },
  }
}
