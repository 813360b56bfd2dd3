import type { Random } from './random'

/** Things that happen in the order in which they were caused, such as the messages to one window. */
export type Lane = {
  readonly number: number
  /** For people who look at a course of events. */
  readonly name: string
  /** Whose things these are: what runs in it is charged to this computer. */
  readonly owner: Owner | undefined
  readonly tasks: (() => void)[]
  isReady: boolean
}

/** A computer: its databases' work goes to one lane, and while it sleeps nothing of it runs. */
export type Owner = {
  readonly databaseLane: Lane
  isAsleep: boolean
  /** What has to wait until it wakes. */
  readonly held: Set<Lane>
}

type Timer = { at: number; readonly number: number; readonly lane: Lane; readonly run: () => void }

/** More things than this at one instant of virtual time mean that something goes round in circles. */
const MOST_AT_ONE_INSTANT = 60_000
/** Real turns of the event loop are expensive: so many tasks share one. Microtasks run in between all the same. */
const TASKS_PER_TURN = 64

const realSetImmediate = globalThis.setImmediate

/**
 * Decides what happens next, and nothing else does: whatever waits is in a lane, and which lane goes on is drawn from
 * the story's random numbers. Time moves only when nothing is left to do. So a story is over in no time, "nothing is
 * pending" is known and not guessed, and the same seed gives the same course of events.
 */
export class Scheduler {
  /** True time, epoch ms; each computer's clock may say something else. */
  now: number
  readonly #random: Random
  readonly #ready: Lane[] = []
  readonly #timers: Timer[] = []
  #timersMade = 0
  #lanesMade = 0
  #atThisInstant = 0
  #running: { budget: number; done(error?: unknown): void } | undefined
  #failure: { readonly error: unknown } | undefined
  #immediatesOut = 0
  #context: Owner | undefined
  /** Grows with everything that happens, in its order: two runs with the same value took the same course. */
  trace = 0x811c9dc5
  tasksRun = 0
  /** For looking at one story closely. */
  onTask: ((lane: Lane) => void) | undefined

  constructor(random: Random, now: number) {
    this.#random = random
    this.now = now
  }

  lane(name: string, owner?: Owner): Lane {
    this.#lanesMade += 1
    return { number: this.#lanesMade, name, owner, tasks: [], isReady: false }
  }

  push(lane: Lane, task: () => void): void {
    lane.tasks.push(task)
    if (lane.owner?.isAsleep) lane.owner.held.add(lane)
    else this.#makeReady(lane)
  }

  #makeReady(lane: Lane): void {
    if (lane.isReady || lane.tasks.length === 0) return
    lane.isReady = true
    this.#ready.push(lane)
  }

  /** Calls back after `ms` of virtual time, counted while its computer is awake. @returns its cancel */
  after(ms: number, lane: Lane, run: () => void): () => void {
    const timer: Timer = { at: this.now + Math.max(0, ms), number: this.#timersMade, lane, run }
    this.#timersMade += 1
    let index = this.#timers.length
    while (index > 0 && isLater(this.#timers[index - 1], timer)) index -= 1
    this.#timers.splice(index, 0, timer)
    return () => {
      const found = this.#timers.indexOf(timer)
      if (found !== -1) this.#timers.splice(found, 1)
    }
  }

  /** Forgets what waits in these lanes, and their timers: their process is dead. */
  drop(lanes: ReadonlySet<Lane>): void {
    for (const lane of lanes) {
      lane.tasks.length = 0
      lane.isReady = false
    }
    const left = this.#ready.filter((lane) => !lanes.has(lane))
    this.#ready.splice(0, this.#ready.length, ...left)
    const kept = this.#timers.filter(({ lane }) => !lanes.has(lane))
    this.#timers.splice(0, this.#timers.length, ...kept)
  }

  sleep(owner: Owner): void {
    owner.isAsleep = true
    const awake = this.#ready.filter((lane) => lane.owner !== owner)
    for (const lane of this.#ready) {
      if (lane.owner !== owner) continue
      lane.isReady = false
      owner.held.add(lane)
    }
    this.#ready.splice(0, this.#ready.length, ...awake)
  }

  /** Its timers stood still for as long as it slept. */
  wake(owner: Owner, sleptMs: number): void {
    owner.isAsleep = false
    for (const timer of this.#timers) if (timer.lane.owner === owner) timer.at += sleptMs
    this.#timers.sort((a, b) => a.at - b.at || a.number - b.number)
    for (const lane of owner.held) this.#makeReady(lane)
    owner.held.clear()
  }

  /** Takes something that happened into the trace. */
  note(what: number): void {
    this.trace = Math.imul(this.trace ^ what ^ (this.now | 0), 0x01000193)
  }

  /** Whether anything could happen without time passing. */
  get isIdle(): boolean {
    return this.#ready.length === 0
  }

  /** Fails the story: what runs now, or next, rejects with it. */
  fail(error: unknown): void {
    this.#failure ??= { error }
    this.#running?.done(this.#failure.error)
  }

  /** Runs `count` tasks, or fewer when no more are there. */
  run(count: number): Promise<void> {
    if (this.#running) throw new Error('the scheduler is running already')
    if (this.#failure) return Promise.reject(this.#failure.error)
    if (count <= 0 || this.isIdle) return Promise.resolve()
    return new Promise((resolve, reject) => {
      this.#running = {
        budget: count,
        done: (error) => {
          this.#running = undefined
          this.#context = undefined
          if (error === undefined) resolve()
          else reject(error)
        },
      }
      this.#askForTurns()
    })
  }

  /** Runs everything that can happen now. */
  idle(): Promise<void> {
    return this.run(Number.POSITIVE_INFINITY)
  }

  /** Lets `ms` pass, with everything that happens on the way. */
  async advance(ms: number): Promise<void> {
    const end = this.now + ms
    while (await this.toNextTimer(end));
    this.#setNow(end)
  }

  /** Goes on to the next timer that is due by `end`. @returns whether there was one */
  async toNextTimer(end: number): Promise<boolean> {
    await this.idle()
    const index = this.#timers.findIndex(({ lane }) => !lane.owner?.isAsleep)
    const timer = this.#timers[index]
    if (!timer || timer.at > end) return false
    this.#timers.splice(index, 1)
    this.#setNow(timer.at)
    this.push(timer.lane, timer.run)
    await this.idle()
    return true
  }

  /** What the platform's `setImmediate` does while a story runs: databases use it for everything. */
  immediately(task: () => void): boolean {
    if (!this.#context) return false
    this.push(this.#context.databaseLane, task)
    return true
  }

  #setNow(at: number): void {
    if (at <= this.now) return
    this.now = at
    this.#atThisInstant = 0
  }

  #askForTurns(): void {
    while (this.#immediatesOut < TASKS_PER_TURN) {
      this.#immediatesOut += 1
      realSetImmediate(this.#turn)
    }
  }

  /** One task; Node drains microtasks and reports rejections before the next immediate. */
  readonly #turn = (): void => {
    this.#immediatesOut -= 1
    const running = this.#running
    if (!running) return
    if (this.#ready.length === 0 || running.budget <= 0) {
      running.done()
      return
    }
    running.budget -= 1
    this.#step()
    if (this.#immediatesOut === 0 && this.#running) this.#askForTurns()
  }

  #step(): void {
    const index = this.#ready.length === 1 ? 0 : this.#random.below(this.#ready.length)
    const lane = this.#ready[index]
    const task = lane?.tasks.shift()
    if (lane && lane.tasks.length === 0) {
      lane.isReady = false
      this.#ready.splice(index, 1)
    }
    if (!lane || !task) return
    this.tasksRun += 1
    this.#atThisInstant += 1
    this.note(lane.number)
    this.onTask?.(lane)
    if (this.#atThisInstant > MOST_AT_ONE_INSTANT) {
      this.fail(new Error(`it never comes to rest: ${MOST_AT_ONE_INSTANT} things happened at one instant`))
      return
    }
    this.#context = lane.owner
    try {
      task()
    } catch (error) {
      this.fail(error)
    }
    // Microtasks of this task still belong to it: the context stays until the next one.
  }
}

function isLater(a: Timer | undefined, b: Timer): boolean {
  return a !== undefined && a.at > b.at
}
