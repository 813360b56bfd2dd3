import { describe, expect, it, test } from 'vitest'
import { type InternalReport, internalReport } from '#shared/sla/internal'
import { type Policy, policySchema } from '#shared/sla/policy'
import { report } from '#shared/sla/report'
import { decode } from '#shared/time/decode'
import pack from '../../../resources/policies/bigpanda.json'
import { calendar, history, on, policy, type Written } from './tickets'

const given = (now: string, events: readonly Written[], terms: Policy = policy) =>
  ({ events: history(...events), policy: terms, calendar, plan: 'premium', now: on(now) }) as const

const P1: Written = ['Mon 09:00', 'created P1']
const P3: Written = ['Mon 09:00', 'created P3']

function told(goal: InternalReport['nextUpdate'] | InternalReport['stretch']['resolution']): string {
  if (goal === undefined) return 'none'
  if (goal.goal === 'paused') return 'paused'
  const at = `${goal.goal} ${new Date(goal.goalAt).toISOString().slice(5, 16)}`
  return 'reachedAt' in goal ? `${at}, reached ${new Date(goal.reachedAt).toISOString().slice(5, 16)}` : at
}

describe('stretch targets follow the clock of the contract, tighter', () => {
  test.each([
    ['ahead', 'firstResponse', 'Mon 09:30', [P1], 'ahead 07-06T10:00'],
    ['behind, while the contract still runs', 'firstResponse', 'Mon 10:30', [P1], 'behind 07-06T10:00'],
    [
      'reached',
      'firstResponse',
      'Mon 11:00',
      [P1, ['Mon 10:00', 'reply']],
      'reached 07-06T10:00, reached 07-06T10:00',
    ],
    [
      'reached late, though the contract is met',
      'firstResponse',
      'Mon 11:00',
      [P1, ['Mon 10:30', 'reply']],
      'reached-late 07-06T10:00, reached 07-06T10:30',
    ],
    ['paused', 'resolution', 'Mon 16:00', [P1, ['Mon 10:00', 'wait']], 'paused'],
    [
      'moved by a pause',
      'resolution',
      'Mon 12:30',
      [P1, ['Mon 10:00', 'wait'], ['Mon 12:00', 'open']],
      'ahead 07-06T15:00',
    ],
    ['none where the policy has none', 'resolution', 'Mon 16:00', [P3], 'none'],
    ['none while it would be paused either', 'resolution', 'Mon 16:00', [P3, ['Mon 10:00', 'wait']], 'none'],
    ['none once cancelled', 'firstResponse', 'Mon 16:00', [P1, ['Mon 09:30', 'cancel']], 'none'],
  ] as const)('%s', (_, name, now, events, expected) => {
    expect(told(internalReport(given(now, events as readonly Written[])).stretch[name])).toBe(expected)
  })
})

describe('the next word to the customer', () => {
  const reply: Written = ['Mon 10:00', 'reply']
  test.each([
    ['none before the first reply: that is the first response', 'Mon 09:30', [P1], 'none'],
    ['an hour after a reply, for P1', 'Mon 10:30', [P1, reply], 'ahead 07-06T11:00'],
    ['then behind', 'Mon 11:01', [P1, reply], 'behind 07-06T11:00'],
    ['counts anew from each reply', 'Mon 11:01', [P1, reply, ['Mon 10:50', 'reply']], 'ahead 07-06T11:50'],
    [
      'a note is no word to the customer',
      'Mon 10:55',
      [P1, reply, ['Mon 10:50', 'note']],
      'ahead 07-06T11:00',
    ],
    ['a call that was logged is one', 'Mon 09:30', [['Mon 09:00', 'call P1']], 'ahead 07-06T10:00'],
    ['none while we wait on the customer', 'Mon 12:00', [P1, reply, ['Mon 10:05', 'wait']], 'none'],
    [
      'counts again from the customer’s answer',
      'Mon 15:30',
      [P1, reply, ['Mon 10:05', 'wait'], ['Mon 15:00', 'customer'], ['Mon 15:00', 'open']],
      'ahead 07-06T16:00',
    ],
    ['goes on while on hold', 'Mon 10:30', [P1, reply, ['Mon 10:05', 'hold']], 'ahead 07-06T11:00'],
    ['by the priority it has now', 'Mon 10:30', [P1, reply, ['Mon 10:05', 'P2']], 'ahead 07-06T14:00'],
    ['working days for P3', 'Mon 10:30', [P3, reply], 'ahead 07-08T10:00'],
    ['none once solved', 'Mon 10:30', [P1, reply, ['Mon 10:05', 'solve']], 'none'],
    ['none once cancelled', 'Mon 10:30', [P1, reply, ['Mon 10:05', 'cancel']], 'none'],
    [
      'what comes after now does not exist yet',
      'Mon 10:01',
      [P1, reply, ['Mon 10:05', 'solve']],
      'ahead 07-06T11:00',
    ],
  ] as const)('%s', (_, now, events, expected) => {
    expect(told(internalReport(given(now, events as readonly Written[])).nextUpdate)).toBe(expected)
  })
})

it('says when it changes next', () => {
  const events = [P1, ['Mon 09:10', 'reply']] as readonly Written[]
  expect(internalReport(given('Mon 09:20', events)).nextChangeAt).toBe(on('Mon 10:10:00.001'))
  expect(internalReport(given('Mon 10:11', events)).nextChangeAt).toBe(on('Mon 13:00:00.001'))
  expect(internalReport(given('Mon 13:01', events)).nextChangeAt).toBeUndefined()
})

it('is not there for a policy without internal targets', () => {
  const { internal: _, ...plain } = policy
  expect(internalReport(given('Mon 09:30', [P1], plain))).toEqual({
    stretch: { firstResponse: undefined, resolution: undefined },
    nextUpdate: undefined,
    nextChangeAt: undefined,
  })
})

it('leaves the report of the contract as it is', () => {
  const { internal: _, ...plain } = policy
  const events = [
    P1,
    ['Mon 10:00', 'wait'],
    ['Mon 12:00', 'open'],
    ['Mon 12:10', 'reply'],
  ] as readonly Written[]
  expect(report(given('Mon 12:30', events))).toEqual(report(given('Mon 12:30', events, plain)))
})

describe('internal targets that cannot be meant are refused', () => {
  const { internal } = pack
  const stretch = (of: object) => ({ ...internal, stretch: { firstResponse: { P1: of } } })
  test.each([
    [
      'no tighter than the contract',
      stretch({ premium: { kind: 'clock', hours: 2 } }),
      'internal.stretch.firstResponse.P1.premium',
    ],
    [
      'with no start to count from',
      stretch({ premium: { kind: 'proposed' } }),
      'internal.stretch.firstResponse.P1.premium',
    ],
    [
      'for a plan nobody has',
      stretch({ gold: { kind: 'clock', hours: 1 } }),
      'internal.stretch.firstResponse.P1',
    ],
    ['without words that say what they are', { ...internal, description: '' }, 'internal.description'],
    [
      'updates of solved tickets',
      { ...internal, updates: { ...internal.updates, while: ['solved'] } },
      'internal.updates.while[0]',
    ],
  ])('%s', (_, value, field) => {
    const decoded = decode(policySchema, { ...pack, internal: value })
    expect(decoded.ok ? [] : decoded.problems.map((problem) => problem.field)).toEqual([field])
  })
})
