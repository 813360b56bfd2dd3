import { type PortalAnswer, problem } from './portal'
import type { WireAnswer } from './wire-answer'

/** What the way to the portal does to a request. Each has happened to somebody (reliability.md "Faults"). */
export type Weather =
  | 'fine'
  /** As a laptop without Wi-Fi. */
  | 'off'
  /** Reset on the way there. */
  | 'request lost'
  /** Taken by the portal; reset on the way back. */
  | 'answer lost'
  /** Taken by the portal; nothing ever comes back. */
  | 'no answer'
  /** Comes, but later than the engine waits. */
  | 'too slow'
  /** The request arrives twice; the second answer goes nowhere. */
  | 'sent twice'
  /** A proxy that answers a question it has heard before as it did then. */
  | 'repeated pages'
  /** Rows in any order, some of them twice and some of them old. */
  | 'shuffled pages'
  | keyof typeof refusals
  | keyof typeof garbled

export type Call = 'session' | 'bootstrap' | 'changes' | 'commands' | 'stream' | 'presence'

/** Which requests it touches: all of them when left out. `share`: how many of those, in [0, 1]. */
export type Rule = { readonly weather: Weather; readonly only?: Call; readonly share?: number }

export const FINE: Rule = { weather: 'fine' }

/** Answers that stand in for the portal's: it was not asked. */
export const refusals = {
  '401': problem(401, 'unauthorized', 'this token was revoked'),
  '403': problem(403, 'forbidden', 'not today'),
  '410': problem(410, 'cursor-too-old', 'start over'),
  '413': problem(413, 'too-large', 'too large'),
  '429': problem(429, 'slow-down', 'slow down'),
  '429 in 3 s': problem(429, 'slow-down', 'slow down'),
  '429 at a date': problem(429, 'slow-down', 'slow down'),
  '500': problem(500, 'internal', 'a bug'),
  '503': problem(503, 'unavailable', 'later'),
  '503 in 2 s': problem(503, 'unavailable', 'later'),
} as const satisfies Record<string, PortalAnswer>

const page = [['content-type', 'text/html']] as const

/** What becomes of the portal's own answer on the way back. */
export const garbled = {
  'half a body': (answer) => ({ ...answer, body: undefined }),
  'cut short': (answer) => ({ ...answer, body: answer.body?.slice(0, answer.body.length / 2) }),
  empty: (answer) => ({ ...answer, body: '' }),
  'web page': () => ({ status: 200, body: '<html>Sign in to Wi-Fi</html>', headers: page }),
  'web page 502': () => ({ status: 502, body: '<html>Bad gateway</html>', headers: page }),
  'wrong schema': (answer) => ({ ...answer, body: '{"records":"all","results":7,"cursor":[]}' }),
} as const satisfies Record<string, (answer: WireAnswer) => WireAnswer>

/** What a refusal says of when to come again. */
export function retryAfter(weather: Weather, portalNow: number): WireAnswer['headers'] {
  switch (weather) {
    case '429 in 3 s':
      return [['retry-after', '3']]
    case '503 in 2 s':
      return [['retry-after', '2']]
    case '429 at a date':
      return [['retry-after', new Date(portalNow + 4000).toUTCString()]]
    default:
      return []
  }
}
