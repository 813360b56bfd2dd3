import { decideAlerts } from '#shared/alerts/decide-alerts'
import type { Policy } from '#shared/sla/policy'
import { report } from '#shared/sla/report'
import { isOpen, type Ticket } from '#shared/tickets/ticket'
import type { Calendar } from '#shared/time/calendar'
import type { AlertRecord } from '../../../src-renderer/store/journal-lines'
import { judgedAt } from '../../../src-renderer/store/judged-at'
import type { StoryDesk } from './desk'
import type { Truth } from './judge-rest'
import { Violation } from './violation'

/** The longest wait before something that the system did not take is tried again (alert-book.ts), ms. */
const LONGEST_TRY_MS = 900_000

/** I9: what has come up on the screen, against what should have by now. */
export function judgeAlerts(desk: StoryDesk, truth: Truth, portalNow: number): void {
  const { name, lasting } = desk.computer
  const shown = lasting.shown.map(({ key }) => key)
  const twice = shown.find((key, index) => shown.indexOf(key) !== index)
  if (twice) throw new Violation('I9', `${name} was alerted of ${twice} twice`)
  const said = new Said(desk)
  for (const { key, state } of said.records.values()) {
    if (state === 'due' && !said.isOver(key)) {
      throw new Violation('I9', `${name} has the alert ${key}, and it is not shown`)
    }
    if (state === 'in-digest' && shown.includes(key)) {
      throw new Violation('I9', `${name} was alerted of ${key} in a digest and by itself`)
    }
  }
  for (const key of dueBy(desk, truth, portalNow)) {
    if (said.isOver(key) || said.byAnother(key)) continue
    const state = said.records.get(key)?.state ?? 'nothing'
    throw new Violation('I9', `${name} was not alerted of ${key} (the journal says ${state})`)
  }
}

/** Keys of all that this person should have been alerted of by now. */
function dueBy(desk: StoryDesk, truth: Truth, portalNow: number): readonly string[] {
  const policies = truth.of<Policy>('policy')
  const calendars = truth.of<Calendar>('calendar')
  return [...truth.of<Ticket>('ticket').values()].filter(isOpen).flatMap((ticket) => {
    const policy = policies.get(ticket.policyId)
    const calendar = calendars.get(ticket.calendarId)
    if (!policy || !calendar) return []
    const now = judgedAt(ticket, portalNow)
    const sla = report({ events: ticket.slaEvents, policy, calendar, plan: ticket.plan, now })
    const me = desk.computer.agent
    return decideAlerts({ ticket, report: sla, policy, me, isFired: () => false, now }).flatMap((decision) =>
      decision.kind === 'fire' ? [decision.crossing.key] : [],
    )
  })
}

/** What a desk has said, by the journal and by the screen. */
class Said {
  readonly records: ReadonlyMap<string, AlertRecord>
  readonly #shown: ReadonlySet<string>
  /** The system took no notifications for a while: what is due is tried again, and the alarm is set for it. */
  readonly #isComing: boolean

  constructor({ computer, journal, notificationsFailed }: StoryDesk) {
    const { disk, lasting } = computer
    const rows = disk.rows(journal, 'alerts') as AlertRecord[]
    this.records = new Map(rows.map((record) => [record.key, record]))
    this.#shown = new Set(lasting.shown.map(({ key }) => key))
    const wait = (lasting.alarmAt ?? 0) - computer.clock()
    this.#isComing = notificationsFailed && wait > 0 && wait <= LONGEST_TRY_MS
  }

  /** It came up; or it was told in a notice, since the system took no notification however often it was asked. */
  isOver(key: string): boolean {
    const state = this.records.get(key)?.state
    return this.#shown.has(key) || state === 'unshowable' || (state === 'due' && this.#isComing)
  }

  /** A digest spoke for it, or a higher threshold of the same target, which was crossed by then. */
  byAnother(key: string): boolean {
    const state = this.records.get(key)?.state
    const keys = [...this.#shown, ...this.records.keys()]
    if (state === 'in-digest') return keys.some((one) => one.startsWith('digest/') && this.isOver(one))
    const target = key.slice(0, key.lastIndexOf('/') + 1)
    const others = keys.filter((other) => other !== key && other.startsWith(target))
    const isSaid = (other: string): boolean =>
      this.isOver(other) || this.records.get(other)?.state === 'in-digest'
    return state === 'superseded' && others.some(isSaid)
  }
}
