/*
 * Metrics in the text format of Prometheus (exposition format 0.0.4): a family of lines per metric.
 */

export type Labels = { readonly [name: string]: string }
type Sample = { readonly suffix?: string; readonly labels: Labels; readonly value: number }

export type Metric = {
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly samples: () => readonly Sample[]
}

export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** One series for each combination of labels. Label values have to come from a fixed set: each costs memory. */
function createSeries<T>(make: () => T) {
  const series = new Map<string, { readonly labels: Labels; readonly state: T }>()
  return {
    of: (labels: Labels): T => {
      const key = JSON.stringify(labels)
      const known = series.get(key)
      if (known) return known.state
      const state = make()
      series.set(key, { labels, state })
      return state
    },
    all: () => [...series.values()],
  }
}

export type Counter<L extends Labels> = Metric & { readonly add: (labels: L, by?: number) => void }

/** Counts up from 0 for as long as the process lives. */
export function createCounter<L extends Labels>(name: string, help: string): Counter<L> {
  const series = createSeries(() => ({ count: 0 }))
  return {
    name,
    help,
    type: 'counter',
    add: (labels, by = 1) => {
      series.of(labels).count += by
    },
    samples: () => series.all().map(({ labels, state }) => ({ labels, value: state.count })),
  }
}

export type Histogram<L extends Labels> = Metric & { readonly observe: (labels: L, value: number) => void }

/** Counts values by upper bounds, which are given in ascending order. */
export function createHistogram<L extends Labels>(
  name: string,
  help: string,
  bounds: readonly number[],
): Histogram<L> {
  const series = createSeries(() => ({ counts: bounds.map(() => 0), count: 0, sum: 0 }))
  return {
    name,
    help,
    type: 'histogram',
    observe: (labels, value) => {
      const state = series.of(labels)
      state.count += 1
      state.sum += value
      const index = bounds.findIndex((bound) => value <= bound)
      if (index !== -1) state.counts[index] = (state.counts[index] ?? 0) + 1
    },
    samples: () =>
      series.all().flatMap(({ labels, state: { counts, count, sum } }) => {
        let below = 0
        const buckets = bounds.map((bound, index) => {
          below += counts[index] ?? 0
          return { suffix: '_bucket', labels: { ...labels, le: String(bound) }, value: below }
        })
        return [
          ...buckets,
          { suffix: '_bucket', labels: { ...labels, le: '+Inf' }, value: count },
          { suffix: '_sum', labels, value: sum },
          { suffix: '_count', labels, value: count },
        ]
      }),
  }
}

/** What something is at the moment it is asked for; undefined leaves it out. */
export function createGauge(
  name: string,
  help: string,
  read: () => number | undefined | readonly { readonly labels: Labels; readonly value: number }[],
  type: 'gauge' | 'counter' = 'gauge',
): Metric {
  const samples = () => {
    const found = read() ?? []
    return typeof found === 'number' ? [{ labels: {}, value: found }] : found
  }
  return { name, help, type, samples }
}

function labelText(labels: Labels): string {
  const escaped = (value: string) =>
    value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"')
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

/** The page that Prometheus reads. */
export function exposition(metrics: readonly Metric[]): string {
  return metrics
    .flatMap(({ name, help, type, samples }) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} ${type}`,
      ...samples().map(
        ({ suffix = '', labels, value }) => `${name}${suffix}${labelText(labels)} ${String(value)}`,
      ),
    ])
    .join('\n')
    .concat('\n')
}
