/** Desktops whose panels show tray icons; the plain GNOME shell does not, nor does a bare X server. */
const desktopsWithTray: ReadonlySet<string> = new Set([
  'Budgie',
  'Cinnamon',
  'Deepin',
  'KDE',
  'LXQt',
  'MATE',
  'Pantheon',
  'Unity',
  'X-Cinnamon',
  'XFCE',
  'pop',
  'ubuntu',
])

/** Whether a tray icon would be seen. @param currentDesktop XDG_CURRENT_DESKTOP, such as `ubuntu:GNOME` */
export function hasTray(platform: NodeJS.Platform, currentDesktop: string | undefined): boolean {
  if (platform !== 'linux') return true
  return (currentDesktop ?? '').split(':').some((name) => desktopsWithTray.has(name))
}

/**
 * What closing the console window means. Alerts go on as long as somebody is signed in and can find the way back by
 * the tray; otherwise an invisible program would be left behind.
 */
export function afterClose(at: {
  readonly platform: NodeJS.Platform
  readonly tray: boolean
  readonly signedIn: boolean
}): 'keep' | 'quit' {
  if (at.platform === 'darwin') return 'keep'
  return at.tray && at.signedIn ? 'keep' : 'quit'
}
