import { firstTickets } from '../simulator/workspace'
import { type Draw, desk, drawn, pause, ticket, type Weighted, withPause } from './draw'
import { deeds } from './draw-deed'
import { night, single } from './draw-step'
import type { Pause, Step } from './step'

/** Steps that mean something together come together now and then: by chance alone they hardly ever would. */
export const scenes: Weighted<readonly Step[]> = [
  [88, (draw) => [single(draw)]],
  [2, backlog],
  [2, cutShort],
  [2, lostUnsent],
  [2, oldNews],
  [2, tooLate],
  [4, cutOff],
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

/** What is old comes again after what is new. */
function oldNews(draw: Draw): readonly Step[] {
  const who = desk(draw)
  return [
    { do: 'customer writes', ...ticket(draw), pause: 'rest' },
    { do: 'network', ...who, rule: { weather: draw.random.pick(['shuffled pages', 'repeated pages']) } },
    { do: 'customer writes', ...ticket(draw), pause: 'rest' },
    { do: 'sync', ...who, pause: { ms: 8000 } },
  ]
}

/** Something is done about a ticket that is deleted before the portal hears of it. */
function tooLate(draw: Draw): readonly Step[] {
  const who = desk(draw)
  const about = ticket(draw)
  return [
    { do: 'network', ...who, rule: { weather: 'off', only: 'commands' } },
    { do: 'command', ...who, ...about, what: drawn(deeds, draw), pause: 'rest' },
    { do: 'delete', ...about },
    { do: 'network', ...who, rule: { weather: 'fine' }, announced: true },
  ]
}

/** Something is typed and sent, and the app is killed somewhere on the way. */
function cutOff(draw: Draw): readonly Step[] {
  const { random, n } = draw
  const who = desk(draw)
  const kind = random.pick(['reply', 'note'] as const)
  const typed: Step = { do: 'draft', ...who, ...ticket(draw), kind, text: `draft ${n}` }
  const until = (): Pause => (random.chance(0.5) ? 'rest' : { events: random.between(1, 40) })
  return [
    { ...typed, pause: until() },
    { do: 'send', ...who, pause: { events: random.between(5, 60) } },
    { do: 'kill', ...who, what: random.pick(['app', 'window']), pause: 'rest' },
    { do: 'send', ...who },
  ]
}
