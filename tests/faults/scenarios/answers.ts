import { note, priority, reply, status } from '../../src-shared/tickets/samples'
import type { Call, Fault } from '../fault'
import type { Scenario, Step } from '../scenario'

const SECOND = 1000
const MINUTE = 60_000

const usual: readonly Call[] = ['bootstrap', 'changes', 'commands']
const everywhere: readonly Call[] = [...usual, 'session', 'stream']

/** What comes instead of an answer, and what the strip says of it. */
export type WrongAnswer = {
  readonly name: string
  readonly fault: Fault
  readonly says: RegExp
  /** The portal's word about a command as a request: it is parked with what it said. */
  readonly parks?: true
  /** At these calls; at all of them when left out. A stream is no body of data. */
  readonly at?: readonly Call[]
}

const problem = (status: number, code: string, detail: string): Fault => ({
  kind: 'answers',
  answer: {
    status,
    type: 'application/problem+json',
    body: JSON.stringify({ type: 'about:blank', title: code, status, code, detail }),
  },
})
const html = (status: number): Fault => ({
  kind: 'answers',
  answer: { status, type: 'text/html', body: '<!doctype html><title>Sign in to Wi-Fi</title>' },
})
const json = (body: string, type = 'application/json'): Fault => ({
  kind: 'answers',
  answer: { status: 200, type, body },
})
const slowDown = (retryAfter?: number | { readonly dateInMs: number }): Fault => ({
  kind: 'answers',
  answer: { status: 429, ...(retryAfter === undefined ? {} : { retryAfter }) },
})

export const wrongAnswers: readonly WrongAnswer[] = [
  {
    name: 'a time-out',
    fault: { kind: 'never answers' },
    says: /did not answer within 30 s/,
    at: everywhere,
  },
  { name: 'a reset', fault: { kind: 'reset' }, says: /can’t be reached/, at: everywhere },
  {
    name: 'an answer lost by a reset',
    fault: { kind: 'answer lost', by: 'reset' },
    says: /can’t be reached/,
  },
  {
    name: 'an answer that never comes though the portal did it',
    fault: { kind: 'answer lost', by: 'silence' },
    says: /did not answer within 30 s/,
  },
  { name: 'a reset in the middle of the body', fault: { kind: 'half', ends: 'by reset' }, says: /broke off/ },
  { name: 'half a body', fault: { kind: 'half', ends: 'early' }, says: /broke off/ },
  {
    name: 'half a body that says it is whole',
    fault: { kind: 'half', ends: 'as if whole' },
    says: /cut short/,
  },
  { name: 'half a body in gzip', fault: { kind: 'half', ends: 'in gzip' }, says: /broke off|cut short/ },
  { name: 'invalid JSON', fault: json('{"records": nothing}'), says: /isn't JSON/ },
  {
    name: 'JSON of something else',
    fault: json('"hello"'),
    says: /not as agreed|not a Meridian portal/,
    at: [...usual, 'session'],
  },
  {
    name: 'a wrong schema',
    fault: json('{"records":"all","results":7}'),
    says: /not as agreed|not a Meridian portal/,
  },
  {
    name: 'a web page from a proxy',
    fault: html(200),
    says: /web page came instead of data/,
    at: everywhere,
  },
  { name: 'a web page with 502', fault: html(502), says: /answered 502: a web page/ },
  { name: 'a web page with 403', fault: html(403), says: /answered 403: a web page/ },
  {
    name: 'a redirect to a sign-in page',
    fault: { kind: 'answers', answer: { status: 302, location: 'https://wifi.example/sign-in' } },
    says: /another address/,
    at: everywhere,
  },
  { name: 'text that is no data', fault: json('ok', 'text/plain'), says: /isn't JSON/ },
  { name: '204', fault: { kind: 'answers', answer: { status: 204 } }, says: /empty answer/, at: everywhere },
  {
    name: '400',
    fault: problem(400, 'bad-request', 'after: is invalid'),
    says: /after: is invalid/i,
    parks: true,
  },
  {
    name: '403',
    fault: problem(403, 'forbidden', 'not for you'),
    says: /not for you/i,
    parks: true,
    at: everywhere,
  },
  { name: '404', fault: problem(404, 'not-found', 'no such call'), says: /no such call/i, parks: true },
  { name: '413', fault: problem(413, 'too-large', 'too much'), says: /too much/i, parks: true },
  { name: '429 with Retry-After in seconds', fault: slowDown(20), says: /slow down/ },
  { name: '429 with Retry-After as a date', fault: slowDown({ dateInMs: 20 * SECOND }), says: /slow down/ },
  { name: '429 without Retry-After', fault: slowDown(), says: /slow down/ },
  { name: '500', fault: problem(500, 'internal', 'see the log'), says: /answered 500: see the log/ },
  { name: '503', fault: problem(503, 'unavailable', 'busy'), says: /answered 503: busy/, at: everywhere },
]

const whileItLasts: Step = { do: 'wait', ms: 2 * MINUTE }

/** The same trouble at each call of a desk: it lasts for minutes, then the network is well again. */
const stories: { readonly [C in Call]: (wrong: WrongAnswer) => readonly Step[] } = {
  session: ({ fault, says }) => [
    { do: 'start' },
    {
      do: 'network',
      rules: [
        { on: 'changes', times: 1, fault: { kind: 'reset' } },
        { on: 'session', fault },
      ],
    },
    { do: 'write', what: reply('written meanwhile'), on: 't1' },
    { do: 'they', what: priority('P3', 'calmer now'), on: 't3' },
    { do: 'says', trouble: says },
    whileItLasts,
  ],
  bootstrap: ({ fault, says }) => [
    { do: 'network', rules: [{ on: 'bootstrap', after: 2, fault }] },
    { do: 'start', synced: false },
    { do: 'says', trouble: says },
    { do: 'they', what: priority('P3', 'calmer now'), on: 't3' },
    whileItLasts,
  ],
  changes: ({ fault, says }) => [
    { do: 'start' },
    { do: 'network', rules: [{ on: 'changes', fault }] },
    { do: 'they', what: priority('P3', 'calmer now'), on: 't3' },
    { do: 'says', trouble: says },
    { do: 'write', what: reply('written meanwhile'), on: 't1' },
    { do: 'write', what: status('on-hold'), on: 't2' },
    whileItLasts,
  ],
  commands: ({ fault, parks }) => [
    { do: 'start' },
    { do: 'network', rules: [{ on: 'commands', fault }] },
    { do: 'write', what: reply('not to be lost'), on: 't1' },
    { do: 'write', what: note('nor doubled'), on: 't1' },
    { do: 'write', what: status('on-hold'), on: 't2' },
    { do: 'they', what: priority('P3', 'calmer now'), on: 't3' },
    { do: 'status', is: parks ? { parked: 3 } : { unsent: 3 } },
    whileItLasts,
    { do: 'status', is: parks ? { parked: 3 } : { unsent: 3 } },
    ...(parks ? [{ do: 'network', rules: [] } as const, { do: 'retry' } as const] : []),
  ],
  stream: ({ fault }) => [
    { do: 'start' },
    { do: 'network', rules: [{ on: 'stream', fault }] },
    { do: 'streams cut' },
    { do: 'status', is: { kind: 'polling' } },
    { do: 'write', what: reply('sent all the same'), on: 't1' },
    { do: 'they', what: priority('P3', 'calmer now'), on: 't3' },
    whileItLasts,
    { do: 'status', is: { kind: 'polling', unsent: 0 } },
  ],
}

const where: { readonly [C in Call]: string } = {
  session: 'when it asks who it is',
  bootstrap: 'in the middle of the first sync',
  changes: 'instead of changes',
  commands: 'instead of the answer to commands',
  stream: 'instead of the stream',
}

export const answerScenarios: readonly Scenario[] = wrongAnswers.flatMap((wrong) =>
  (Object.keys(stories) as Call[])
    .filter((call) => (wrong.at ?? usual).includes(call))
    .map((call) => ({ name: `${wrong.name} ${where[call]}`, steps: stories[call](wrong) })),
)
