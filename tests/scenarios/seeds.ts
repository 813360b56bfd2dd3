/** Seeds from `from` to `to`, both among them. */
export type Range = { readonly from: number; readonly to: number }

/** What CI plays: always the same, so that a change is blamed for what it does and for nothing else. */
export const SEEDS_OF_CI: readonly Range[] = [{ from: 0, to: 9999 }]

/**
 * @param text such as `4711`, `20000..29999` or several of these with spaces in between; CI's when there is none
 * @throws RangeError naming what is no seed
 */
export function readSeeds(text: string | undefined): readonly Range[] {
  const parts = text?.split(/\s+/).filter((part) => part !== '') ?? []
  return parts.length === 0 ? SEEDS_OF_CI : parts.map(readRange)
}

function readRange(part: string): Range {
  const [, first = '', last = first] = /^(\d{1,15})(?:\.\.(\d{1,15}))?$/.exec(part) ?? []
  const range = { from: Number(first), to: Number(last) }
  if (first === '' || range.to < range.from) {
    throw new RangeError(`${part} is neither a seed such as 4711 nor seeds such as 20000..29999`)
  }
  return range
}

/** Cuts ranges into pieces of at most `size` seeds. */
export function inPieces(ranges: readonly Range[], size: number): readonly Range[] {
  return ranges.flatMap(({ from, to }) => {
    const pieces: Range[] = []
    for (let at = from; at <= to; at += size) pieces.push({ from: at, to: Math.min(to, at + size - 1) })
    return pieces
  })
}
