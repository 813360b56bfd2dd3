export type PortalUrl =
  | { readonly ok: true; readonly base: string }
  | { readonly ok: false; readonly code: 'bad-url' | 'insecure-url'; readonly message: string }

/**
 * Reads the address of a portal as a person types it. Plain http is for this machine only: a token must not travel
 * readable (reliability.md "Doors").
 * @returns `base` without a slash at its end; a path is kept, for portals behind a prefix
 */
export function parsePortalUrl(text: string): PortalUrl {
  const trimmed = text.trim()
  let url: URL
  try {
    url = new URL(trimmed)
  } catch {
    return bad(`"${shown(trimmed)}" is not an address; give one like https://support.example.com`)
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return bad(`"${shown(trimmed)}" must start with https://, like https://support.example.com`)
  }
  if (url.username !== '' || url.password !== '') {
    return bad('The address must not contain a user name or password; the token has its own field')
  }
  if (url.search !== '' || url.hash !== '') {
    return bad('The address must end before any "?" or "#"; give only the address of the portal')
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return {
      ok: false,
      code: 'insecure-url',
      message: `http://${url.host} would send your token readable over the network; use https://${url.host}`,
    }
  }
  return { ok: true, base: `${url.origin}${url.pathname.replace(/\/+$/, '')}` }
}

/** Chromium resolves `localhost` and its subdomains to this machine whatever a name server says. */
function isLoopback(host: string): boolean {
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(host)
  )
}

function bad(message: string): PortalUrl {
  return { ok: false, code: 'bad-url', message }
}

function shown(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
