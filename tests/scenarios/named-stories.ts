import type { Change } from './mutate'
import type { Story } from './story/step'
import type { Invariant } from './story/violation'

/** A story that once went wrong. */
export type NamedStory = {
  readonly name: string
  readonly story: Omit<Story, 'seed'>
  /** The product as it was when this went wrong, and what went wrong then. */
  readonly was?: { readonly changes: readonly Change[]; readonly brokenAs: Invariant }
}

const HOUR = 3_600_000
const ANA = { who: 'ana', windows: 1, start: 'warm' } as const
const BEN = { who: 'ben', windows: 1, start: 'warm' } as const
const alone = { desks: [ANA], hasStreams: true, pageCap: 1000 } as const
const together = { desks: [ANA, BEN], hasStreams: true, pageCap: 1000 } as const

const rowsStayAsComputed: readonly Change[] = [
  {
    file: 'src-renderer/store/live-rows.ts',
    text: 'if (Math.abs(byMs) > SLACK_MS) void this.refresh([...this.#held.keys()])\n    else this.#rearm()',
    instead: 'this.#rearm()',
  },
  {
    file: 'src-renderer/store/live-rows.ts',
    text: 'if (now < this.#computedFor - SLACK_MS) {',
    instead: 'if (now < 0) {',
  },
]

export const namedStories: readonly NamedStory[] = [
  {
    name: 'a reply while the portal’s clock is ahead by less than a second',
    story: {
      ...alone,
      steps: [
        { do: 'sync', desk: 0, pause: 'rest' },
        { do: 'clock', of: 'portal', byMs: 900 },
        { do: 'command', desk: 0, ticket: 't1', what: { type: 'reply', body: 'we look', public: true } },
      ],
    },
    was: {
      changes: [
        {
          file: 'src-renderer/store/judged-at.ts',
          text: 'return Math.max(now, ticket.slaEvents.at(-1)?.at ?? now)',
          instead: 'return now',
        },
      ],
      brokenAs: 'I4',
    },
  },
  {
    name: 'a desk’s clock is set ahead, its rows say so, and the portal tells what time it is',
    story: {
      ...alone,
      steps: [
        { do: 'sync', desk: 0, pause: 'rest' },
        { do: 'clock', of: 0, byMs: HOUR, pause: { ms: 40_000 } },
      ],
    },
    was: { changes: rowsStayAsComputed, brokenAs: 'I4' },
  },
  {
    name: 'the portal’s clock is set back while the system takes no notifications',
    story: {
      ...alone,
      steps: [
        { do: 'sync', desk: 0, pause: 'rest' },
        { do: 'notifications', desk: 0, are: 'broken' },
        { do: 'sleep', desk: 'all', ms: 2 * HOUR, pause: { ms: 2 * HOUR } },
        { do: 'kill', desk: 0, what: 'app', pause: 'rest' },
        { do: 'clock', of: 'portal', byMs: -HOUR, pause: 'rest' },
      ],
    },
  },
  {
    name: 'a ticket is deleted, and the feed forgets it, before the answer to a note on it comes through',
    story: {
      ...alone,
      steps: [
        { do: 'sync', desk: 0, pause: 'rest' },
        { do: 'network', desk: 0, rule: { weather: 'answer lost', only: 'commands' } },
        {
          do: 'command',
          desk: 0,
          ticket: 't1',
          what: { type: 'note', body: 'seen by nobody' },
          pause: { ms: 500 },
        },
        { do: 'delete', ticket: 't1' },
        { do: 'portal', is: 'forgetful', pause: 'rest' },
        { do: 'network', desk: 0, rule: { weather: 'fine' }, announced: true },
      ],
    },
    was: {
      changes: [
        { file: 'src-shared/sync/feed-passed.ts', text: 'state.wasKnown === true', instead: 'false' },
      ],
      brokenAs: 'I10',
    },
  },
  {
    name: 'the portal is set back, and the pull that brings all of it anew fails at its end',
    story: {
      ...alone,
      steps: [
        { do: 'sync', desk: 0, pause: 'rest' },
        { do: 'network', desk: 0, rule: { weather: 'cut short', only: 'changes' } },
        {
          do: 'command',
          desk: 0,
          ticket: 't1',
          what: { type: 'note', body: 'not in the feed' },
          pause: 'rest',
        },
        { do: 'portal', is: 'set back', pause: { ms: 3000 } },
      ],
    },
    was: {
      changes: [
        {
          file: 'src-renderer/engine/pull.ts',
          text: 'let restarts = 0',
          instead: 'let restarts = 0\n  let isNew = false',
        },
        {
          file: 'src-renderer/engine/pull.ts',
          text: `case 'complete':`,
          instead: `case 'complete':\n        isNew = true`,
        },
        {
          file: 'src-renderer/engine/pull.ts',
          text: 'bootstrapped: state.isRebuilt === true',
          instead: 'bootstrapped: isNew',
        },
      ],
      brokenAs: 'I10',
    },
  },
  {
    name: 'two claim at once, one of them without hearing of it',
    story: {
      ...together,
      steps: [
        { do: 'sync', desk: 0, pause: 'rest' },
        { do: 'network', desk: 1, rule: { weather: 'answer lost', only: 'commands', share: 0.5 } },
        { do: 'all', ticket: 't4', what: { type: 'claim' }, pause: { events: 60 } },
        { do: 'kill', desk: 1, what: 'app', lose: ['mirror'], pause: { ms: 2000 } },
        { do: 'command', desk: 0, ticket: 't4', what: { type: 'reply', body: 'it is mine', public: true } },
      ],
    },
  },
  {
    name: 'work waits while the portal is away, and both databases are lost',
    story: {
      ...together,
      steps: [
        { do: 'sync', desk: 0, pause: 'rest' },
        { do: 'portal', is: 'killed', pause: 'rest' },
        { do: 'command', desk: 0, ticket: 't1', what: { type: 'reply', body: 'first', public: true } },
        { do: 'command', desk: 0, ticket: 't1', what: { type: 'set-status', status: 'waiting-on-customer' } },
        { do: 'command', desk: 0, ticket: 't1', what: { type: 'note', body: 'second' } },
        { do: 'command', desk: 0, ticket: 't2', what: { type: 'claim' } },
        { do: 'command', desk: 1, ticket: 't2', what: { type: 'claim' } },
        { do: 'draft', desk: 0, ticket: 't3', kind: 'reply', text: 'not yet', pause: 'rest' },
        { do: 'kill', desk: 0, what: 'app', lose: ['mirror', 'journal'], pause: { ms: HOUR / 4 } },
        { do: 'portal', is: 'back', pause: { ms: 5000 } },
        { do: 'send', desk: 0 },
      ],
    },
  },
]
