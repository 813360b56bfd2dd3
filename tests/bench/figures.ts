import { readFile } from 'node:fs/promises'

/** Begins to note how much of the time tasks of this machine waited for a processor; the end gives it in words. */
export async function watchMachine(): Promise<() => Promise<string>> {
  const begun = { at: performance.now(), waited: await waitedMs() }
  return async () => {
    const waited = await waitedMs()
    if (begun.waited === undefined || waited === undefined) return 'not known on this system'
    const share = (waited - begun.waited) / (performance.now() - begun.at)
    return `something waited for a processor ${(share * 100).toFixed(0)} % of the time`
  }
}

async function waitedMs(): Promise<number | undefined> {
  const text = await readFile('/proc/pressure/cpu', 'utf8').catch(() => '')
  const total = /^some .*total=(\d+)/m.exec(text)?.[1]
  return total === undefined ? undefined : Number(total) / 1000
}

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
