import { Menu, type MenuItemConstructorOptions } from 'electron'

/** The keys a desktop program is expected to know; the bar itself stays hidden except on macOS. */
export function setMenu(platform: NodeJS.Platform, devTools: boolean): void {
  const view: MenuItemConstructorOptions[] = [
    { role: 'reload' },
    { type: 'separator' },
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
    ...(devTools ? ([{ type: 'separator' }, { role: 'toggleDevTools' }] as const) : []),
  ]
  const menus: MenuItemConstructorOptions[] = [
    ...(platform === 'darwin' ? ([{ role: 'appMenu' }] as const) : []),
    { role: 'editMenu' },
    { label: 'View', submenu: view },
    { role: 'windowMenu' },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(menus))
}
