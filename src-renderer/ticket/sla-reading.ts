import { useMemo } from 'react'
import { type InternalReport, internalReport } from '#shared/sla/internal'
import type { Policy, TargetName } from '#shared/sla/policy'
import { type ClockSpan, clockSpans } from '#shared/sla/time-left'
import type { Calendar } from '#shared/time/calendar'
import type { TicketView } from '../store/desk-store'
import { useDesk, useTicker } from '../ui/use-desk'

/** What the panel reads of a ticket beside its report; by the confirmed ticket, as the report is. */
export type SlaReading = {
  readonly policy: Policy
  readonly calendar: Calendar
  readonly spans: { readonly [name in TargetName]: ClockSpan | undefined }
  readonly internal: InternalReport
}

/** Read again whenever the ticket, its report or its terms changed; `undefined` while its terms are not here. */
export function useSlaReading(view: TicketView): SlaReading | undefined {
  const desk = useDesk()
  const ticker = useTicker()
  return useMemo(() => {
    const { confirmed } = view
    const policy = desk.policy(confirmed.policyId)
    const calendar = desk.calendar(confirmed.calendarId)
    if (!policy || !calendar) return undefined
    const { plan, slaEvents: events } = confirmed
    const input = { policy, calendar, plan, events, now: ticker.now() }
    return { policy, calendar, spans: clockSpans(input), internal: internalReport(input) }
  }, [view, desk, ticker])
}
