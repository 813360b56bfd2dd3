import type { App, Session, WebContents } from 'electron'
import { APP_ORIGIN, pageOf } from './app-origin'

const grantedPermissions: ReadonlySet<string> = new Set(['notifications', 'clipboard-sanitized-write'])

/** Whether a page may have a permission: ours alone, to notify, and to copy what a person asks to copy. */
export function mayHave(permission: string, origin: string | undefined): boolean {
  if (origin === undefined || !grantedPermissions.has(permission)) return false
  return origin.replace(/\/$/, '') === APP_ORIGIN
}

const ownSchemes: ReadonlySet<string> = new Set(['console:', 'portal:', 'data:', 'blob:', 'devtools:'])

/** Whether a page may ask for an address at all. Its content policy says less; this holds if that is ever wrong. */
export function mayLoad(address: string): boolean {
  try {
    return ownSchemes.has(new URL(address).protocol)
  } catch {
    return false
  }
}

/** Shuts what a session leaves open by default. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    answer(mayHave(permission, originOf(details.requestingUrl ?? contents?.getURL())))
  })
  session.setPermissionCheckHandler((_contents, permission, origin) => mayHave(permission, origin))
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !mayLoad(details.url) }))
  session.on('will-download', (event) => event.preventDefault())
}

/** Keeps every page where it is: no navigation away, no new windows, no embedded pages. */
export function guardContents(app: App, report: (problem: string) => void): void {
  app.on('web-contents-created', (_created, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.on('will-navigate', (event, address) => stayHome(event, contents, address, report))
    contents.on('will-redirect', (event, address) => stayHome(event, contents, address, report))
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame) event.preventDefault()
    })
  })
}

/** A reload is a navigation to the page's own address. */
function stayHome(
  event: { preventDefault(): void },
  contents: WebContents,
  address: string,
  report: (problem: string) => void,
): void {
  const here = pageOf(contents.getURL())
  if (here !== undefined && pageOf(address) === here) return
  event.preventDefault()
  report(`a page was kept from leaving for another address`)
}

function originOf(address: string | undefined): string | undefined {
  try {
    const { protocol, host } = new URL(address ?? '')
    return `${protocol}//${host}`
  } catch {
    return undefined
  }
}
