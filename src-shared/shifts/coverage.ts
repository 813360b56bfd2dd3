import { DAY_MS, parseDay } from '../time/civil-date'
import type { Instant } from '../time/instant'
import type { Rota } from './rota'
import { isStaffed, type Shift } from './shift'
import { blockAt, stretchAt } from './shift-table'

/** A rota that has no shift for so many blocks of eight weeks has none any more. */
const LOOK_AHEAD_BLOCKS = 8

const NOBODY: readonly Shift[] = Object.freeze([])

/** The staffed shifts on at an instant, the one that began first, first. Empty: nobody is on. */
export function onShiftAt(rota: Rota, at: Instant): readonly Shift[] {
  const block = blockAt(rota, at)
  return block?.on[stretchAt(block, at)] ?? NOBODY
}

/**
 * Whose shift a deadline falls in (follow-the-sun.md §1): where shifts overlap the one that began first, which is
 * responsible until it ends. `undefined`: in a gap.
 */
export function whoseShift(rota: Rota, at: Instant): Shift | undefined {
  return onShiftAt(rota, at)[0]
}

/** Who takes over when a shift ends: who is on already then, or whose shift begins next. */
export function shiftAfter(rota: Rota, shift: Pick<Shift, 'endsAt'>): Shift | undefined {
  return whoseShift(rota, shift.endsAt) ?? nextToStart(rota, shift.endsAt)
}

/** Whose end hands over to a shift; the last of them if there are several. */
export function shiftBefore(rota: Rota, shift: Shift): Shift | undefined {
  const from = shift.startsAt - 14 * DAY_MS
  return shiftsBetween(rota, from, shift.endsAt)
    .filter((other) => other.id !== shift.id && isStaffed(other) && other.endsAt <= shift.endsAt)
    .sort((a, b) => b.endsAt - a.endsAt)
    .find((other) => shiftAfter(rota, other)?.id === shift.id)
}

/** The first staffed shift that starts at `at` or later. */
export function nextToStart(rota: Rota, at: Instant): Shift | undefined {
  let block = blockAt(rota, at)
  for (let ahead = 0; block !== undefined && ahead < LOOK_AHEAD_BLOCKS; ahead += 1) {
    const found = block.shifts.find((shift) => shift.startsAt >= at && isStaffed(shift))
    if (found !== undefined) return found
    block = blockAt(rota, block.to)
  }
  return undefined
}

/** A shift by its id, staffed or not; `undefined` when the rota has none of that id. */
export function shiftById(rota: Rota, id: string): Shift | undefined {
  const day = parseDay(/\.(\d{4}-\d{2}-\d{2})\.\d{4}$/.exec(id)?.[1] ?? '')
  if (day === undefined) return undefined
  // The date is local: no clock is further than a day from UTC.
  return shiftsBetween(rota, (day - 1) * DAY_MS, (day + 2) * DAY_MS).find((shift) => shift.id === id)
}

/** What the header always answers: who is on now, until when, who is next (follow-the-sun.md §1). */
export type Coverage = {
  /** Empty: a gap. */
  readonly on: readonly Shift[]
  /** When the responsible shift ends, or in a gap when the next begins; absent when nothing is planned any more. */
  readonly until: Instant | undefined
  /** Who takes over then; with overlapping shifts they may be on already. */
  readonly next: Shift | undefined
}

export function coverageAt(rota: Rota, at: Instant): Coverage {
  const on = onShiftAt(rota, at)
  const [responsible] = on
  if (responsible !== undefined) {
    return { on, until: responsible.endsAt, next: shiftAfter(rota, responsible) }
  }
  const next = nextToStart(rota, at)
  return { on, until: next?.startsAt, next }
}

/** Between two changes of who is on. */
export type Stretch = { readonly startsAt: Instant; readonly endsAt: Instant; readonly on: readonly Shift[] }

/**
 * `[from, to)` cut where who is on changes: without holes, each stretch as long as can be. Outside the years 1900 to
 * 2199 there is nothing.
 */
export function coverageBetween(rota: Rota, from: Instant, to: Instant): readonly Stretch[] {
  const stretches: Stretch[] = []
  let at = from
  while (at < to) {
    const block = blockAt(rota, at)
    if (block === undefined) break
    for (let i = stretchAt(block, at); i < block.on.length && at < to; i += 1) {
      const on = block.on[i] ?? NOBODY
      const endsAt = Math.min(block.starts[i + 1] ?? block.to, to)
      const last = stretches.at(-1)
      // Nobody's change: the edge of a block, or of two shifts of which one ended as the other began.
      if (last !== undefined && sameShifts(last.on, on)) stretches[stretches.length - 1] = { ...last, endsAt }
      else stretches.push({ startsAt: at, endsAt, on })
      at = endsAt
    }
  }
  return stretches
}

function sameShifts(a: readonly Shift[], b: readonly Shift[]): boolean {
  return a.length === b.length && a.every((shift, i) => shift.id === b[i]?.id)
}

/** All shifts that touch `[from, to)`, whole, whoever works them; by start. */
export function shiftsBetween(rota: Rota, from: Instant, to: Instant): readonly Shift[] {
  const shifts = new Map<string, Shift>()
  for (
    let block = blockAt(rota, from);
    block !== undefined && block.from < to;
    block = blockAt(rota, block.to)
  ) {
    for (const shift of block.shifts)
      if (shift.startsAt < to && shift.endsAt > from) shifts.set(shift.id, shift)
  }
  return [...shifts.values()]
}
