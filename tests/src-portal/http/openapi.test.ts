import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createApp } from '../../../src-portal/http/app'
import { openapi } from '../../../src-portal/http/openapi'
import { createPresence } from '../../../src-portal/presence/presence'
import { MAX_PAGE } from '../../../src-shared/portal/protocol'
import { command, message, quiet, type TestPortal, testPortal, ticket } from '../fixture'

let portal: TestPortal
beforeAll(async () => {
  portal = await testPortal([ticket('a'), ticket('b', { status: 'closed' }), message('m', 'a')])
})
afterAll(() => portal.close())

const document = openapi()

/** A validator for a part of the document, made from its JSON Schema alone. */
function validator(schema: object): z.ZodType {
  const local = (part: object): object =>
    JSON.parse(JSON.stringify(part).replaceAll('#/components/schemas/', '#/$defs/'))
  return z.fromJSONSchema({ ...local(schema), $defs: local(document.components.schemas) } as never)
}

type Described = {
  readonly security?: readonly object[]
  readonly requestBody?: { readonly content: Record<string, { readonly schema: object }> }
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema: object }> }>
}
const described = (method: string, path: string): Described => {
  const found = document.paths[path]?.[method]
  if (!found) throw new Error(`${method} ${path} is not in the document`)
  return found as Described
}

async function call(method: string, path: string, body?: unknown, token?: string) {
  const response = await portal.call(path, {
    method: method.toUpperCase(),
    ...(body === undefined ? {} : { body }),
    ...(token === undefined ? {} : { token }),
  })
  const route = path.replace(/\?.*/, '')
  const content = described(method, route).responses[response.status]?.content ?? {}
  const type = response.headers.get('content-type')?.split(';')[0] ?? ''
  return { ...response, type, schema: content[type]?.schema }
}

describe('the OpenAPI document', () => {
  test('is served to everybody, as it was made from the schemas', async () => {
    const { status, json } = await portal.call('/v1/openapi.json', { token: '' })
    expect(status).toBe(200)
    expect(json).toEqual(JSON.parse(JSON.stringify(document)))
    expect(json.openapi).toBe('3.1.0')
  })

  test('has every route of the portal, and no other', () => {
    const pokes = { current: () => '', subscribe: () => () => {}, stop: () => {} }
    const app = createApp({
      database: portal.database,
      pokes,
      presence: createPresence(portal.database),
      log: quiet,
    })
    const routes = app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, '{$1}')}`)
    const documented = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    )
    expect(documented.sort()).toEqual([...new Set(routes)].sort())
  })

  test('refers only to what it has', () => {
    const names = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)]
    expect(names.length).toBeGreaterThan(20)
    for (const [, name = ''] of names) expect(document.components.schemas).toHaveProperty(name)
  })

  test('says which calls take a token, as they do', async () => {
    for (const [path, item] of Object.entries(document.paths)) {
      for (const method of Object.keys(item)) {
        const response = await portal.fetch(path, { method: method.toUpperCase(), headers: {} })
        await response.body?.cancel()
        const isOpen = described(method, path).security?.length === 0
        expect([path, [401, 403].includes(response.status)]).toEqual([path, !isOpen])
      }
    }
  })

  test('has instants as text and pages as numbers with their bounds', () => {
    expect(document.components.schemas.Ticket?.properties).toMatchObject({
      createdAt: { type: 'string', format: 'date-time' },
    })
    expect(document.paths['/v1/changes']?.get).toMatchObject({
      parameters: [
        { name: 'after', in: 'query', required: true },
        { name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: MAX_PAGE } },
      ],
    })
  })
})

describe('answers are as the document says', () => {
  const note = () => command('note', 'a', { body: 'x' })
  const sent = note()
  const conflicting = ['on-hold', 'solved'].map((status) => command('set-status', 'a', { status }))
  test.each<[string, string, string, unknown, number]>([
    ['get', '/v1/session', 'the session', undefined, 200],
    ['get', '/v1/bootstrap', 'everything', undefined, 200],
    ['get', '/v1/bootstrap?limit=2', 'a page', undefined, 200],
    ['get', '/v1/bootstrap?limit=x', 'a bad parameter', undefined, 400],
    ['get', '/v1/changes?after=GENERATION.0', 'changes', undefined, 200],
    ['get', '/v1/changes?after=0.0', 'a cursor of long ago', undefined, 410],
    ['post', '/v1/commands', 'an applied command', { commands: [sent] }, 200],
    ['post', '/v1/commands', 'the same again', { commands: [sent] }, 200],
    ['post', '/v1/commands', 'a refused one', { commands: [{ ...note(), target: 'no' }] }, 200],
    ['post', '/v1/commands', 'a conflict', { commands: conflicting }, 200],
    ['post', '/v1/commands', 'nothing', { commands: [] }, 400],
    ['get', '/healthz', 'health', undefined, 200],
    ['get', '/readyz', 'readiness', undefined, 200],
    ['get', '/metrics', 'metrics for a stranger', undefined, 403],
  ])('%s %s: %s', async (method, path, _what, body, status) => {
    const { json: page } = await portal.call('/v1/bootstrap?limit=1')
    const answer = await call(method, path.replace('GENERATION', page.cursor.split('.')[0]), body)
    expect(answer.status).toBe(status)
    expect(answer.schema).toBeDefined()
    validator(answer.schema ?? {}).parse(answer.json)
  })

  test('among them a conflict, which the rows above had', async () => {
    const { json } = await portal.call('/v1/commands', { body: { commands: conflicting } })
    expect(json.results[1]).toMatchObject({ outcome: 'conflict', current: { kind: 'ticket' } })
  })

  test('without a token too', async () => {
    const answer = await call('get', '/v1/session', undefined, '')
    expect(answer.status).toBe(401)
    validator(answer.schema ?? {}).parse(answer.json)
  })

  test('an answer that is otherwise would be noticed', async () => {
    const { schema, json } = await call('get', '/v1/bootstrap')
    const valid = validator(schema ?? {})
    const records = json.records.map((record: { kind: string; value: object }) =>
      record.kind === 'ticket' ? { ...record, value: { ...record.value, createdAt: 5 } } : record,
    )
    expect(valid.safeParse({ ...json, records }).success).toBe(false)
    expect(valid.safeParse({ ...json, cursor: undefined }).success).toBe(false)
  })

  test('commands are described as they are taken', () => {
    const valid = validator(
      described('post', '/v1/commands').requestBody?.content['application/json']?.schema ?? {},
    )
    expect(valid.safeParse({ commands: [note()] }).success).toBe(true)
    expect(valid.safeParse({ commands: [{ ...note(), colour: 'red' }] }).success).toBe(false)
    expect(valid.safeParse({ commands: [] }).success).toBe(false)
  })
})
