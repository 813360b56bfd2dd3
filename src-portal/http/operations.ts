import type { ProblemCode } from './problem'

/** A call as its document shows it; `app.ts` answers it. */
export type Operation = {
  readonly id: string
  readonly method: 'get' | 'post' | 'put'
  readonly path: string
  readonly summary: string
  /** `agent`: with a token of one; `operator`: for whoever runs the portal. */
  readonly access: 'agent' | 'operator' | 'everybody'
  /** Name of the body's schema; `binary`: bytes. */
  readonly body?: string
  readonly answer: {
    readonly status: 200 | 204
    readonly description: string
    readonly type?: string
    /** A name, or the schema itself. */
    readonly schema?: string | object
  }
  readonly problems: readonly ProblemCode[]
}

const json = 'application/json'
/** What any call of an agent may end in. */
const signed: readonly ProblemCode[] = ['unauthorized', 'too-many-calls', 'internal', 'unavailable']
const withBody: readonly ProblemCode[] = ['bad-json', 'bad-request', 'too-large', 'not-json']

/** Every call of the portal (portal.md §1). */
export const operations: readonly Operation[] = [
  {
    id: 'session',
    method: 'get',
    path: '/v1/session',
    summary: 'Who I am, my role and region, the time of the portal, what it can do',
    access: 'agent',
    answer: { status: 200, description: 'The session', type: json, schema: 'Session' },
    problems: signed,
  },
  {
    id: 'bootstrap',
    method: 'get',
    path: '/v1/bootstrap',
    summary: 'A page of everything: reference data, open tickets with their messages, then closed ones',
    access: 'agent',
    answer: {
      status: 200,
      description: 'A page; ask on with after=next',
      type: json,
      schema: 'BootstrapPage',
    },
    problems: ['bad-request', 'cursor-too-old', ...signed],
  },
  {
    id: 'changes',
    method: 'get',
    path: '/v1/changes',
    summary: 'Records changed since a cursor, each once at its newest version, in order',
    access: 'agent',
    answer: { status: 200, description: 'A page; ask on with its cursor', type: json, schema: 'ChangesPage' },
    problems: ['bad-request', 'cursor-too-old', ...signed],
  },
  {
    id: 'commands',
    method: 'post',
    path: '/v1/commands',
    summary: 'Takes commands in order; sending one again gives its first answer',
    access: 'agent',
    body: 'CommandBatch',
    answer: { status: 200, description: 'A result for each', type: json, schema: 'CommandResults' },
    problems: [...withBody, ...signed],
  },
  {
    id: 'stream',
    method: 'get',
    path: '/v1/stream',
    summary:
      'Server-Sent Events: poke {cursor} when something changed, presence (PresenceEvent) for tickets that people are at, heartbeat in between',
    access: 'agent',
    answer: { status: 200, description: 'Events until either side ends it', type: 'text/event-stream' },
    problems: signed,
  },
  {
    id: 'presence',
    method: 'put',
    path: '/v1/presence',
    summary: 'The ticket I am viewing or replying to; none without ticketId. Forgotten after 30 s',
    access: 'agent',
    body: 'Presence',
    answer: { status: 204, description: 'Told to everybody' },
    problems: [...withBody, ...signed],
  },
  {
    id: 'storeAttachment',
    method: 'put',
    path: '/v1/attachments/{id}',
    summary:
      'Stores a file under an id that the desk made, before the message that has it is sent. Sent again it is there already',
    access: 'agent',
    body: 'binary',
    answer: { status: 204, description: 'It is stored' },
    problems: ['bad-request', 'too-large', 'wrong-type', ...signed],
  },
  {
    id: 'attachment',
    method: 'get',
    path: '/v1/attachments/{id}',
    summary: 'The bytes of a file that a message has',
    access: 'agent',
    answer: { status: 200, description: 'The file', type: 'application/octet-stream' },
    problems: ['bad-request', 'not-found', ...signed],
  },
  {
    id: 'openapi',
    method: 'get',
    path: '/v1/openapi.json',
    summary: 'This document',
    access: 'everybody',
    answer: { status: 200, description: 'OpenAPI 3.1', type: json, schema: { type: 'object' } },
    problems: [],
  },
  {
    id: 'healthz',
    method: 'get',
    path: '/healthz',
    summary: 'Whether this process answers',
    access: 'everybody',
    answer: {
      status: 200,
      description: 'It does',
      type: json,
      schema: {
        type: 'object',
        properties: {
          status: { const: 'ok' },
          product: { const: 'meridian-portal' },
          protocol: { type: 'integer' },
        },
        required: ['status', 'product', 'protocol'],
      },
    },
    problems: [],
  },
  {
    id: 'readyz',
    method: 'get',
    path: '/readyz',
    summary: 'Whether this node should get calls: its database answers and it is not stopping',
    access: 'everybody',
    answer: {
      status: 200,
      description: 'It should',
      type: json,
      schema: { type: 'object', properties: { status: { const: 'ready' } }, required: ['status'] },
    },
    problems: ['unavailable'],
  },
  {
    id: 'metrics',
    method: 'get',
    path: '/metrics',
    summary: 'What this node does, for Prometheus',
    access: 'operator',
    answer: { status: 200, description: 'Text exposition format 0.0.4', type: 'text/plain' },
    problems: ['unauthorized', 'forbidden'],
  },
]
