/** A deterministic source of numbers. The same seed gives the same sequence on every machine. */
export type Random = {
  /** In [0, 1). */
  readonly next: () => number
  /** A whole number in [min, max]. */
  readonly int: (min: number, max: number) => number
  /** In [min, max). */
  readonly between: (min: number, max: number) => number
  readonly chance: (share: number) => boolean
  /** Throws on an empty list. */
  readonly pick: <T>(list: readonly T[]) => T
  /** A new list in another order. */
  readonly shuffle: <T>(list: readonly T[]) => T[]
  /** A UUID of version 4, as far as its form goes. */
  readonly uuid: () => string
  /** An independent source: what is drawn from one never moves another. */
  readonly fork: (label: string) => Random
}

/** FNV-1a: spreads a text over 32 bits. */
export function hash(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return h >>> 0
}

/** Mulberry32: small, fast and good enough for scenery; never for secrets. */
export function randomFrom(seed: string): Random {
  let state = hash(seed)
  const bits = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) >>> 0
  }
  const next = (): number => bits() / 0x1_0000_0000
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1))
  const pick = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new Error('nothing to pick from')
    return list[int(0, list.length - 1)] as T
  }
  return {
    next,
    int,
    between: (min, max) => min + next() * (max - min),
    chance: (share) => next() < share,
    pick,
    shuffle: (list) => {
      const copy = [...list]
      for (let i = copy.length - 1; i > 0; i--) {
        const j = int(0, i)
        const held = copy[i] as (typeof copy)[number]
        copy[i] = copy[j] as (typeof copy)[number]
        copy[j] = held
      }
      return copy
    },
    uuid: () => {
      const hex = [bits(), bits(), bits(), bits()].map((n) => n.toString(16).padStart(8, '0')).join('')
      const variant = '89ab'.charAt(bits() & 3)
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
    },
    fork: (label) => randomFrom(`${seed}/${label}`),
  }
}
