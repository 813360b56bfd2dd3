import type { BrowserWindow } from 'electron'
import { pageUrl } from './app-origin'
import { bringForward, type DeskWindowParts, openDeskWindow } from './desk-window'
import type { WindowMemory } from './window-memory'

export type ConsoleWindow = {
  /** Opens it, or brings the open one to the front. */
  show(): Promise<void>
  current(): BrowserWindow | undefined
}

/** The window a person works in. It opens where it was. */
export function consoleWindow(
  parts: DeskWindowParts & { readonly memory: WindowMemory; readonly closed: () => void },
): ConsoleWindow {
  let current: BrowserWindow | undefined
  let opening: Promise<void> | undefined

  async function open(): Promise<void> {
    const place = await parts.memory.place()
    const window = openDeskWindow(parts, { kind: 'console', address: pageUrl('console'), place })
    current = window
    parts.memory.follow(window)
    window.on('closed', () => {
      current = undefined
      parts.closed()
    })
  }

  return {
    current: () => current,
    async show() {
      if (current !== undefined) return bringForward(current)
      opening ??= open().finally(() => {
        opening = undefined
      })
      await opening
    },
  }
}
