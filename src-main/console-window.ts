import { BrowserWindow, nativeTheme, screen } from 'electron'
import { pageUrl } from './app-origin'
import { restartDelayMs } from './restart-delay'
import { webPreferences } from './web-preferences'
import {
  LEAST_SIZE,
  reachablePlace,
  readPlace,
  USUAL_SIZE,
  type WindowPlace,
  writePlace,
} from './window-place'
import type { Windows } from './windows'

/** What is seen before the page has painted; the page's own backgrounds. */
const backgrounds = { dark: '#121418', light: '#ffffff' } as const
const SAVE_AFTER_MS = 500

export type ConsoleWindow = {
  /** Opens it, or brings the open one to the front. */
  show(): Promise<void>
  current(): BrowserWindow | undefined
  /** Resolves once its place is on the disk. */
  saved(): Promise<void>
}

/**
 * The window a person works in. It opens where it was, when there is something to see.
 * @param parts.usualPlace always the usual size, as for pictures
 */
export function consoleWindow(parts: {
  readonly preload: string
  readonly icon: string
  readonly placeFile: string
  readonly usualPlace: boolean
  readonly devTools: boolean
  readonly windows: Windows
  readonly closed: () => void
  readonly report: (problem: string) => void
  readonly now: () => number
}): ConsoleWindow {
  let current: BrowserWindow | undefined
  let opening: Promise<void> | undefined
  let deaths: number[] = []
  let saving: Promise<void> = Promise.resolve()

  function save(place: WindowPlace): void {
    saving = saving
      .then(() => writePlace(parts.placeFile, place))
      .catch((error: unknown) => {
        parts.report(
          `the place of the window could not be kept: ${error instanceof Error ? error.message : error}`,
        )
      })
  }

  async function open(): Promise<void> {
    const stored = parts.usualPlace ? undefined : await readPlace(parts.placeFile)
    const place = reachablePlace(
      stored,
      screen.getAllDisplays().map((display) => display.workArea),
    )
    const window = new BrowserWindow({
      ...USUAL_SIZE,
      ...(place === undefined ? {} : { x: place.x, y: place.y, width: place.width, height: place.height }),
      minWidth: LEAST_SIZE.width,
      minHeight: LEAST_SIZE.height,
      show: false,
      title: 'Meridian',
      icon: parts.icon,
      autoHideMenuBar: true,
      backgroundColor: nativeTheme.shouldUseDarkColors ? backgrounds.dark : backgrounds.light,
      webPreferences: { ...webPreferences, preload: parts.preload, devTools: parts.devTools },
    })
    current = window
    window.setMenuBarVisibility(false)
    parts.windows.add('console', window)
    window.once('ready-to-show', () => {
      if (place?.maximized) window.maximize()
      window.show()
    })
    if (!parts.usualPlace) rememberPlace(window, save)
    window.on('closed', () => {
      current = undefined
      parts.closed()
    })
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      deaths = [...deaths.slice(-20), parts.now()]
      const delay = restartDelayMs(deaths, parts.now())
      parts.report(`the console's page ended (${reason}); it is loaded again in ${delay} ms`)
      setTimeout(() => {
        if (!window.isDestroyed()) load(window)
      }, delay)
    })
    load(window)
  }

  function load(window: BrowserWindow): void {
    window.loadURL(pageUrl('console')).catch((error: unknown) => {
      parts.report(
        `the console's page could not be loaded: ${error instanceof Error ? error.message : error}`,
      )
    })
  }

  return {
    current: () => current,
    saved: () => saving,
    async show() {
      if (current !== undefined) {
        if (current.isMinimized()) current.restore()
        current.show()
        current.focus()
        return
      }
      opening ??= open().finally(() => {
        opening = undefined
      })
      await opening
    },
  }
}

function rememberPlace(window: BrowserWindow, save: (place: WindowPlace) => void): void {
  let timer: NodeJS.Timeout | undefined
  const saveNow = () => save({ ...window.getNormalBounds(), maximized: window.isMaximized() })
  const soon = () => {
    clearTimeout(timer)
    timer = setTimeout(saveNow, SAVE_AFTER_MS)
  }
  window.on('resize', soon)
  window.on('move', soon)
  window.on('close', () => {
    clearTimeout(timer)
    saveNow()
  })
}
