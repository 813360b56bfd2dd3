import { type BrowserWindow, screen } from 'electron'
import { reachablePlace, readPlace, type WindowPlace, writePlace } from './window-place'

const SAVE_AFTER_MS = 500

/** Where windows of a kind were last. */
export type WindowMemory = {
  /** The place to open at; `undefined` when there is none that can be seen on the screens there are now. */
  place(): Promise<WindowPlace | undefined>
  /** Remembers from now on where this window is. */
  follow(window: BrowserWindow): void
  /** Resolves once the last place is on the disk. */
  saved(): Promise<void>
}

/** @param file keeps the place; without one nothing is remembered, as for pictures */
export function windowMemory(file: string | undefined, report: (problem: string) => void): WindowMemory {
  let latest: WindowPlace | undefined
  let saving: Promise<void> = Promise.resolve()

  function save(place: WindowPlace): void {
    latest = place
    if (file === undefined) return
    saving = saving
      .then(() => writePlace(file, place))
      .catch((error: unknown) => {
        report(`the place of a window could not be kept: ${error instanceof Error ? error.message : error}`)
      })
  }

  return {
    async place() {
      if (file === undefined) return undefined
      const areas = screen.getAllDisplays().map((display) => display.workArea)
      return reachablePlace(latest ?? (await readPlace(file)), areas)
    },
    follow(window) {
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
    },
    saved: () => saving,
  }
}
