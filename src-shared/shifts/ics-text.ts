import type { Instant } from '../time/instant'

/** A content line holds at most this many octets of UTF-8, without its line break (RFC 5545 §3.1). */
const MAX_OCTETS = 75

/** A value of type TEXT: backslash, semicolon, comma and line breaks escaped, other control characters left out (RFC 5545 §3.3.11). */
export function icsText(text: string): string {
  return (
    text
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not get into the file
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
      .replace(/[\\;,]/g, '\\$&')
      .replace(/\n/g, '\\n')
  )
}

/** A date-time in UTC: `20260710T150000Z` (RFC 5545 §3.3.5). Whole seconds: what is below is cut. */
export function icsInstant(at: Instant): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d+/g, '')
}

/** Lines as they are sent: folded between characters, never inside one, and each ended by CRLF (RFC 5545 §3.1). */
export function icsLines(lines: readonly string[]): string {
  return lines.map((line) => `${fold(line)}\r\n`).join('')
}

function fold(line: string): string {
  let folded = ''
  let octets = 0
  for (const character of line) {
    const size = octetsOf(character)
    if (octets + size > MAX_OCTETS) {
      folded += '\r\n '
      // The space that marks the continuation counts.
      octets = 1
    }
    folded += character
    octets += size
  }
  return folded
}

/** How long a character is in UTF-8; half a surrogate pair becomes the three octets of its replacement. */
function octetsOf(character: string): number {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x80) return 1
  if (code < 0x800) return 2
  return code < 0x10000 ? 3 : 4
}
