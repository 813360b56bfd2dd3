import { parseDay } from '#shared/time/civil-date'
import type { Instant } from '#shared/time/instant'
import { instantOf } from '#shared/time/zone'

const SHAPE = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}) (\d{1,2}):(\d{2})(?::(\d{2}))?$/
const pad = (part: string) => part.padStart(2, '0')

/**
 * Reads `dd-mm-yyyy hh:mm` as wall time of `zone`; the log itself doesn't say in which zone it was written.
 * @returns epoch ms, or undefined for a date or time that doesn't exist
 */
export function parseLogTime(text: string, zone: string): Instant | undefined {
  const parts = SHAPE.exec(text)
  if (!parts) return undefined
  const [, day = '', month = '', year = '', hour = '', minute = '', second = '0'] = parts
  const date = parseDay(`${year}-${pad(month)}-${pad(day)}`)
  if (date === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  const timeMs = ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000
  return instantOf(zone, date, timeMs)
}
