import { once } from 'node:events'
import http from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { OpenDatabase } from '../../../src-portal/db/database'
import { createApp } from '../../../src-portal/http/app'
import { startPortal } from '../../../src-portal/portal'
import { createPresence } from '../../../src-portal/presence/presence'
import { problemSchema } from '../../../src-shared/portal/calls'
import { command, openMemory, quiet, type TestPortal, testPortal, ticket } from '../fixture'

const OPERATOR = 'the-operators-own-word'
let memory: OpenDatabase
let portal: TestPortal
let url: string
const closing: Array<() => Promise<unknown>> = []

beforeAll(async () => {
  memory = await openMemory()
  portal = await testPortal([ticket('a')], { database: { ...memory, close: async () => {} } })
  url = await serve()
})
afterEach(() => {
  for (const end of streams.splice(0)) end()
})
afterAll(async () => {
  for (const close of closing.reverse()) await close()
  await memory.close()
})
const streams: Array<() => void> = []

/** A node of its own that really listens. */
async function serve(operatorToken?: string) {
  const database = { ...memory, close: async () => {} }
  const running = await startPortal({ database, log: quiet, host: '127.0.0.1', port: 0, operatorToken })
  closing.push(running.stop)
  return running.url
}

async function ask(path: string, headers: Record<string, string> = {}, base = url) {
  const response = await fetch(`${base}${path}`, { headers })
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
}

/** The value of one line of the page; undefined when there is no such line. */
async function metric(line: string): Promise<number | undefined> {
  const { text } = await ask('/metrics')
  const found = text.split('\n').find((one) => one.startsWith(`${line} `))
  return found === undefined ? undefined : Number(found.slice(line.length))
}

describe('readiness', () => {
  const pokes = { current: () => '', subscribe: () => () => {}, stop: () => {} }
  const readiness = async (change: Partial<OpenDatabase>, isStopping = () => false) => {
    const app = createApp({
      database: { ...memory, ...change },
      pokes,
      presence: createPresence(memory),
      log: quiet,
      isStopping,
    })
    const [ready, alive] = await Promise.all([app.request('/readyz'), app.request('/healthz')])
    return { ready, alive: alive.status }
  }
  const away = new Proxy(
    {},
    {
      get: () => () => Promise.reject(new Error('connection refused: cellar')),
    },
  ) as never

  test('is said while the database answers and commits are heard of', async () => {
    const { ready } = await readiness({})
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready' }])
  })

  test.each<[string, Partial<OpenDatabase>, () => boolean]>([
    ['its database is away', { db: away }, () => false],
    ['it can’t hear of commits', { isListening: () => false }, () => false],
    ['it stops', {}, () => true],
  ])('is denied while %s; the process is alive all the same', async (_what, change, isStopping) => {
    const { ready, alive } = await readiness(change, isStopping)
    expect([ready.status, alive]).toEqual([503, 200])
    expect(ready.headers.get('retry-after')).toMatch(/^\d+$/)
    const problem = problemSchema.parse(await ready.json())
    expect(problem.code).toBe('unavailable')
    expect(problem.detail).not.toContain('cellar')
  })
})

describe('who may read the metrics', () => {
  test('this machine, when there is no token of the operator', async () => {
    expect(await ask('/metrics')).toMatchObject({
      status: 200,
      type: 'text/plain; version=0.0.4; charset=utf-8',
    })
  })

  test.each(['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'])(
    'nobody through a proxy on this machine (%s)',
    async (header) => {
      expect((await ask('/metrics', { [header]: '203.0.113.9' })).status).toBe(403)
    },
  )

  test.each([
    ['203.0.113.9', 403],
    ['::ffff:203.0.113.9', 403],
    ['127.0.0.1', 200],
    ['::1', 200],
    ['::ffff:127.0.0.1', 200],
    [undefined, 403],
  ])('from %s: %i', async (remoteAddress, status) => {
    const pokes = { current: () => '', subscribe: () => () => {}, stop: () => {} }
    const app = createApp({ database: memory, pokes, presence: createPresence(memory), log: quiet })
    const env = { incoming: { socket: { remoteAddress } } }
    expect((await app.request('/metrics', {}, env)).status).toBe(status)
  })

  test('who sends the operator’s token, once there is one, and nobody else', async () => {
    const guarded = await serve(OPERATOR)
    const statuses = await Promise.all(
      [`Bearer ${OPERATOR}`, `Bearer ${OPERATOR}x`, `Bearer ${portal.token}`, 'Bearer'].map(
        async (authorization) => (await ask('/metrics', { authorization }, guarded)).status,
      ),
    )
    expect(statuses).toEqual([200, 401, 401, 401])
    expect((await ask('/v1/session', { authorization: `Bearer ${OPERATOR}` }, guarded)).status).toBe(401)
  })
})

describe('the metrics', () => {
  const authorization = () => `Bearer ${portal.token}`

  test('count calls by route and status, whatever paths people try', async () => {
    await ask('/v1/session', { authorization: authorization() })
    await ask('/v1/session')
    await ask('/.env')
    await ask('/wp-admin/"\\\n')
    await ask('/v1/nothing', { authorization: authorization() })
    const line = (route: string, status: number) =>
      metric(`meridian_http_requests_total{method="GET",route="${route}",status="${status}"}`)
    expect(await line('/v1/session', 200)).toBe(1)
    expect(await line('/v1/session', 401)).toBe(1)
    expect(await line('unmatched', 404)).toBe(3)
    expect(await metric('meridian_http_request_duration_seconds_count{route="/v1/session"}')).toBe(2)
    expect(await metric('meridian_http_request_duration_seconds_bucket{route="/v1/session",le="+Inf"}')).toBe(
      2,
    )
    expect((await ask('/metrics')).text).not.toContain('wp-admin')
  })

  test('count commands by outcome and show the version of the feed', async () => {
    const sent = command('note', 'a', { body: 'x' })
    const send = async (...commands: unknown[]) => {
      const headers = { authorization: authorization(), 'content-type': 'application/json' }
      const body = JSON.stringify({ commands })
      const response = await fetch(`${url}/v1/commands`, { method: 'POST', headers, body })
      return (await response.json()).results
    }
    const [{ version }] = await send(sent)
    await send(
      sent,
      command('note', 'nowhere', { body: 'x' }),
      command('set-status', 'a', { status: 'on-hold' }),
      command('set-status', 'a', { status: 'solved' }),
    )
    const outcomes = ['applied', 'duplicate', 'rejected', 'conflict'].map((outcome) =>
      metric(`meridian_commands_total{outcome="${outcome}"}`),
    )
    expect(await Promise.all(outcomes)).toEqual([2, 1, 1, 1])
    await expect.poll(() => metric('meridian_feed_version')).toBeGreaterThan(version)
  })

  test('show open streams while they are open', async () => {
    expect(await metric('meridian_streams_open')).toBe(0)
    const request = http.get(`${url}/v1/stream`, { headers: { authorization: authorization() } })
    const [response] = await once(request, 'response')
    streams.push(() => response.destroy())
    expect(await metric('meridian_streams_open')).toBe(1)
    response.destroy()
    await expect.poll(() => metric('meridian_streams_open')).toBe(0)
  })

  test('show what the process uses', async () => {
    expect(await metric('process_resident_memory_bytes')).toBeGreaterThan(10_000_000)
    expect(await metric('process_start_time_seconds')).toBeGreaterThan(1.6e9)
    expect(await metric('meridian_database_listening')).toBe(1)
    // No pool with the embedded database: a name without lines.
    expect((await ask('/metrics')).text).not.toMatch(/^meridian_database_connections/m)
  })
})
