import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { SlaEvent } from '#shared/sla/events'
import type { Policy } from '#shared/sla/policy'
import { report, type SlaReport } from '#shared/sla/report'
import { anyHistory, anyTerms } from './any-history'
import { calendar, history, on, policy, reportAt, told } from './tickets'

// Premium: P1 2 h and 1 business day, P2 4 h and 5 business days, P3 2 business days and a proposed date.
const BOTH_PAUSE: Policy = {
  ...policy,
  settings: undefined,
  pausesWhile: { firstResponse: ['on-hold'], resolution: ['waiting-on-customer', 'on-hold'] },
}
const NEVER_PAUSES: Policy = {
  ...policy,
  settings: undefined,
  pausesWhile: { firstResponse: [], resolution: [] },
}

type Row = readonly [
  title: string,
  now: string,
  events: readonly (readonly [string, string])[],
  expected: string,
]

function rows(name: 'firstResponse' | 'resolution', terms: Policy, table: readonly Row[]): void {
  test.each(table)('%s', (_, now, events, expected) => {
    expect(told(reportAt(now, history(...events), terms)[name])).toBe(expected)
  })
}

const P1: readonly [string, string] = ['Mon 09:00', 'created P1']
const P2: readonly [string, string] = ['Mon 09:00', 'created P2']
const P3: readonly [string, string] = ['Mon 09:00', 'created P3']

describe('first response', () => {
  rows('firstResponse', policy, [
    ['starts with the ticket', 'Mon 09:00', [P1], 'running, due Mon 11:00'],
    ['still runs at its deadline', 'Mon 11:00', [P1], 'running, due Mon 11:00'],
    [
      'has breached a millisecond later',
      'Mon 11:00:00.001',
      [P1],
      'breached, due Mon 11:00, breached Mon 11:00',
    ],
    [
      'is met by a public reply of an agent',
      'Mon 10:00',
      [P1, ['Mon 09:30', 'reply']],
      'met Mon 09:30 (reply), due Mon 11:00',
    ],
    [
      'met exactly at the deadline',
      'Mon 12:00',
      [P1, ['Mon 11:00', 'reply']],
      'met Mon 11:00 (reply), due Mon 11:00',
    ],
    [
      'missed a millisecond later',
      'Mon 12:00',
      [P1, ['Mon 11:00:00.001', 'reply']],
      'missed Mon 11:00:00.001 (reply), due Mon 11:00, breached Mon 11:00',
    ],
    ['not by a note', 'Mon 10:00', [P1, ['Mon 09:30', 'note']], 'running, due Mon 11:00'],
    ['not by automation', 'Mon 10:00', [P1, ['Mon 09:30', 'robot']], 'running, due Mon 11:00'],
    ['not by the customer', 'Mon 10:00', [P1, ['Mon 09:30', 'customer']], 'running, due Mon 11:00'],
    ['not by a workaround', 'Mon 10:00', [P1, ['Mon 09:30', 'workaround']], 'running, due Mon 11:00'],
    ['not by a proposal', 'Mon 10:00', [P1, ['Mon 09:30', 'propose Fri 12:00']], 'running, due Mon 11:00'],
    [
      'the first reply counts',
      'Mon 12:00',
      [P1, ['Mon 09:30', 'reply'], ['Mon 09:40', 'reply']],
      'met Mon 09:30 (reply), due Mon 11:00',
    ],
    [
      'a call that an agent logs is the response',
      'Mon 12:00',
      [['Mon 09:00', 'call P1']],
      'met Mon 09:00 (call), due Mon 11:00',
    ],
    [
      'but not a phone ticket of somebody else',
      'Mon 10:00',
      [['Mon 09:00', 'portal-by-phone P1']],
      'running, due Mon 11:00',
    ],
    [
      'nor an agent’s ticket by another channel',
      'Mon 10:00',
      [['Mon 09:00', 'agent-by-email P1']],
      'running, due Mon 11:00',
    ],
    [
      'solving without a word satisfies it',
      'Mon 10:00',
      [P1, ['Mon 09:30', 'solve']],
      'met Mon 09:30 (solve), due Mon 11:00',
    ],
    ['so does closing', 'Mon 10:00', [P1, ['Mon 09:30', 'close']], 'met Mon 09:30 (solve), due Mon 11:00'],
    [
      'solved late is missed',
      'Mon 13:00',
      [P1, ['Mon 12:00', 'solve']],
      'missed Mon 12:00 (solve), due Mon 11:00, breached Mon 11:00',
    ],
    [
      'never restarts',
      'Mon 10:00',
      [P1, ['Mon 09:30', 'solve'], ['Mon 09:40', 'open']],
      'met Mon 09:30 (solve), due Mon 11:00',
    ],
    ['never pauses', 'Mon 10:00', [P1, ['Mon 09:30', 'wait']], 'running, due Mon 11:00'],
    ['cancelled', 'Mon 12:00', [P1, ['Mon 09:30', 'cancel']], 'cancelled'],
    ['an open breach is cancelled too', 'Mon 13:00', [P1, ['Mon 12:00', 'cancel']], 'cancelled'],
    [
      'met stays when cancelled',
      'Mon 13:00',
      [P1, ['Mon 10:00', 'reply'], ['Mon 12:00', 'cancel']],
      'met Mon 10:00 (reply), due Mon 11:00',
    ],
    [
      'missed stays when cancelled',
      'Mon 14:00',
      [P1, ['Mon 12:00', 'reply'], ['Mon 13:00', 'cancel']],
      'missed Mon 12:00 (reply), due Mon 11:00, breached Mon 11:00',
    ],
    [
      'after cancelled nothing counts',
      'Mon 14:00',
      [P1, ['Mon 10:00', 'cancel'], ['Mon 10:01', 'reply'], ['Mon 10:02', 'solve']],
      'cancelled',
    ],
    [
      'events after now do not exist yet',
      'Mon 10:00',
      [P1, ['Mon 10:00:00.001', 'reply']],
      'running, due Mon 11:00',
    ],
    [
      'an event at now does',
      'Mon 10:00',
      [P1, ['Mon 10:00', 'reply']],
      'met Mon 10:00 (reply), due Mon 11:00',
    ],
    [
      'a desk whose clock is behind sees the ticket at its creation',
      'Mon 08:59',
      [P1],
      'running, due Mon 11:00',
    ],
  ])
})

describe('a priority change is retroactive', () => {
  rows('firstResponse', policy, [
    ['re-targeted from the original start', 'Mon 11:00', [P2, ['Mon 10:00', 'P1']], 'running, due Mon 11:00'],
    [
      'the new deadline already past: breached at that moment',
      'Mon 12:00',
      [P2, ['Mon 12:00', 'P1']],
      'breached, due Mon 11:00, breached Mon 12:00',
    ],
    [
      'the new deadline exactly now: still runs',
      'Mon 11:00',
      [P2, ['Mon 11:00', 'P1']],
      'running, due Mon 11:00',
    ],
    [
      'and breaches at it',
      'Mon 11:30',
      [P2, ['Mon 11:00', 'P1']],
      'breached, due Mon 11:00, breached Mon 11:00',
    ],
    [
      'satisfied is not re-targeted',
      'Mon 12:00',
      [P2, ['Mon 10:00', 'reply'], ['Mon 12:00', 'P1']],
      'met Mon 10:00 (reply), due Mon 13:00',
    ],
    [
      'breached stays breached',
      'Mon 12:30',
      [P1, ['Mon 12:00', 'P3']],
      'breached, due Mon 11:00, breached Mon 11:00',
    ],
    [
      'and is missed with its first due',
      'Mon 12:30',
      [P1, ['Mon 12:00', 'P3'], ['Mon 12:10', 'reply']],
      'missed Mon 12:10 (reply), due Mon 11:00, breached Mon 11:00',
    ],
    ['to a longer target in time', 'Mon 12:30', [P1, ['Mon 11:00', 'P3']], 'running, due Tue 17:00'],
    [
      'order within an instant: breached, then replied',
      'Mon 12:30',
      [P2, ['Mon 12:00', 'P1'], ['Mon 12:00', 'reply']],
      'missed Mon 12:00 (reply), due Mon 11:00, breached Mon 12:00',
    ],
    [
      'order within an instant: replied, then re-targeted',
      'Mon 12:30',
      [P2, ['Mon 12:00', 'reply'], ['Mon 12:00', 'P1']],
      'met Mon 12:00 (reply), due Mon 13:00',
    ],
  ])
})

describe('resolution and its pauses', () => {
  rows('resolution', policy, [
    ['runs', 'Mon 09:00', [P1], 'running, due Mon 17:00'],
    ['pauses while waiting on the customer', 'Mon 11:00', [P1, ['Mon 10:00', 'wait']], 'paused'],
    ['however long', 'Fri 11:00', [P1, ['Mon 10:00', 'wait']], 'paused'],
    ['not while on hold', 'Mon 11:00', [P1, ['Mon 10:00', 'hold']], 'running, due Mon 17:00'],
    [
      'later by the working time of the pause',
      'Tue 11:00',
      [P1, ['Mon 10:00', 'wait'], ['Tue 10:00', 'open']],
      'running, due Tue 17:00',
    ],
    [
      'a reply of the customer alone resumes nothing',
      'Tue 11:00',
      [P1, ['Mon 10:00', 'wait'], ['Tue 10:00', 'customer']],
      'paused',
    ],
    [
      'the same status again changes nothing',
      'Tue 11:00',
      [P1, ['Mon 10:00', 'wait'], ['Mon 12:00', 'wait'], ['Tue 10:00', 'open']],
      'running, due Tue 17:00',
    ],
    [
      'a pause that begins at the deadline counts',
      'Tue 11:00',
      [P1, ['Mon 17:00', 'wait'], ['Tue 10:00', 'open']],
      'breached, due Tue 10:00, breached Tue 10:00',
    ],
    [
      'at the deadline it just made it still runs',
      'Tue 10:00',
      [P1, ['Mon 17:00', 'wait'], ['Tue 10:00', 'open']],
      'running, due Tue 10:00',
    ],
    [
      'a pause over a closed night adds nothing: breached when it ends',
      'Tue 08:00',
      [P1, ['Mon 17:00', 'wait'], ['Tue 08:00', 'open']],
      'breached, due Mon 17:00, breached Tue 08:00',
    ],
    [
      'one after the breach stops nothing',
      'Tue 11:00',
      [P1, ['Mon 17:00:00.001', 'wait']],
      'breached, due Mon 17:00, breached Mon 17:00',
    ],
    [
      'solving ends the pause first',
      'Tue 11:00',
      [P1, ['Mon 16:00', 'wait'], ['Tue 10:00', 'solve']],
      'met Tue 10:00 (solve), due Tue 11:00',
    ],
    [
      'so does a workaround',
      'Tue 11:00',
      [P1, ['Mon 16:00', 'wait'], ['Tue 10:00', 'workaround']],
      'met Tue 10:00 (workaround), due Tue 11:00',
    ],
    [
      're-targeted into the past while paused: no breach yet',
      'Wed 11:00',
      [P2, ['Tue 10:00', 'wait'], ['Tue 11:00', 'P1']],
      'paused',
    ],
    [
      'but when the pause ends',
      'Wed 13:00',
      [P2, ['Tue 10:00', 'wait'], ['Tue 11:00', 'P1'], ['Wed 12:00', 'open']],
      'breached, due Mon 17:00, breached Wed 12:00',
    ],
    [
      'also when solving ends it',
      'Wed 13:00',
      [P2, ['Tue 10:00', 'wait'], ['Tue 11:00', 'P1'], ['Wed 12:00', 'solve']],
      'missed Wed 12:00 (solve), due Mon 17:00, breached Wed 12:00',
    ],
    [
      'a re-target back in time saves it',
      'Wed 13:00',
      [P2, ['Tue 10:00', 'wait'], ['Tue 11:00', 'P1'], ['Tue 12:00', 'P2'], ['Wed 12:00', 'open']],
      'running, due Tue+1 11:00',
    ],
    [
      'cancelled while paused',
      'Wed 13:00',
      [P2, ['Tue 10:00', 'wait'], ['Tue 11:00', 'cancel']],
      'cancelled',
    ],
  ])
})

describe('several statuses that pause', () => {
  rows('resolution', BOTH_PAUSE, [
    [
      'from one into the other is one pause',
      'Wed 09:00',
      [P2, ['Tue 10:00', 'wait'], ['Tue 11:00', 'P1'], ['Tue 12:00', 'hold']],
      'paused',
    ],
    [
      'which counts whole',
      'Tue 12:00',
      [P1, ['Mon 12:00', 'wait'], ['Mon 13:00', 'hold'], ['Mon 15:00', 'open']],
      'running, due Tue 12:00',
    ],
  ])
  rows('firstResponse', BOTH_PAUSE, [
    ['a first response that may pause', 'Mon 12:00', [P1, ['Mon 10:00', 'hold']], 'paused'],
    [
      'by elapsed time, being a clock target',
      'Mon 20:00',
      [P1, ['Mon 10:00', 'hold'], ['Mon 19:30', 'open']],
      'running, due Mon 20:30',
    ],
    [
      'a reply ends its pause',
      'Mon 20:00',
      [P1, ['Mon 10:00', 'hold'], ['Mon 19:30', 'reply']],
      'met Mon 19:30 (reply), due Mon 20:30',
    ],
    [
      'waiting does not pause it',
      'Mon 12:00',
      [P1, ['Mon 10:00', 'wait']],
      'breached, due Mon 11:00, breached Mon 11:00',
    ],
  ])
})

describe('solved, closed and reopened', () => {
  rows('resolution', policy, [
    ['solved is met', 'Tue 09:00', [P1, ['Mon 12:00', 'solve']], 'met Mon 12:00 (solve), due Mon 17:00'],
    [
      'closed afterwards is the same state',
      'Tue 09:00',
      [P1, ['Mon 12:00', 'solve'], ['Mon 13:00', 'close']],
      'met Mon 12:00 (solve), due Mon 17:00',
    ],
    [
      'closed, then solved',
      'Tue 09:00',
      [P1, ['Mon 12:00', 'close'], ['Mon 13:00', 'solve']],
      'met Mon 12:00 (solve), due Mon 17:00',
    ],
    [
      'reopened runs again, the time between is a pause',
      'Tue 10:00',
      [P1, ['Mon 12:00', 'solve'], ['Tue 10:00', 'open']],
      'running, due Tue 15:00',
    ],
    [
      'solved again',
      'Tue 12:00',
      [P1, ['Mon 12:00', 'solve'], ['Tue 10:00', 'open'], ['Tue 11:00', 'solve']],
      'met Tue 11:00 (solve), due Tue 15:00',
    ],
    [
      'under the priority in force at the reopening',
      'Tue 10:00',
      [P1, ['Mon 12:00', 'solve'], ['Mon 13:00', 'P2'], ['Tue 10:00', 'open']],
      'running, due Mon+1 15:00',
    ],
    [
      'a change while solved does not touch the outcome',
      'Tue 14:00',
      [P2, ['Tue 12:00', 'solve'], ['Tue 13:00', 'P1']],
      'met Tue 12:00 (solve), due Fri 17:00',
    ],
    [
      'a stricter one breaches at the reopening',
      'Wed 12:00',
      [P2, ['Tue 12:00', 'solve'], ['Tue 13:00', 'P1'], ['Wed 10:00', 'open']],
      'breached, due Mon 17:00, breached Wed 10:00',
    ],
    [
      'missed is breached again',
      'Wed 12:00',
      [P1, ['Tue 10:00', 'solve'], ['Wed 10:00', 'open']],
      'breached, due Mon 17:00, breached Mon 17:00',
    ],
    [
      'and missed again',
      'Thu 12:00',
      [P1, ['Tue 10:00', 'solve'], ['Wed 10:00', 'open'], ['Wed 11:00', 'solve']],
      'missed Wed 11:00 (solve), due Mon 17:00, breached Mon 17:00',
    ],
    [
      'reopened straight into a pause',
      'Wed 12:00',
      [P1, ['Mon 12:00', 'solve'], ['Tue 10:00', 'wait']],
      'paused',
    ],
    [
      'which is one with the time it was solved',
      'Wed 12:00',
      [P1, ['Mon 12:00', 'solve'], ['Tue 10:00', 'wait'], ['Wed 12:00', 'open']],
      'running, due Wed 17:00',
    ],
    [
      'nothing breaches before that pause ends',
      'Wed 12:00',
      [P2, ['Tue 12:00', 'solve'], ['Tue 13:00', 'P1'], ['Wed 10:00', 'wait']],
      'paused',
    ],
    [
      'but then',
      'Wed 13:00',
      [P2, ['Tue 12:00', 'solve'], ['Tue 13:00', 'P1'], ['Wed 10:00', 'wait'], ['Wed 12:30', 'open']],
      'breached, due Mon 17:00, breached Wed 12:30',
    ],
    [
      'waiting, solved, reopened: one long pause',
      'Wed 12:00',
      [P1, ['Mon 12:00', 'wait'], ['Mon 15:00', 'solve'], ['Tue 10:00', 'open']],
      'breached, due Tue 15:00, breached Tue 15:00',
    ],
    [
      'breached, then solved',
      'Wed 12:00',
      [P1, ['Wed 10:00', 'solve']],
      'missed Wed 10:00 (solve), due Mon 17:00, breached Mon 17:00',
    ],
  ])
})

describe('a workaround', () => {
  rows('resolution', policy, [
    [
      'satisfies resolution',
      'Tue 09:00',
      [P1, ['Mon 12:00', 'workaround']],
      'met Mon 12:00 (workaround), due Mon 17:00',
    ],
    [
      'for good: a later solve changes nothing',
      'Wed 09:00',
      [P1, ['Mon 12:00', 'workaround'], ['Tue 12:00', 'solve']],
      'met Mon 12:00 (workaround), due Mon 17:00',
    ],
    [
      'nor a reopening',
      'Wed 09:00',
      [P1, ['Mon 12:00', 'workaround'], ['Tue 12:00', 'solve'], ['Tue 13:00', 'open']],
      'met Mon 12:00 (workaround), due Mon 17:00',
    ],
    [
      'nor a pause',
      'Wed 09:00',
      [P1, ['Mon 12:00', 'workaround'], ['Tue 12:00', 'wait']],
      'met Mon 12:00 (workaround), due Mon 17:00',
    ],
    [
      'on a solved ticket it makes that outcome final',
      'Wed 09:00',
      [P1, ['Mon 12:00', 'solve'], ['Mon 13:00', 'workaround'], ['Tue 13:00', 'open']],
      'met Mon 12:00 (solve), due Mon 17:00',
    ],
    [
      'also when that was missed',
      'Wed 09:00',
      [P1, ['Tue 12:00', 'solve'], ['Tue 13:00', 'workaround'], ['Tue 14:00', 'open']],
      'missed Tue 12:00 (solve), due Mon 17:00, breached Mon 17:00',
    ],
    [
      'too late',
      'Wed 09:00',
      [P1, ['Tue 12:00', 'workaround']],
      'missed Tue 12:00 (workaround), due Mon 17:00, breached Mon 17:00',
    ],
    ['without a proposal', 'Wed 09:00', [P3, ['Tue 12:00', 'workaround']], 'met Tue 12:00 (workaround)'],
  ])
})

describe('a proposed course of action', () => {
  rows('resolution', policy, [
    ['none yet', 'Wed 09:00', [P3], 'awaiting-proposal'],
    ['none yet, also while waiting', 'Wed 09:00', [P3, ['Tue 09:00', 'wait']], 'awaiting-proposal'],
    [
      'its date is the deadline',
      'Wed 09:00',
      [P3, ['Tue 09:00', 'propose Fri 12:00']],
      'running, due Fri 12:00',
    ],
    [
      'also at night and at the weekend',
      'Wed 09:00',
      [P3, ['Tue 09:00', 'propose Sat 23:00']],
      'running, due Sat 23:00',
    ],
    [
      'the last one counts, even earlier',
      'Wed 09:00',
      [P3, ['Tue 09:00', 'propose Fri 12:00'], ['Tue 10:00', 'propose Thu 12:00']],
      'running, due Thu 12:00',
    ],
    [
      'it never pauses',
      'Wed 09:00',
      [P3, ['Tue 09:00', 'propose Fri 12:00'], ['Tue 10:00', 'wait']],
      'running, due Fri 12:00',
    ],
    [
      'nor is it moved by a pause',
      'Thu 09:00',
      [P3, ['Tue 09:00', 'propose Fri 12:00'], ['Tue 10:00', 'wait'], ['Wed 10:00', 'open']],
      'running, due Fri 12:00',
    ],
    [
      'it breaches while waiting',
      'Sat 09:00',
      [P3, ['Tue 09:00', 'propose Fri 12:00'], ['Tue 10:00', 'wait']],
      'breached, due Fri 12:00, breached Fri 12:00',
    ],
    [
      'a date already past is breached at once',
      'Wed 09:00',
      [P3, ['Tue 09:00', 'propose Mon 12:00']],
      'breached, due Mon 12:00, breached Tue 09:00',
    ],
    [
      'a date before the ticket too',
      'Tue 09:00',
      [P3, ['Tue 09:00', 'propose Mon 08:00']],
      'breached, due Mon 08:00, breached Tue 09:00',
    ],
    [
      'a new date does not undo a breach',
      'Wed 09:00',
      [P3, ['Tue 09:00', 'propose Mon 12:00'], ['Tue 10:00', 'propose Fri 12:00']],
      'breached, due Mon 12:00, breached Tue 09:00',
    ],
    [
      'made under another priority it counts later',
      'Tue 12:00',
      [P2, ['Mon 10:00', 'propose Fri 12:00'], ['Tue 10:00', 'P3']],
      'running, due Fri 12:00',
    ],
    [
      'and if it has passed meanwhile, breaches at the re-target',
      'Tue 12:00',
      [P2, ['Mon 10:00', 'propose Mon 12:00'], ['Tue 10:00', 'P3']],
      'breached, due Mon 12:00, breached Tue 10:00',
    ],
    [
      'also when that happens in a pause: it never pauses',
      'Tue 12:00',
      [P2, ['Mon 10:00', 'propose Mon 12:00'], ['Tue 09:00', 'wait'], ['Tue 10:00', 'P3']],
      'breached, due Mon 12:00, breached Tue 10:00',
    ],
    [
      'for another kind of target it is nothing',
      'Tue 12:00',
      [P2, ['Mon 10:00', 'propose Mon 12:00']],
      'running, due Fri 17:00',
    ],
    [
      'solved with a date',
      'Sat 09:00',
      [P3, ['Tue 09:00', 'propose Fri 12:00'], ['Wed 09:00', 'solve']],
      'met Wed 09:00 (solve), due Fri 12:00',
    ],
    ['solved without one has no due', 'Sat 09:00', [P3, ['Wed 09:00', 'solve']], 'met Wed 09:00 (solve)'],
    [
      'a date proposed after the solve is not the outcome’s',
      'Sat 09:00',
      [P3, ['Wed 09:00', 'solve'], ['Wed 10:00', 'propose Thu 12:00']],
      'met Wed 09:00 (solve)',
    ],
    [
      'but counts after a reopening',
      'Thu 09:00',
      [P3, ['Wed 09:00', 'solve'], ['Wed 10:00', 'propose Thu 12:00'], ['Thu 09:00', 'open']],
      'running, due Thu 12:00',
    ],
    [
      'reopened past its date',
      'Sat 09:00',
      [P3, ['Tue 09:00', 'propose Thu 12:00'], ['Wed 09:00', 'solve'], ['Fri 09:00', 'open']],
      'breached, due Thu 12:00, breached Fri 09:00',
    ],
    [
      'pauses on record count after a re-target',
      'Wed 09:00',
      [P3, ['Mon 10:00', 'wait'], ['Tue 10:00', 'open'], ['Tue 11:00', 'P1']],
      'breached, due Tue 17:00, breached Tue 17:00',
    ],
    [
      're-targeted inside such a pause',
      'Tue 12:00',
      [P3, ['Mon 10:00', 'wait'], ['Tue 11:00', 'P1']],
      'paused',
    ],
    [
      'waiting, then solved, then reopened under P1',
      'Wed 10:00',
      [P3, ['Mon 10:00', 'wait'], ['Mon 12:00', 'solve'], ['Tue 09:00', 'P1'], ['Wed 10:00', 'open']],
      'running, due Wed 17:00',
    ],
  ])
})

describe('without any pause in the policy', () => {
  rows('resolution', NEVER_PAUSES, [
    [
      'waiting changes nothing',
      'Tue 09:00',
      [P1, ['Mon 10:00', 'wait']],
      'breached, due Mon 17:00, breached Mon 17:00',
    ],
    [
      'but being solved is a pause',
      'Tue 10:00',
      [P1, ['Mon 12:00', 'solve'], ['Tue 10:00', 'wait']],
      'running, due Tue 15:00',
    ],
  ])
})

describe('a history that is none is refused', () => {
  test.each([
    ['no event', [], 'events[0]'],
    ['created is not first', [['Mon 09:00', 'reply']], 'events[0]'],
    ['created twice', [P1, P1], 'events[1]'],
    ['out of order', [P1, ['Mon 12:00', 'reply'], ['Mon 11:59', 'solve']], 'events[2].at'],
    ['out of order after now', [P1, ['Fri 12:00', 'reply'], ['Thu 12:00', 'solve']], 'events[2].at'],
  ] as const)('%s', (_, events, field) => {
    expect(() => reportAt('Tue 09:00', history(...events))).toThrow(field)
  })
})

describe('what the report says beside the states', () => {
  const shares = (r: SlaReport, name: 'firstResponse' | 'resolution') =>
    r.thresholdsAt[name].map(({ share, at }) => [share, new Date(at).toISOString().slice(8, 16)])

  it('the instants at which alert thresholds are reached, in the target’s own measure', () => {
    const r = reportAt('Mon 09:00', history(P1))
    expect(shares(r, 'firstResponse')).toEqual([
      [0.5, '06T10:00'],
      [0.75, '06T10:30'],
      [0.9, '06T10:48'],
    ])
    expect(shares(r, 'resolution')).toEqual([
      [0.75, '06T15:00'],
      [0.9, '06T16:12'],
    ])
  })

  it('later by the pauses that came before them', () => {
    const r = reportAt('Tue 10:00', history(P1, ['Mon 10:00', 'wait'], ['Tue 10:00', 'open']))
    expect(shares(r, 'resolution')).toEqual([
      [0.75, '07T15:00'],
      [0.9, '07T16:12'],
    ])
  })

  it('none for a target that does not run', () => {
    const r = reportAt('Mon 10:00', history(P1, ['Mon 09:30', 'reply'], ['Mon 09:40', 'wait']))
    expect(r.thresholdsAt).toEqual({ firstResponse: [], resolution: [] })
    expect(r.nextChangeAt).toBeUndefined()
  })

  test.each([
    ['Mon 09:00', 'Mon 10:00', 'half of the first response'],
    ['Mon 10:00', 'Mon 10:30', 'strictly after now'],
    ['Mon 10:48', 'Mon 11:00:00.001', 'the millisecond after the deadline'],
    ['Mon 11:00', 'Mon 11:00:00.001', 'also at the deadline'],
    ['Mon 11:00:00.001', 'Mon 15:00', 'then the resolution'],
    ['Mon 16:12', 'Mon 17:00:00.001', 'its deadline'],
  ])('at %s the next change is at %s: %s', (now, expected) => {
    expect(reportAt(now, history(P1)).nextChangeAt).toBe(on(expected))
  })

  it('nothing more to come once all is breached', () => {
    expect(reportAt('Mon 17:00:00.001', history(P1)).nextChangeAt).toBeUndefined()
  })

  it('how often a target was reopened', () => {
    const events = history(
      P1,
      ['Mon 12:00', 'solve'],
      ['Mon 13:00', 'open'],
      ['Mon 14:00', 'solve'],
      ['Mon 15:00', 'wait'],
    )
    expect(reportAt('Mon 12:00', events).cycle).toEqual({ firstResponse: 0, resolution: 0 })
    expect(reportAt('Tue 12:00', events).cycle).toEqual({ firstResponse: 0, resolution: 2 })
    const final = history(P1, ['Mon 12:00', 'workaround'], ['Mon 13:00', 'solve'], ['Mon 14:00', 'open'])
    expect(reportAt('Tue 12:00', final).cycle.resolution).toBe(0)
  })

  it('that a deadline lies beyond what the calendar knows', () => {
    const short = { ...calendar, validThrough: '2026-07-06' }
    const at = (text: string, events: readonly SlaEvent[]) =>
      report({ events, policy, calendar: short, plan: 'premium', now: on(text) }).warnings
    expect(at('Mon 09:00', history(P1))).toEqual([])
    expect(at('Mon 09:00', history(P2))).toEqual(['beyond-calendar'])
    const faraway: SlaEvent = { at: on('Mon 10:00'), type: 'proposed', dueAt: Date.UTC(9999, 0, 1) }
    expect(at('Mon 10:00', [...history(P3), faraway])).toEqual(['beyond-calendar'])
  })
})

describe('for any history', () => {
  const later = fc.integer({ min: 0, max: 12 * 86_400_000 })
  const read = (events: readonly SlaEvent[], p: Policy, now: number) =>
    report({ events, policy: p, calendar, plan: 'premium', now })

  it('the report stays the same until nextChangeAt, and changes there or passes a threshold', () => {
    fc.assert(
      fc.property(anyHistory, anyTerms, later, (events, p, after) => {
        const now = (events.at(-1)?.at ?? 0) + after
        const r = read(events, p, now)
        const next = r.nextChangeAt
        if (next === undefined) {
          expect(read(events, p, now + 1e10)).toEqual(r)
          return
        }
        expect(next).toBeGreaterThan(now)
        expect({ ...read(events, p, next - 1), nextChangeAt: next }).toEqual(r)
        const { nextChangeAt, ...changed } = read(events, p, next)
        expect(nextChangeAt ?? Number.POSITIVE_INFINITY).toBeGreaterThan(next)
        const isThreshold = Object.values(r.thresholdsAt)
          .flat()
          .some((threshold) => threshold.at === next)
        expect(
          isThreshold || JSON.stringify(changed) !== JSON.stringify({ ...r, nextChangeAt: undefined }),
        ).toBe(true)
      }),
    )
  })

  it('events after now change nothing, and reading twice gives the same', () => {
    fc.assert(
      fc.property(anyHistory, anyTerms, later, (events, p, offset) => {
        const now = on('Mon 08:30') + offset
        expect(read(events, p, now)).toEqual(
          read(
            events.filter((event) => event.at <= now),
            p,
            now,
          ),
        )
      }),
    )
  })

  it('a breach is never undone while the ticket lives, and its deadline never moves', () => {
    fc.assert(
      fc.property(anyHistory, anyTerms, (events, p) => {
        for (const name of ['firstResponse', 'resolution'] as const) {
          let frozen: { due: number; breachedAt: number } | undefined
          for (const [index, event] of events.entries()) {
            const target = read(events.slice(0, index + 1), p, event.at)[name]
            if (target.state === 'cancelled') break
            const now =
              'breachedAt' in target ? { due: target.due, breachedAt: target.breachedAt } : undefined
            if (frozen !== undefined) expect(now).toEqual(frozen)
            frozen = now
            if (now) expect(now.breachedAt).toBeGreaterThanOrEqual(now.due)
          }
        }
      }),
    )
  })

  it('nothing is due, and nothing breaches, while a pause is open', () => {
    fc.assert(
      fc.property(anyHistory, anyTerms, later, (events, p, after) => {
        const now = (events.at(-1)?.at ?? 0) + after
        const target = read(events, p, now).resolution
        if (target.state === 'paused')
          expect(read(events, p, now + 1e10).resolution).toEqual({ state: 'paused' })
      }),
    )
  })

  it('does not touch its input', () => {
    const frozen = Object.freeze(
      history(P1, ['Mon 10:00', 'wait'], ['Mon 11:00', 'solve']).map((e) => Object.freeze(e)),
    )
    expect(() => reportAt('Tue 09:00', frozen)).not.toThrow()
  })
})
