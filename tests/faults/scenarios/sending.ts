import { note, priority, reply, status } from '../../src-shared/tickets/samples'
import type { Canned, Fault } from '../fault'
import type { Scenario, Step } from '../scenario'
import { OPEN } from '../shared-portal'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const problem = (status: number, code: string, detail: string, more: Partial<Canned> = {}): Fault => ({
  kind: 'answers',
  answer: {
    status,
    type: 'application/problem+json',
    body: JSON.stringify({ type: 'about:blank', title: code, status, code, detail }),
    ...more,
  },
})

const hundred = (): readonly Step[] =>
  Array.from({ length: 100 }, (_, n) => ({
    do: 'write',
    what: note(`written without the portal ${n}`),
    on: OPEN[n % OPEN.length] ?? 't1',
  }))

/** What may happen to commands on their way, and to what the portal says of them. */
export const sendingScenarios: readonly Scenario[] = [
  {
    name: 'the portal is gone for a day with a hundred commands waiting',
    steps: [
      { do: 'start' },
      { do: 'portal', is: 'away' },
      ...hundred(),
      { do: 'status', is: { kind: 'offline', unsent: 100 } },
      { do: 'wait', ms: DAY },
      { do: 'portal', is: 'back' },
      { do: 'heals' },
      // As many rounds as there are commands on one ticket, each of them one request.
      { do: 'at most', requests: 25, of: 'commands' },
    ],
  },
  {
    name: 'the portal takes no commands for two hours, and a hundred wait',
    steps: [
      { do: 'start' },
      { do: 'network', rules: [{ on: 'commands', fault: problem(503, 'unavailable', 'read only today') }] },
      ...hundred(),
      { do: 'wait', ms: 2 * HOUR },
      { do: 'status', is: { kind: 'live', unsent: 100 } },
      // Each command once as it is written, then one request in half a minute.
      { do: 'at most', requests: 6 + 2 * 120 * 1.5, of: 'commands' },
      { do: 'heals' },
    ],
  },
  {
    name: 'one command at which the portal hangs holds up its own ticket and no other',
    steps: [
      { do: 'start' },
      { do: 'portal', is: 'away' },
      { do: 'write', what: note('poison'), on: 't1' },
      { do: 'write', what: note('behind it'), on: 't1' },
      ...OPEN.slice(1).map((on) => ({ do: 'write', what: reply('in the same request'), on }) as const),
      { do: 'network', rules: [{ on: 'commands', holding: 'poison', fault: { kind: 'never answers' } }] },
      { do: 'portal', is: 'back' },
      { do: 'status', is: { unsent: 2 } },
      { do: 'write', what: status('on-hold'), on: 't2' },
      { do: 'status', is: { unsent: 2 } },
      { do: 'wait', ms: 10 * MINUTE },
      { do: 'at most', requests: 60, of: 'commands' },
    ],
  },
  {
    name: 'killed between what the portal did and its answer',
    steps: [
      { do: 'start' },
      { do: 'network', rules: [{ on: 'commands', times: 1, fault: { kind: 'answer lost', by: 'silence' } }] },
      { do: 'write', what: reply('only once'), on: 't1' },
      { do: 'write', what: status('on-hold'), on: 't2' },
      { do: 'kill', what: 'app' },
    ],
  },
  {
    name: 'the engine is killed between what the portal did and its answer',
    steps: [
      { do: 'start' },
      { do: 'network', rules: [{ on: 'commands', times: 1, fault: { kind: 'answer lost', by: 'silence' } }] },
      { do: 'write', what: reply('only once'), on: 't1' },
      { do: 'kill', what: 'engine' },
      { do: 'write', what: note('and one more'), on: 't1' },
    ],
  },
  {
    name: 'an answer that says nothing of some commands',
    steps: [
      { do: 'start' },
      { do: 'portal', is: 'away' },
      ...OPEN.map((on) => ({ do: 'write', what: reply('said or unsaid'), on }) as const),
      {
        do: 'network',
        rules: [
          {
            on: 'commands',
            times: 2,
            fault: {
              kind: 'spoils',
              edit: (page) => ({ ...page, results: page.results?.filter((_, n) => n % 2 === 0) ?? [] }),
            },
          },
        ],
      },
      { do: 'portal', is: 'back' },
    ],
  },
  {
    name: 'answers that never say anything of the commands',
    steps: [
      { do: 'start' },
      {
        do: 'network',
        rules: [{ on: 'commands', fault: { kind: 'spoils', edit: (page) => ({ ...page, results: [] }) } }],
      },
      { do: 'write', what: reply('unsaid'), on: 't1' },
      { do: 'wait', ms: 10 * MINUTE },
      { do: 'status', is: { unsent: 1 } },
      { do: 'at most', requests: 40, of: 'commands' },
    ],
  },
  {
    name: 'the answer to other commands',
    steps: [
      { do: 'start' },
      { do: 'write', what: reply('the first'), on: 't1' },
      { do: 'status', is: { unsent: 0 } },
      { do: 'network', rules: [{ on: 'commands', times: 2, fault: { kind: 'repeats' } }] },
      { do: 'write', what: reply('the second'), on: 't1' },
      { do: 'write', what: status('on-hold'), on: 't2' },
    ],
  },
  {
    name: 'results in another order',
    steps: [
      { do: 'start' },
      { do: 'portal', is: 'away' },
      { do: 'write', what: reply('the one'), on: 't1' },
      { do: 'write', what: status('on-hold'), on: 't2' },
      { do: 'write', what: priority('P3', 'calmer'), on: 't3' },
      {
        do: 'network',
        rules: [
          {
            on: 'commands',
            times: 1,
            fault: {
              kind: 'spoils',
              edit: (page) => ({ ...page, results: [...(page.results ?? [])].reverse() }),
            },
          },
        ],
      },
      { do: 'portal', is: 'back' },
    ],
  },
  {
    name: '429 with a Retry-After of a year is believed for an hour, and cut short by the person',
    steps: [
      { do: 'start' },
      {
        do: 'network',
        rules: [
          { on: 'everything', fault: problem(429, 'too-many-calls', 'slow', { retryAfter: 31_536_000 }) },
        ],
      },
      { do: 'write', what: reply('patience'), on: 't1' },
      { do: 'sync now' },
      { do: 'says', trouble: /slow down/ },
      { do: 'wait', ms: 50 * MINUTE },
      { do: 'at most', requests: 6 },
      { do: 'network', rules: [] },
      { do: 'sync now' },
      { do: 'status', is: { kind: 'live', unsent: 0 } },
    ],
  },
  {
    name: '401 with a token that is still good: asked once more, and on it goes',
    steps: [
      { do: 'start' },
      {
        do: 'network',
        rules: [{ on: 'commands', times: 1, fault: problem(401, 'unauthorized', 'who are you?') }],
      },
      { do: 'write', what: reply('kept'), on: 't1' },
    ],
  },
  {
    name: '401 in the middle of the first sync, with a token that is still good',
    steps: [
      {
        do: 'network',
        rules: [{ on: 'bootstrap', after: 2, times: 1, fault: problem(401, 'unauthorized', 'who are you?') }],
      },
      { do: 'start', synced: false },
    ],
  },
  {
    name: '401 for good: signed out, and all that is unsent is there after signing in again',
    steps: [
      { do: 'start' },
      { do: 'network', rules: [{ on: 'everything', fault: problem(401, 'unauthorized', 'revoked') }] },
      { do: 'write', what: reply('not to be lost'), on: 't1' },
      { do: 'signed out' },
      { do: 'wait', ms: 10 * MINUTE },
      { do: 'at most', requests: 8 },
      { do: 'network', rules: [] },
      { do: 'sign in again' },
    ],
  },
  {
    name: '401 from a proxy’s web page: nobody is signed out by it',
    steps: [
      { do: 'start' },
      {
        do: 'network',
        rules: [
          {
            on: 'everything',
            fault: { kind: 'answers', answer: { status: 401, type: 'text/html', body: '<html>' } },
          },
        ],
      },
      { do: 'write', what: reply('not to be lost'), on: 't1' },
      { do: 'wait', ms: 10 * MINUTE },
      { do: 'at most', requests: 200 },
    ],
  },
  {
    name: 'asleep for three hours in the middle of a request',
    steps: [
      { do: 'start' },
      {
        do: 'network',
        rules: [
          { on: 'commands', times: 1, fault: { kind: 'answer lost', by: 'silence' } },
          { on: 'changes', times: 1, fault: { kind: 'never answers' } },
        ],
      },
      { do: 'write', what: reply('before the lid was closed'), on: 't1' },
      { do: 'sync now' },
      { do: 'sleep', ms: 3 * HOUR },
      { do: 'they', what: priority('P3', 'calmer'), on: 't3' },
    ],
  },
  {
    name: 'the desk’s clock is set back two hours while commands wait',
    steps: [
      { do: 'start' },
      { do: 'network', rules: [{ on: 'commands', fault: problem(503, 'unavailable', 'later') }] },
      { do: 'write', what: reply('not in two hours'), on: 't1' },
      { do: 'wait', ms: 5 * MINUTE },
      { do: 'desk clock', byMs: -2 * HOUR },
      { do: 'heals' },
    ],
  },
]
