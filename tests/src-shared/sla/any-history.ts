import fc from 'fast-check'
import type { SlaEvent } from '#shared/sla/events'
import type { Policy } from '#shared/sla/policy'
import { history, on, policy } from './tickets'

const step = fc.tuple(
  fc.oneof(fc.constantFrom(0, 1, 60_000), fc.integer({ min: 1, max: 40 * 3_600_000 })),
  fc.constantFrom(
    'reply',
    'robot',
    'P1',
    'P2',
    'P3',
    'open',
    'open',
    'wait',
    'hold',
    'solve',
    'close',
    'workaround',
    'propose Thu 12:00',
    'propose Wed+1 12:00',
    'cancel',
  ),
)

/** Any ticket, from Monday 08:30 on; few events, close together or days apart, some at the same instant. */
export const anyHistory: fc.Arbitrary<readonly SlaEvent[]> = fc
  .tuple(fc.constantFrom('P1', 'P2', 'P3'), fc.array(step, { maxLength: 9 }))
  .map(([priority, steps]) => {
    let at = on('Mon 08:30')
    const events = [...history(['Mon 08:30', `created ${priority}`])]
    for (const [gapMs, what] of steps) {
      at += gapMs
      events.push(...history(['Mon 09:00', what]).map((event) => ({ ...event, at })))
    }
    return events
  })

/** The pack with other pauses: as shipped, both targets, neither. */
export const anyTerms: fc.Arbitrary<Policy> = fc.constantFrom(
  policy,
  {
    ...policy,
    pausesWhile: {
      firstResponse: ['waiting-on-customer', 'on-hold'],
      resolution: ['waiting-on-customer', 'on-hold'],
    },
  },
  { ...policy, pausesWhile: { firstResponse: [], resolution: [] } },
)
