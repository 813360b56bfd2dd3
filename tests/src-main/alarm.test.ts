import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { alarm, type Clock, LONGEST_TICK_MS, tick } from '../../src-main/alarm'
import { restartDelayMs } from '../../src-main/restart-delay'

const START = Date.UTC(2026, 10, 23, 6)

describe('what to do at a look at the clock', () => {
  test.each([
    ['nothing is set', undefined, 0, { ring: false, woke: false, nextMs: 30_000 }],
    ['it is due in 2 s', 2000, 0, { ring: false, woke: false, nextMs: 2000 }],
    ['it is due in an hour', 3_600_000, 0, { ring: false, woke: false, nextMs: 30_000 }],
    ['it is due now', 0, 0, { ring: true, woke: false, nextMs: 30_000 }],
    ['it was due an hour ago', -3_600_000, 0, { ring: true, woke: false, nextMs: 30_000 }],
    ['it is due in a tick', 1, 0, { ring: false, woke: false, nextMs: 5 }],
    ['the look is an hour late', 10_000, 3_600_000, { ring: false, woke: true, nextMs: 10_000 }],
    ['the look is a little late', 10_000, 900, { ring: false, woke: false, nextMs: 10_000 }],
    ['the clock was set back an hour', 3_600_000, -3_600_000, { ring: false, woke: false, nextMs: 30_000 }],
  ])('when %s', (_when, inMs, lateMs, step) => {
    expect(tick(inMs === undefined ? undefined : START + inMs, START - lateMs, START)).toEqual(step)
  })
})

/** A machine whose clock and sleep the test decides. Its timers stand still while it sleeps. */
class Machine implements Clock {
  wall = START
  #awake = 0
  #timers: { readonly at: number; readonly run: () => void }[] = []

  now(): number {
    return this.wall
  }

  later(ms: number, run: () => void): () => void {
    const timer = { at: this.#awake + ms, run }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer)
    }
  }

  /** Runs for a time, timers and all. */
  run(ms: number): void {
    const end = this.#awake + ms
    for (;;) {
      const next = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
      if (next === undefined) break
      this.#timers = this.#timers.filter((one) => one !== next)
      this.wall += next.at - this.#awake
      this.#awake = next.at
      next.run()
    }
    this.wall += end - this.#awake
    this.#awake = end
  }

  sleep(ms: number): void {
    this.wall += ms
  }
}

function bell(machine: Machine, hears: () => boolean = () => true) {
  const rings: number[] = []
  const wakes: number[] = []
  const made = alarm({
    clock: machine,
    ring: () => {
      if (!hears()) return false
      rings.push(machine.wall - START)
      return true
    },
    woke: () => wakes.push(machine.wall - START),
  })
  return { alarm: made, rings, wakes }
}

describe('the alarm', () => {
  it('rings once, on time', () => {
    const machine = new Machine()
    const { alarm: made, rings } = bell(machine)
    made.set(START + 95_000)
    machine.run(600_000)
    expect(rings).toEqual([95_000])
  })

  it('rings at once for an instant that has passed', () => {
    const machine = new Machine()
    const { alarm: made, rings } = bell(machine)
    made.set(START - 1)
    machine.run(0)
    expect(rings).toEqual([0])
  })

  it('rings for the newest instant only', () => {
    const machine = new Machine()
    const { alarm: made, rings } = bell(machine)
    made.set(START + 10_000)
    made.set(START + 20_000)
    machine.run(15_000)
    made.set(undefined)
    machine.run(60_000)
    made.set(START + 80_000)
    machine.run(60_000)
    expect(rings).toEqual([80_000])
  })

  it('after sleep rings within its longest tick, and at once when it is told to look', () => {
    const machine = new Machine()
    const { alarm: made, rings, wakes } = bell(machine)
    made.set(START + 3_600_000)
    machine.run(10_000)
    machine.sleep(8 * 3_600_000)
    made.check()
    expect(rings).toEqual([8 * 3_600_000 + 10_000])
    expect(wakes).toHaveLength(1)
  })

  it('notices sleep that nobody told it of', () => {
    const machine = new Machine()
    const { alarm: made, rings, wakes } = bell(machine)
    made.set(START + 3_600_000)
    machine.sleep(8 * 3_600_000)
    machine.run(LONGEST_TICK_MS)
    expect(wakes).toHaveLength(1)
    expect(rings).toHaveLength(1)
  })

  it('rings again until the engine, which was started again, hears it', () => {
    const machine = new Machine()
    let hears = false
    const { alarm: made, rings } = bell(machine, () => hears)
    made.set(START + 1000)
    machine.run(5500)
    expect(rings).toEqual([])
    hears = true
    machine.run(60_000)
    expect(rings).toEqual([6000])
  })

  it('whatever the clock and the machine do, rings once and never before its time', () => {
    const step = fc.oneof(
      fc.record({ run: fc.integer({ min: 1, max: 120_000 }) }),
      fc.record({ sleep: fc.integer({ min: 1, max: 7_200_000 }) }),
      fc.record({ setBack: fc.integer({ min: 1, max: 7_200_000 }) }),
    )
    fc.assert(
      fc.property(
        fc.integer({ min: -60_000, max: 3_600_000 }),
        fc.array(step, { maxLength: 40 }),
        (inMs, steps) => {
          const machine = new Machine()
          const { alarm: made, rings } = bell(machine)
          made.set(START + inMs)
          for (const one of steps) {
            if ('run' in one) machine.run(one.run)
            else if ('sleep' in one) machine.sleep(one.sleep)
            else machine.sleep(-one.setBack)
          }
          machine.run(20 * 7_200_000 * 3 + 3_600_000)
          expect(rings).toHaveLength(1)
          expect(rings[0]).toBeGreaterThanOrEqual(inMs)
        },
      ),
      { numRuns: 100 },
    )
  })
})

test.each([
  ['the first time', [0], 300],
  ['the second time in a minute', [-60_000, 0], 600],
  ['the fifth time', [-4000, -3000, -2000, -1000, 0], 4800],
  ['again after a long good life', [-600_000, 0], 300],
  ['without end', Array.from({ length: 50 }, (_, index) => -index), 60_000],
])('what dies %s is started again after a wait', (_when, deaths, ms) => {
  expect(
    restartDelayMs(
      deaths.map((at) => START + at),
      START,
    ),
  ).toBe(ms)
})
