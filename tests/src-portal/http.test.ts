import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { revokeTokens } from '../../src-portal/access/tokens'
import { writeRecords } from '../../src-portal/db/write-records'
import { createPresence } from '../../src-portal/presence/presence'
import { problemSchema, sessionSchema } from '../../src-shared/portal/calls'
import { MAX_REQUEST_BYTES } from '../../src-shared/portal/protocol'
import { command, lena, message, T0, type TestPortal, testPortal, ticket } from './fixture'

let portal: TestPortal
beforeAll(async () => {
  portal = await testPortal([ticket('a'), message('m', 'a')], { now: () => T0 })
})
afterAll(() => portal.close())

const calls = [
  ['GET', '/v1/session'],
  ['GET', '/v1/bootstrap'],
  ['GET', '/v1/changes?after=x'],
  ['POST', '/v1/commands'],
  ['GET', '/v1/stream'],
  ['GET', '/v1/nothing'],
] as const

describe('who may call', () => {
  test.each(calls)('%s %s needs a token', async (method, path) => {
    for (const authorization of [
      undefined,
      'Bearer',
      'Bearer wrong',
      `Bearer ${portal.token}x`,
      `Basic ${portal.token}`,
    ]) {
      const response = await portal.fetch(path, { method, headers: authorization ? { authorization } : {} })
      expect(response.status).toBe(401)
      expect(response.headers.get('www-authenticate')).toBe('Bearer')
      expect(problemSchema.parse(await response.json())).toMatchObject({
        code: 'unauthorized',
        field: 'authorization',
      })
    }
  })

  test('a revoked token is no longer good, others of the same agent are', async () => {
    const other = await testPortal([], { database: portal.database })
    expect((await portal.call('/v1/session', { token: other.token })).status).toBe(200)
    expect(await revokeTokens(portal.database.db, { token: other.token }, new Date(T0))).toBe(1)
    expect((await portal.call('/v1/session', { token: other.token })).status).toBe(401)
    expect((await portal.call('/v1/session')).status).toBe(200)
    expect(await revokeTokens(portal.database.db, { token: other.token }, new Date(T0))).toBe(0)
  })

  test('an agent who was deleted is nobody', async () => {
    await writeRecords(portal.database.db, [{ kind: 'agent', id: 'sue', value: undefined }])
    expect((await portal.call('/v1/session', { token: portal.tokens.sue })).status).toBe(401)
  })

  test('no token is in the database', async () => {
    const { rows } = await portal.database.db.execute<{ all: string }>(
      'select tokens::text as all from tokens',
    )
    expect(rows.length).toBeGreaterThan(2)
    for (const row of rows)
      for (const token of Object.values(portal.tokens)) expect(row.all).not.toContain(token.slice(4))
  })
})

describe('session', () => {
  test('says who I am, where, and what time it is', async () => {
    const { status, json } = await portal.call('/v1/session')
    expect(status).toBe(200)
    expect(sessionSchema.decode(json)).toEqual({
      product: 'meridian-portal',
      protocol: 1,
      workspace: { id: expect.stringMatching(/^ws-/), name: 'Support' },
      agent: lena,
      serverTime: T0,
      features: ['stream', 'presence', 'attachments'],
    })
  })
})

describe('every response', () => {
  test.each([
    ['/healthz', 200],
    ['/nowhere', 404],
    ['/v1/session', 200],
    ['/v1/changes?after=0.0', 410],
    ['/v1/bootstrap?limit=0', 400],
    ['/v1/stream', 200],
  ])('of %s (%i) carries the time of the portal and is not cached', async (path, status) => {
    const response = await portal.fetch(path)
    await response.body?.cancel()
    expect(response.status).toBe(status)
    expect(response.headers.get('x-server-time')).toBe(new Date(T0).toISOString())
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  test('health needs no token and tells nothing about the workspace', async () => {
    const { status, json } = await portal.call('/healthz', { token: '' })
    expect([status, json]).toEqual([200, { status: 'ok', product: 'meridian-portal', protocol: 1 }])
  })
})

describe('a problem names what to mend', () => {
  test.each([
    ['/v1/bootstrap?limit=0', 400, 'bad-request', 'limit'],
    ['/v1/bootstrap?limit=1001', 400, 'bad-request', 'limit'],
    ['/v1/bootstrap?limit=ten', 400, 'bad-request', 'limit'],
    ['/v1/bootstrap?page=2', 400, 'bad-request', 'page'],
    ['/v1/bootstrap?after=nonsense', 410, 'cursor-too-old', 'after'],
    ['/v1/changes', 400, 'bad-request', 'after'],
    ['/v1/changes?after=', 400, 'bad-request', 'after'],
    ['/v1/changes?after=0.0', 410, 'cursor-too-old', 'after'],
    ['/v1/changes?after=nonsense', 410, 'cursor-too-old', 'after'],
    ['/v1/nothing', 404, 'not-found', undefined],
  ])('GET %s: %i %s %s', async (path, status, code, field) => {
    const response = await portal.fetch(path)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    const problem = problemSchema.parse(await response.json())
    expect(problem).toMatchObject({ status, code })
    expect(problem.field).toBe(field)
    expect(response.status).toBe(status)
  })

  test.each<[string, unknown, number, string, string | undefined]>([
    ['no JSON', '{"commands":', 400, 'bad-json', undefined],
    ['no object', [], 400, 'bad-request', undefined],
    ['no commands', {}, 400, 'bad-request', 'commands'],
    ['an empty batch', { commands: [] }, 400, 'bad-request', 'commands'],
    ['too large a batch', { commands: Array(51).fill({}) }, 400, 'bad-request', 'commands'],
    ['an unknown field', { commands: [{}], force: true }, 400, 'bad-request', 'force'],
    ['too much', 'x'.repeat(MAX_REQUEST_BYTES + 1), 413, 'too-large', undefined],
  ])('POST /v1/commands with %s', async (_what, body, status, code, field) => {
    const { json, status: answered } = await portal.call('/v1/commands', { body })
    expect(answered).toBe(status)
    expect(problemSchema.parse(json)).toMatchObject({ status, code })
    expect(json.field).toBe(field)
  })

  test('a body of another type is refused', async () => {
    const headers = { authorization: `Bearer ${portal.token}`, 'content-type': 'text/plain' }
    const response = await portal.fetch('/v1/commands', { method: 'POST', headers, body: '{}' })
    expect([response.status, (await response.json()).field]).toEqual([415, 'content-type'])
  })

  test('a body that never says how long it is is counted', async () => {
    const chunk = new Uint8Array(100_000)
    let sent = 0
    const body = new ReadableStream({
      pull(controller) {
        sent += 1
        controller.enqueue(chunk)
      },
    })
    const headers = { authorization: `Bearer ${portal.token}`, 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit
    expect((await portal.fetch('/v1/commands', init)).status).toBe(413)
    expect(sent).toBeLessThan(15)
  })

  test('a failure inside is told without its insides', async () => {
    const broken = { ...portal.database, db: portal.database.db }
    const other = await testPortal([], { database: broken })
    const secret = 'relation "cellar" does not exist'
    broken.db = new Proxy(portal.database.db, {
      get: (target, key, self) => {
        if (key === 'transaction') throw new Error(secret)
        return Reflect.get(target, key, self)
      },
    })
    const failing = await import('../../src-portal/http/app').then(({ createApp }) =>
      createApp({
        database: broken,
        presence: createPresence(broken),
        log: { debug() {}, info() {}, warn() {}, error() {} },
        pokes: { current: () => '', subscribe: () => () => {}, stop: () => {} },
      }),
    )
    const response = await failing.request('/v1/commands', {
      method: 'POST',
      headers: { authorization: `Bearer ${other.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ commands: [command('note', 'a', { body: 'x' })] }),
    })
    const text = await response.text()
    expect(response.status).toBe(500)
    expect(problemSchema.parse(JSON.parse(text)).code).toBe('internal')
    expect(text).not.toContain('cellar')
    expect(text).not.toMatch(/\.ts|at /)
  })
})
