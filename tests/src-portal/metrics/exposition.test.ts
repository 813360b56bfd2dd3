import { expect, test } from 'vitest'
import {
  createCounter,
  createGauge,
  createHistogram,
  exposition,
} from '../../../src-portal/metrics/exposition'

test('a page of metrics is what Prometheus reads', () => {
  const calls = createCounter<{ route: string }>('calls_total', 'Calls.')
  calls.add({ route: '/a' })
  calls.add({ route: '/a' }, 2)
  calls.add({ route: 'b\\"\n' })
  const seconds = createHistogram<{ route: string }>('seconds', 'Seconds.', [0.1, 1])
  for (const value of [0.05, 0.1, 0.5, 7]) seconds.observe({ route: '/a' }, value)
  const pool = createGauge('pool', 'Connections.', () => [{ labels: { state: 'idle' }, value: 4 }])
  const absent = createGauge('absent', 'Nothing.', () => undefined)
  const used = createGauge('used_total', 'Used.', () => 1.5, 'counter')
  expect(exposition([calls, seconds, pool, absent, used])).toBe(
    [
      '# HELP calls_total Calls.',
      '# TYPE calls_total counter',
      'calls_total{route="/a"} 3',
      'calls_total{route="b\\\\\\"\\n"} 1',
      '# HELP seconds Seconds.',
      '# TYPE seconds histogram',
      'seconds_bucket{route="/a",le="0.1"} 2',
      'seconds_bucket{route="/a",le="1"} 3',
      'seconds_bucket{route="/a",le="+Inf"} 4',
      'seconds_sum{route="/a"} 7.65',
      'seconds_count{route="/a"} 4',
      '# HELP pool Connections.',
      '# TYPE pool gauge',
      'pool{state="idle"} 4',
      '# HELP absent Nothing.',
      '# TYPE absent gauge',
      '# HELP used_total Used.',
      '# TYPE used_total counter',
      'used_total 1.5',
      '',
    ].join('\n'),
  )
})
