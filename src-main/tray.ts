import path from 'node:path'
import { app, Menu, nativeImage, Tray } from 'electron'

export type DeskTray = {
  /** The number of tickets at risk, on the tray and, where there is one, on the dock. */
  badge(atRisk: number): void
}

/** @param parts.seen whether this desktop shows a tray at all; the dock's number works without */
export function deskTray(parts: {
  readonly seen: boolean
  readonly icons: string
  readonly open: () => void
  readonly quit: () => void
}): DeskTray {
  const tray = parts.seen ? new Tray(icon(parts.icons, 0)) : undefined
  tray?.setToolTip(tooltip(0))
  tray?.on('click', parts.open)
  tray?.setContextMenu(
    Menu.buildFromTemplate([
      { label: 'Open Meridian', click: parts.open },
      { type: 'separator' },
      { label: 'Quit', click: parts.quit },
    ]),
  )
  return {
    badge(atRisk) {
      app.setBadgeCount(atRisk)
      tray?.setImage(icon(parts.icons, atRisk))
      tray?.setToolTip(tooltip(atRisk))
    },
  }
}

function icon(folder: string, atRisk: number) {
  const name = atRisk === 0 ? 'tray' : `tray-${atRisk > 9 ? 'many' : atRisk}`
  return nativeImage.createFromPath(path.join(folder, `${name}.png`))
}

function tooltip(atRisk: number): string {
  if (atRisk === 0) return 'Meridian'
  return `Meridian: ${atRisk} ${atRisk === 1 ? 'ticket' : 'tickets'} at risk`
}
