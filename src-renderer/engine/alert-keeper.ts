import { isAtRisk } from '#shared/alerts/at-risk'
import { decideAlerts } from '#shared/alerts/decide-alerts'
import type { Firing } from '#shared/alerts/plan-alerts'
import { concerns } from '#shared/alerts/recipients'
import type { Desk } from '#shared/ipc'
import { report } from '#shared/sla/report'
import type { Agent } from '#shared/tickets/people'
import { isOpen, type Ticket } from '#shared/tickets/ticket'
import type { Instant } from '#shared/time/instant'
import { judgedAt } from '../store/judged-at'
import type { MirrorChange } from '../store/mirror-write'
import { NextChanges } from '../store/next-changes'
import { readEveryTicket } from '../store/read-tickets'
import { NO_REFERENCE, REFERENCE, type Reference, readReference } from '../store/reference'
import { AlertBook, type AlertBookInput } from './alert-book'

const PAGE = 500

export type AlertInput = AlertBookInput & {
  readonly desk: Pick<Desk, 'alarm' | 'notification'>
  readonly me: Agent
  /** Corrected time − desk time, ms. */
  readonly offsetMs: () => number
}

/**
 * Keeps the alerts of one person: knows of each open ticket that concerns them when it changes next, looks at those
 * that are due or changed and at no others, and hands main the one instant at which to look again.
 */
export class AlertKeeper {
  readonly #input: AlertInput
  readonly #next = new NextChanges()
  readonly #atRisk = new Set<string>()
  readonly #book: AlertBook
  readonly #changed = new Set<string>()
  #everything = true
  #reference: Reference = NO_REFERENCE
  #isLoaded = false
  #turn: Promise<void> = Promise.resolve()
  #stopped = false
  #alarmAt: Instant | undefined
  #shownAtRisk: number | undefined

  constructor(input: AlertInput) {
    this.#input = input
    this.#book = new AlertBook(input)
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
    const next = earliest(this.#next.next(), this.#book.nextTryAt())
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
    if (!this.#isLoaded) await this.#book.load()
    this.#isLoaded = true
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
      const ids = [...new Set([...this.#changed, ...this.#next.takeDue(now), ...this.#book.tickets()])]
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
    await this.#book.decide(firings, now)
    await this.#book.show(() => this.#stopped)
    this.rearm()
    await this.#tellAtRisk()
  }

  async #lookAtAll(now: Instant, firings: Firing[]): Promise<void> {
    const seen = new Set<string>()
    await readEveryTicket({
      mirror: this.#input.mirror,
      wanted: 'open',
      taker: () => (rows) => {
        for (const { id, value } of rows) {
          if (seen.has(id)) continue
          seen.add(id)
          this.#look([value], now, firings)
        }
      },
    })
  }

  #forget(id: string): void {
    this.#next.set(id, undefined)
    this.#atRisk.delete(id)
  }

  #look(tickets: readonly Ticket[], at: Instant, firings: Firing[]): void {
    const { me } = this.#input
    for (const ticket of tickets) {
      const now = judgedAt(ticket, at)
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
      const isFired = (key: string): boolean => this.#book.isSettled(key)
      for (const decision of decideAlerts({ ticket, report: sla, policy, me, isFired, now })) {
        if (decision.kind !== 'fire') continue
        const { crossing, superseded } = decision
        const customer =
          this.#reference.organizations.get(ticket.organizationId)?.name ?? ticket.organizationId
        firings.push({ crossing, ticket, customer, superseded })
      }
    }
  }

  async #tellAtRisk(): Promise<void> {
    const atRisk = this.#atRisk.size
    if (atRisk === this.#shownAtRisk) return
    this.#shownAtRisk = atRisk
    await this.#input.desk.notification.badge({ atRisk })
  }
}

function earliest(a: Instant | undefined, b: Instant | undefined): Instant | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return Math.min(a, b)
}
