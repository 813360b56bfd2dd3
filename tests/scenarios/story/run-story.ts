import { holdPlatform } from '../simulator/platform'
import { Simulation } from '../simulator/simulation'
import { warmUp } from '../simulator/warm-disk'
import { StoryDesk } from './desk'
import { effectsOf, judgeCommands, judgeOrder } from './judge'
import { judgeAlerts } from './judge-alerts'
import { judgeDrafts } from './judge-drafts'
import { judgeMirror, judgeTicket, judgeWindow, Truth } from './judge-rest'
import { Player } from './play'
import type { Step, Story } from './step'
import { Violation } from './violation'

/** What a story took, once it is over and everything held. */
export type Ending = {
  /** Two runs of the same story have the same. */
  readonly trace: number
  readonly events: number
  /** Requests of the busiest desk between the last fault and rest. */
  readonly requestsToRest: number
  /** Virtual time between the last fault and rest. */
  readonly msToRest: number
  /** Commands that took effect. */
  readonly effects: number
}

/** From the last fault to rest: the longest wait of the engine (a minute), the time-outs before it, and some more. */
export const REST_WITHIN_MS = 4 * 60_000
/** Requests of one desk on the way there; a desk that asks more than this storms. */
export const REST_WITHIN_REQUESTS = 150
/** A window looks at the clock at least this often; a desk with a stream asks the portal, and so its time, this often. */
const LOOK_MS = 30_001
const ASK_MS = 72_001

/** Changes a simulation before it starts, so that something in it is wrong on purpose. */
export type Sabotage = (simulation: Simulation) => void

/**
 * Plays a story on the real engine and store, ends all faults, waits until everything has come to rest, and judges.
 * @throws Violation, or whatever else went wrong in it
 */
export async function runStory(story: Story, sabotage: Sabotage = () => {}): Promise<Ending> {
  const simulation = new Simulation(
    story.seed,
    story.desks.map(({ who }) => who),
  )
  for (const [index, { start }] of story.desks.entries()) {
    if (start === 'warm') await warmUp(simulation.computer(index))
  }
  const desks = story.desks.map(
    (setup, index) => new StoryDesk(simulation, simulation.computer(index), setup),
  )
  const release = holdPlatform(simulation.scheduler)
  try {
    simulation.portal.pageCap = story.pageCap
    simulation.door.isOffered = story.hasStreams
    sabotage(simulation)
    for (const desk of desks) desk.start()
    const player = new Player(simulation, desks)
    for (const step of story.steps) await player.play(step)
    return await comeToRest(simulation, desks, player, noticedWithin(story.steps))
  } finally {
    for (const { computer } of desks) computer.killApp()
    release()
  }
}

async function comeToRest(
  simulation: Simulation,
  desks: readonly StoryDesk[],
  player: Player,
  noticeMs: number,
): Promise<Ending> {
  const { scheduler, portal } = simulation
  player.mend()
  const from = scheduler.now
  const askedBefore = desks.map(({ computer }) => computer.network.asked.length)
  if (desks.some(({ computer }) => computer.network.poison)) {
    await untilRest(simulation, desks, 'all but the poisoned')
    for (const { computer } of desks) computer.network.poison = undefined
  }
  await untilRest(simulation, desks, 'all')
  const msToRest = scheduler.now - from
  const asked = desks.map(({ computer }, index) => computer.network.asked.length - (askedBefore[index] ?? 0))
  const requestsToRest = Math.max(...asked)
  if (requestsToRest > REST_WITHIN_REQUESTS) {
    throw new Violation('I10', `it took ${requestsToRest} requests of one desk to come to rest`)
  }
  if (noticeMs > 0) {
    await scheduler.advance(noticeMs)
    await untilRest(simulation, desks, 'all')
  }

  const effects = effectsOf(portal.taken)
  const truth = new Truth(portal)
  const rest = (): Promise<void> => scheduler.idle()
  for (const desk of desks) {
    judgeCommands(desk, effects)
    judgeOrder(desk, effects)
    judgeMirror(desk, truth)
    for (const window of desk.computer.windows) {
      judgeWindow(desk, window, truth)
      for (const id of looksAt(desk, truth)) await judgeTicket(desk, window, id, truth, rest)
      await judgeDrafts(desk, window, rest)
    }
    judgeAlerts(desk, truth, simulation.portalClock())
  }
  const { trace, tasksRun } = scheduler
  return { trace, events: tasksRun, requestsToRest, msToRest, effects: portal.taken.length }
}

/** I10 and I7: goes on, timer by timer, until every desk has what the portal has and the portal what they did. */
async function untilRest(
  simulation: Simulation,
  desks: readonly StoryDesk[],
  who: 'all' | 'all but the poisoned',
): Promise<void> {
  const { scheduler, portal } = simulation
  const end = scheduler.now + REST_WITHIN_MS
  for (;;) {
    await scheduler.idle()
    // A 401 that was on its way may sign somebody out even now.
    for (const { computer } of desks) computer.event(() => computer.signIn())
    await scheduler.idle()
    const busy = desks.flatMap((desk) => restless(desk, `${portal.generation}.${portal.version}`, who) ?? [])
    if (busy.length === 0) return
    if (!(await scheduler.toNextTimer(end))) {
      throw new Violation(
        who === 'all' ? 'I10' : 'I7',
        `after ${REST_WITHIN_MS / 1000} s: ${busy.join('; ')}`,
      )
    }
  }
}

/** What is not at rest at a desk, in words. */
function restless(desk: StoryDesk, cursor: string, who: 'all' | 'all but the poisoned'): string | undefined {
  const { computer, outbox, mirror } = desk
  const { name, disk, network } = computer
  if (!computer.isRunning || computer.isAsleep) return `${name} is not there`
  const { poison } = network
  const waiting = outbox.waiting.filter(
    ({ first }) => who === 'all' || !poison || first.command.target !== poison.ticket,
  )
  const [one] = waiting
  if (one) return `${name} waits for ${JSON.stringify(one.now)}`
  const state = (disk.rows(mirror, 'meta') as { key: string; cursor?: string }[]).find(
    ({ key }) => key === 'sync',
  )
  if (state?.cursor !== cursor) return `${name} stands at ${state?.cursor ?? 'no position'} of ${cursor}`
  const closed = computer.windows.find(({ store }) => !store?.rows.isReady())
  if (computer.windows.length === 0 || closed) return `${name} has no window that shows anything`
  const told = computer.windows.map(({ store }) => store?.status.get().connection)
  const lost = told.find((connection) => connection?.kind !== 'live' && connection?.kind !== 'polling')
  return lost && `${name} is told that it is ${JSON.stringify(lost)}`
}

/** Tickets that are opened to be judged: of those with something parked each, and one of the others. */
function looksAt(desk: StoryDesk, truth: Truth): ReadonlySet<string> {
  const tickets = truth.of('ticket')
  const [worked] = desk.outbox.tracked
    .map(({ first }) => first.command.target)
    .filter((id) => tickets.has(id))
  const [any] = tickets.keys()
  const parked = desk.entries().map(({ command }) => command.target)
  return new Set([...parked, worked ?? any ?? ''].filter((id) => tickets.has(id)))
}

/** How long it may take until all clocks that were set are noticed, if nothing else tells it before. */
function noticedWithin(steps: readonly Step[]): number {
  if (steps.some((step) => step.do === 'clock')) return ASK_MS
  return steps.some((step) => step.do === 'sleep') ? LOOK_MS : 0
}
