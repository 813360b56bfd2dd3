import { note, priority, reply, status } from '../../src-shared/tickets/samples'
import type { Scenario, Step } from '../scenario'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

const merge = (from: string, into: string): Step => ({
  do: 'they',
  what: { type: 'merge', into },
  on: from,
})
/** So that of all tickets only t1 still has a first response to come. */
const theyAnswerAllBut1: readonly Step[] = ['t2', 't3', 't4', 't5', 't6'].map((on) => ({
  do: 'they',
  what: reply('answered by a colleague'),
  on,
}))

/** Tickets that go away under a desk, windows that nobody sees, and thresholds that come in sleep. */
export const ticketScenarios: readonly Scenario[] = [
  {
    name: 'a ticket is merged into another while I have something unsent on both',
    parked: 1,
    steps: [
      { do: 'start' },
      { do: 'portal', is: 'away' },
      { do: 'write', what: reply('for the one that goes'), on: 't4' },
      { do: 'write', what: reply('for the one that stays'), on: 't5' },
      merge('t4', 't5'),
      { do: 'portal', is: 'back' },
      { do: 'status', is: { parked: 1, unsent: 0 } },
    ],
  },
  {
    name: 'merged, and its page of changes comes twice and in reverse',
    pageLimit: 4,
    steps: [
      { do: 'start' },
      {
        do: 'network',
        rules: [
          {
            on: 'changes',
            times: 3,
            fault: {
              kind: 'spoils',
              edit: (page, { before }) => ({
                ...page,
                records: [...page.records, ...(before?.records ?? [])].reverse(),
              }),
            },
          },
        ],
      },
      merge('t4', 't5'),
      { do: 'write', what: note('on what is left'), on: 't5' },
      { do: 'they', what: note('so do they'), on: 't5' },
      { do: 'they', what: status('on-hold'), on: 't6' },
    ],
  },
  {
    name: 'merged into a ticket that is deleted then',
    steps: [{ do: 'start' }, merge('t4', 't5'), { do: 'they delete', ticket: 't5' }],
  },
  {
    name: 'deleted in the middle of a first sync that had brought it already',
    pageLimit: 6,
    steps: [
      { do: 'network', rules: [{ on: 'bootstrap', after: 3, times: 1, fault: { kind: 'reset' } }] },
      { do: 'start', synced: false },
      { do: 'says', trouble: /can’t be reached/ },
      { do: 'they delete', ticket: 't1' },
      merge('t2', 't3'),
    ],
  },
  {
    name: 'a record of an unknown kind on every page of the first sync',
    pageLimit: 6,
    steps: [
      {
        do: 'network',
        rules: [
          {
            on: 'bootstrap',
            fault: {
              kind: 'spoils',
              edit: (page, { times }) => ({
                ...page,
                records: [...page.records, { kind: 'hologram', id: `h${times}`, version: 1e6, value: {} }],
              }),
            },
          },
        ],
      },
      { do: 'start' },
      { do: 'notice', text: /records? can't be read.*hologram/ },
      { do: 'write', what: reply('all the same'), on: 't1' },
    ],
  },
  {
    name: 'a window that is hidden from its start: its timers come once a minute, its rows at once',
    steps: [
      { do: 'start', hidden: true },
      { do: 'they', what: priority('P3', 'calmer now'), on: 't3' },
      { do: 'shows', ticket: 't3', priority: 'P3' },
      { do: 'write', what: reply('from behind other windows'), on: 't1' },
      { do: 'status', is: { unsent: 0 } },
      { do: 'streams cut' },
      { do: 'they', what: status('on-hold'), on: 't2' },
      { do: 'wait', ms: 5 * MINUTE },
      { do: 'status', is: { kind: 'live' } },
    ],
  },
  {
    name: 'asleep across three thresholds, and the network is back a little after the machine: one alert, the highest',
    steps: [
      { do: 'start' },
      ...theyAnswerAllBut1,
      { do: 'wait', ms: 1 * MINUTE },
      { do: 'network', rules: [{ on: 'everything', times: 3, fault: { kind: 'reset' } }] },
      { do: 'sleep', ms: 3.9 * HOUR },
      { do: 'wait', ms: 1 * MINUTE },
      { do: 'alerted', of: ['t1/firstResponse/0/90'] },
    ],
  },
  {
    name: 'asleep across three thresholds of a ticket that was answered meanwhile: nobody is told',
    steps: [
      { do: 'start' },
      ...theyAnswerAllBut1,
      { do: 'wait', ms: 1 * MINUTE },
      { do: 'they', what: reply('while that desk slept'), on: 't1' },
      { do: 'streams cut' },
      { do: 'sleep', ms: 3.9 * HOUR },
      { do: 'wait', ms: 1 * MINUTE },
      { do: 'alerted', of: [] },
    ],
  },
]
