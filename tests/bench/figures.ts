/** The value below which a share of the sorted samples lies (nearest rank). */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5)

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`

/** One figure: median, 95th percentile and worst. */
export function printMs(what: string, samples: readonly number[]): void {
  const [middle, high, worst] = [0.5, 0.95, 1].map((share) => ms(quantile(samples, share)))
  print(what, `median ${middle}, p95 ${high}, worst ${worst}  (${samples.length} samples)`)
}

export function print(what: string, text: string): void {
  process.stdout.write(`  ${what.padEnd(46)} ${text}\n`)
}

/** Says whether a figure keeps to its limit. A bench reports; it doesn't fail on a busy machine. */
export function verdict(what: string, isMet: boolean, text: string): void {
  process.stdout.write(`${isMet ? 'OK    ' : 'MISSED'}  ${what}: ${text}\n`)
}
