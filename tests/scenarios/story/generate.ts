import { Random } from '../simulator/random'
import type { Rule, Weather } from '../simulator/weather'
import { firstTickets } from '../simulator/workspace'
import type { DeskSetup, Loss, Pause, Step, Story, What } from './step'

/** What a step is drawn with. `n` is another number for each step: a text with it is there once in a story. */
type Draw = { readonly random: Random; readonly n: number; readonly desks: number }
type Weighted<T> = readonly (readonly [weight: number, make: (draw: Draw) => T])[]

/** What people do to tickets. A new command is one line. */
const deeds: Weighted<What> = [
  [5, ({ n }) => ({ type: 'reply', body: `reply ${n}`, public: true })],
  [5, ({ n }) => ({ type: 'note', body: `note ${n}` })],
  [3, () => ({ type: 'claim' })],
  [1, ({ random }) => ({ type: 'assign', to: random.pick(['ana', 'ben', 'cleo']) })],
  [
    4,
    ({ random }) => ({
      type: 'set-status',
      status: random.pick(['open', 'on-hold', 'waiting-on-customer', 'solved']),
    }),
  ],
  [
    4,
    ({ random, n }) => ({
      type: 'set-priority',
      priority: random.pick(['P1', 'P2', 'P3']),
      reason: `because ${n}`,
    }),
  ],
  [1, ({ n }) => ({ type: 'log-call', direction: 'to-customer', body: `call ${n}` })],
  [1, ({ n }) => ({ type: 'record-workaround', text: `workaround ${n}` })],
  [1, ({ random }) => ({ type: 'tag', add: [random.pick(['vip', 'noise'])], remove: [] })],
  [1, ({ n }) => ({ type: 'promise-update', promisedAt: `2026-07-06T16:${10 + (n % 50)}:00.000Z` })],
]

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

/** What people do while the portal can't be reached, and then it can: it is sent all at once. */
function backlog(draw: Draw): readonly Step[] {
  const { random } = draw
  const who = desk(draw)
  const only = random.chance(0.5) ? { only: 'commands' as const } : {}
  const done = random
    .shuffled(firstTickets)
    .slice(0, random.between(2, 4))
    .map(
      (id, n): Step => ({
        do: 'command',
        ...who,
        ticket: id,
        what: drawn(deeds, { ...draw, n: draw.n * 10 + n }),
      }),
    )
  const poison: readonly Step[] = random.chance(0.3)
    ? [{ do: 'poison', ...who, ...ticket(draw), as: random.pick(['500', '413']) }]
    : []
  return [
    { do: 'network', ...who, rule: { weather: 'off', ...only } },
    ...done.map((step) => withPause(step, pause(draw))),
    ...poison,
    { do: 'network', ...who, rule: { weather: 'fine' }, announced: random.chance(0.5) },
  ]
}

/** Thresholds pass, and the app is killed while it says so, or before the system has taken what it says. */
function cutShort(draw: Draw): readonly Step[] {
  const { random } = draw
  const who = desk(draw)
  const isBroken = random.chance(0.5)
  const broken: readonly Step[] = isBroken ? [{ do: 'notifications', ...who, are: 'broken' }] : []
  const sleep = night(draw)
  return [
    ...broken,
    { ...sleep, pause: { ms: sleep.ms } },
    { do: 'sync', ...who, pause: { events: random.between(1, isBroken ? 400 : 120) } },
    { do: 'kill', ...who, what: random.pick(['app', 'engine']), pause: 'rest' },
  ]
}

/** The journal goes while what was done is nowhere else but in its second copy. */
function lostUnsent(draw: Draw): readonly Step[] {
  const who = desk(draw)
  return [
    { do: 'network', ...who, rule: { weather: 'off', only: 'commands' } },
    { do: 'command', ...who, ...ticket(draw), what: drawn(deeds, draw), pause: 'rest' },
    { do: 'kill', ...who, what: 'app', lose: draw.random.pick([['journal'], ['mirror', 'journal']]) },
    { do: 'network', ...who, rule: { weather: 'fine' } },
  ]
}

/** Everybody's computer sleeps, across some thresholds of the P1s. */
function night({ random }: Draw): Step & { do: 'sleep' } {
  const ms = random.pick([50, 75, 130]) * 60_000
  return { do: 'sleep', desk: 'all', ms, pause: { ms: ms + 1000 } }
}
function desk({ random, desks }: Draw): { desk: number } {
  return { desk: random.below(desks) }
}
function someDesks(draw: Draw): { desk: number | 'all' } {
  return draw.random.chance(0.25) ? { desk: 'all' } : desk(draw)
}
/** Mostly the first two: what never meets shows nothing. */
function ticket({ random }: Draw): { ticket: string } {
  return { ticket: firstTickets[Math.min(random.below(4), random.below(4))] ?? 't1' }
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

function pause({ random }: Draw): Pause | undefined {
  const draw = random.next()
  if (draw < 0.1) return undefined
  if (draw < 0.55) return { events: random.between(1, random.pick([6, 30, 120])) }
  if (draw < 0.8) return 'rest'
  return { ms: random.pick([1, 500, 3000, 8000]) }
}

function weighted<T>(of: readonly (readonly [number, T])[], random: Random): T {
  const total = of.reduce((sum, [weight]) => sum + weight, 0)
  let left = random.next() * total
  for (const [weight, value] of of) {
    left -= weight
    if (left < 0) return value
  }
  throw new RangeError('nothing to draw from')
}

function drawn<T>(of: Weighted<T>, draw: Draw): T {
  return weighted(of, draw.random)(draw)
}

const people: readonly (readonly DeskSetup['who'][])[] = [['ana'], ['ana', 'ben'], ['ana', 'ben', 'cleo']]

/** The story of a seed: always the same one. */
export function storyOf(seed: number): Story {
  // Another stream of numbers than the one that plays it.
  const random = new Random(seed + 2 ** 40)
  const who =
    weighted(
      [
        [9, people[0]],
        [10, people[1]],
        [1, people[2]],
      ] as const,
      random,
    ) ?? []
  const desks = who.map(
    (name): DeskSetup => ({
      who: name,
      windows: random.chance(0.2) ? 2 : 1,
      start: random.chance(0.12) ? 'cold' : 'warm',
    }),
  )
  const length = random.between(3, 7)
  const drawnSteps = Array.from({ length }, (_, n): readonly Step[] => {
    const draw = { random, n: n + 1, desks: desks.length }
    return drawn(scenes, draw)
  }).flat()
  return {
    seed,
    desks,
    hasStreams: random.chance(0.8),
    pageCap: random.chance(0.2) ? random.between(1, 5) : 1000,
    // Everybody is at work before the first thing happens, or not quite.
    steps: random.chance(0.8) ? [{ do: 'sync', desk: 0, pause: 'rest' }, ...drawnSteps] : drawnSteps,
  }
}

/** Steps that mean something together come together now and then: by chance alone they hardly ever would. */
const scenes: Weighted<readonly Step[]> = [
  [93, (draw) => [single(draw)]],
  [3, backlog],
  [2, cutShort],
  [2, lostUnsent],
]

function single(draw: Draw): Step {
  const step = drawn(steps, draw)
  return step.pause === undefined ? withPause(step, pause(draw)) : step
}

function withPause(step: Step, pause: Pause | undefined): Step {
  return pause === undefined ? step : { ...step, pause }
}
