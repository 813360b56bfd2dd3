import { describe, expect, test } from 'vitest'
import { askedFile } from '../../src-main/fetch-attachment'

const file = { id: '0b8e7a52-9a34-4c6e-9f2d-3c1a5b7d9e10', name: 'log.txt', size: 5 }
const MOST = 10

const asked = (answer: Response | (() => Response), change: Partial<typeof file> = {}) => {
  const requests: string[] = []
  const done = askedFile(
    { ...file, ...change },
    async ({ method, url }) => {
      requests.push(`${method} ${url}`)
      return typeof answer === 'function' ? answer() : answer
    },
    MOST,
  )
  return { done, requests }
}
const broken = () =>
  new Response(
    new ReadableStream({
      start: (controller) => {
        controller.enqueue(new Uint8Array(3))
        controller.error(new Error('reset'))
      },
    }),
  )

describe('a file of a message', () => {
  test('is asked for by its id, and comes whole', async () => {
    const { done, requests } = asked(new Response('hello'))
    expect(new TextDecoder().decode(await done)).toBe('hello')
    expect(requests).toEqual([`GET portal://api/v1/attachments/${file.id}`])
  })

  test.each<[string, () => Response, Partial<typeof file>, RegExp]>([
    [
      'that the portal has not',
      () => new Response('', { status: 404 }),
      {},
      /does not have “log.txt” any more/,
    ],
    [
      'that can’t be fetched',
      () => new Response('{"title":"unreachable","detail":"the network is gone"}', { status: 502 }),
      {},
      /could not be fetched: the network is gone/,
    ],
    ['that is refused by something else', () => new Response('<html>', { status: 500 }), {}, /answered 500/],
    ['that breaks off', broken, {}, /broke off/],
    ['that is shorter than its message says', () => new Response('hell'), {}, /not as large/],
    ['that is longer', () => new Response('hello!'), {}, /not as large/],
    ['that is longer than any', () => new Response('x'.repeat(11)), { size: 11 }, /not as large/],
    ['that is empty', () => new Response(null, { status: 200 }), {}, /not as large/],
  ])('one %s is told of and not saved', async (_what, answer, change, why) => {
    await expect(asked(answer, change).done).rejects.toThrow(why)
  })
})
