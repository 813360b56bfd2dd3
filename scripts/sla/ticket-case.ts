import { z } from 'zod'
import { slaEventSchema } from '#shared/sla/events'
import { planSchema, slaTermsSchema, type TargetName } from '#shared/sla/policy'
import { report, type TargetReport } from '#shared/sla/report'
import { type Calendar, calendarSchema } from '#shared/time/calendar'
import { formatInstant, instantSchema } from '#shared/time/instant'

/** A line of `sla -- tickets` (sla.md §5). */
export const ticketCaseSchema = z.object({
  calendar: calendarSchema,
  policy: slaTermsSchema,
  plan: planSchema,
  events: z.array(slaEventSchema),
  now: instantSchema,
})

/**
 * The answer to it: each target's state, and its instants as far as it has them. `beyond` is told of a calendar whose
 * holidays are not known that far.
 */
export function answerTicket(
  input: z.output<typeof ticketCaseSchema>,
  beyond?: (calendar: Calendar) => void,
): Record<TargetName, object> {
  const { firstResponse, resolution, warnings } = report(input)
  if (warnings.length > 0) beyond?.(input.calendar)
  return { firstResponse: answerTarget(firstResponse), resolution: answerTarget(resolution) }
}

function answerTarget(target: TargetReport) {
  return {
    state: target.state,
    ...('satisfiedAt' in target ? { satisfiedAt: formatInstant(target.satisfiedAt) } : {}),
    ...('due' in target && target.due !== undefined ? { due: formatInstant(target.due) } : {}),
    ...('breachedAt' in target ? { breachedAt: formatInstant(target.breachedAt) } : {}),
  }
}
