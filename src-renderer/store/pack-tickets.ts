import type { SlaEvent } from '#shared/sla/events'
import type { Ticket } from '#shared/tickets/ticket'
import type { Instant } from '#shared/time/instant'
import type { MirrorRow } from './mirror-db'

type Row = MirrorRow<'ticket'>

/** Counts the forms that packed tickets have had; what was packed in another form is thrown away and packed anew. */
export const LAYOUT = 2

/**
 * Tickets by column, as the database keeps them: texts as JSON, which it copies faster than many objects, and numbers as
 * numbers, which nobody has to read. Nothing of the tickets is left out.
 */
export type PackedTickets = {
  /** JSON of `PackedTexts`. */
  readonly text: string
  /** NUMBERS of them columns of one number for each ticket, then the times of all events. */
  readonly numbers: Float64Array
  /**
   * Positions in `words`: CODES of them columns of one for each ticket, then what happened in each event. Between them where
   * the events of each ticket begin, and where those of the last one end.
   */
  readonly codes: Uint32Array
}

type PackedTexts = {
  /** Each value that repeats, once. */
  readonly words: readonly unknown[]
  readonly id: readonly string[]
  readonly number: readonly string[]
  readonly subject: readonly string[]
  /** What has no column, of the few tickets that have such. */
  readonly rest: { readonly [index: string]: object }
}

const CODED = [
  'organizationId',
  'requesterId',
  'plan',
  'policyId',
  'calendarId',
  'region',
  'priority',
  'status',
  'channel',
  'assigneeId',
  'tags',
  'changedIn',
] as const satisfies readonly (keyof Ticket)[]
const CODES = CODED.length

const VERSION = 0
const CREATED_AT = 1
const UPDATED_AT = 2
/** No number when there is none. */
const CUSTOMER_AT = 3
const NUMBERS = 4

export function packTickets(rows: readonly Row[]): PackedTickets {
  const size = rows.length
  const events = rows.reduce((sum, { value }) => sum + value.slaEvents.length, 0)
  const numbers = new Float64Array(NUMBERS * size + events)
  const codes = new Uint32Array(CODES * size + size + 1 + events)
  const words = new Words()
  const rest: Record<string, object> = {}
  let event = 0
  rows.forEach(({ version, value }, index) => {
    numbers[VERSION * size + index] = version
    numbers[CREATED_AT * size + index] = value.createdAt
    numbers[UPDATED_AT * size + index] = value.updatedAt
    numbers[CUSTOMER_AT * size + index] = value.customerAt ?? Number.NaN
    CODED.forEach((field, column) => {
      codes[column * size + index] = words.place(value[field])
    })
    codes[CODES * size + index] = event
    for (const { at, ...what } of value.slaEvents) {
      numbers[NUMBERS * size + event] = at
      codes[CODES * size + size + 1 + event] = words.place(what)
      event += 1
    }
    const more = restOf(value)
    if (more) rest[index] = more
  })
  codes[CODES * size + size] = event
  const texts: PackedTexts = {
    words: words.list,
    id: rows.map(({ id }) => id),
    number: rows.map(({ value }) => value.number),
    subject: rows.map(({ value }) => value.subject),
    rest,
  }
  return { text: JSON.stringify(texts), numbers, codes }
}

/** Values by position, each once. JSON has no `undefined`: as a word it is `null`. */
class Words {
  readonly list: unknown[] = []
  readonly #places = new Map<string, number>()

  place(word: unknown): number {
    const key = JSON.stringify(word ?? null)
    let place = this.#places.get(key)
    if (place === undefined) {
      place = this.list.push(word ?? null) - 1
      this.#places.set(key, place)
    }
    return place
  }
}

const COLUMNS: ReadonlySet<string> = new Set<keyof Ticket>([
  ...CODED,
  'id',
  'number',
  'subject',
  'createdAt',
  'updatedAt',
  'customerAt',
  'slaEvents',
])

function restOf(ticket: Ticket): object | undefined {
  const rest = Object.entries(ticket).filter(([field, value]) => !COLUMNS.has(field) && value !== undefined)
  return rest.length > 0 ? Object.fromEntries(rest) : undefined
}

/**
 * The tickets that `packTickets` packed, each made when it is asked for: those that nobody keeps are gone at once, which
 * halves the time that a start takes. What repeats is shared between them, so nobody may change them.
 */
export class UnpackedTickets {
  readonly #texts: PackedTexts
  readonly #words: readonly unknown[]
  readonly #numbers: Float64Array
  readonly #codes: Uint32Array
  readonly size: number

  /** @throws SyntaxError or TypeError when they are damaged */
  constructor({ text, numbers, codes }: PackedTickets) {
    this.#texts = JSON.parse(text)
    const { words, id, number, subject, rest } = this.#texts
    this.#words = words.map((word) => word ?? undefined)
    this.#numbers = numbers
    this.#codes = codes
    this.size = id.length
    const events = codes[CODES * this.size + this.size] ?? 0
    const isWhole =
      number.length === this.size &&
      subject.length === this.size &&
      typeof rest === 'object' &&
      numbers.length === NUMBERS * this.size + events &&
      codes.length === CODES * this.size + this.size + 1 + events
    if (!isWhole) throw new TypeError('the columns of packed tickets are not of one length')
  }

  get ids(): readonly string[] {
    return this.#texts.id
  }
  get subjects(): readonly string[] {
    return this.#texts.subject
  }
  get numbers(): readonly string[] {
    return this.#texts.number
  }
  /** Whether it has nothing but what stands in columns: no escalation, promise, course of action and the like. */
  isPlain(index: number): boolean {
    return this.#texts.rest[index] === undefined
  }
  /** What a ticket has in one of the columns of CODED. */
  #word(column: number, index: number): unknown {
    return this.#words[this.#codes[column * this.size + index] ?? -1]
  }
  organizationId(index: number): Ticket['organizationId'] {
    return this.#word(0, index) as Ticket['organizationId']
  }
  requesterId(index: number): Ticket['requesterId'] {
    return this.#word(1, index) as Ticket['requesterId']
  }
  plan(index: number): Ticket['plan'] {
    return this.#word(2, index) as Ticket['plan']
  }
  policyId(index: number): Ticket['policyId'] {
    return this.#word(3, index) as Ticket['policyId']
  }
  calendarId(index: number): Ticket['calendarId'] {
    return this.#word(4, index) as Ticket['calendarId']
  }
  region(index: number): Ticket['region'] {
    return this.#word(5, index) as Ticket['region']
  }
  priority(index: number): Ticket['priority'] {
    return this.#word(6, index) as Ticket['priority']
  }
  status(index: number): Ticket['status'] {
    return this.#word(7, index) as Ticket['status']
  }
  channel(index: number): Ticket['channel'] {
    return this.#word(8, index) as Ticket['channel']
  }
  assigneeId(index: number): Ticket['assigneeId'] {
    return this.#word(9, index) as Ticket['assigneeId']
  }
  tags(index: number): Ticket['tags'] {
    return this.#word(10, index) as Ticket['tags']
  }
  changedIn(index: number): Ticket['changedIn'] {
    return this.#word(11, index) as Ticket['changedIn']
  }
  version(index: number): number {
    return this.#numbers[VERSION * this.size + index] ?? 0
  }
  createdAt(index: number): Instant {
    return this.#numbers[CREATED_AT * this.size + index] ?? Number.NaN
  }
  updatedAt(index: number): Instant {
    return this.#numbers[UPDATED_AT * this.size + index] ?? Number.NaN
  }
  customerAt(index: number): Instant | undefined {
    const at = this.#numbers[CUSTOMER_AT * this.size + index] ?? Number.NaN
    return Number.isNaN(at) ? undefined : at
  }
  /** When the last thing happened that its service levels depend on. */
  lastEventAt(index: number): Instant {
    const end = this.#codes[CODES * this.size + index + 1] ?? 0
    return this.#numbers[NUMBERS * this.size + end - 1] ?? Number.NaN
  }
  events(index: number): SlaEvent[] {
    const { size } = this
    const first = this.#codes[CODES * size + index] ?? 0
    const end = this.#codes[CODES * size + index + 1] ?? first
    const events = new Array<SlaEvent>(end - first)
    for (let event = first; event < end; event += 1) {
      const what = this.#words[this.#codes[CODES * size + size + 1 + event] ?? -1] as SlaEvent
      events[event - first] = unpackEvent(what, this.#numbers[NUMBERS * size + event] ?? Number.NaN)
    }
    return events
  }

  row(index: number): Row {
    const { id: ids, number, subject, rest } = this.#texts
    const id = ids[index] ?? ''
    const value = {
      id,
      number: number[index] ?? '',
      subject: subject[index] ?? '',
      organizationId: this.organizationId(index),
      requesterId: this.requesterId(index),
      plan: this.plan(index),
      policyId: this.policyId(index),
      calendarId: this.calendarId(index),
      region: this.region(index),
      priority: this.priority(index),
      status: this.status(index),
      channel: this.channel(index),
      assigneeId: this.assigneeId(index),
      tags: this.tags(index),
      createdAt: this.createdAt(index),
      updatedAt: this.updatedAt(index),
      customerAt: this.customerAt(index),
      slaEvents: this.events(index),
      changedIn: this.changedIn(index),
    }
    const more = rest[index]
    return { id, version: this.version(index), value: more ? { ...value, ...more } : value }
  }

  *rows(): Generator<Row> {
    for (let index = 0; index < this.size; index += 1) yield this.row(index)
  }
}

/** Most are of four kinds, which are written out: to copy a quarter of a million of them takes five times as long. */
function unpackEvent(what: SlaEvent, at: number): SlaEvent {
  switch (what.type) {
    case 'created':
      return { at, type: 'created', priority: what.priority, channel: what.channel, by: what.by }
    case 'replied':
      return { at, type: 'replied', by: what.by, public: what.public }
    case 'status':
      return { at, type: 'status', to: what.to }
    case 'prioritised':
      return { at, type: 'prioritised', priority: what.priority }
    default:
      return { ...what, at }
  }
}
