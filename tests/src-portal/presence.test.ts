import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createToken } from '../../src-portal/access/tokens'
import type { OpenDatabase } from '../../src-portal/db/database'
import { openDatabase } from '../../src-portal/db/open'
import { createPresence } from '../../src-portal/presence/presence'
import { SseReader } from '../../src-renderer/engine/sse'
import { problemSchema } from '../../src-shared/portal/calls'
import { PRESENCE_MS } from '../../src-shared/portal/protocol'
import { openMemory, quiet, T0, type TestPortal, type TestPortalOptions, testPortal } from './fixture'
import { hasPostgres, type PostgresServer, startPostgres } from './real-postgres'
import { readStream } from './stream-reader'

let memory: OpenDatabase
beforeAll(async () => {
  memory = await openMemory()
})
afterAll(() => memory.close())

const opened: Array<() => Promise<unknown>> = []
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})

async function open(options: TestPortalOptions = {}) {
  const portal = await testPortal([], { database: { ...memory, close: async () => {} }, ...options })
  opened.push(portal.close)
  return portal
}
async function listen(portal: TestPortal, token = portal.tokens.sue) {
  const stream = await readStream(portal, token)
  opened.push(stream.cancel)
  return stream
}
async function be(portal: TestPortal, body: object, token = portal.tokens.lena) {
  const { status } = await portal.call('/v1/presence', { method: 'PUT', body, token })
  expect(status).toBe(204)
}
const viewing = (agentId: string) => ({ agentId, doing: 'viewing' })
const replying = (agentId: string) => ({ agentId, doing: 'replying' })

describe('what a desk is at', () => {
  test('is told to every stream, whole, whenever it changes', async () => {
    const portal = await open()
    const stream = await listen(portal)
    const { omar } = portal.tokens
    await be(portal, { ticketId: 'a' })
    expect(await stream.presence()).toEqual({ ticketId: 'a', people: [viewing('lena')] })
    await be(portal, { ticketId: 'a', doing: 'replying' }, omar)
    expect(await stream.presence()).toEqual({ ticketId: 'a', people: [viewing('lena'), replying('omar')] })
    await be(portal, { ticketId: 'b', doing: 'viewing' })
    expect(await stream.presence()).toEqual({ ticketId: 'a', people: [replying('omar')] })
    expect(await stream.presence()).toEqual({ ticketId: 'b', people: [viewing('lena')] })
    await be(portal, {}, omar)
    expect(await stream.presence()).toEqual({ ticketId: 'a', people: [] })
  })

  test('is not told again when nothing changed', async () => {
    const portal = await open()
    const stream = await listen(portal)
    for (let n = 0; n < 3; n++) await be(portal, { ticketId: 'a' })
    await be(portal, { ticketId: 'a', doing: 'replying' })
    expect((await stream.presence()).people).toEqual([viewing('lena')])
    expect((await stream.presence()).people).toEqual([replying('lena')])
  })

  test('is told at once to who comes later, after the first poke', async () => {
    const portal = await open()
    const first = await listen(portal)
    await be(portal, { ticketId: 'a' })
    await be(portal, { ticketId: 'b' }, portal.tokens.omar)
    await first.presence()
    await first.presence()
    const later = await listen(portal)
    expect((await later.next())?.event).toBe('poke')
    expect([await later.presence(), await later.presence()]).toEqual([
      { ticketId: 'a', people: [viewing('lena')] },
      { ticketId: 'b', people: [viewing('omar')] },
    ])
  })

  test('is of a person, wherever they are signed in: once, and replying if they reply anywhere', async () => {
    const portal = await open()
    const stream = await listen(portal)
    const second = await createToken(memory.db, { agentId: 'lena', label: 'laptop', at: new Date(T0) })
    await be(portal, { ticketId: 'a', doing: 'replying' })
    expect((await stream.presence()).people).toEqual([replying('lena')])
    await be(portal, { ticketId: 'a' }, second)
    await be(portal, { ticketId: 'b' })
    expect(await stream.presence()).toEqual({ ticketId: 'a', people: [viewing('lena')] })
  })

  test('is forgotten unless it is said again', async () => {
    expect(PRESENCE_MS).toBe(30_000)
    const portal = await open({ presenceMs: 20 })
    const stream = await listen(portal)
    await be(portal, { ticketId: 'a' })
    expect((await stream.presence()).people).toEqual([viewing('lena')])
    expect(await stream.presence()).toEqual({ ticketId: 'a', people: [] })
    await be(portal, { ticketId: 'a' })
    expect((await stream.presence()).people).toEqual([viewing('lena')])
  })

  test('reaches who reads slowly as it is now, not as it was', async () => {
    const portal = await open()
    const slow = await listen(portal)
    const quick = await listen(portal)
    for (let n = 0; n < 10; n++) {
      await be(portal, { ticketId: 'a', doing: n % 2 === 0 ? 'viewing' : 'replying' })
      await quick.presence()
    }
    await be(portal, { ticketId: 'last' }, portal.tokens.omar)
    const heard = []
    for (let seen = await slow.presence(); seen.ticketId !== 'last'; seen = await slow.presence())
      heard.push(seen)
    expect(heard.length).toBeLessThan(10)
    expect(heard.at(-1)).toEqual({ ticketId: 'a', people: [replying('lena')] })
  })

  test.each([
    [{ ticketId: '' }, 'ticketId'],
    [{ ticketId: 'x'.repeat(101) }, 'ticketId'],
    [{ ticketId: 'a', doing: 'sleeping' }, 'doing'],
    [{ ticketId: 'a', agentId: 'sue' }, 'agentId'],
  ])('%j is refused and names the field', async (body, field) => {
    const { status, json } = await (await open()).call('/v1/presence', { method: 'PUT', body })
    expect(status).toBe(400)
    expect(problemSchema.parse(json).field).toBe(field)
  })

  test('can be a ticket of any name', async () => {
    const portal = await open()
    const stream = await listen(portal)
    const ticketId = '__proto__ \u0000 \u2028 \n\n \ud83d\ude00'
    await be(portal, { ticketId })
    expect((await stream.presence()).ticketId).toBe(ticketId)
  })

  test('survives what a node of another version announces', async () => {
    const portal = await open()
    const stream = await listen(portal)
    await memory.announce('no JSON')
    await memory.announce('{"desk":7}')
    await be(portal, { ticketId: 'a' })
    expect((await stream.presence()).people).toEqual([viewing('lena')])
  })

  test('needs a token, which it does not tell the other nodes', async () => {
    const heard: string[] = []
    opened.push(async () => forget())
    const forget = memory.onNews((news) => heard.push(news))
    const portal = await open()
    const refused = await portal.call('/v1/presence', { method: 'PUT', body: { ticketId: 'a' }, token: '' })
    expect(refused.status).toBe(401)
    await be(portal, { ticketId: 'a' })
    await expect.poll(() => heard.length).toBe(1)
    expect(heard[0]).not.toContain(portal.tokens.lena)
    const { rows } = await memory.db.execute<{ hash: string }>('select hash from tokens')
    for (const { hash } of rows) expect(heard[0]).not.toContain(hash.slice(0, 16))
  })
})

test('a desk that knows no presence reads the stream as before', async () => {
  const portal = await open()
  // Hears of it last, so that the portal knows it by then.
  const presence = createPresence(memory)
  opened.push(async () => presence.stop())
  await be(portal, { ticketId: 'a' })
  await expect.poll(() => presence.current()).toHaveLength(1)
  const response = await portal.fetch('/v1/stream')
  const reader = (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader()
  opened.push(() => reader.cancel())
  const events = new SseReader()
  const names: string[] = []
  while (names.length < 2)
    names.push(...events.push((await reader.read()).value ?? '').map(({ event }) => event))
  expect(names).toEqual(['poke', 'presence'])
})

describe.skipIf(!hasPostgres)('on two nodes of one PostgreSQL', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.stop())

  test('people see each other, whichever node they are connected to', async () => {
    const url = await server.newDatabase()
    const [one, two] = await Promise.all([1, 2].map(() => openDatabase({ kind: 'postgres', url }, quiet)))
    if (!one || !two) throw new Error('not open')
    const first = await open({ database: one })
    const second = await open({ database: two })
    const streams = [await listen(first), await listen(second)]
    await be(first, { ticketId: 'a' })
    await Promise.all(
      streams.map(async (stream) => expect((await stream.presence()).people).toEqual([viewing('lena')])),
    )
    await be(second, { ticketId: 'a', doing: 'replying' }, second.tokens.omar)
    for (const stream of streams) {
      expect((await stream.presence()).people).toEqual([viewing('lena'), replying('omar')])
    }
    // The same desk, now connected to the other node: it has left where it was.
    await be(second, { ticketId: 'b' }, first.tokens.lena)
    for (const stream of streams) {
      expect(await stream.presence()).toEqual({ ticketId: 'a', people: [replying('omar')] })
    }
  })
})
