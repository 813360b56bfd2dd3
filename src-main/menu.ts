import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { ZoomStep } from '#shared/ipc'

/** The keys a desktop program is expected to know; the bar itself stays hidden except on macOS. */
export function setMenu(platform: NodeJS.Platform, devTools: boolean, zoom: (step: ZoomStep) => void): void {
  const zoomItem = (label: string, step: ZoomStep, ...accelerators: readonly string[]) =>
    accelerators.map(
      (accelerator, position): MenuItemConstructorOptions => ({
        label,
        accelerator,
        click: () => zoom(step),
        // Keyboards differ in where the plus is.
        visible: position === 0,
        acceleratorWorksWhenHidden: true,
      }),
    )
  const view: MenuItemConstructorOptions[] = [
    { role: 'reload' },
    { type: 'separator' },
    ...zoomItem('Actual size', 'usual', 'CommandOrControl+0', 'CommandOrControl+num0'),
    ...zoomItem(
      'Zoom in',
      'larger',
      'CommandOrControl+Plus',
      'CommandOrControl+=',
      'CommandOrControl+numadd',
    ),
    ...zoomItem('Zoom out', 'smaller', 'CommandOrControl+-', 'CommandOrControl+numsub'),
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
