import { describe, expect, test } from 'vitest'
import { type Override, type Rota, type RotaRegion, rotaSchema } from '#shared/shifts/rota'
import { decode } from '#shared/time/decode'
import { aRota, daily, everyDay } from './rotas'

const base = daily('EMEA', 'Europe/London', [['07:00', '15:00']])
const shift = { region: 'EMEA', date: '2026-07-10', starts: '07:00' }
const override = { id: 'o1', shift, agentId: 'ana', reason: 'dentist', byId: 'boss', at: 0 }

const wire = (regions: readonly unknown[], overrides: readonly unknown[] = []): unknown => ({
  id: 'r1',
  name: 'Rota',
  regions,
  overrides,
  supervisorId: 'chief',
})

function problemsOf(input: unknown): string {
  const decoded = decode(rotaSchema, input)
  return decoded.ok ? 'ok' : decoded.problems.map(({ field, message }) => `${field}: ${message}`).join('\n')
}

describe('a region of a rota', () => {
  const week = (hours: [string, string][]) => ({ week: everyDay(hours, ['mon']) })
  test.each<[string, Partial<RotaRegion>, string]>([
    ['hours of a day', week([['07:00', '15:00']]), 'ok'],
    ['hours over midnight', week([['22:00', '06:00']]), 'ok'],
    ['half a day over midnight', week([['20:00', '08:00']]), 'ok'],
    ['hours until the end of the day', week([['16:00', '24:00']]), 'ok'],
    ['the same, written as midnight', week([['16:00', '00:00']]), 'ok'],
    ['the whole day', week([['00:00', '24:00']]), 'ok'],
    [
      'two shifts that touch',
      week([
        ['07:00', '15:00'],
        ['15:00', '23:00'],
      ]),
      'ok',
    ],
    [
      'another zone',
      { zone: 'Europe/Londn' },
      "regions[0].zone: 'Europe/Londn' is not an IANA time zone, like Europe/London",
    ],
    [
      'a bare offset',
      { zone: '+02:00' },
      "regions[0].zone: '+02:00' is not an IANA time zone, like Europe/London",
    ],
    [
      'a time that isn’t one',
      week([['7', '15:00']]),
      "regions[0].week.mon[0][0]: '7' is not a time at which a shift starts; write it like 07:00",
    ],
    [
      'a start at 24:00',
      week([['24:00', '06:00']]),
      "regions[0].week.mon[0][0]: '24:00' is not a time at which a shift starts; write it like 07:00",
    ],
    [
      'an end that isn’t one',
      week([['07:00', '25:00']]),
      "regions[0].week.mon[0][1]: '25:00' is not a time at which a shift ends; write it like 15:00, or 24:00 at the end of the day",
    ],
    [
      'no time at all',
      week([['07:00', '07:00']]),
      'regions[0].week.mon[0]: 07:00-07:00 is no time at all; a whole day is 00:00-24:00',
    ],
    [
      'hours the wrong way round',
      week([['17:00', '09:00']]),
      'regions[0].week.mon[0]: 17:00-09:00 ends before it starts; over midnight a shift is at most 12 hours, so write 09:00-17:00, or two shifts',
    ],
    [
      'hours that overlap',
      week([
        ['07:00', '15:00'],
        ['14:59', '23:00'],
      ]),
      'regions[0].week.mon[1]: mon 14:59-23:00 overlaps mon 07:00-15:00',
    ],
    [
      'a night that reaches into the next day’s hours',
      { week: { mon: [['22:00', '06:00']], tue: [['05:00', '13:00']] } },
      'regions[0].week.tue[0]: tue 05:00-13:00 overlaps mon 22:00-06:00',
    ],
    [
      'a Sunday night that reaches into Monday',
      { week: { mon: [['05:00', '13:00']], sun: [['22:00', '06:00']] } },
      'regions[0].week.sun[0]: sun 22:00-06:00 overlaps mon 05:00-13:00',
    ],
    [
      'no shift at all',
      { week: { mon: [] } },
      'regions[0].week: has no shift at all; give at least one weekday one, like [["07:00", "15:00"]]',
    ],
    [
      'a date that doesn’t exist',
      { validFrom: '2026-02-30' },
      "regions[0].validFrom: '2026-02-30' is not a date that exists; write it like 2026-07-10",
    ],
    [
      'dates the wrong way round',
      { validFrom: '2026-03-01', validThrough: '2026-02-28' },
      'regions[0].validThrough: 2026-02-28 lies before validFrom, 2026-03-01',
    ],
    ['one single date', { validFrom: '2026-03-01', validThrough: '2026-03-01' }, 'ok'],
    [
      'a lead from elsewhere',
      { leadId: 'zoe' },
      "regions[0].leadId: 'zoe' is not among the members; make them one, or name another lead",
    ],
    ['no lead', { leadId: undefined }, 'ok'],
    ['nobody', { members: [], leadId: undefined }, 'ok'],
    [
      'somebody twice',
      {
        members: [
          { agentId: 'ana', role: 'l1' },
          { agentId: 'ana', role: 'backline' },
        ],
        leadId: 'ana',
      },
      "regions[0].members[1].agentId: 'ana' is a member already",
    ],
  ])('%s', (_what, changes, expected) => {
    expect(problemsOf(wire([{ ...base, ...changes }]))).toBe(expected)
  })

  test('an unknown field is refused by its name', () => {
    expect(problemsOf(wire([{ ...base, color: 'red' }]))).toContain('color')
  })
})

describe('the regions of a rota', () => {
  const until = (validThrough: string) => ({ ...base, validThrough })
  const from = (validFrom: string) => ({ ...base, validFrom })
  test.each([
    ['the same region from the day after on', [until('2026-06-30'), from('2026-07-01')], 'ok'],
    [
      'the same region, a day of it twice',
      [until('2026-06-30'), from('2026-06-30')],
      'regions[1].validFrom: EMEA has other shifts at that time in regions[0]; end those before',
    ],
    ['two regions at once', [base, { ...base, id: 'AMER' }], 'ok'],
    ['none', [], 'regions: Too small: expected array to have >=1 items'],
  ])('%s', (_what, regions, expected) => expect(problemsOf(wire(regions))).toBe(expected))
})

describe('an override', () => {
  const cover: Override = { ...override, kind: 'cover', coverId: 'ben' }
  const swap: Override = { ...override, kind: 'swap', otherShift: shift, otherId: 'ben' }
  const iso = (given: object) => ({ ...given, at: '2026-07-01T00:00:00.000Z' })
  test.each<[string, object, string]>([
    ['a cover', cover, 'ok'],
    ['a swap', swap, 'ok'],
    ['a leave', { ...override, kind: 'leave' }, 'ok'],
    ['without a reason', { ...cover, reason: ' ' }, 'overrides[0].reason: say why'],
    [
      'of a date that doesn’t exist',
      { ...cover, shift: { ...shift, date: '2026-13-01' } },
      "overrides[0].shift.date: '2026-13-01' is not a date that exists; write it like 2026-07-10",
    ],
    [
      'a cover by the one who is away',
      { ...cover, coverId: 'ana' },
      'overrides[0].coverId: nobody covers for themselves; name somebody else',
    ],
    [
      'a swap with oneself',
      { ...swap, otherId: 'ana' },
      'overrides[0].otherId: nobody swaps with themselves; name somebody else',
    ],
  ])('%s', (_what, given, expected) => expect(problemsOf(wire([base], [iso(given)]))).toBe(expected))

  test('two of the same id', () => {
    expect(problemsOf(wire([base], [iso(cover), iso(swap)]))).toBe(
      "overrides[1].id: 'o1' is the id of an earlier override too",
    )
  })
})

describe('a rota on the wire', () => {
  test('instants of overrides are text there and numbers here', () => {
    const rota = aRota([base], [{ ...override, kind: 'leave', at: Date.UTC(2026, 6, 1) }])
    const sent = rotaSchema.encode(rota) as unknown as { overrides: { at: string }[] }
    expect(sent.overrides[0]?.at).toBe('2026-07-01T00:00:00.000Z')
    expect(rotaSchema.decode(rotaSchema.encode(rota))).toEqual(rota)
  })

  test('a rota that is too big is refused', () => {
    const many = (count: number): Rota['regions'] =>
      Array.from({ length: count }, (_, i) => ({ ...base, id: `R${i}` }))
    expect(problemsOf(wire(many(24)))).toBe('ok')
    expect(problemsOf(wire(many(25)))).toContain('regions:')
  })
})
