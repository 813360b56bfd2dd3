import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MAX_PIXELS, mayBePicture, readPicture } from '#shared/tickets/picture'

const bytes = (...parts: readonly (string | readonly number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...part].map((sign) => sign.charCodeAt(0)) : part)),
  )
const filled = (size: number) => new Array<number>(size).fill(0)
const png = (width: readonly number[], height: readonly number[]) =>
  bytes('\x89PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', width, height)

describe('what the bytes of a file say', () => {
  test.each([
    ['a PNG', png([0, 0, 2, 128], [0, 0, 1, 144]), { type: 'image/png', width: 640, height: 400 }],
    ['a GIF', bytes('GIF89a', [10, 0, 5, 1]), { type: 'image/gif', width: 10, height: 261 }],
    [
      'a JPEG, its size behind other segments',
      bytes(
        [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2],
        [0xff, 0xc4, 0, 3, 9],
        [0xff, 0xc2, 0, 17, 8, 1, 144, 2, 128],
        [0],
      ),
      { type: 'image/jpeg', width: 640, height: 400 },
    ],
    [
      'a WebP with loss',
      bytes('RIFF', filled(4), 'WEBPVP8 ', filled(10), [128, 2, 144, 1]),
      { type: 'image/webp', width: 640, height: 400 },
    ],
    [
      'a WebP without loss',
      bytes('RIFF', filled(4), 'WEBPVP8L', filled(5), [0x7f, 0xc2, 0x63, 0], filled(5)),
      { type: 'image/webp', width: 640, height: 400 },
    ],
    [
      'a WebP with more to it',
      bytes('RIFF', filled(4), 'WEBPVP8X', filled(8), [127, 2, 0, 143, 1, 0]),
      { type: 'image/webp', width: 640, height: 400 },
    ],
  ])('%s', (_what, read, picture) => {
    expect(readPicture(read)).toEqual(picture)
  })

  test.each([
    ['a page that is called a picture', bytes('<svg onload="alert(1)">')],
    ['a PNG that ends in its head', png([0, 0, 2], [])],
    ['a JPEG without a frame', bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xd9])],
    ['a picture of nothing', png([0, 0, 0, 0], [0, 0, 1, 144])],
    ['a picture too large to unpack', png([0, 0, 255, 255], [0, 0, 255, 255])],
    ['nothing', bytes()],
  ])('nothing to show: %s', (_what, read) => {
    expect(readPicture(read)).toBeUndefined()
  })

  test('whatever comes, it ends, and what it lets through has a size within bounds', () => {
    const heads = [
      bytes('GIF89a'),
      bytes([0xff, 0xd8, 0xff]),
      png([], []),
      bytes('RIFF', filled(4), 'WEBPVP8L'),
    ]
    fc.assert(
      fc.property(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 200 }), (head, rest) => {
        const picture = readPicture(Uint8Array.from([...head, ...rest]))
        if (picture) expect(picture.width * picture.height).toBeLessThanOrEqual(MAX_PIXELS)
      }),
    )
  })
})

test('only kinds that are shown are worth a try', () => {
  expect(mayBePicture({ type: 'image/png' })).toBe(true)
  expect(mayBePicture({ type: 'image/svg+xml' })).toBe(false)
  expect(mayBePicture({ type: '' })).toBe(false)
})
