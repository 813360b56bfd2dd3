import { note, priority, reply, status } from '../../src-shared/tickets/samples'
import type { Fault } from '../fault'
import type { Scenario, Step } from '../scenario'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const stream = (then: Extract<Fault, { kind: 'stream' }>['then']): readonly Step[] => [
  { do: 'start' },
  { do: 'network', rules: [{ on: 'stream', fault: { kind: 'stream', then } }] },
  { do: 'streams cut' },
  { do: 'wait', ms: 20 * SECOND },
  { do: 'they', what: priority('P3', 'calmer now'), on: 't3' },
  { do: 'write', what: reply('sent all the same'), on: 't1' },
  { do: 'wait', ms: 5 * MINUTE },
  { do: 'status', is: { unsent: 0 } },
  { do: 'shows', ticket: 't3', priority: 'P3' },
]

const clock = (name: string, aheadMs: number): Scenario => ({
  name,
  steps: [
    { do: 'portal clock', aheadMs },
    { do: 'start' },
    { do: 'clock offset', isMs: aheadMs },
    { do: 'write', what: reply('when is now?'), on: 't1' },
    { do: 'they', what: status('on-hold'), on: 't2' },
    { do: 'wait', ms: 5 * MINUTE },
    { do: 'status', is: { kind: 'live', unsent: 0 } },
  ],
})

/** Streams, clocks and the disk under it all. */
export const deskScenarios: readonly Scenario[] = [
  { name: 'a stream that is cut whenever it opens', steps: stream('cut') },
  { name: 'a stream that falls silent', steps: stream('silence') },
  { name: 'a stream that never says what changed', steps: stream('only heartbeats') },
  { name: 'a stream of rubbish', steps: stream('rubbish') },
  { name: 'a stream with a line that never ends', steps: stream('endless line') },
  {
    name: 'a stream cut again and again while much goes on',
    steps: [
      { do: 'start' },
      ...Array.from({ length: 6 }, (_, n): readonly Step[] => [
        { do: 'they', what: note(`between two cuts ${n}`), on: 't3' },
        { do: 'streams cut' },
        { do: 'write', what: note(`mine ${n}`), on: 't1' },
        { do: 'wait', ms: 7 * SECOND },
      ]).flat(),
    ],
  },
  clock('the portal’s clock is a day ahead', DAY),
  clock('the portal’s clock is a day behind', -DAY),
  clock('the portal’s clock is three hours ahead', 3 * HOUR),
  clock('the portal’s clock is three hours behind', -3 * HOUR),
  {
    name: 'the portal’s clock jumps by a day while all is quiet',
    steps: [
      { do: 'start' },
      { do: 'portal clock', aheadMs: DAY },
      { do: 'wait', ms: 90 * SECOND },
      { do: 'clock offset', isMs: DAY },
      { do: 'write', what: reply('tomorrow already'), on: 't1' },
      { do: 'portal clock', aheadMs: 0 },
      { do: 'wait', ms: 90 * SECOND },
      { do: 'clock offset', isMs: 0 },
    ],
  },
  {
    name: 'answers that don’t say the time',
    steps: [
      {
        do: 'network',
        rules: (['session', 'bootstrap', 'changes', 'commands'] as const).map((on) => ({
          on,
          fault: { kind: 'hides the time' } as const,
        })),
      },
      { do: 'start' },
      { do: 'write', what: reply('whatever the time'), on: 't1' },
      { do: 'wait', ms: 5 * MINUTE },
      { do: 'status', is: { unsent: 0 } },
    ],
  },
  {
    name: 'the desk’s clock is set back an hour: the offset follows it',
    steps: [
      { do: 'start' },
      { do: 'desk clock', byMs: -HOUR },
      { do: 'wait', ms: 90 * SECOND },
      { do: 'clock offset', isMs: HOUR },
      { do: 'write', what: reply('an hour ago'), on: 't1' },
      { do: 'they', what: status('on-hold'), on: 't2' },
    ],
  },
  {
    name: 'the disk is full when changes come',
    steps: [
      { do: 'start' },
      { do: 'disk', is: 'full' },
      { do: 'they', what: priority('P3', 'calmer now'), on: 't3' },
      { do: 'says', trouble: /disk is full/ },
      { do: 'cannot write', what: reply('where to?'), on: 't1', words: /disk is full/ },
      { do: 'wait', ms: 5 * MINUTE },
      { do: 'disk', is: 'free' },
      { do: 'write', what: reply('there is room again'), on: 't1' },
    ],
  },
  {
    name: 'the disk is full in the first sync',
    steps: [
      { do: 'network', rules: [{ on: 'bootstrap', after: 1, times: 1, fault: { kind: 'reset' } }] },
      { do: 'start', synced: false },
      { do: 'says', trouble: /can’t be reached/ },
      { do: 'disk', is: 'full' },
      { do: 'says', trouble: /disk is full/ },
      { do: 'wait', ms: 5 * MINUTE },
      { do: 'disk', is: 'free' },
    ],
  },
  {
    name: 'the disk is full when the portal answers for what was sent',
    steps: [
      { do: 'start' },
      { do: 'network', rules: [{ on: 'commands', times: 1, fault: { kind: 'reset' } }] },
      { do: 'write', what: reply('sent on the last byte'), on: 't1' },
      { do: 'write', what: status('on-hold'), on: 't2' },
      { do: 'disk', is: 'full' },
      { do: 'wait', ms: 10 * MINUTE },
      { do: 'at most', requests: 60, of: 'commands' },
      { do: 'disk', is: 'free' },
    ],
  },
  {
    name: 'two windows and many commands at once',
    steps: [{ do: 'start' }, { do: 'two windows write', notes: 30, on: 't1' }],
  },
]
