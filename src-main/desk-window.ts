import { BrowserWindow, nativeTheme } from 'electron'
import { restartDelayMs } from './restart-delay'
import { webPreferences } from './web-preferences'
import { type WindowPlace, windowSizes } from './window-place'
import type { Windows } from './windows'
import type { Zoom } from './zoom'

/** What is seen before the page has painted; the page's own backgrounds. */
const backgrounds = { dark: '#121418', light: '#ffffff' } as const

/** What every window that a person sees needs. */
export type DeskWindowParts = {
  readonly preload: string
  readonly icon: string
  readonly devTools: boolean
  readonly windows: Windows
  readonly zoom: Zoom
  readonly report: (problem: string) => void
  readonly now: () => number
}

/**
 * Opens a window of the desk, shown when there is something to see. A page that dies is loaded again.
 * @param what.place where it was; without one it opens at its usual size wherever the system puts it
 */
export function openDeskWindow(
  parts: DeskWindowParts,
  what: {
    readonly kind: 'console' | 'ticket'
    readonly address: string
    readonly place: WindowPlace | undefined
  },
): BrowserWindow {
  const { kind, place } = what
  const { usual, least } = windowSizes[kind]
  const window = new BrowserWindow({
    ...usual,
    ...(place === undefined ? {} : { x: place.x, y: place.y, width: place.width, height: place.height }),
    minWidth: least.width,
    minHeight: least.height,
    show: false,
    title: 'Meridian',
    icon: parts.icon,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? backgrounds.dark : backgrounds.light,
    webPreferences: {
      ...webPreferences,
      preload: parts.preload,
      devTools: parts.devTools,
      zoomFactor: parts.zoom.factor(),
    },
  })
  window.setMenuBarVisibility(false)
  parts.windows.add(kind, window)
  parts.zoom.follow(window)
  window.once('ready-to-show', () => {
    if (place?.maximized) window.maximize()
    window.show()
  })

  let deaths: number[] = []
  const load = () => {
    window.loadURL(what.address).catch((error: unknown) => {
      parts.report(
        `the page of a window could not be loaded: ${error instanceof Error ? error.message : error}`,
      )
    })
  }
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    deaths = [...deaths.slice(-20), parts.now()]
    const delay = restartDelayMs(deaths, parts.now())
    parts.report(`the page of a window ended (${reason}); it is loaded again in ${delay} ms`)
    setTimeout(() => {
      if (!window.isDestroyed()) load()
    }, delay)
  })
  load()
  return window
}

/** Brings a window to the front, wherever it was put away. */
export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
