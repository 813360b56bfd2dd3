import { describe, expect, test } from 'vitest'
import type { Plan, Priority } from '#shared/sla/policy'
import { report } from '#shared/sla/report'
import { priorityEffect, type TargetEffect } from '#shared/tickets/priority-effect'
import { calendar, history, on, policy, type Written } from '../sla/tickets'
import { ana, aTicket } from './samples'

function effectOf(written: readonly Written[], priority: Priority, now: string, plan: Plan = 'premium') {
  const slaEvents = [...history(...written)]
  const [created] = slaEvents
  if (created?.type !== 'created') throw new Error('the first thing written must be the creation')
  const ticket = aTicket({ priority: created.priority, slaEvents, plan, createdAt: created.at })
  return priorityEffect({ ticket, priority, actor: ana, policy, calendar, now: on(now) })
}

type Row = readonly [
  what: string,
  written: readonly Written[],
  to: Priority,
  now: string,
  firstResponse: TargetEffect,
  resolution: TargetEffect,
]

const moved = (from: string, to: string): TargetEffect => ({ kind: 'moved', from: on(from), to: on(to) })

// Premium: first response P1 2 h, P2 4 h, P3 2 days; resolution P1 1 day, P2 5 days, P3 and P4 proposed. Days of 8 h from 09:00.
const TABLE: readonly Row[] = [
  [
    'raised early: both targets earlier, from the original start',
    [['Mon 09:00', 'created P2']],
    'P1',
    'Mon 10:00',
    moved('Mon 13:00', 'Mon 11:00'),
    moved('Fri 17:00', 'Mon 17:00'),
  ],
  [
    'raised too late: first response breaches at once, for good',
    [['Mon 09:00', 'created P2']],
    'P1',
    'Mon 12:00',
    { kind: 'breaches', from: on('Mon 13:00'), to: on('Mon 11:00') },
    moved('Fri 17:00', 'Mon 17:00'),
  ],
  [
    'exactly at the new deadline it still runs',
    [['Mon 09:00', 'created P2']],
    'P1',
    'Mon 11:00',
    moved('Mon 13:00', 'Mon 11:00'),
    moved('Fri 17:00', 'Mon 17:00'),
  ],
  [
    'lowered: resolution loses its date',
    [['Mon 09:00', 'created P2']],
    'P3',
    'Mon 10:00',
    moved('Mon 13:00', 'Tue 17:00'),
    { kind: 'loses-date', from: on('Fri 17:00') },
  ],
  [
    'raised from P3: resolution gains a date',
    [
      ['Mon 09:00', 'created P3'],
      ['Mon 10:00', 'reply'],
    ],
    'P2',
    'Tue 10:00',
    { kind: 'settled', state: 'met' },
    { kind: 'gains-date', to: on('Fri 17:00') },
  ],
  [
    'P3 to P4 with no proposal: resolution is as it was',
    [['Mon 09:00', 'created P3']],
    'P4',
    'Mon 10:00',
    moved('Tue 17:00', 'Wed 17:00'),
    { kind: 'unchanged' },
  ],
  [
    'a breach stays one, whatever the new priority',
    [['Mon 09:00', 'created P2']],
    'P4',
    'Mon 14:00',
    { kind: 'settled', state: 'breached' },
    { kind: 'loses-date', from: on('Fri 17:00') },
  ],
  [
    'waiting on the customer: due earlier, should the answer come now',
    [
      ['Mon 09:00', 'created P2'],
      ['Mon 10:00', 'reply'],
      ['Mon 10:00', 'wait'],
    ],
    'P1',
    'Mon 12:00',
    { kind: 'settled', state: 'met' },
    { kind: 'paused', from: on('Mon+1 11:00'), to: on('Tue 11:00') },
  ],
  [
    'waiting, and past the new deadline before the pause: breaches when it ends',
    [
      ['Mon 09:00', 'created P2'],
      ['Mon 10:00', 'reply'],
      ['Wed 10:00', 'wait'],
    ],
    'P1',
    'Wed 12:00',
    { kind: 'settled', state: 'met' },
    { kind: 'breaches-at-resume' },
  ],
  [
    'waiting without a date: it has one, and the clock stands still',
    [
      ['Mon 09:00', 'created P3'],
      ['Mon 10:00', 'reply'],
      ['Mon 11:00', 'wait'],
    ],
    'P2',
    'Mon 12:00',
    { kind: 'settled', state: 'met' },
    { kind: 'paused', from: undefined, to: on('Mon+1 10:00') },
  ],
  [
    'solved: nothing moves',
    [
      ['Mon 09:00', 'created P2'],
      ['Mon 10:00', 'solve'],
    ],
    'P1',
    'Mon 12:00',
    { kind: 'settled', state: 'met' },
    { kind: 'settled', state: 'met' },
  ],
]

describe('the effect of a priority change', () => {
  test.each(TABLE)('%s', (_, written, to, now, firstResponse, resolution) => {
    expect(effectOf(written, to, now)).toEqual({ firstResponse, resolution })
  })

  test('is what the report says once the change is made', () => {
    const written: Written[] = [['Mon 09:00', 'created P3']]
    for (const now of ['Mon 09:30', 'Mon 11:00', 'Mon 12:59', 'Tue 16:00']) {
      for (const to of ['P1', 'P2', 'P4'] as const) {
        const effect = effectOf(written, to, now).firstResponse
        const events = history(...written, [now, to])
        const said = report({ events, policy, calendar, plan: 'premium', now: on(now) }).firstResponse
        expect(effect.kind === 'breaches').toBe(said.state === 'breached')
        if ('to' in effect && 'due' in said) expect(effect.to).toBe(said.due)
      }
    }
  })
})
