import { z } from 'zod'
import { commandSchema } from '#shared/commands/command'
import {
  bootstrapPageSchema,
  changesPageSchema,
  commandBatchSchema,
  commandResultsSchema,
  presenceEventSchema,
  presenceSchema,
  problemSchema,
  sessionSchema,
} from '#shared/portal/calls'
import { MAX_PAGE, PROTOCOL_VERSION } from '#shared/portal/protocol'
import { recordKinds, recordValues, wireRecordSchema } from '#shared/portal/records'
import { instantSchema } from '#shared/time/instant'
import { bootstrapQuery, changesQuery, DEFAULT_PAGE, pageLimit } from './decode'
import { type Operation, operations } from './operations'
import { type ProblemCode, statusOf } from './problem'

const REF = '#/components/schemas/'
const reference = (name: string) => ({ $ref: `${REF}${name}` })

type JsonSchema = z.core.JSONSchema.BaseSchema

/** A record with what its kind says about its value; on the wire a record of another kind may come, to be ignored. */
const recordSchema = z.union(
  recordKinds.map((kind) =>
    wireRecordSchema.extend({ kind: z.literal(kind), value: recordValues[kind].optional() }),
  ),
)

const pascal = (name: string) => `${name[0]?.toUpperCase()}${name.slice(1)}`

/** Every schema with a name. Those that a call names are here too. */
const named: Readonly<Record<string, z.ZodType>> = {
  ...Object.fromEntries(recordKinds.map((kind) => [pascal(kind), recordValues[kind]])),
  Record: recordSchema,
  Session: sessionSchema,
  BootstrapPage: bootstrapPageSchema,
  ChangesPage: changesPageSchema,
  Command: commandSchema,
  CommandBatch: commandBatchSchema,
  CommandResults: commandResultsSchema,
  Presence: presenceSchema,
  PresenceEvent: presenceEventSchema,
  Problem: problemSchema,
}

/** What the schemas check in code or leave to be decoded later, and the document can say better. */
function describe({ zodSchema, jsonSchema }: { zodSchema: unknown; jsonSchema: JsonSchema }): void {
  const become = (schema: JsonSchema) => {
    for (const key of Object.keys(jsonSchema)) delete jsonSchema[key]
    Object.assign(jsonSchema, schema)
  }
  if (zodSchema === instantSchema) jsonSchema.format = 'date-time'
  if (zodSchema === wireRecordSchema) become(reference('Record'))
  if (zodSchema === pageLimit) {
    become({ type: 'integer', minimum: 1, maximum: MAX_PAGE, default: DEFAULT_PAGE })
  }
  const commands = zodSchema === commandBatchSchema ? jsonSchema.properties?.commands : undefined
  if (typeof commands === 'object') commands.items = reference('Command')
}

/** The wire is what goes into decoding: instants are text there. */
const asWire = { io: 'input', override: describe } as const

function components(): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id })
  const { schemas } = z.toJSONSchema(registry, { ...asWire, uri: (id) => `${REF}${id}` })
  return Object.fromEntries(Object.entries(schemas).map(([id, { $schema, $id, ...schema }]) => [id, schema]))
}

const queries: Readonly<Record<string, z.ZodObject>> = { bootstrap: bootstrapQuery, changes: changesQuery }

function parametersOf({ id, path }: Operation) {
  const query = queries[id]
  const { properties = {}, required = [] } = query ? z.toJSONSchema(query, asWire) : {}
  const parameters = [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string', format: 'uuid' },
    })),
    ...Object.entries(properties).map(([name, schema]) => ({
      name,
      in: 'query',
      required: required.includes(name),
      schema,
    })),
  ]
  return parameters.length > 0 ? { parameters } : {}
}

const BINARY = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
function bodyOf({ body }: Operation) {
  if (body === undefined) return {}
  const content = body === 'binary' ? BINARY : { 'application/json': { schema: reference(body) } }
  return { requestBody: { required: true, content } }
}

function problemResponses(codes: readonly ProblemCode[]) {
  const byStatus = new Map<number, ProblemCode[]>()
  for (const code of codes) byStatus.set(statusOf(code), [...(byStatus.get(statusOf(code)) ?? []), code])
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      status,
      {
        description: `code: ${list.join(' or ')}`,
        content: { 'application/problem+json': { schema: reference('Problem') } },
      },
    ]),
  )
}

function answerOf({ status, description, type, schema }: Operation['answer']) {
  const content =
    schema === undefined ? { type: 'string' } : typeof schema === 'string' ? reference(schema) : schema
  return {
    [status]: { description, ...(type === undefined ? {} : { content: { [type]: { schema: content } } }) },
  }
}

function pathItem(operation: Operation) {
  const { id, summary, access, problems } = operation
  return {
    operationId: id,
    summary,
    ...parametersOf(operation),
    ...bodyOf(operation),
    responses: { ...answerOf(operation.answer), ...problemResponses(problems) },
    ...(access === 'everybody' ? { security: [] } : {}),
    ...(access === 'operator' ? { security: [{ operator: [] }, {}] } : {}),
  }
}

function build() {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const operation of operations) {
    const { path, method } = operation
    paths[path] = { ...paths[path], [method]: pathItem(operation) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Meridian support portal',
      version: String(PROTOCOL_VERSION),
      description:
        'Desks bootstrap once, then read changes from a cursor. Fields and kinds of records they do not know are ignored.',
    },
    security: [{ agent: [] }],
    paths,
    components: {
      securitySchemes: {
        agent: { type: 'http', scheme: 'bearer', description: 'Token of an agent' },
        operator: { type: 'http', scheme: 'bearer', description: 'Token of who runs the portal' },
      },
      schemas: components(),
    },
  }
}

let document: ReturnType<typeof build> | undefined

/** The OpenAPI document of all calls, made from the schemas by which they are decoded. */
export function openapi(): ReturnType<typeof build> {
  document ??= build()
  return document
}
