import { createToken } from '../../src-portal/access/tokens'
import type { OpenDatabase } from '../../src-portal/db/database'
import { openDatabase } from '../../src-portal/db/open'
import { readTemplate } from '../../src-portal/db/template'
import { type RecordInput, writeRecords } from '../../src-portal/db/write-records'
import { createPokes } from '../../src-portal/feed/pokes'
import { createApp } from '../../src-portal/http/app'
import type { Limits } from '../../src-portal/http/limits'
import { createLog } from '../../src-portal/log'
import { createPresence } from '../../src-portal/presence/presence'
import type { PresenceEvent } from '../../src-shared/portal/calls'
import type { Agent } from '../../src-shared/tickets/people'
import type { Ticket } from '../../src-shared/tickets/ticket'
import { TEMPLATE } from '../portal-template'

export const quiet = createLog('silent')

/** Archive of an empty database; made before the tests begin. */
export async function template(): Promise<Uint8Array> {
  const found = await readTemplate(TEMPLATE)
  if (!found) throw new Error(`${TEMPLATE} is missing: run the tests with the project's vitest configuration`)
  return found
}

export async function openMemory(): Promise<OpenDatabase> {
  return openDatabase({ kind: 'memory', template: await template() }, quiet)
}

export const T0 = Date.parse('2026-03-02T09:00:00Z')

export const lena: Agent = { id: 'lena', name: 'Lena', email: 'lena@example.com', role: 'l1', region: 'EMEA' }
export const omar: Agent = {
  id: 'omar',
  name: 'Omar',
  email: 'omar@example.com',
  role: 'backline',
  region: 'EMEA',
}
export const sue: Agent = {
  id: 'sue',
  name: 'Sue',
  email: 'sue@example.com',
  role: 'supervisor',
  region: 'AMER',
}

export function ticket(id: string, fields: Partial<Ticket> = {}): RecordInput & { kind: 'ticket' } {
  return {
    kind: 'ticket',
    id,
    value: {
      id,
      number: `MER-${id}`,
      subject: `Ticket ${id}`,
      organizationId: 'acme',
      plan: 'premium',
      policyId: 'bigpanda',
      calendarId: 'emea',
      region: 'EMEA',
      priority: 'P2',
      status: 'open',
      channel: 'email',
      tags: [],
      createdAt: T0,
      updatedAt: T0,
      slaEvents: [{ at: T0, type: 'created', priority: 'P2', channel: 'email', by: 'customer' }],
      changedIn: {},
      ...fields,
    },
  }
}

export function message(id: string, ticketId: string, body = `Message ${id}`): RecordInput {
  return {
    kind: 'message',
    id,
    value: {
      id,
      ticketId,
      at: T0,
      author: { kind: 'customer', name: 'Kim' },
      type: 'reply',
      channel: 'email',
      body,
    },
  }
}

export const people: readonly RecordInput[] = [lena, omar, sue].map((agent) => ({
  kind: 'agent',
  id: agent.id,
  value: agent,
}))

export type TestPortal = {
  readonly database: OpenDatabase
  readonly token: string
  readonly tokens: { readonly lena: string; readonly omar: string; readonly sue: string }
  /** Calls the portal without a network; JSON in, JSON out. */
  readonly call: (path: string, init?: CallInit) => Promise<Answer>
  readonly fetch: (path: string, init?: RequestInit) => Promise<Response>
  /** Who is at a ticket, as this node knows it. */
  readonly peopleAt: (ticketId: string) => PresenceEvent['people']
  readonly close: () => Promise<void>
}
type CallInit = { readonly token?: string | undefined; readonly body?: unknown; readonly method?: string }
// biome-ignore lint/suspicious/noExplicitAny: answers of all shapes; the tests say what they expect.
export type Answer = { readonly status: number; readonly headers: Headers; readonly json: any }

export type TestPortalOptions = {
  readonly database?: OpenDatabase
  readonly now?: () => number
  readonly heartbeatMs?: number
  readonly limits?: Partial<Limits>
  /** How long presence is remembered. */
  readonly presenceMs?: number
}

/** A portal in memory with three people and the given records. */
export async function testPortal(
  records: readonly RecordInput[] = [],
  { database: given, presenceMs, ...options }: TestPortalOptions = {},
): Promise<TestPortal> {
  const database = given ?? (await openMemory())
  await writeRecords(database.db, [...people, ...records])
  const pokes = await createPokes(database, quiet)
  const presence = createPresence(database, presenceMs)
  const app = createApp({ database, pokes, presence, log: quiet, ...options })
  const tokenOf = (agent: Agent) =>
    createToken(database.db, { agentId: agent.id, label: 'test', at: new Date(T0) })
  const tokens = { lena: await tokenOf(lena), omar: await tokenOf(omar), sue: await tokenOf(sue) }
  const fetch = async (path: string, init: RequestInit = {}) =>
    app.request(path, { headers: { authorization: `Bearer ${tokens.lena}` }, ...init })
  return {
    database,
    token: tokens.lena,
    tokens,
    fetch,
    call: async (path, { token = tokens.lena, body, method } = {}) => {
      const response = await app.request(path, {
        method: method ?? (body === undefined ? 'GET' : 'POST'),
        headers: {
          ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      const text = await response.text()
      return {
        status: response.status,
        headers: response.headers,
        json: text === '' ? undefined : JSON.parse(text),
      }
    },
    peopleAt: (ticketId) => [...presence.current()].find((seen) => seen.ticketId === ticketId)?.people ?? [],
    close: async () => {
      pokes.stop()
      presence.stop()
      await database.close()
    },
  }
}

let made = 0
/** A command in wire form with an id of its own. */
export function command(type: string, target: string, fields: Record<string, unknown> = {}) {
  made += 1
  const id = `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`
  return { id, at: new Date().toISOString(), type, target, baseVersion: 0, ...fields }
}
