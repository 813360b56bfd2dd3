export type TextPart = { readonly kind: 'text' | 'link'; readonly text: string }

const LINK = /https:\/\/[^\s<>"'`{}|\\^]+/gi
/** What ends a sentence rather than an address; a closing bracket belongs to the address if it opened one. */
const TRAILING = /[.,;:!?…]+$/

/**
 * Cuts untrusted text into plain text and https addresses. Only a well-formed https URL without a user name becomes
 * a link; the texts joined are always the input.
 */
export function linkParts(text: string): readonly TextPart[] {
  const parts: TextPart[] = []
  let end = 0
  const plain = (until: number) => {
    if (until > end) parts.push({ kind: 'text', text: text.slice(end, until) })
  }
  for (const match of text.matchAll(LINK)) {
    const address = trimmed(match[0])
    if (!isSafe(address)) continue
    plain(match.index)
    parts.push({ kind: 'link', text: address })
    end = match.index + address.length
  }
  plain(text.length)
  return parts
}

function trimmed(address: string): string {
  let cut = address.replace(TRAILING, '')
  for (const [open, close] of [
    ['(', ')'],
    ['[', ']'],
  ] as const) {
    while (cut.endsWith(close) && count(cut, close) > count(cut, open))
      cut = cut.slice(0, -1).replace(TRAILING, '')
  }
  return cut
}

function count(text: string, letter: string): number {
  return text.split(letter).length - 1
}

/** `https://portal.example@evil.test` shows one host and leads to another: such a thing stays text. */
function isSafe(address: string): boolean {
  try {
    const url = new URL(address)
    return (
      url.protocol === 'https:' && url.hostname.includes('.') && url.username === '' && url.password === ''
    )
  } catch (problem) {
    if (problem instanceof TypeError) return false
    throw problem
  }
}
