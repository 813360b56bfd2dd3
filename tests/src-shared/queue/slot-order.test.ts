import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSlotOrder, type Direction, type Placing, type SortKey } from '#shared/queue/slot-order'

type Placed = {
  readonly slot: number
  readonly key: SortKey
  readonly tie: number
  readonly group: string
}
type Kind = { readonly direction: Direction; readonly isText: boolean; readonly isGrouped: boolean }

/** The slow, obvious order to compare with. */
function sorted(places: Iterable<Placed>, { direction, isGrouped }: Kind): number[] {
  const sign = direction === 'asc' ? 1 : -1
  const compare = (a: Placed, b: Placed) => {
    if (isGrouped && a.group !== b.group) return a.group < b.group ? -1 : 1
    const missing = Number(a.key === undefined) - Number(b.key === undefined)
    if (missing !== 0) return missing
    if (a.key !== undefined && b.key !== undefined && a.key !== b.key) return a.key < b.key ? -sign : sign
    return a.tie - b.tie || (String(a.slot) < String(b.slot) ? -1 : 1)
  }
  return [...places].sort(compare).map(({ slot }) => slot)
}

function placingOf({ direction, isText, isGrouped }: Kind, truth: ReadonlyMap<number, Placed>): Placing {
  return {
    direction,
    texts: isText ? 'texts' : undefined,
    key: (slot) => truth.get(slot)?.key,
    tie: (slot) => truth.get(slot)?.tie ?? 0,
    id: String,
    group: isGrouped ? (slot) => truth.get(slot)?.group ?? '' : undefined,
  }
}

const LAST_SLOT = 60
const slot = fc.integer({ min: 0, max: LAST_SLOT })
const placed = (isText: boolean) =>
  fc.record({
    slot,
    key: isText
      ? fc.constantFrom(undefined, '', 'a', 'ab', 'abc', 'b', 'ß')
      : fc.constantFrom(undefined, 0, 1, 1.5, -3, 1_800_000_000_000, 1_800_000_000_001),
    tie: fc.integer({ min: 0, max: 2 }),
    group: fc.constantFrom('x', 'y', 'z'),
  })
const kinds = (['asc', 'desc'] as const).flatMap((direction) =>
  [false, true].flatMap((isText) =>
    [false, true].map((isGrouped): Kind => ({ direction, isText, isGrouped })),
  ),
)

describe('an order of slots', () => {
  it.each(kinds)('%o: after any patches equals a full sort', (kind) => {
    const one = placed(kind.isText)
    const patch = fc.record({
      puts: fc.array(one, { maxLength: 12 }),
      removed: fc.array(slot, { maxLength: 6 }),
      isKept: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.uniqueArray(one, { selector: (p) => p.slot }), fc.array(patch), (first, patches) => {
        const truth = new Map(first.map((p) => [p.slot, p]))
        const order = createSlotOrder()
        order.fill(Int32Array.from(truth.keys()), placingOf(kind, truth))
        expect([...order.slots()]).toEqual(sorted(first, kind))
        for (const { puts, removed, isKept } of patches) {
          for (const gone of removed) truth.delete(gone)
          for (const put of puts) truth.set(put.slot, put)
          order.patch(
            puts.map((put) => put.slot),
            removed,
          )
          if (isKept) {
            order.keep((at) => at % 3 !== 0)
            for (const at of [...truth.keys()]) if (at % 3 === 0) truth.delete(at)
          }
          const expected = sorted(truth.values(), kind)
          expect([...order.slots()]).toEqual(expected)
          expect([...order.ascending()]).toEqual([...expected].sort((a, b) => a - b))
          expect(order.size).toBe(expected.length)
          expected.forEach((at, position) => {
            expect([order.at(position), order.positionOf(at), order.has(at)]).toEqual([at, position, true])
            expect(order.groupAt(at)).toBe(kind.isGrouped ? truth.get(at)?.group : undefined)
          })
          expect(order.at(expected.length)).toBe(-1)
          for (let at = 0; at <= LAST_SLOT; at += 1) expect(order.has(at)).toBe(truth.has(at))
        }
      }),
      { numRuns: 60 },
    )
  })

  it('takes a patch as large as itself', () => {
    const kind: Kind = { direction: 'asc', isText: false, isGrouped: false }
    const place = (at: number, key: number): [number, Placed] => [at, { slot: at, key, tie: 0, group: '' }]
    const truth = new Map(Array.from({ length: 2000 }, (_, at) => place(at, (at * 7919) % 2000)))
    const order = createSlotOrder()
    order.fill(Int32Array.from(truth.keys()), placingOf(kind, truth))
    for (let at = 500; at < 4000; at += 1) truth.set(...place(at, 4000 - at))
    const puts = [...truth.keys()].filter((at) => at >= 500)
    expect(order.patch(puts, [0, 1])).toBe(true)
    truth.delete(0)
    truth.delete(1)
    expect([...order.slots()]).toEqual(sorted(truth.values(), kind))
  })

  it('says that nothing moved when a change leaves the order alone', () => {
    let key = 1
    const order = createSlotOrder()
    order.fill(Int32Array.of(7), { direction: 'asc', key: () => key, tie: () => 0, id: String })
    expect(order.patch([7], [3])).toBe(false)
    key = 2
    expect(order.patch([7], [])).toBe(true)
    expect(order.positionOf(3)).toBe(-1)
  })

  it('compares texts anew once they were forgotten', () => {
    const texts = ['a', 'b']
    const placing: Placing = {
      direction: 'asc',
      texts: 'subject',
      key: (at) => texts[at],
      tie: () => 0,
      id: String,
    }
    const order = createSlotOrder()
    order.fill(Int32Array.of(0, 1), placing)
    texts[0] = 'c'
    order.forget()
    order.patch([0], [])
    order.fill(order.ascending(), { ...placing, direction: 'desc' })
    expect([...order.slots()]).toEqual([0, 1])
  })
})
