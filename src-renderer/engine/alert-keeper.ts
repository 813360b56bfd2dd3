import { isAtRisk } from '#shared/alerts/at-risk'
import { decideAlerts } from '#shared/alerts/decide-alerts'
import { type AlertPlan, type Firing, planAlerts } from '#shared/alerts/plan-alerts'
import { concerns } from '#shared/alerts/recipients'
import type { Desk } from '#shared/ipc'
import { report } from '#shared/sla/report'
import type { Agent } from '#shared/tickets/people'
import { isOpen, type Ticket } from '#shared/tickets/ticket'
import { formatInstant, type Instant } from '#shared/time/instant'
import type { Journal } from '../store/journal'
import type { AlertRecord } from '../store/journal-lines'
import type { MirrorDb } from '../store/mirror-db'
import type { MirrorChange } from '../store/mirror-write'
import { NextChanges } from '../store/next-changes'
import { readEveryTicket } from '../store/read-tickets'
import { NO_REFERENCE, REFERENCE, type Reference, readReference } from '../store/reference'

const PAGE = 500
/** What was decided about a ticket is forgotten this long after, once the ticket is no longer open. */
const REMEMBERED_MS = 90 * 24 * 3_600_000

export type AlertInput = {
  readonly mirror: MirrorDb
  readonly journal: Journal
  readonly desk: Pick<Desk, 'alarm' | 'notification'>
  readonly me: Agent
  readonly profile: string
  /** Corrected time. */
  readonly now: () => Instant
  /** Corrected time − desk time, ms. */
  readonly offsetMs: () => number
  readonly onNotice: (text: string) => void
}

/**
 * Keeps the alerts of one person: knows of each open ticket that concerns them when it changes next, looks at those
 * that are due or changed and at no others, and hands main the one instant at which to look again.
 */
export class AlertKeeper {
  readonly #input: AlertInput
  readonly #next = new NextChanges()
  readonly #atRisk = new Set<string>()
  /** Keys decided on; what is still `due` is not in it, so that it is decided on again with today's words. */
  readonly #fired = new Set<string>()
  readonly #due = new Map<string, AlertRecord>()
  readonly #changed = new Set<string>()
  #everything = true
  #reference: Reference = NO_REFERENCE
  #isFirst = false
  #isLoaded = false
  #turn: Promise<void> = Promise.resolve()
  #stopped = false
  #alarmAt: Instant | undefined
  #shownAtRisk: number | undefined

  constructor(input: AlertInput) {
    this.#input = input
  }

  /** The mirror changed; looked at with the next check. */
  noteChange({ tickets, others }: MirrorChange): void {
    if (REFERENCE.some((kind) => others[kind])) this.#everything = true
    for (const id of tickets) this.#changed.add(id)
  }

  /** Looks at what is due or changed, shows what there is to show, and sets the alarm. One check at a time. */
  check(): Promise<void> {
    const turn = this.#turn
      .then(() => this.#check())
      .catch((error: unknown) => {
        // What this check had taken out to look at must not be forgotten: the next one looks at everything.
        this.#everything = true
        throw error
      })
    this.#turn = turn.catch(() => {})
    return turn
  }

  /** Sets the alarm for the next change; the clock's offset may have moved it. */
  rearm(): void {
    if (!this.#isLoaded || this.#stopped) return
    const next = this.#next.next()
    const at = next === undefined ? undefined : next - this.#input.offsetMs()
    if (at === this.#alarmAt) return
    this.#alarmAt = at
    void this.#input.desk.alarm.set(at === undefined ? {} : { at })
  }

  /** Main rang, which it does once for each time it is set. */
  rang(): void {
    this.#alarmAt = undefined
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#turn
    await Promise.all([this.#input.desk.alarm.set({}), this.#input.desk.notification.badge({ atRisk: 0 })])
  }

  async #check(): Promise<void> {
    if (this.#stopped) return
    if (!this.#isLoaded) await this.#load()
    const now = this.#input.now()
    const firings: Firing[] = []
    if (this.#everything) {
      this.#everything = false
      this.#changed.clear()
      // Tickets that are gone are on no page.
      this.#next.clear()
      this.#atRisk.clear()
      this.#reference = await readReference(this.#input.mirror)
      await this.#lookAtAll(now, firings)
    } else {
      const ids = [...new Set([...this.#changed, ...this.#next.takeDue(now)])]
      this.#changed.clear()
      for (let start = 0; start < ids.length; start += PAGE) {
        const some = ids.slice(start, start + PAGE)
        const rows = await this.#input.mirror.ticket.bulkGet(some)
        some.forEach((id, index) => {
          const ticket = rows[index]?.value
          if (ticket) this.#look([ticket], now, firings)
          else this.#forget(id)
        })
      }
    }
    await this.#settleOld(await this.#record(firings, now))
    await this.#show()
    this.rearm()
    await this.#tellAtRisk()
  }

  async #load(): Promise<void> {
    const { db } = this.#input.journal
    this.#isFirst = (await db.notes.get('alerts-begun')) === undefined
    for (const record of await db.alerts.toArray()) {
      if (record.state === 'due') this.#due.set(record.key, record)
      else this.#fired.add(record.key)
    }
    await this.#prune()
    this.#isLoaded = true
  }

  async #lookAtAll(now: Instant, firings: Firing[]): Promise<void> {
    const seen = new Set<string>()
    await readEveryTicket({
      mirror: this.#input.mirror,
      wanted: 'open',
      taker: () => (rows) => {
        const fresh = rows.filter(({ id }) => !seen.has(id))
        for (const { id } of fresh) seen.add(id)
        this.#look(
          fresh.map(({ value }) => value),
          now,
          firings,
        )
      },
    })
  }

  #forget(id: string): void {
    this.#next.set(id, undefined)
    this.#atRisk.delete(id)
  }

  #look(tickets: readonly Ticket[], now: Instant, firings: Firing[]): void {
    const { me } = this.#input
    for (const ticket of tickets) {
      const policy = this.#reference.policies.get(ticket.policyId)
      const calendar = this.#reference.calendars.get(ticket.calendarId)
      if (!isOpen(ticket) || !concerns(me, ticket) || !policy || !calendar) {
        this.#forget(ticket.id)
        continue
      }
      let sla: ReturnType<typeof report>
      try {
        sla = report({ events: ticket.slaEvents, policy, calendar, plan: ticket.plan, now })
      } catch {
        // The windows name a ticket whose history breaks the rules (build-row.ts); it has no deadline to alert of.
        this.#forget(ticket.id)
        continue
      }
      this.#next.set(ticket.id, sla.nextChangeAt)
      if (isAtRisk(sla, now)) this.#atRisk.add(ticket.id)
      else this.#atRisk.delete(ticket.id)
      const isFired = (key: string): boolean => this.#fired.has(key)
      for (const decision of decideAlerts({ ticket, report: sla, policy, me, isFired, now })) {
        if (decision.kind !== 'fire') continue
        const { crossing, superseded } = decision
        const customer =
          this.#reference.organizations.get(ticket.organizationId)?.name ?? ticket.organizationId
        firings.push({ crossing, ticket, customer, superseded })
      }
    }
  }

  /** Writes down what was decided, before anything is shown: killed in between, it is shown at the next start. */
  async #record(firings: readonly Firing[], now: Instant): Promise<AlertPlan> {
    const digestKey = `digest/${formatInstant(now)}`
    const plan = planAlerts({ firings, isFirst: this.#isFirst, digestKey, now })
    const records: AlertRecord[] = [
      ...plan.show.map((request) => ({
        key: request.key,
        at: now,
        state: 'due' as const,
        request,
        ...(request.ticketId === undefined ? {} : { ticketId: request.ticketId }),
      })),
      ...plan.inDigest.map((key) => ({ key, at: now, state: 'in-digest' as const })),
      ...plan.superseded.map((key) => ({ key, at: now, state: 'superseded' as const })),
    ]
    await this.#store(records)
    if (this.#isFirst) {
      await this.#input.journal.change((transaction) => transaction.putNote({ key: 'alerts-begun', at: now }))
      this.#isFirst = false
    }
    return plan
  }

  async #store(records: readonly AlertRecord[]): Promise<void> {
    if (records.length === 0) return
    await this.#input.journal.change(async (transaction) => {
      for (const record of records) await transaction.putAlert(record)
    })
    for (const record of records) {
      this.#fired.add(record.key)
      if (record.state === 'due') this.#due.set(record.key, record)
      else this.#due.delete(record.key)
    }
  }

  /**
   * What was due before the last kill and isn't decided on again now has nothing to say: the ticket moved on. It is
   * forgotten, not fired: a clock that only stands still, or a ticket that comes back to me, may yet have it to say.
   */
  async #settleOld({ show }: AlertPlan): Promise<void> {
    const now = new Set(show.map(({ key }) => key))
    const pointless = [...this.#due.values()].filter(
      ({ key, ticketId }) => ticketId !== undefined && !now.has(key) && !this.#fired.has(key),
    )
    if (pointless.length === 0) return
    await this.#input.journal.change(async (transaction) => {
      for (const { key } of pointless) await transaction.removeAlert(key)
    })
    for (const { key } of pointless) this.#due.delete(key)
  }

  async #show(): Promise<void> {
    for (const record of [...this.#due.values()]) {
      if (!record.request || this.#stopped) continue
      const { key, at, request, ticketId } = record
      const answer = await this.#input.desk.notification
        .show({ profile: this.#input.profile, alert: request })
        .catch((error: unknown) => ({ failed: error instanceof Error ? error.message : String(error) }))
      if ('failed' in answer) {
        // Stays due: the next check shows it again, and main shows a key once.
        this.#input.onNotice(`A notification could not be shown: ${answer.failed}`)
        continue
      }
      if (!answer.shown) {
        this.#input.onNotice(`This system shows no notifications${answer.why ? `: ${answer.why}` : ''}`)
      }
      const state = answer.shown ? 'shown' : 'unshowable'
      await this.#store([{ key, at, state, ...(ticketId === undefined ? {} : { ticketId }) }])
    }
  }

  async #tellAtRisk(): Promise<void> {
    const atRisk = this.#atRisk.size
    if (atRisk === this.#shownAtRisk) return
    this.#shownAtRisk = atRisk
    await this.#input.desk.notification.badge({ atRisk })
  }

  async #prune(): Promise<void> {
    const { journal, mirror, now } = this.#input
    const old = (await journal.db.alerts.toArray()).filter(({ at }) => at < now() - REMEMBERED_MS)
    if (old.length === 0) return
    const ticketIds = old.map(({ key }) => key.split('/')[0] ?? '')
    const rows = await mirror.ticket.bulkGet(ticketIds)
    const stale = old.filter((_, index) => {
      const row = rows[index]
      return row === undefined || !isOpen(row.value)
    })
    await journal.change(async (transaction) => {
      for (const { key } of stale) await transaction.removeAlert(key)
    })
  }
}
