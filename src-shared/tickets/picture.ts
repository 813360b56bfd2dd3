/** A picture that the console can show. */
export type Picture = {
  readonly type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp'
  /** Pixels. */
  readonly width: number
  readonly height: number
}

/** What a small file unpacks to is bounded too: about as much as two screens of the largest kind. */
export const MAX_PIXELS = 50_000_000

const TYPES: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

/** Whether a file is worth a try, by the type that its sender gave it. */
export function mayBePicture({ type }: { readonly type: string }): boolean {
  return TYPES.has(type)
}

/** What the bytes themselves say, whatever the file is called; `undefined` of anything that is no picture to show. */
export function readPicture(bytes: Uint8Array): Picture | undefined {
  const found = png(bytes) ?? gif(bytes) ?? jpeg(bytes) ?? webp(bytes)
  if (!found) return undefined
  const pixels = found.width * found.height
  return pixels > 0 && pixels <= MAX_PIXELS ? found : undefined
}

function png(bytes: Uint8Array): Picture | undefined {
  if (!begins(bytes, '\x89PNG\r\n\x1a\n') || textAt(bytes, 12, 4) !== 'IHDR' || bytes.length < 24)
    return undefined
  return { type: 'image/png', width: big(bytes, 16, 4), height: big(bytes, 20, 4) }
}

function gif(bytes: Uint8Array): Picture | undefined {
  if (!(begins(bytes, 'GIF87a') || begins(bytes, 'GIF89a')) || bytes.length < 10) return undefined
  return { type: 'image/gif', width: little(bytes, 6, 2), height: little(bytes, 8, 2) }
}

/** Its size stands in the first frame header, behind segments that say how long they are. */
function jpeg(bytes: Uint8Array): Picture | undefined {
  if (!begins(bytes, '\xff\xd8\xff')) return undefined
  let at = 2
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return { type: 'image/jpeg', width: big(bytes, at + 7, 2), height: big(bytes, at + 5, 2) }
    at += 2 + Math.max(2, big(bytes, at + 2, 2))
  }
  return undefined
}

function webp(bytes: Uint8Array): Picture | undefined {
  if (!begins(bytes, 'RIFF') || textAt(bytes, 8, 4) !== 'WEBP' || bytes.length < 30) return undefined
  const type = 'image/webp'
  switch (textAt(bytes, 12, 4)) {
    case 'VP8 ':
      return { type, width: little(bytes, 26, 2) & 0x3fff, height: little(bytes, 28, 2) & 0x3fff }
    case 'VP8L': {
      const bits = little(bytes, 21, 4)
      return { type, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    case 'VP8X':
      return { type, width: little(bytes, 24, 3) + 1, height: little(bytes, 27, 3) + 1 }
    default:
      return undefined
  }
}

function begins(bytes: Uint8Array, text: string): boolean {
  return textAt(bytes, 0, text.length) === text
}

function textAt(bytes: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + length))
}

function big(bytes: Uint8Array, from: number, length: number): number {
  return bytes.subarray(from, from + length).reduce((sum, byte) => sum * 256 + byte, 0)
}

function little(bytes: Uint8Array, from: number, length: number): number {
  return bytes.subarray(from, from + length).reduceRight((sum, byte) => sum * 256 + byte, 0)
}
