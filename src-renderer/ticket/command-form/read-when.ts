import { DAY_MS, formatDay, parseDay } from '#shared/time/civil-date'
import type { Instant } from '#shared/time/instant'
import { parseWallTime } from '#shared/time/wall-time'
import { dayAt, instantOf, wallTimeAt } from '#shared/time/zone'

/** Whose wall times are shown: mine, and the customer's where it is another one. */
export type Zones = { readonly mine: string; readonly theirs: string | undefined }

const MINUTE = 60_000
const UNIT = { m: MINUTE, h: 60 * MINUTE, d: DAY_MS } as const

/**
 * Reads a time as people write it on the wall of `zone`: `2026-07-10 16:30`, `16:30` (the next one), `+45m`, `+2h`,
 * `+3d`. What is counted from now ends on a full minute.
 * @returns `undefined` for a text that is none of these
 */
export function readWhen(text: string, zone: string, now: Instant): Instant | undefined {
  const typed = text.trim().toLowerCase()
  const span = /^\+ ?(\d{1,4}) ?(m|h|d)[a-z]*$/.exec(typed)
  if (span) {
    const unit = UNIT[span[2] as keyof typeof UNIT]
    return Math.ceil((now + Number(span[1]) * unit) / MINUTE) * MINUTE
  }
  const parts = typed.split(/[t ]+/)
  const timeMs = wallTime(parts.at(-1) ?? '')
  if (timeMs === undefined || parts.length > 2) return undefined
  if (parts.length === 2) {
    const day = parseDay(parts[0] ?? '')
    return day === undefined ? undefined : instantOf(zone, day, timeMs)
  }
  const today = instantOf(zone, dayAt(zone, now), timeMs)
  return today > now ? today : instantOf(zone, dayAt(zone, now) + 1, timeMs)
}

/** `9:00` is written as often as `09:00`. */
function wallTime(text: string): number | undefined {
  return parseWallTime(text.length === 4 ? `0${text}` : text)
}

/** An instant as one types it on the wall of a zone, `2026-07-10 16:30`. */
export function whenText(at: Instant, zone: string): string {
  const { day, timeMs } = wallTimeAt(zone, at)
  const minutes = Math.floor(timeMs / MINUTE)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${formatDay(day)} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
