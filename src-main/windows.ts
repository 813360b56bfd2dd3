import type { BrowserWindow } from 'electron'
import type { WindowKind } from './app-origin'
import type { EncodedPush } from './push'

type Open = { readonly kind: WindowKind; readonly window: BrowserWindow; loaded: boolean }

/** The windows that are open: the sender check and the pushes look here. */
export type Windows = {
  add(kind: WindowKind, window: BrowserWindow): void
  kindOf(contentsId: number): WindowKind | undefined
  /** Sends to the windows of a kind, or to all; says whether a loaded page got it. */
  push(to: WindowKind | 'all', push: EncodedPush): boolean
  /** Resolves when a window of the kind can be pushed to. */
  whenLoaded(kind: WindowKind): Promise<void>
}

export function openWindows(): Windows {
  const open = new Map<number, Open>()
  let waiting: { readonly kind: WindowKind; resolve(): void }[] = []

  function nowLoaded(entry: Open): void {
    entry.loaded = true
    const fulfilled = waiting.filter(({ kind }) => kind === entry.kind)
    waiting = waiting.filter(({ kind }) => kind !== entry.kind)
    for (const { resolve } of fulfilled) resolve()
  }

  return {
    add(kind, window) {
      const contents = window.webContents
      const { id } = contents
      const entry: Open = { kind, window, loaded: false }
      open.set(id, entry)
      contents.on('did-start-navigation', (details) => {
        if (details.isMainFrame && !details.isSameDocument) entry.loaded = false
      })
      // From here on the preload listens; what it gets too early it keeps for the page.
      contents.on('dom-ready', () => nowLoaded(entry))
      contents.on('render-process-gone', () => {
        entry.loaded = false
      })
      window.on('closed', () => open.delete(id))
    },
    kindOf: (contentsId) => open.get(contentsId)?.kind,
    push(to, { channel, payload }) {
      let heard = false
      for (const { kind, window, loaded } of open.values()) {
        if ((to !== 'all' && to !== kind) || !loaded || window.isDestroyed()) continue
        window.webContents.send(channel, payload)
        heard = true
      }
      return heard
    },
    whenLoaded(kind) {
      if ([...open.values()].some((entry) => entry.kind === kind && entry.loaded)) return Promise.resolve()
      return new Promise((resolve) => {
        waiting.push({ kind, resolve })
      })
    },
  }
}
