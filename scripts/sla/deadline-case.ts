import { z } from 'zod'
import { deadline, type Pause } from '#shared/sla/deadline'
import { targetSchema } from '#shared/sla/policy'
import { type Calendar, calendarSchema } from '#shared/time/calendar'
import { formatInstant, instantSchema } from '#shared/time/instant'

/** A line of `sla -- deadlines` (sla.md §5). */
export const deadlineCaseSchema = z.object({
  calendar: calendarSchema,
  start: instantSchema,
  target: targetSchema,
  pauses: z.array(z.tuple([instantSchema, instantSchema])).default([]),
})

/**
 * The answer to it: `due` is `null` for a proposed target, which has no deadline of its own. `beyond` is told of a
 * calendar whose holidays are not known that far.
 */
export function answerDeadline(
  input: z.output<typeof deadlineCaseSchema>,
  beyond?: (calendar: Calendar) => void,
) {
  const pauses: readonly Pause[] = input.pauses
  const { due, warnings } = deadline({ ...input, pauses })
  if (warnings.length > 0) beyond?.(input.calendar)
  return {
    due: due === undefined ? null : formatInstant(due),
    ...(warnings.length > 0 ? { warnings } : {}),
  }
}
