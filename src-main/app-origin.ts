/** The one origin of our pages. Their databases belong to it, so it never changes. */
export const APP_ORIGIN = 'console://app'

/** Our windows: the console a person sees, and the hidden engine that syncs and watches deadlines. */
export type WindowKind = 'console' | 'engine'

export const pagePaths = { console: '/console.html', engine: '/engine.html' } as const satisfies Record<
  WindowKind,
  string
>

/** The address of a window's page. */
export function pageUrl(kind: WindowKind): string {
  return `${APP_ORIGIN}${pagePaths[kind]}`
}

/**
 * Which of our pages an address is. Parsed, never compared by its beginning: `console://app.evil` is not ours.
 * A fragment is allowed, a query is not: our pages take nothing from their address.
 */
export function pageOf(address: string): WindowKind | undefined {
  let url: URL
  try {
    url = new URL(address)
  } catch {
    return undefined
  }
  if (url.protocol !== 'console:' || url.host !== 'app' || url.search !== '') return undefined
  if (url.username !== '' || url.password !== '') return undefined
  if (url.pathname === pagePaths.console) return 'console'
  return url.pathname === pagePaths.engine ? 'engine' : undefined
}
