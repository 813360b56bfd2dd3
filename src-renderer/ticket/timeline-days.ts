import type { Instant } from '#shared/time/instant'
import type { TimelineEntry } from '../store/desk-store'

export type TimelineDay = { readonly name: string; readonly entries: readonly TimelineEntry[] }

/** Groups a timeline by the day it happened on; `nameOf` says the day of an instant in the agent's zone. */
export function timelineDays(
  timeline: readonly TimelineEntry[],
  nameOf: (at: Instant) => string,
): readonly TimelineDay[] {
  const days: { name: string; entries: TimelineEntry[] }[] = []
  for (const entry of timeline) {
    const name = nameOf(entry.message.at)
    const last = days.at(-1)
    if (last?.name === name) last.entries.push(entry)
    else days.push({ name, entries: [entry] })
  }
  return days
}
