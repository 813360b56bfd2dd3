import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ageText,
  countdownText,
  nextFaceChangeAt,
  spokenCountdown,
  targetFace,
  workingTimeText,
} from '#shared/queue/countdown'
import { HOUR, NOON, running, sla } from './rows'

const SECOND = 1000
const MINUTE = 60 * SECOND
const DAY = 24 * HOUR

describe('the text of a countdown', () => {
  it.each([
    // left of the target in ms, text, spoken
    [0, 'due now', 'due now'],
    [999, 'due now', 'due now'],
    [SECOND, '00:01', 'less than a minute left'],
    [12 * MINUTE + 34 * SECOND, '12:34', '12 minutes left'],
    [12 * MINUTE + 34 * SECOND + 999, '12:34', '12 minutes left'],
    [HOUR - 1, '59:59', '59 minutes left'],
    [HOUR, '1h 00m', '1 hour 0 minutes left'],
    [3 * HOUR + 5 * MINUTE + 59 * SECOND, '3h 05m', '3 hours 5 minutes left'],
    [DAY - 1, '23h 59m', '23 hours 59 minutes left'],
    [DAY, '1d 0h', '1 day 0 hours left'],
    [2 * DAY + 4 * HOUR + 59 * MINUTE, '2d 4h', '2 days 4 hours left'],
    // overdue rounds up to the unit shown
    [-1, '−00:01', 'less than a minute over'],
    [-(12 * MINUTE + 33 * SECOND + 1), '−12:34', '12 minutes over'],
    [-(HOUR - 1), '−1h 00m', '1 hour 0 minutes over'],
    [-(HOUR + 1), '−1h 01m', '1 hour 1 minute over'],
    [-(DAY - 1), '−1d 0h', '1 day 0 hours over'],
    [-(DAY + 1), '−1d 1h', '1 day 1 hour over'],
  ])('%d ms left reads %s', (left, text, spoken) => {
    expect(countdownText(NOON + left, NOON)).toBe(text)
    expect(spokenCountdown(NOON + left, NOON)).toBe(spoken)
  })

  it('never promises more time than there is, nor less delay', () => {
    const ms = (text: string) => {
      const clock = /^(\d+):(\d+)$/.exec(text)
      if (clock) return (Number(clock[1]) * 60 + Number(clock[2])) * SECOND
      const units = { d: DAY, h: HOUR, m: MINUTE } as const
      let sum = 0
      for (const [, value, unit] of text.matchAll(/(\d+)([dhm])/g)) sum += Number(value) * units[unit as 'd']
      return sum
    }
    fc.assert(
      fc.property(fc.integer({ min: SECOND, max: 40 * DAY }), (left) => {
        expect(ms(countdownText(NOON + left, NOON))).toBeLessThanOrEqual(left)
        expect(ms(countdownText(NOON - left, NOON).slice(1))).toBeGreaterThanOrEqual(left)
      }),
    )
  })
})

describe('the face of a target', () => {
  const start = NOON
  const due = NOON + 4 * HOUR
  const report = running('1', start, due).report
  const faceAt = (now: number) => targetFace(report.firstResponse, report.thresholdsAt.firstResponse, now)

  it.each([
    [start, 'running', 'calm'],
    [start + 2 * HOUR - 1, 'running', 'calm'],
    [start + 2 * HOUR, 'running', 'half'],
    [start + 3 * HOUR, 'running', 'high'],
    [start + 3.6 * HOUR, 'running', 'critical'],
    [due, 'running', 'critical'],
    [due + 1, 'breached', 'over'],
  ])('at %d is %s and %s', (now, form, urgency) => {
    expect(faceAt(now)).toMatchObject({ form, urgency, due })
  })

  it.each([
    [{ state: 'paused' }, 'paused', 'Paused'],
    [{ state: 'awaiting-proposal' }, 'awaiting-proposal', 'No date yet'],
    [{ state: 'met', satisfiedAt: NOON, by: 'reply' }, 'met', 'Met'],
    [{ state: 'missed', satisfiedAt: NOON, due, breachedAt: due, by: 'solve' }, 'missed', 'Missed'],
    [{ state: 'cancelled' }, 'cancelled', 'Cancelled'],
  ] as const)('of $state has a word of its own', (target, form, word) => {
    expect(targetFace(target, [], NOON)).toEqual({ form, word })
  })

  it('changes next at the next threshold, then just after the deadline, then never', () => {
    const changes: number[] = []
    for (let at = nextFaceChangeAt(report, start); at !== undefined; at = nextFaceChangeAt(report, at)) {
      changes.push(at)
    }
    expect(changes).toEqual([start + 2 * HOUR, start + 3 * HOUR, start + 3.6 * HOUR, due + 1])
  })

  it('of clocks that stand still never changes', () => {
    expect(
      nextFaceChangeAt(sla({ state: 'paused' }, { state: 'breached', due, breachedAt: due }), NOON),
    ).toBe(undefined)
  })
})

describe('the age of something', () => {
  it.each([
    [-5 * MINUTE, 'now'],
    [59 * SECOND, 'now'],
    [MINUTE, '1m'],
    [HOUR - 1, '59m'],
    [HOUR, '1h'],
    [DAY, '1d'],
    [13 * DAY, '13d'],
    [14 * DAY, '2w'],
    [364 * DAY, '1y'],
    [800 * DAY, '2y'],
  ])('%d ms ago reads %s', (age, text) => {
    expect(ageText(NOON - age, NOON)).toBe(text)
  })
})

describe('working time', () => {
  it.each([
    [0, '00:00'],
    [999, '00:00'],
    [HOUR - 1, '59:59'],
    [HOUR, '1h 00m'],
    [42.5 * HOUR, '42h 30m'],
    [42.5 * HOUR + MINUTE - 1, '42h 30m'],
    [-1, '−00:01'],
    [-MINUTE, '−01:00'],
    [-HOUR - 1, '−1h 01m'],
    [-30 * HOUR, '−30h 00m'],
  ])('of %d ms is %s', (ms, text) => {
    expect(workingTimeText(ms)).toBe(text)
  })
})
