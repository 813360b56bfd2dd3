import type { Rule, Weather } from '../simulator/weather'
import { type Draw, desk, drawn, pause, ticket, type Weighted, weighted, withPause } from './draw'
import { deeds } from './draw-deed'
import type { Loss, Step } from './step'

/** What goes wrong on the way to the portal, and how often each. */
const weathers: readonly (readonly [weight: number, weather: Weather])[] = [
  [6, 'off'],
  [3, 'request lost'],
  [6, 'answer lost'],
  [3, 'no answer'],
  [2, 'too slow'],
  [2, 'sent twice'],
  [2, 'repeated pages'],
  [3, 'shuffled pages'],
  [2, 'half a body'],
  [1, 'cut short'],
  [1, 'empty'],
  [1, 'web page'],
  [1, 'web page 502'],
  [2, 'wrong schema'],
  [2, '401'],
  [1, '403'],
  [1, '410'],
  [1, '413'],
  [1, '429'],
  [2, '429 in 3 s'],
  [1, '429 at a date'],
  [3, '500'],
  [2, '503'],
  [1, '503 in 2 s'],
  [6, 'fine'],
]

const HOUR = 3_600_000

const steps: Weighted<Step> = [
  [
    34,
    (draw) => ({
      do: 'command',
      ...desk(draw),
      window: draw.random.below(2),
      ...ticket(draw),
      what: drawn(deeds, draw),
    }),
  ],
  [4, (draw) => ({ do: 'all', ...ticket(draw), what: drawn(deeds, draw) })],
  [
    4,
    (draw) => ({
      do: 'draft',
      ...desk(draw),
      ...ticket(draw),
      kind: draw.random.pick(['reply', 'note']),
      text: `draft ${draw.n}`,
    }),
  ],
  [3, (draw) => ({ do: 'send', ...desk(draw) })],
  [2, (draw) => ({ do: 'retry', ...desk(draw) })],
  [2, (draw) => ({ do: 'discard', ...desk(draw) })],
  [2, (draw) => ({ do: 'sync', ...desk(draw) })],
  [
    12,
    (draw) => ({ do: 'network', ...someDesks(draw), rule: rule(draw), announced: draw.random.chance(0.3) }),
  ],
  [
    7,
    (draw) => ({
      do: 'kill',
      ...desk(draw),
      what: 'app',
      lose: losses(draw),
      downMs: draw.random.pick([0, 0, 2000, 20_000]),
    }),
  ],
  [4, (draw) => ({ do: 'kill', ...desk(draw), what: 'engine' })],
  [2, (draw) => ({ do: 'kill', ...desk(draw), what: 'window' })],
  [1, (draw) => ({ do: 'quit', ...desk(draw), downMs: draw.random.pick([0, 3000]) })],
  [1, (draw) => ({ do: 'sign in', ...desk(draw) })],
  [2, (draw) => ({ do: 'poison', ...desk(draw), ...ticket(draw), as: draw.random.pick(['500', '413']) })],
  [2, () => ({ do: 'portal', is: 'killed' })],
  [2, () => ({ do: 'portal', is: 'back' })],
  [2, () => ({ do: 'portal', is: 'restarted' })],
  [2, () => ({ do: 'portal', is: 'forgetful' })],
  [1, () => ({ do: 'portal', is: 'saved' })],
  [1, () => ({ do: 'portal', is: 'set back' })],
  [
    3,
    ({ random }) => ({
      do: 'streams',
      are: random.pick(['cut', 'silent', 'talking', 'not offered', 'offered']),
    }),
  ],
  [
    3,
    (draw) => ({
      do: 'clock',
      of: draw.random.chance(0.3) ? 'portal' : desk(draw).desk,
      byMs: draw.random.pick([-HOUR, -7000, 7000, HOUR]),
    }),
  ],
  [2, (draw) => ({ do: 'sleep', ...desk(draw), ms: draw.random.pick([5000, 40_000]) })],
  [3, (draw) => night(draw)],
  [2, (draw) => ({ do: 'disk', ...desk(draw), is: draw.random.pick(['full', 'full', 'roomy']) })],
  [1, (draw) => ({ do: 'notifications', ...desk(draw), are: draw.random.pick(['broken', 'working']) })],
  [1, (draw) => ({ do: 'delete', ...ticket(draw) })],
  [1, ({ n }) => ({ do: 'create', ticket: `new-${n}` })],
  [2, (draw) => ({ do: 'customer writes', ...ticket(draw) })],
]

/** Everybody's computer sleeps, across some thresholds of the P1s. */
export function night({ random }: Draw): Step & { do: 'sleep' } {
  const ms = random.pick([50, 75, 130]) * 60_000
  return { do: 'sleep', desk: 'all', ms, pause: { ms: ms + 1000 } }
}

function someDesks(draw: Draw): { desk: number | 'all' } {
  return draw.random.chance(0.25) ? { desk: 'all' } : desk(draw)
}
function losses({ random }: Draw): readonly Loss[] {
  const draw = random.next()
  if (draw < 0.7) return []
  return draw < 0.8 ? ['mirror'] : draw < 0.93 ? ['journal'] : ['mirror', 'journal']
}
function rule({ random }: Draw): Rule {
  const weather = weighted(weathers, random)
  const only = random.chance(0.4)
    ? { only: random.pick(['commands', 'changes', 'session', 'bootstrap', 'stream'] as const) }
    : {}
  return { weather, ...only, ...(random.chance(0.4) ? { share: 0.5 } : {}) }
}

/** One step of any kind, and how long until the next. */
export function single(draw: Draw): Step {
  const step = drawn(steps, draw)
  return step.pause === undefined ? withPause(step, pause(draw)) : step
}
