import { alertRequest, digestRequest, type Reader } from '#shared/alerts/alert-text'
import { type Firing, planAlerts } from '#shared/alerts/plan-alerts'
import type { AlertRequest, Desk } from '#shared/ipc'
import { isOpen } from '#shared/tickets/ticket'
import { formatInstant, type Instant } from '#shared/time/instant'
import type { Journal } from '../store/journal'
import type { AlertRecord } from '../store/journal-lines'
import type { MirrorDb } from '../store/mirror-db'

/** What was decided about a ticket is forgotten this long after, once the ticket is no longer open. */
const REMEMBERED_MS = 90 * 24 * 3_600_000
/** How long to wait, in ms, after each time the system did not take an alert; after the last one it is given up. */
const TRY_AGAIN_MS = [15_000, 60_000, 300_000, 900_000] as const

export type AlertBookInput = {
  readonly journal: Journal
  readonly mirror: MirrorDb
  readonly desk: Pick<Desk, 'notification'>
  readonly profile: string
  /** Corrected time. */
  readonly now: () => Instant
  /** The person's own. */
  readonly zone: () => string
  readonly onNotice: (text: string) => void
}

type Tries = { readonly count: number; readonly notBefore: Instant }

/**
 * What was decided about alerts, in the journal: none is decided on twice, and what a kill cut off or the system did not
 * take is said again, in words that are right when it is said.
 */
export class AlertBook {
  readonly #input: AlertBookInput
  /** Keys that are settled: shown, given up, or spoken for by another one that was. */
  readonly #settled = new Set<string>()
  /** Decided on and not shown yet. */
  readonly #due = new Map<string, AlertRecord>()
  /** Which keys a digest that is due speaks for. */
  readonly #digests = new Map<string, Map<string, AlertRecord>>()
  /** What each of those that are due says now. */
  readonly #words = new Map<string, AlertRequest>()
  /** Lower thresholds that each of them speaks for: over when it is, and not before it has come up. */
  readonly #lower = new Map<string, readonly string[]>()
  readonly #tries = new Map<string, Tries>()
  #isFirst = false

  constructor(input: AlertBookInput) {
    this.#input = input
  }

  async load(): Promise<void> {
    const { db } = this.#input.journal
    this.#isFirst = (await db.notes.get('alerts-begun')) === undefined
    const records = await db.alerts.toArray()
    for (const record of records) if (record.state === 'due') this.#due.set(record.key, record)
    for (const record of records) this.#keep(record)
    await this.#prune(records)
  }

  isSettled(key: string): boolean {
    return this.#settled.has(key)
  }

  /** Tickets of which something is due: to be looked at before each decision, since they may have moved on. */
  tickets(): readonly string[] {
    const records = [
      ...this.#due.values(),
      ...[...this.#digests.values()].flatMap((all) => [...all.values()]),
    ]
    return [...new Set(records.flatMap(({ ticketId }) => ticketId ?? []))]
  }

  /** When one that the system did not take is to be tried again. */
  nextTryAt(): Instant | undefined {
    const all = [...this.#tries.values()].map(({ notBefore }) => notBefore)
    return all.length === 0 ? undefined : Math.min(...all)
  }

  /**
   * Writes down what fires, before any of it is shown: killed in between, it is shown at the next start.
   * @param firings all that are not settled of the tickets that are due or changed. What is due and not among them has
   * nothing to say any more; it is forgotten, not settled: a clock that only stands still, or a ticket that comes back
   * to me, may yet have it to say.
   */
  async decide(firings: readonly Firing[], now: Instant): Promise<void> {
    const reader: Reader = { now, zone: this.#input.zone() }
    const gone = [...this.#digestsAsOf(firings, reader), ...this.#singlesAsOf(firings, reader)]
    const fresh = firings.filter(({ crossing }) => !this.#isWaiting(crossing.key))
    const digestKey = `digest/${formatInstant(now)}`
    const plan = planAlerts({ firings: fresh, isFirst: this.#isFirst, digestKey, reader })
    const ticketOf = new Map(firings.map(({ crossing }) => [crossing.key, { ticketId: crossing.ticketId }]))
    const records: AlertRecord[] = [
      ...plan.show.map(({ key }) => ({ key, at: now, state: 'due' as const, ...ticketOf.get(key) })),
      ...plan.inDigest.map((key) => ({
        key,
        at: now,
        state: 'in-digest' as const,
        digest: digestKey,
        ...ticketOf.get(key),
      })),
    ]
    await this.#write(records, gone)
    for (const request of plan.show) this.#words.set(request.key, request)
    if (plan.inDigest.length > 0) this.#speaksFor(digestKey, fresh)
    else for (const firing of fresh) this.#speaksFor(firing.crossing.key, [firing])
  }

  #speaksFor(key: string, firings: readonly Firing[]): void {
    this.#lower.set(
      key,
      firings.flatMap(({ superseded }) => superseded),
    )
  }

  /** Shows what is due, each when its wait is over. @param isStopped asked before each */
  async show(isStopped: () => boolean): Promise<void> {
    const { desk, profile, now } = this.#input
    for (const record of [...this.#due.values()]) {
      const alert = this.#words.get(record.key) ?? record.request
      if (!alert || isStopped()) continue
      if (this.#isResting(record.key, now())) continue
      const answer = await desk.notification.show({ profile, alert }).catch((error: unknown) => ({
        shown: false,
        why: error instanceof Error ? error.message : String(error),
      }))
      if (answer.shown) await this.#settle(record, 'shown')
      else await this.#notShown(record, alert, answer.why)
    }
  }

  /** It stays due: the next try says it in the words of then. After the last one a notice says what it was. */
  async #notShown(record: AlertRecord, alert: AlertRequest, why: string | undefined): Promise<void> {
    const { now, onNotice } = this.#input
    const count = this.#tries.get(record.key)?.count ?? 0
    const wait = TRY_AGAIN_MS[count]
    onNotice(`This system shows no notifications${why ? `: ${why}` : ''}`)
    if (wait !== undefined) {
      this.#tries.set(record.key, { count: count + 1, notBefore: now() + wait })
      return
    }
    onNotice(`Not shown as a notification: ${alert.title}. ${alert.body}`)
    await this.#settle(record, 'unshowable')
  }

  /** The time is over for it, and for what it spoke for. */
  async #settle({ key, at, ticketId }: AlertRecord, state: 'shown' | 'unshowable'): Promise<void> {
    const members = [...(this.#digests.get(key)?.keys() ?? [])]
    const lower = (this.#lower.get(key) ?? []).map((one) => ({ key: one, at, state: 'superseded' as const }))
    await this.#write([{ key, at, state, ...(ticketId === undefined ? {} : { ticketId }) }, ...lower], [])
    for (const member of members) this.#settled.add(member)
  }

  #isResting(key: string, now: Instant): boolean {
    const wait = (this.#tries.get(key)?.notBefore ?? now) - now
    // Longer than any wait: the clock was set back meanwhile.
    return wait > 0 && wait <= Math.max(...TRY_AGAIN_MS)
  }

  #isWaiting(key: string): boolean {
    return this.#due.has(key) || [...this.#digests.values()].some((members) => members.has(key))
  }

  /** Digests that are due say what of them still stands. @returns keys that have nothing to say any more */
  #digestsAsOf(firings: readonly Firing[], reader: Reader): readonly string[] {
    return [...this.#digests].flatMap(([key, members]) => {
      const standing = firings.filter(({ crossing }) => members.has(crossing.key))
      if (standing.length > 0) {
        this.#words.set(key, digestRequest(key, standing, reader))
        this.#speaksFor(key, standing)
      }
      const said = new Set(standing.map(({ crossing }) => crossing.key))
      const over = [...members.keys()].filter((member) => !said.has(member))
      return standing.length > 0 ? over : [key, ...over]
    })
  }

  /** The same for those that are due by themselves. A digest of an earlier version has only its old words. */
  #singlesAsOf(firings: readonly Firing[], reader: Reader): readonly string[] {
    const standing = new Map(firings.map((firing) => [firing.crossing.key, firing]))
    return [...this.#due.values()].flatMap(({ key, ticketId }) => {
      if (ticketId === undefined) return []
      const firing = standing.get(key)
      if (!firing) return [key]
      this.#words.set(key, alertRequest(firing, reader))
      this.#speaksFor(key, [firing])
      return []
    })
  }

  /** Stores it all at once, then remembers it. */
  async #write(records: readonly AlertRecord[], gone: readonly string[]): Promise<void> {
    const { journal, now } = this.#input
    const isFirst = this.#isFirst
    if (records.length === 0 && gone.length === 0 && !isFirst) return
    await journal.change(async (transaction) => {
      for (const key of gone) await transaction.removeAlert(key)
      for (const record of records) await transaction.putAlert(record)
      if (isFirst) await transaction.putNote({ key: 'alerts-begun', at: now() })
    })
    this.#isFirst = false
    for (const key of gone) this.#forget(key)
    for (const record of records) this.#forget(record.key)
    for (const record of records) if (record.state === 'due') this.#due.set(record.key, record)
    for (const record of records) this.#keep(record)
  }

  /** Files a record; of digests those that are due have to be known first. */
  #keep(record: AlertRecord): void {
    const { key, state, digest, ticketId } = record
    if (state === 'due') return
    if (state !== 'in-digest' || digest === undefined || !this.#due.has(digest)) {
      this.#settled.add(key)
      return
    }
    const members = this.#digests.get(digest) ?? new Map<string, AlertRecord>()
    // An earlier version did not write down the ticket of these.
    members.set(key, ticketId === undefined ? { ...record, ticketId: ticketOfKey(key) } : record)
    this.#digests.set(digest, members)
  }

  #forget(key: string): void {
    this.#due.delete(key)
    this.#words.delete(key)
    this.#lower.delete(key)
    this.#tries.delete(key)
    for (const members of this.#digests.values()) members.delete(key)
    this.#digests.delete(key)
  }

  async #prune(records: readonly AlertRecord[]): Promise<void> {
    const { journal, mirror, now } = this.#input
    const old = records.filter(({ at }) => at < now() - REMEMBERED_MS)
    if (old.length === 0) return
    const rows = await mirror.ticket.bulkGet(old.map(({ key }) => ticketOfKey(key)))
    const stale = old.filter((_, index) => {
      const row = rows[index]
      return row === undefined || !isOpen(row.value)
    })
    await journal.change(async (transaction) => {
      for (const { key } of stale) await transaction.removeAlert(key)
    })
  }
}

/** Keys begin with the id of their ticket (decide-alerts.ts). */
function ticketOfKey(key: string): string {
  return key.split('/')[0] ?? ''
}
