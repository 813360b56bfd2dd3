import type { RowGroup } from './grouping'

export type Group = RowGroup & {
  /** Tickets in it, shown or folded away. */
  readonly count: number
  readonly isFolded: boolean
}

/** A line of the list: the head of a group, or a ticket by its position among all tickets of the view. */
export type GroupLine =
  | { readonly kind: 'group'; readonly group: Group }
  | { readonly kind: 'ticket'; readonly position: number }

/**
 * Which line of a grouped list shows what. It counts the tickets of each group; the tickets themselves are in the
 * sorted index, group after group.
 */
export type GroupLines = {
  /** In order; only those that have tickets. */
  readonly groups: readonly Group[]
  readonly lineCount: number
  at(line: number): GroupLine | undefined
  /** The line of a ticket; -1 while its group is folded. */
  lineOf(position: number): number
  /** The line of a group's head; -1 when there is no such group. */
  lineOfGroup(key: string): number
  add(group: RowGroup): void
  remove(key: string): void
  clear(): void
  /** Which groups show their heads alone. */
  fold(keys: ReadonlySet<string>): void
}

type Counted = { group: RowGroup; count: number }
/** Groups with the line and the position at which each begins. */
type Layout = { readonly groups: readonly Group[]; readonly lines: number[]; readonly positions: number[] }

export function createGroupLines(): GroupLines {
  const counted = new Map<string, Counted>()
  let folded: ReadonlySet<string> = new Set()
  /** Undefined when groups have come or gone. */
  let order: readonly string[] | undefined
  let layout: Layout | undefined

  function layOut(): Layout {
    if (layout) return layout
    order ??= [...counted.keys()].sort()
    const groups: Group[] = []
    const lines = [0]
    const positions = [0]
    let line = 0
    let position = 0
    for (const key of order) {
      const { group, count = 0 } = counted.get(key) ?? {}
      if (!group) continue
      const isFolded = folded.has(key)
      groups.push({ ...group, count, isFolded })
      line += isFolded ? 1 : 1 + count
      position += count
      lines.push(line)
      positions.push(position)
    }
    layout = { groups, lines, positions }
    return layout
  }

  return {
    get groups() {
      return layOut().groups
    },
    get lineCount() {
      return layOut().lines.at(-1) ?? 0
    },
    at(line) {
      const { groups, lines, positions } = layOut()
      const place = lastAtMost(lines, line)
      const group = groups[place]
      const offset = line - (lines[place] ?? 0)
      if (!group || line < 0) return undefined
      if (offset === 0) return { kind: 'group', group }
      return { kind: 'ticket', position: (positions[place] ?? 0) + offset - 1 }
    },
    lineOf(position) {
      const { groups, lines, positions } = layOut()
      const place = lastAtMost(positions, position)
      const group = groups[place]
      if (!group || group.isFolded || position < 0) return -1
      return (lines[place] ?? 0) + 1 + position - (positions[place] ?? 0)
    },
    lineOfGroup(key) {
      const { groups, lines } = layOut()
      return lines[groups.findIndex((group) => group.key === key)] ?? -1
    },
    add(group) {
      layout = undefined
      const known = counted.get(group.key)
      if (known) {
        known.group = group
        known.count += 1
      } else {
        counted.set(group.key, { group, count: 1 })
        order = undefined
      }
    },
    remove(key) {
      const known = counted.get(key)
      if (!known) return
      layout = undefined
      known.count -= 1
      if (known.count > 0) return
      counted.delete(key)
      order = undefined
    },
    clear() {
      counted.clear()
      order = undefined
      layout = undefined
    },
    fold(keys) {
      folded = keys
      layout = undefined
    },
  }
}

/** The last place whose value is at most `value`, in ascending `values`; 0 when there is none. */
function lastAtMost(values: readonly number[], value: number): number {
  let low = 0
  let high = values.length - 1
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if ((values[middle] ?? 0) <= value) low = middle
    else high = middle - 1
  }
  return low
}
