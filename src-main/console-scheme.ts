import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { pageOf } from './app-origin'
import { commonHeaders, contentPolicy } from './content-policy'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
}

/** What there is to serve: the path in the address, and the file. Anything that is not in it does not exist. */
export type ServedFiles = ReadonlyMap<string, string>

/** Lists the files of the built renderer once; files of a type we don't know are left out. */
export async function listServedFiles(folder: string): Promise<ServedFiles> {
  const files = new Map<string, string>()
  for (const entry of await readdir(folder, { recursive: false, withFileTypes: true })) {
    const file = path.join(folder, entry.name)
    if (entry.isDirectory()) {
      for (const [inner, innerFile] of await listServedFiles(file))
        files.set(`/${entry.name}${inner}`, innerFile)
    } else if (entry.isFile() && types[path.extname(entry.name)] !== undefined) {
      files.set(`/${entry.name}`, file)
    }
  }
  return files
}

/**
 * Answers `console://app/...`: a look-up in the list, so that no path, encoding or query can reach another file.
 * @param makeNonce a fresh unguessable value for each page load
 */
export function consoleScheme(
  files: ServedFiles,
  makeNonce: () => string,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = new URL(request.url)
    if (url.host !== 'app' || url.search !== '') return refusal(404, 'Not found')
    if (request.method !== 'GET') return refusal(405, 'Only GET')
    const file = files.get(url.pathname)
    if (file === undefined) return refusal(404, 'Not found')
    const type = types[path.extname(file)] ?? 'application/octet-stream'
    const page = pageOf(request.url)
    if (page === undefined) {
      return new Response(new Uint8Array(await readFile(file)), {
        headers: { ...commonHeaders, 'content-type': type, 'cache-control': 'no-cache' },
      })
    }
    const nonce = makeNonce()
    return new Response(withNonce(await readFile(file, 'utf8'), nonce), {
      headers: {
        ...commonHeaders,
        'content-type': type,
        'content-security-policy': contentPolicy(page, nonce),
        'cache-control': 'no-store',
      },
    })
  }
}

const placeholder = /<meta\s+name="csp-nonce"[^>]*>/i

/** Puts the nonce of this load into the page, where the style library finds it. */
export function withNonce(html: string, nonce: string): string {
  const tag = `<meta name="csp-nonce" content="${nonce}">`
  return placeholder.test(html)
    ? html.replace(placeholder, tag)
    : html.replace(/<head[^>]*>/i, (head) => head + tag)
}

function refusal(status: number, text: string): Response {
  return new Response(text, { status, headers: { ...commonHeaders, 'content-type': 'text/plain' } })
}
