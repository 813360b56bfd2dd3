import { DAY_MS } from '../time/civil-date'
import { EARLIEST, LATEST } from '../time/horizon'
import type { Instant } from '../time/instant'
import { dayAt } from '../time/zone'
import { expandRegion, type RotaPlan, rotaPlan } from './expand'
import type { Rota } from './rota'
import { isStaffed, type Shift } from './shift'
import { type FinalStaff, finalStaff } from './staff'

/** Everything about one stretch of eight weeks, `[from, to)`. */
export type ShiftBlock = {
  readonly from: Instant
  readonly to: Instant
  /** All that touch it, whole, whoever works them; by start. */
  readonly shifts: readonly Shift[]
  /** Where who is on shift changes; the first is `from`. */
  readonly starts: Float64Array
  /** Who is on from `starts[i]` on: staffed shifts, the one that began first, and so is responsible, first. */
  readonly on: readonly (readonly Shift[])[]
}

type CompiledRota = {
  readonly plan: RotaPlan
  readonly staff: FinalStaff
  readonly blocks: Map<number, ShiftBlock>
}

const compiledRotas = new WeakMap<Rota, CompiledRota>()

/** Blocks, not one growing table: one date a century away, mistyped, costs eight weeks and not a hundred years. */
const BLOCK_MS = 56 * DAY_MS

/** Compiled once for a rota object. A rota is a value: one that changes must be a new object. */
export function compileRota(rota: Rota): CompiledRota {
  const known = compiledRotas.get(rota)
  if (known !== undefined) return known
  const compiled = { plan: rotaPlan(rota), staff: finalStaff(rota), blocks: new Map() }
  compiledRotas.set(rota, compiled)
  return compiled
}

/** The block that holds an instant; `undefined` outside the years 1900 to 2199, where nobody knows a zone's rules. */
export function blockAt(rota: Rota, at: Instant): ShiftBlock | undefined {
  if (!(at >= EARLIEST && at < LATEST)) return undefined
  const compiled = compileRota(rota)
  const index = Math.floor(at / BLOCK_MS)
  let block = compiled.blocks.get(index)
  if (block === undefined) {
    block = buildBlock(compiled, index * BLOCK_MS)
    compiled.blocks.set(index, block)
  }
  return block
}

/** The stretch of a block that holds `at`. */
export function stretchAt({ starts }: ShiftBlock, at: Instant): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= at) low = middle
    else high = middle - 1
  }
  return low
}

function buildBlock({ plan, staff }: CompiledRota, from: Instant): ShiftBlock {
  const to = from + BLOCK_MS
  const shifts = [...plan.values()]
    .flatMap((periods) => {
      // Near enough for any zone: no clock is further than a day from UTC.
      const [zone = 'UTC'] = periods.map(({ region }) => region.zone)
      return expandRegion(periods, staff, dayAt(zone, from) - 3, dayAt(zone, to) + 3)
    })
    .filter((shift) => shift.startsAt < to && shift.endsAt > from)
    .sort((a, b) => a.startsAt - b.startsAt)
  const edges = new Set([from])
  const staffed = shifts.filter(isStaffed)
  for (const { startsAt, endsAt } of staffed) {
    if (startsAt > from) edges.add(startsAt)
    if (endsAt < to) edges.add(endsAt)
  }
  const starts = Float64Array.from(edges).sort()
  const on: (readonly Shift[])[] = []
  let next = 0
  let current: Shift[] = []
  for (const at of starts) {
    current = current.filter(({ endsAt }) => endsAt > at)
    for (let shift = staffed[next]; shift !== undefined && shift.startsAt <= at; shift = staffed[next]) {
      if (shift.endsAt > at) current.push(shift)
      next += 1
    }
    on.push(current)
  }
  return { from, to, shifts, starts, on }
}
