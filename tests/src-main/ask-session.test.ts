import { describe, expect, it, test } from 'vitest'
import { askSession } from '../../src-main/ask-session'

const base = 'https://p.example/desk'
const session = {
  product: 'meridian-portal',
  protocol: 1,
  workspace: { id: 'ws', name: 'Workspace' },
  agent: { id: 'ana', name: 'Ana', email: 'ana@p.example', role: 'l1', region: 'EMEA' },
  serverTime: '2026-11-23T06:00:00.000Z',
  features: [],
}
const problem = { type: 'about:blank', title: 'Not signed in', status: 401, code: 'unauthorised' }

const json =
  (value: unknown, status = 200) =>
  () =>
    new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json' } })
const html = (status: number) => () =>
  new Response('<!doctype html><html>…</html>', { status, headers: { 'content-type': 'text/html' } })
const failing = (message: string) => (): Response => {
  throw new Error(message)
}

const ask = (answer: (init: RequestInit) => Response | Promise<Response>, token = 'secret-token') =>
  askSession({ fetch: async (_url, init) => answer(init), base, token, timeoutMs: 50 })

describe('asking a portal who a token belongs to', () => {
  it('asks BASE/v1/session with the token, and follows nobody elsewhere', async () => {
    const asked: unknown[] = []
    await askSession({
      base,
      token: 'secret-token',
      fetch: async (url, init) => {
        asked.push({
          url,
          authorization: new Headers(init.headers).get('authorization'),
          redirect: init.redirect,
        })
        return json(session)()
      },
    })
    expect(asked).toEqual([
      { url: `${base}/v1/session`, authorization: 'Bearer secret-token', redirect: 'error' },
    ])
  })

  it('gives the workspace and the person', async () => {
    expect(await ask(json({ ...session, addedLater: true }))).toMatchObject({
      workspace: { id: 'ws' },
      agent: { id: 'ana', role: 'l1' },
    })
  })

  test.each<[string, (init: RequestInit) => Response | Promise<Response>, string, RegExp]>([
    ['the token is wrong', json(problem, 401), 'bad-token', /does not accept this token.*new one/],
    ['the token may nothing', json({ ...problem, status: 403 }, 403), 'bad-token', /does not accept/],
    ['something else asks for a sign-in', html(401), 'not-a-portal', /401/],
    ['a web page comes back', html(200), 'not-a-portal', /web page/],
    ['there is nothing', html(404), 'not-a-portal', /web page/],
    ['it is another service', json({ hello: 'world' }), 'not-a-portal', /something else/],
    ['it is another service without such a path', json({ error: 'no' }, 404), 'not-a-portal', /404/],
    ['it is plain text', () => new Response('ok'), 'not-a-portal', /not JSON/],
    ['it is endless', () => new Response('x'.repeat(1_000_000)), 'not-a-portal', /not JSON/],
    ['it leaves out the person', json({ ...session, agent: undefined }), 'not-a-portal', /"agent"/],
    ['its time is none', json({ ...session, serverTime: 'now' }), 'not-a-portal', /"serverTime"/],
    [
      'it is newer than this console',
      json({ ...session, protocol: 2, agent: 7 }),
      'newer-protocol',
      /version 2.*update the console/,
    ],
    ['it has trouble', html(503), 'portal-failed', /503.*again/],
    ['it is asked too often', json(problem, 429), 'portal-failed', /429/],
    ['nothing answers', failing('net::ERR_CONNECTION_REFUSED'), 'unreachable', /nothing answers/],
    ['the name is wrong', failing('net::ERR_NAME_NOT_RESOLVED'), 'unreachable', /no such host/],
    ['its certificate is its own', failing('net::ERR_CERT_AUTHORITY_INVALID'), 'unreachable', /certificate/],
    [
      'it redirects',
      failing("Attempted to redirect, but redirect policy was 'error'"),
      'not-a-portal',
      /redirects/,
    ],
    ['it is silent', (init) => silent(init), 'unreachable', /did not answer within/],
  ])('says what to do when %s', async (_when, answer, code, message) => {
    const asked = ask(answer)
    await expect(asked).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
    await expect(asked).rejects.toThrow(base)
    await expect(asked).rejects.not.toThrow('secret-token')
  })

  test.each(['', 'two words', 'line\nbreak', 'naïve', 'x'.repeat(2001)])(
    'sends no token like %j',
    async (token) => {
      await expect(ask(failing('was sent'), token)).rejects.toMatchObject({ code: 'bad-token' })
    },
  )
})

function silent(init: RequestInit): Promise<Response> {
  return new Promise((_resolve, reject) => {
    init.signal?.addEventListener('abort', () => reject(new Error('aborted')))
  })
}
