import { encodeValue, type PortalRecord, type WireRecord } from '#shared/portal/records'
import type { Message } from '#shared/tickets/message'
import type { Ticket } from '#shared/tickets/ticket'
import { BOOTSTRAP_PAGE } from '../../../src-renderer/engine/bootstrap'
import { readPage } from '../../../src-renderer/engine/read-page'
import { MirrorDb } from '../../../src-renderer/store/mirror-db'
import {
  beginBootstrap,
  type Page,
  writeBootstrapPage,
  writeChanges,
} from '../../../src-renderer/store/mirror-write'
import { deleteDatabase, openDatabase } from '../../../src-renderer/store/open-database'
import { windowWorld } from '../../../src-renderer/store/world'

const TICKETS = 10_000
const ROUNDS = 7

/** Medians, in ms, of writing the same 10,000 rows; `messages` have the one index that there is. */
export type Measured = {
  readonly runtime: string
  readonly rounds: number
  readonly tickets: Compared
  readonly messages: Compared
  /** The same tickets again as changes, each newer than what is there. */
  readonly changesMs: number
  /** Reading the wire form of the tickets, which is no part of writing. */
  readonly decodeMs: number
  /** All tickets back, as a window does at its start. */
  readonly readMs: number
}
export type Compared = {
  readonly oursMs: number
  readonly plainMs: number
  readonly plainOneTransactionMs: number
  /** Our speed as a part of that of plain puts: median of the rounds, each against its own neighbour. */
  readonly share: number
}

const world = windowWorld()

/** Measures in turns, each into a new database, so that a slow moment of the machine hits all alike. */
export async function measure(): Promise<Measured> {
  const tickets = Array.from({ length: TICKETS }, (_, n) => ticketRecord(n))
  const messages = Array.from({ length: TICKETS }, (_, n) => messageRecord(n))
  const times = { ours: [[], []], plain: [[], []], one: [[], []] } as Record<string, [number[], number[]]>
  const changes: number[] = []
  const decode: number[] = []
  const reads: number[] = []
  const wire = tickets.map(toWire)

  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [which, records] of [tickets, messages].entries()) {
      const index = which === 0 ? undefined : 'value.ticketId'
      times.plain?.[which]?.push(await plain(records, BOOTSTRAP_PAGE, index))
      times.ours?.[which]?.push(await ours(records, which === 0 ? { changes, reads } : undefined))
      times.one?.[which]?.push(await plain(records, records.length, index))
    }
    const start = performance.now()
    for (let at = 0; at < wire.length; at += BOOTSTRAP_PAGE) readPage(wire.slice(at, at + BOOTSTRAP_PAGE))
    decode.push(performance.now() - start)
  }
  const compared = (which: 0 | 1): Compared => ({
    oursMs: median(times.ours?.[which]),
    plainMs: median(times.plain?.[which]),
    plainOneTransactionMs: median(times.one?.[which]),
    share: middle(
      (times.plain?.[which] ?? []).map((ms, round) => ms / (times.ours?.[which][round] ?? Number.NaN)),
    ),
  })
  return {
    runtime: /Chrome\/[\d.]+/.exec(navigator.userAgent)?.[0] ?? navigator.userAgent,
    rounds: ROUNDS,
    tickets: compared(0),
    messages: compared(1),
    changesMs: median(changes),
    decodeMs: median(decode),
    readMs: median(reads),
  }
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function median(values: readonly number[] = []): number {
  return Math.round(middle(values))
}

const pagesOf = (records: readonly PortalRecord[], size: number): PortalRecord[][] =>
  Array.from({ length: Math.ceil(records.length / size) }, (_, n) => records.slice(n * size, (n + 1) * size))

/** As the engine writes a bootstrap: page, what it brought, and how far it is, in one transaction each. */
async function ours(
  records: readonly PortalRecord[],
  also?: { changes: number[]; reads: number[] },
): Promise<number> {
  await deleteDatabase('mirror.bench', world)
  const db = new MirrorDb('bench', world)
  await openDatabase(db, world)
  let state = await beginBootstrap(db, { key: 'sync' })
  const seen = new Map<string, number>()
  const pages: Page[] = pagesOf(records, BOOTSTRAP_PAGE).map((page) => ({ records: page, problems: [] }))
  const start = performance.now()
  for (const [n, page] of pages.entries()) {
    const done = n * BOOTSTRAP_PAGE
    state = {
      ...state,
      bootstrap: {
        pages: n + 1,
        after: `page ${n}`,
        cursor: '1',
        done,
        total: TICKETS,
        openDone: false,
        again: false,
      },
    }
    await writeBootstrapPage(db, page, state, seen)
  }
  const took = performance.now() - start
  if ((await db.ticket.count()) + (await db.message.count()) !== records.length)
    throw new Error('rows are missing')
  if (also) {
    const readStart = performance.now()
    for (let last = ''; ; ) {
      const page = await db.ticket.where('id').above(last).limit(1000).toArray()
      last = page.at(-1)?.id ?? ''
      if (page.length < 1000) break
    }
    also.reads.push(performance.now() - readStart)
    const newer = pages.map(({ records: page }) =>
      page.map((record) => ({ ...record, version: record.version + 1 })),
    )
    const changeStart = performance.now()
    for (const page of newer) {
      await writeChanges(db, { records: page as PortalRecord[], problems: [] }, { key: 'sync', cursor: '2' })
    }
    also.changes.push(performance.now() - changeStart)
  }
  db.close()
  return took
}

/** The fastest that plain IndexedDB does: the same rows, key and index, `size` rows in a transaction, no library. */
async function plain(
  records: readonly PortalRecord[],
  size: number,
  index: string | undefined,
): Promise<number> {
  await deleteDatabase('plain', world)
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('plain', 1)
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore('rows', { keyPath: 'id' })
      if (index !== undefined) store.createIndex(index, index)
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  const pages = pagesOf(records, size)
  const start = performance.now()
  for (const page of pages) {
    await new Promise<void>((resolve, reject) => {
      const transaction = db.transaction('rows', 'readwrite', { durability: 'relaxed' })
      const store = transaction.objectStore('rows')
      for (const { id, version, value } of page) store.put({ id, version, value })
      transaction.oncomplete = () => resolve()
      transaction.onerror = () => reject(transaction.error)
    })
  }
  const took = performance.now() - start
  db.close()
  return took
}

const AT = Date.parse('2026-07-06T09:00:00.000Z')
const padded = (n: number): string => String(n).padStart(6, '0')

/** About 900 bytes as JSON, like a ticket with a few days of history. */
function ticketRecord(n: number): PortalRecord {
  const value: Ticket = {
    id: `ticket-${padded(n)}`,
    number: `MER-${n}`,
    subject: `Correlation rules stopped grouping alerts of cluster ${n % 97} after the weekend`,
    organizationId: `customer-${n % 40}`,
    requesterId: `contact-${n % 300}`,
    plan: n % 3 === 0 ? 'premium-plus' : 'premium',
    policyId: 'bigpanda',
    calendarId: 'emea-london',
    region: 'EMEA',
    priority: n % 10 === 0 ? 'P1' : 'P3',
    status: 'open',
    channel: 'email',
    assigneeId: `agent-${n % 25}`,
    tags: ['correlation', 'cluster'],
    createdAt: AT + n,
    updatedAt: AT + n + 60_000,
    slaEvents: [
      { at: AT + n, type: 'created', priority: 'P3', channel: 'email', by: 'customer' },
      { at: AT + n + 10_000, type: 'replied', by: 'agent', public: true },
      { at: AT + n + 20_000, type: 'status', to: 'waiting-on-customer' },
      { at: AT + n + 30_000, type: 'replied', by: 'customer', public: true },
      { at: AT + n + 30_000, type: 'status', to: 'open' },
    ],
    changedIn: { status: 7, assigneeId: 5 },
  }
  return { kind: 'ticket', id: value.id, version: n + 1, value }
}

function messageRecord(n: number): PortalRecord {
  const value: Message = {
    id: `message-${padded(n)}`,
    ticketId: `ticket-${padded(n % 2500)}`,
    at: AT + n,
    author: { kind: 'customer', name: 'Kim' },
    type: 'reply',
    channel: 'email',
    body: 'The grouping by host no longer works since Saturday; every node opens an incident of its own. '.repeat(
      4,
    ),
  }
  return { kind: 'message', id: value.id, version: n + 1, value }
}

function toWire(record: PortalRecord): WireRecord {
  const { kind, id, version, value } = record
  return { kind, id, version, value: value && encodeValue(kind, value as never) }
}
