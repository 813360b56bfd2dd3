import type { SlaReport } from '../sla/report'
import { type Handoff, takeOverAt } from './handoff'
import type { HandoffItem } from './item'

const WITHIN_MS = 15 * 60_000
const AFTER_MS = 2 * 60 * 60_000

/** How a hand-off went (follow-the-sun.md §2); they add up. */
export type HandoffFigures = {
  readonly items: number
  readonly accepted: number
  /** Of these, within 15 minutes from when the receiver could: the offer, or the beginning of their shift if that is later. */
  readonly acceptedInTime: number
  readonly withoutAction: number
  /** Items that were returned, even if somebody accepted them afterwards. */
  readonly returned: number
  readonly questions: number
  /** Targets that breached within two hours after the receiving shift had taken over. */
  readonly breachesAfter: number
}

/** @param reportOf the report of a ticket by now; undefined when the ticket isn't known any more */
export function handoffFigures(
  handoff: Handoff,
  reportOf: (ticketId: string) => SlaReport | undefined,
): HandoffFigures {
  const { items, log, offeredAt, to } = handoff
  const accepted = items.flatMap(({ state }) => (state.kind === 'accepted' ? [state.at] : []))
  const couldAt = Math.max(offeredAt ?? to.startsAt, to.startsAt)
  const returned = new Set(
    log.flatMap(({ what, ticketId }) => (what === 'return-handoff-item' ? ticketId : [])),
  )
  return {
    items: items.length,
    accepted: accepted.length,
    acceptedInTime: accepted.filter((at) => at <= couldAt + WITHIN_MS).length,
    withoutAction: items.filter(({ actions }) => actions.length === 0).length,
    returned: items.filter(({ ticketId }) => returned.has(ticketId)).length,
    questions: log.filter(({ what }) => what === 'ask-handoff-item').length,
    breachesAfter: items.reduce((sum, item) => sum + breachesAfter(handoff, item, reportOf), 0),
  }
}

function breachesAfter(
  handoff: Handoff,
  { ticketId }: HandoffItem,
  reportOf: (ticketId: string) => SlaReport | undefined,
): number {
  const report = reportOf(ticketId)
  if (report === undefined) return 0
  const begins = takeOverAt(handoff)
  return [report.firstResponse, report.resolution].filter(
    (target) =>
      'breachedAt' in target && target.breachedAt >= begins && target.breachedAt < begins + AFTER_MS,
  ).length
}

const NONE: HandoffFigures = {
  items: 0,
  accepted: 0,
  acceptedInTime: 0,
  withoutAction: 0,
  returned: 0,
  questions: 0,
  breachesAfter: 0,
}

/** Of several hand-offs together. */
export function addFigures(all: readonly HandoffFigures[]): HandoffFigures {
  return all.reduce(
    (sum, one) => ({
      items: sum.items + one.items,
      accepted: sum.accepted + one.accepted,
      acceptedInTime: sum.acceptedInTime + one.acceptedInTime,
      withoutAction: sum.withoutAction + one.withoutAction,
      returned: sum.returned + one.returned,
      questions: sum.questions + one.questions,
      breachesAfter: sum.breachesAfter + one.breachesAfter,
    }),
    NONE,
  )
}
