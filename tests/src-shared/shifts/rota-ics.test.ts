import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { icsInstant, icsLines, icsText } from '#shared/shifts/ics-text'
import { rotaIcs } from '#shared/shifts/rota-ics'
import { aRota, daily, people, utc } from './rotas'

const octets = (text: string) => new TextEncoder().encode(text).length

/** What a reader does first: unfold, then split (RFC 5545 §3.1). */
const unfolded = (ics: string) => ics.replaceAll('\r\n ', '').split('\r\n')

describe('text in iCalendar', () => {
  test.each([
    ['commas and semicolons', 'on shift; lead, two', 'on shift\\; lead\\, two'],
    ['a backslash', 'C:\\dir', 'C:\\\\dir'],
    ['a line break of any kind', 'a\nb\r\nc\rd', 'a\\nb\\nc\\nd'],
    ['control characters', 'a\u0007b\u0000c\td', 'abc\td'],
    ['a colon and quotes stay', '"07:00"', '"07:00"'],
  ])('%s', (_what, text, expected) => expect(icsText(text)).toBe(expected))

  test('an instant is in UTC, whole seconds', () =>
    expect(icsInstant(Date.UTC(2026, 6, 10, 5, 0, 0, 999))).toBe('20260710T050000Z'))

  test('lines are folded at 75 octets, never inside a character, and read back as they were', () => {
    fc.assert(
      fc.property(
        // A line begins with the name of what it says: with a space it would go on with the one before.
        fc.array(
          fc.string({ unit: 'grapheme', maxLength: 200 }).map((text) => `SUMMARY:${icsText(text)}`),
          { minLength: 1, maxLength: 5 },
        ),
        (lines) => {
          const ics = icsLines(lines)
          expect(ics.endsWith('\r\n')).toBe(true)
          for (const line of ics.split('\r\n')) expect(octets(line)).toBeLessThanOrEqual(75)
          // Cut inside a character, it would not survive a UTF-8 round trip.
          expect(unfolded(new TextDecoder().decode(new TextEncoder().encode(ics))).slice(0, -1)).toEqual(
            lines,
          )
        },
      ),
    )
  })

  test('a line of 75 octets is not folded, one of 76 is', () => {
    expect(icsLines(['x'.repeat(75)])).toBe(`${'x'.repeat(75)}\r\n`)
    expect(icsLines(['x'.repeat(76)])).toBe(`${'x'.repeat(75)}\r\n x\r\n`)
  })
})

describe('a rota as a calendar file', () => {
  const rota = aRota(
    [
      daily('EMEA', 'Europe/London', [['22:00', '06:00']], {
        name: 'Europe, Middle East',
        members: people('ana', 'ben'),
        leadId: 'ana',
      }),
      daily('AMER', 'America/New_York', [['09:00', '17:00']], { members: people('cleo'), leadId: undefined }),
    ],
    [
      {
        id: 'o1',
        kind: 'cover',
        shift: { region: 'EMEA', date: '2026-07-10', starts: '22:00' },
        agentId: 'ana',
        coverId: 'cleo',
        reason: 'ill; back Monday',
        byId: 'ben',
        at: 0,
      },
    ],
  )
  const names: Record<string, string> = { ana: 'Ana Souza', ben: 'Ben Okafor', cleo: 'Cléo Martin' }
  const input = {
    rota,
    from: utc('2026-07-10 12:00'),
    to: utc('2026-07-11 12:00'),
    stampAt: utc('2026-07-01 08:30'),
    nameOf: (id: string) => names[id] ?? id,
  }

  test('one event a shift, in UTC', () => {
    expect(unfolded(rotaIcs(input))).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Meridian//Rota//EN',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
      'X-WR-CALNAME:Round the clock',
      'BEGIN:VEVENT',
      'UID:r1.AMER.2026-07-10.0900@meridian',
      'DTSTAMP:20260701T083000Z',
      'DTSTART:20260710T130000Z',
      'DTEND:20260710T210000Z',
      'SUMMARY:AMER on shift\\, no lead',
      'DESCRIPTION:AMER\\nCléo Martin (l1)',
      'CATEGORIES:AMER',
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
      'BEGIN:VEVENT',
      'UID:r1.EMEA.2026-07-10.2200@meridian',
      'DTSTAMP:20260701T083000Z',
      'DTSTART:20260710T210000Z',
      'DTEND:20260711T050000Z',
      'SUMMARY:EMEA on shift\\, led by Cléo Martin',
      'DESCRIPTION:Europe\\, Middle East\\nBen Okafor (l1)\\nCléo Martin (l1)\\ncover: ill\\; back Monday (Ben Okafor)',
      'CATEGORIES:EMEA',
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ])
  })

  test('of one person only: their shifts after all overrides', () => {
    const uids = (agentId: string) =>
      unfolded(rotaIcs({ ...input, agentId })).filter((line) => line.startsWith('UID'))
    expect(uids('cleo')).toHaveLength(2)
    expect(uids('ben')).toEqual(['UID:r1.EMEA.2026-07-10.2200@meridian'])
    expect(uids('ana')).toEqual([])
  })
})
