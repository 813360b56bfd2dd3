import type { Weighted } from './draw'
import type { What } from './step'

/** What people do to tickets. A new command is one line. */
export const deeds: Weighted<What> = [
  [5, ({ n }) => ({ type: 'reply', body: `reply ${n}`, public: true })],
  [5, ({ n }) => ({ type: 'note', body: `note ${n}` })],
  [3, () => ({ type: 'claim' })],
  [1, ({ random }) => ({ type: 'assign', to: random.pick(['ana', 'ben', 'cleo']) })],
  [
    4,
    ({ random }) => ({
      type: 'set-status',
      status: random.pick(['open', 'on-hold', 'waiting-on-customer', 'solved']),
    }),
  ],
  [
    4,
    ({ random, n }) => ({
      type: 'set-priority',
      priority: random.pick(['P1', 'P2', 'P3']),
      reason: `because ${n}`,
    }),
  ],
  [1, ({ n }) => ({ type: 'log-call', direction: 'to-customer', body: `call ${n}` })],
  [1, ({ n }) => ({ type: 'record-workaround', text: `workaround ${n}` })],
  [1, ({ random }) => ({ type: 'tag', add: [random.pick(['vip', 'noise'])], remove: [] })],
  [1, ({ n }) => ({ type: 'promise-update', promisedAt: `2026-07-06T16:${10 + (n % 50)}:00.000Z` })],
]
