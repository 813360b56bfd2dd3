import { describe, expect, it } from 'vitest'
import { type DueTicket, dueChanges } from '#shared/sla/due-changes'
import { dueChangesInWords } from '#shared/sla/due-changes-in-words'
import type { Calendar } from '#shared/time/calendar'
import { calendar, history, on, policy, type Written } from './tickets'

const withTuesdayOff: Calendar = { ...calendar, holidays: [{ date: '2026-07-07', name: 'A new holiday' }] }

const ticket = (id: string, ...events: readonly Written[]): DueTicket => ({
  id,
  plan: 'premium',
  events: history(...events),
})

const tickets = [
  ticket('running', ['Mon 10:00', 'created P1'], ['Mon 10:30', 'reply']),
  ticket('unmoved', ['Thu 10:00', 'created P1'], ['Thu 10:30', 'reply']),
  ticket('paused', ['Mon 10:00', 'created P1'], ['Mon 10:30', 'reply'], ['Mon 11:00', 'wait']),
  ticket('undone', ['Mon 09:30', 'created P1'], ['Mon 10:30', 'reply']),
  ticket('solved late', ['Mon 10:00', 'created P1'], ['Mon 10:30', 'reply'], ['Wed 09:30', 'solve']),
  ticket('proposed', ['Mon 10:00', 'created P3'], ['Mon 10:30', 'reply'], ['Mon 11:00', 'propose Fri 12:00']),
]

function compare(before: Calendar, after: Calendar, now: string) {
  return dueChanges(
    tickets,
    () => ({ policy, calendar: before }),
    () => ({ policy, calendar: after }),
    on(now),
  )
}

describe('a holiday is added', () => {
  const changes = compare(calendar, withTuesdayOff, 'Tue 09:45')

  it('moves what counts working time over it, by a day, and nothing else', () => {
    expect(
      changes.changed.map(({ id, target, movedMs, movedWorkingMs }) => [id, target, movedMs, movedWorkingMs]),
    ).toEqual([
      ['running', 'resolution', 86_400_000, 3_600_000],
      ['undone', 'resolution', 86_400_000, 1_800_000],
      ['solved late', 'resolution', 86_400_000, 3_600_000],
    ])
    expect([changes.later, changes.earlier]).toEqual([3, 0])
  })

  it('undoes a breach that the holiday makes none, and says so', () => {
    expect(changes.noLongerBreached.map(({ id }) => id)).toEqual(['undone'])
    expect(changes.newlyBreached).toEqual([])
  })
})

it('a holiday that is dropped breaches what it had spared', () => {
  const changes = compare(withTuesdayOff, calendar, 'Tue 10:30')
  expect(changes.newlyBreached.map(({ id }) => id)).toEqual(['running', 'undone', 'solved late'])
  expect(changes.earlier).toBe(3)
})

it('outcomes that would read differently are told apart from open targets', () => {
  const changes = compare(calendar, withTuesdayOff, 'Thu 09:00')
  expect(changes.outcomesChanged.map(({ id, before, after }) => [id, before.state, after.state])).toEqual([
    ['solved late', 'missed', 'met'],
  ])
})

it('finds the one that moves furthest', () => {
  const twoDays = {
    ...withTuesdayOff,
    holidays: [...withTuesdayOff.holidays, { date: '2026-07-10', name: 'Friday' }],
  }
  const { largest } = compare(calendar, twoDays, 'Thu 10:30')
  expect([largest?.id, largest?.movedMs]).toEqual(['unmoved', 3 * 86_400_000])
})

it('in words', () => {
  expect(dueChangesInWords(compare(calendar, withTuesdayOff, 'Tue 09:45'), 'UTC')).toEqual([
    '3 of 7 open targets change: 3 due later, 0 due earlier.',
    'The furthest: running resolution, Tue 2026-07-07 10:00 → Wed 2026-07-08 10:00, 24 h later (1 h of working time).',
    'No longer breached: 1 (undone resolution).',
  ])
  expect(dueChangesInWords(compare(calendar, calendar, 'Tue 09:45'), 'UTC')).toEqual([
    'Nothing changes in 7 open targets.',
  ])
})
