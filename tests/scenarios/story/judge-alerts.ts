import { decideAlerts } from '#shared/alerts/decide-alerts'
import type { Policy } from '#shared/sla/policy'
import { report } from '#shared/sla/report'
import type { Ticket } from '#shared/tickets/ticket'
import { isOpen } from '#shared/tickets/ticket'
import type { Calendar } from '#shared/time/calendar'
import type { AlertRecord } from '../../../src-renderer/store/journal-lines'
import { judgedAt } from '../../../src-renderer/store/judged-at'
import type { StoryDesk } from './desk'
import type { Truth } from './judge-rest'
import { Violation } from './violation'

/** I9: what has come up on the screen, against what should have by now. */
export function judgeAlerts(desk: StoryDesk, truth: Truth, portalNow: number): void {
  const { computer, journal } = desk
  const { name, agent, lasting, disk } = computer
  const shown = lasting.shown.map(({ key }) => key)
  const twice = shown.find((key, index) => shown.indexOf(key) !== index)
  if (twice) throw new Violation('I9', `${name} was alerted of ${twice} twice`)
  const records = new Map(
    (disk.rows(journal, 'alerts') as AlertRecord[]).map((record) => [record.key, record]),
  )
  for (const { key, state } of records.values()) {
    if (state === 'due') throw new Violation('I9', `${name} has the alert ${key}, and it is not shown`)
    if (state === 'in-digest' && shown.includes(key)) {
      throw new Violation('I9', `${name} was alerted of ${key} in a digest and by itself`)
    }
  }
  const policies = truth.of<Policy>('policy')
  const calendars = truth.of<Calendar>('calendar')
  for (const ticket of truth.of<Ticket>('ticket').values()) {
    const policy = policies.get(ticket.policyId)
    const calendar = calendars.get(ticket.calendarId)
    if (!policy || !calendar || !isOpen(ticket)) continue
    const now = judgedAt(ticket, portalNow)
    const sla = report({ events: ticket.slaEvents, policy, calendar, plan: ticket.plan, now })
    const input = { ticket, report: sla, policy, me: agent, isFired: () => false, now }
    for (const decision of decideAlerts(input)) {
      if (decision.kind !== 'fire') continue
      const { key } = decision.crossing
      const state = records.get(key)?.state
      const isSaid = shown.includes(key) || isSaidOtherwise(key, records, shown)
      if (!isSaid)
        throw new Violation(
          'I9',
          `${name} was not alerted of ${key} (the journal says ${state ?? 'nothing'})`,
        )
    }
  }
}

/** A digest spoke for it, or a higher threshold of the same target, which was crossed by then. */
function isSaidOtherwise(
  key: string,
  records: ReadonlyMap<string, AlertRecord>,
  shown: readonly string[],
): boolean {
  const state = records.get(key)?.state
  if (state === 'in-digest') return shown.some((one) => one.startsWith('digest/'))
  const target = key.slice(0, key.lastIndexOf('/') + 1)
  const others = [...records].filter(([other]) => other !== key && other.startsWith(target))
  return (
    state === 'superseded' &&
    others.some(([other, { state }]) => shown.includes(other) || state === 'in-digest')
  )
}
