import { describe, expect, test } from 'vitest'
import { fetchPicture } from '../../src-main/fetch-picture'

const id = '0b8e7a52-9a34-4c6e-9f2d-3c1a5b7d9e10'
const gif = Uint8Array.from([...'GIF89a'].map((sign) => sign.charCodeAt(0)).concat([16, 0, 9, 0]))
const fetched = (bytes: Uint8Array<ArrayBuffer>) =>
  fetchPicture({ id, name: 'shot.png', size: bytes.length }, async () => new Response(bytes))

describe('a picture of a message', () => {
  test('is what its bytes are, whatever it is called', async () => {
    expect(await fetched(gif)).toEqual({ type: 'image/gif', bytes: gif })
  })

  test('is not shown when its bytes are something else', async () => {
    const page = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>')
    await expect(fetched(page)).rejects.toMatchObject({
      code: 'no-picture',
      message: '“shot.png” is no picture that can be shown here: save it to look at it',
    })
  })
})
