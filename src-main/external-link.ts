/**
 * The address to hand to the system's browser or mail program, or `undefined` when it must not be: only https and
 * mailto, nothing that carries a user name, and the parsed form, never the text as it came.
 */
export function externalLink(text: string): URL | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the URL parser drops them silently, a person can't see them
  if (/[\u0000-\u0020\u007f]/.test(text)) return undefined
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return undefined
  }
  if (url.protocol === 'mailto:') return url
  if (url.protocol !== 'https:' || url.host === '') return undefined
  return url.username === '' && url.password === '' ? url : undefined
}
