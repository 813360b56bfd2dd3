import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { policySchema } from '#shared/sla/policy'
import type { Ticket } from '#shared/tickets/ticket'
import { calendarSchema } from '#shared/time/calendar'
import { formatInstant } from '#shared/time/instant'
import { writeRecords } from '../../src-portal/db/write-records'
import { message, type TestPortal, testPortal, ticket } from '../src-portal/fixture'
import type { What } from '../src-shared/tickets/samples'
import type { WireRecord } from './fault'

const read = (path: string) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'))
const policy = policySchema.decode(read('resources/policies/bigpanda.json'))
const calendar = calendarSchema.decode(read('resources/calendars/emea-london.json'))

const PLENTY = 1_000_000

/** The tickets each scenario starts with: some to work on, and closed ones that make a first sync take several pages. */
export const OPEN = ['t1', 't2', 't3', 't4', 't5', 't6'] as const
const CLOSED = 16

type Person = 'lena' | 'omar' | 'sue'

/** The real portal with its database, the same for all scenarios: each begins with new tickets in it. */
export class SharedPortal {
  /** The portal's clock. */
  now: () => number = () => 0
  readonly #portal: TestPortal

  private constructor(portal: TestPortal, clock: { now: () => number }) {
    this.#portal = portal
    clock.now = () => this.now()
  }

  static async open(): Promise<SharedPortal> {
    const clock = { now: () => 0 }
    const portal = await testPortal(
      [
        { kind: 'policy', id: policy.id, value: policy },
        { kind: 'calendar', id: calendar.id, value: calendar },
      ],
      { now: () => clock.now(), limits: { callsPerSecond: PLENTY, burst: PLENTY } },
    )
    return new SharedPortal(portal, clock)
  }

  get token(): string {
    return this.#portal.token
  }

  readonly fetch = (path: string, init: RequestInit): Promise<Response> => this.#portal.fetch(path, init)

  /** Tickets as if nothing had ever happened to them. */
  async fresh(open: readonly string[] = OPEN): Promise<void> {
    const { db } = this.#portal.database
    await db.execute(sql`delete from records where kind in ('ticket', 'message')`)
    const fields = { policyId: policy.id, calendarId: calendar.id }
    await writeRecords(db, [
      ...open.map((id) => ticket(id, fields)),
      ...open.map((id) => message(`first-${id}`, id)),
      ...Array.from({ length: CLOSED }, (_, n) => ticket(`old${n}`, { ...fields, status: 'closed' })),
    ])
  }

  async delete(ticketId: string): Promise<void> {
    await writeRecords(this.#portal.database.db, [{ kind: 'ticket', id: ticketId, value: undefined }])
  }

  /** Another database behind the same address: every cursor is worthless. */
  async restore(): Promise<void> {
    await this.#portal.database.db.execute(sql`update workspace set generation = md5(random()::text)`)
  }

  /** Somebody else changes a ticket, past the proxy. */
  async act(who: Person, what: What, target: string): Promise<void> {
    const command = {
      ...what,
      id: crypto.randomUUID(),
      at: formatInstant(this.now()),
      target,
      baseVersion: 1e9,
    }
    const { status, json } = await this.#portal.call('/v1/commands', {
      token: this.#portal.tokens[who],
      body: { commands: [command] },
    })
    const outcome = json?.results?.[0]?.outcome
    if (outcome !== 'applied') throw new Error(`${who} ${what.type}: ${status} ${JSON.stringify(json)}`)
  }

  /** Everything there is, by `kind/id`. */
  async all(): Promise<ReadonlyMap<string, WireRecord>> {
    const found = new Map<string, WireRecord>()
    let after = ''
    for (;;) {
      const { json } = await this.#portal.call(`/v1/bootstrap?limit=1000${after}`)
      for (const record of json.records as WireRecord[]) found.set(`${record.kind}/${record.id}`, record)
      if (!json.next) return found
      after = `&after=${json.next}`
    }
  }

  async ticket(id: string): Promise<Partial<Ticket>> {
    return ((await this.all()).get(`ticket/${id}`)?.value ?? {}) as Partial<Ticket>
  }

  close(): Promise<void> {
    return this.#portal.close()
  }
}
