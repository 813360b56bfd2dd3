import type { Instant } from '../time/instant'
import type { DueChange, DueChanges } from './due-changes'
import type { TargetName } from './policy'
import { duration, when } from './why-in-words'

const TARGETS: Readonly<Record<TargetName, string>> = {
  firstResponse: 'first response',
  resolution: 'resolution',
}

/** What `dueChanges` found, as sentences, the sum first; times are wall times of `zone`. */
export function dueChangesInWords(changes: DueChanges, zone: string): readonly string[] {
  const { open, changed, later, earlier, largest, newlyBreached, noLongerBreached, outcomesChanged } = changes
  const lines = [
    `${changed.length} of ${open} open targets change: ${later} due later, ${earlier} due earlier.`,
    ...(largest === undefined ? [] : [`The furthest: ${changeInWords(largest, zone)}`]),
    ...listed('Breached by the change', newlyBreached),
    ...listed('No longer breached', noLongerBreached),
    ...listed('Outcomes of the past that would read differently', outcomesChanged),
  ]
  return changed.length === 0 && outcomesChanged.length === 0
    ? [`Nothing changes in ${open} open targets.`]
    : lines
}

/** `T-1 resolution, Mon 2026-07-13 16:30 → Tue 2026-07-14 16:30, 24 h later (8 h 30 min of working time).` */
export function changeInWords(change: DueChange, zone: string): string {
  const { id, target, before, after, movedMs, movedWorkingMs } = change
  const due = (at: Instant | undefined, state: string) => (at === undefined ? state : when(at, zone))
  const from = due('due' in before ? before.due : undefined, before.state)
  const to = due('due' in after ? after.due : undefined, after.state)
  const by =
    movedMs === undefined || movedMs === 0
      ? ''
      : `, ${duration(Math.abs(movedMs))} ${movedMs > 0 ? 'later' : 'earlier'}`
  const working = movedWorkingMs ? ` (${duration(Math.abs(movedWorkingMs))} of working time)` : ''
  const state = before.state === after.state ? '' : `, ${before.state} → ${after.state}`
  return `${id} ${TARGETS[target]}, ${from} → ${to}${by}${working}${state}.`
}

const SHOWN = 10

function listed(what: string, changes: readonly DueChange[]): readonly string[] {
  if (changes.length === 0) return []
  const names = changes.slice(0, SHOWN).map(({ id, target }) => `${id} ${TARGETS[target]}`)
  const more = changes.length - names.length
  return [`${what}: ${changes.length} (${names.join(', ')}${more > 0 ? `, and ${more} more` : ''}).`]
}
