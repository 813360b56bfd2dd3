/** The one origin of our pages. Their databases belong to it, so it never changes. */
export const APP_ORIGIN = 'console://app'

/** Our pages: the desk, and the hidden engine that syncs and watches deadlines. */
export type Page = 'console' | 'engine'

export const pagePaths = { console: '/console.html', engine: '/engine.html' } as const satisfies Record<
  Page,
  string
>

/** Our windows: the console, a ticket in a window of its own, and the engine. */
export type WindowKind = 'console' | 'ticket' | 'engine'

/** What a window of a kind shows. */
export const pageOfWindow = {
  console: 'console',
  ticket: 'console',
  engine: 'engine',
} as const satisfies Record<WindowKind, Page>

/** The address of a page. */
export function pageUrl(page: Page): string {
  return `${APP_ORIGIN}${pagePaths[page]}`
}

/** The address of a ticket's own window. It is in the fragment, which no server and no look-up ever sees. */
export function ticketUrl(ticketId: string): string {
  return `${pageUrl('console')}#ticket=${encodeURIComponent(ticketId)}`
}

/**
 * Which of our pages an address is. Parsed, never compared by its beginning: `console://app.evil` is not ours.
 * A fragment is allowed, a query is not.
 */
export function pageOf(address: string): Page | undefined {
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
