import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { pruneAttachments, UNUSED_KEPT_MS } from '../../src-portal/attachments/store'
import { writeRecords } from '../../src-portal/db/write-records'
import { MAX_ATTACHMENT_BYTES, plainName } from '../../src-shared/tickets/attachment'
import { databases } from './databases'
import { command, T0, type TestPortal, testPortal, ticket } from './fixture'

describe.each(databases)('files that go with messages, on $name', (database) => {
  let portal: TestPortal
  let id: string
  beforeAll(async () => {
    await database.start()
    portal = await testPortal([], { database: await database.open(), now: () => T0 + 60_000 })
    await writeRecords(portal.database.db, [ticket('t1')])
  })
  afterAll(async () => {
    await portal?.close()
    await database.stop()
  })
  beforeEach(() => {
    id = randomUUID()
  })

  type Who = keyof TestPortal['tokens']
  const request = async (
    method: string,
    who: Who,
    body?: Uint8Array<ArrayBuffer>,
    type = 'application/octet-stream',
  ) => {
    const headers = { authorization: `Bearer ${portal.tokens[who]}`, 'content-type': type }
    return portal.fetch(`/v1/attachments/${id}`, { method, headers, ...(body ? { body } : {}) })
  }
  const bytes = (size: number) => new Uint8Array(randomBytes(size))
  const note = async (who: Who, size: number, fields: object = {}) => {
    const file = { id, name: 'log.txt', type: 'text/plain', size }
    const sent = command('note', 't1', { body: 'See the log', attachments: [file], ...fields })
    const { json } = await portal.call('/v1/commands', {
      token: portal.tokens[who],
      body: { commands: [sent] },
    })
    return json.results[0]
  }

  test('are stored, go with a message, and are read by everybody who reads it', async () => {
    const content = bytes(300_000)
    expect((await request('PUT', 'lena', content)).status).toBe(204)
    // Until a message has it, it is its sender's alone.
    expect((await request('GET', 'omar')).status).toBe(404)
    expect(await note('lena', 300_000)).toMatchObject({ outcome: 'applied' })
    const read = await request('GET', 'omar')
    expect(read.status).toBe(200)
    expect(Buffer.from(await read.arrayBuffer()).equals(Buffer.from(content))).toBe(true)
    expect(Object.fromEntries(read.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment',
      'x-content-type-options': 'nosniff',
    })
  })

  test('stored again after a lost answer they are there already; other bytes under the same id are refused', async () => {
    const content = bytes(10)
    await request('PUT', 'lena', content)
    expect((await request('PUT', 'lena', content)).status).toBe(204)
    expect((await request('PUT', 'lena', bytes(10))).status).toBe(400)
    expect((await request('PUT', 'omar', content)).status).toBe(400)
  })

  test.each<[string, () => Promise<Response>, number]>([
    ['an empty one', () => request('PUT', 'lena', new Uint8Array(0)), 400],
    ['one that is too large', () => request('PUT', 'lena', bytes(MAX_ATTACHMENT_BYTES + 1)), 413],
    ['one of another type', () => request('PUT', 'lena', bytes(1), 'text/html'), 415],
    ['one that nobody stored', () => request('GET', 'lena'), 404],
  ])('%s is refused', async (_name, ask, status) => {
    expect((await ask()).status).toBe(status)
  })

  test('one of exactly the limit is taken', async () => {
    expect((await request('PUT', 'lena', bytes(MAX_ATTACHMENT_BYTES))).status).toBe(204)
  })

  test.each<[string, () => Promise<{ outcome: string }>]>([
    ['one that did not arrive', () => note('lena', 10)],
    ['one of another size', () => request('PUT', 'lena', bytes(9)).then(() => note('lena', 10))],
    ['another one’s', () => request('PUT', 'omar', bytes(10)).then(() => note('lena', 10))],
    [
      'one that a message has already',
      async () => {
        await request('PUT', 'lena', bytes(10))
        await note('lena', 10)
        return note('lena', 10)
      },
    ],
  ])('a message can’t have %s', async (_name, send) => {
    expect(await send()).toMatchObject({
      outcome: 'rejected',
      code: 'attachment-missing',
      field: 'attachments.0',
    })
  })

  test('one that no message has is removed after a week', async () => {
    await request('PUT', 'lena', bytes(10))
    await note('lena', 10)
    const used = id
    id = randomUUID()
    await request('PUT', 'lena', bytes(10))
    await pruneAttachments(portal.database.db, T0 + 60_000 - UNUSED_KEPT_MS)
    expect((await request('GET', 'lena')).status).toBe(200)
    await pruneAttachments(portal.database.db, T0 + 60_001)
    expect((await request('GET', 'lena')).status).toBe(404)
    id = used
    expect((await request('GET', 'lena')).status).toBe(200)
  })
})

describe('names of files', () => {
  test.each([
    ['report.pdf', 'report.pdf'],
    ['../../etc/passwd', '.._.._etc_passwd'],
    ['invoice\u202efdp.exe', 'invoice_fdp.exe'],
    ['a\u0000b', 'a_b'],
    ['..', 'file'],
    ['  spaced.txt ', 'spaced.txt'],
    ['отчёт.txt', 'отчёт.txt'],
  ])('%j becomes %j', (given, plain) => {
    expect(plainName(given)).toBe(plain)
  })
})
