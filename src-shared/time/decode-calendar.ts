import { type Calendar, calendarSchema } from './calendar'
import { type Decoded, decode } from './decode'

/** Reads a calendar from a file or a wire (sla.md §2); every problem names its field. */
export function decodeCalendar(input: unknown): Decoded<Calendar> {
  return decode(calendarSchema, input)
}
