import { describe, expect, it } from 'vitest'
import { signInErrorCodes } from '#shared/ipc'
import { fieldOfProblem } from '../../../src-renderer/sign-in/sign-in-problem'
import { initialsOf, shortName } from '../../../src-renderer/ui/marks'
import { problemOf } from '../../../src-renderer/ui/problem-text'
import { cityOf, dayName, timeIn, timeOfDay } from '../../../src-renderer/ui/show-time'

const at = new Date(2026, 6, 10, 14, 32).getTime()
const DAY = 86_400_000

describe('times as people read them', () => {
  it.each([
    [at, 'Today'],
    [at - DAY, 'Yesterday'],
    [at - 4 * DAY, 'Monday, 6 July'],
    [new Date(2025, 11, 31).getTime(), 'Wednesday, 31 December 2025'],
  ])('%d is %s', (day, name) => expect(dayName(day, at)).toBe(name))

  it('are on the clock of the agent, and of the customer where that one shows another time', () => {
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone
    expect(timeOfDay(at)).toBe('14:32')
    expect(timeIn(here, at)).toBeUndefined()
    const kiritimati = timeIn('Pacific/Kiritimati', Date.UTC(2026, 6, 10, 12))
    expect(kiritimati).toBe('Sat 02:00')
    expect(cityOf('America/New_York')).toBe('New York')
  })

  it('are not guessed for a zone nobody knows', () => {
    expect(timeIn('Mars/Olympus', at)).toBeUndefined()
  })
})

describe('names', () => {
  it.each([
    ['Jonas Lindqvist', 'JL', 'Jonas L.'],
    ['Dana Whitfield-Okonkwo', 'DW', 'Dana W.'],
    ['Prince', 'P', 'Prince'],
    ['  ', '?', ''],
  ])('%s is %s and %s', (name, initials, short) => {
    expect(initialsOf(name)).toBe(initials)
    expect(shortName(name)).toBe(short)
  })
})

describe('problems', () => {
  it('of a sign-in are told at their field', () => {
    expect(Object.fromEntries(signInErrorCodes.map((code) => [code, fieldOfProblem(code)]))).toEqual({
      'bad-url': 'url',
      'insecure-url': 'url',
      unreachable: 'url',
      'not-a-portal': 'url',
      'bad-token': 'token',
      'newer-protocol': 'form',
      'portal-failed': 'form',
    })
    expect(fieldOfProblem('something-new')).toBe('form')
    expect(fieldOfProblem('toString')).toBe('form')
  })

  it.each([
    [{ code: 'bad-token', message: 'unknown token' }, 'bad-token', 'unknown token'],
    [new Error('lost'), 'unexpected', 'lost'],
    ['text', 'unexpected', 'text'],
  ])('are read from whatever was thrown', (thrown, code, message) => {
    expect(problemOf(thrown)).toEqual({ code, message })
  })
})
