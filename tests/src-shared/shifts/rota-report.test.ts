import { describe, expect, test } from 'vitest'
import { gapRuns } from '#shared/shifts/gap-runs'
import { type Override, rotaSchema } from '#shared/shifts/rota'
import { REPORT_MS, rotaReport } from '#shared/shifts/rota-report'
import { decode } from '#shared/time/decode'
import regionsJson from '../../../resources/regions.json'
import followTheSun from '../../../resources/rota/follow-the-sun.json'
import { aRota, daily, inUtc, londonNewYork, people, utc, WEEKDAYS } from './rotas'

const YEAR = [utc('2026-01-01 00:00'), utc('2027-01-01 00:00')] as const
const span = ({ startsAt, endsAt }: { startsAt: number; endsAt: number }) =>
  `${inUtc(startsAt)} – ${inUtc(endsAt)}`

describe('the classic failure: only one of two regions has changed its clocks', () => {
  test('London and New York leave an hour to nobody, twice a year, for as long as they are four hours apart', () => {
    const runs = gapRuns(rotaReport(londonNewYork, ...YEAR).gaps)
    expect(
      runs.map(({ first, last, count, onlyChanged }) => ({
        first: span(first),
        last: span(last),
        count,
        between: `${first.after?.region} and ${first.before?.region}`,
        onlyChanged,
      })),
    ).toEqual([
      {
        // New York goes forward on 8 March, London on 29 March.
        first: '2026-03-08 07:00 – 2026-03-08 08:00',
        last: '2026-03-28 07:00 – 2026-03-28 08:00',
        count: 21,
        between: 'AMER and EMEA',
        onlyChanged: 'AMER',
      },
      {
        // London goes back on 25 October, New York on 1 November.
        first: '2026-10-25 07:00 – 2026-10-25 08:00',
        last: '2026-10-31 07:00 – 2026-10-31 08:00',
        count: 7,
        between: 'AMER and EMEA',
        onlyChanged: 'EMEA',
      },
    ])
  })

  test.each([
    ['7 March: both in winter', '2026-03-07', '20:00'],
    ['8 March: New York is an hour early', '2026-03-08', '19:00 with both until 20:00'],
    ['28 March: still', '2026-03-28', '19:00 with both until 20:00'],
    ['29 March: both in summer', '2026-03-29', '19:00'],
    ['24 October: both in summer', '2026-10-24', '19:00'],
    ['25 October: London is an hour late', '2026-10-25', '19:00 with both until 20:00'],
    ['31 October: still', '2026-10-31', '19:00 with both until 20:00'],
    ['1 November: both in winter', '2026-11-01', '20:00'],
  ])('and in the evening they are both on for the same hour: %s', (_what, date, expected) => {
    const { overlaps } = rotaReport(londonNewYork, utc(`${date} 12:00`), utc(`${date} 23:00`))
    const both = overlaps.map(span)
    expect(both).toEqual(expected.includes('both') ? [`${date} 19:00 – ${date} 20:00`] : [])
  })

  test('regions that never change their clocks leave none', () => {
    const rota = aRota([
      daily('APAC', 'Asia/Singapore', [['08:00', '20:00']]),
      daily('JP', 'Asia/Tokyo', [['21:00', '09:00']]),
    ])
    expect(rotaReport(rota, ...YEAR).gaps).toEqual([])
  })
})

describe('what a rota leaves open', () => {
  const shift = { region: 'EMEA', date: '2026-07-10', starts: '08:00' }
  const leave = (agentId: string, id = agentId): Override => ({
    id,
    kind: 'leave',
    shift,
    agentId,
    reason: 'ill',
    byId: 'boss',
    at: 0,
  })
  const twoDays = [utc('2026-07-10 00:00'), utc('2026-07-12 00:00')] as const

  test('a shift in which everybody is away is a gap that says so', () => {
    const report = rotaReport(
      aRota(londonNewYork.regions, [leave('EMEA-lead'), leave('EMEA-l1'), leave('EMEA-boss')]),
      ...twoDays,
    )
    expect(report.gaps.map((gap) => [span(gap), gap.unstaffed.map(({ id }) => id)])).toEqual([
      ['2026-07-10 07:00 – 2026-07-10 19:00', ['EMEA.2026-07-10.0800']],
    ])
    expect(report.withoutMembers.map(({ id }) => id)).toEqual(['EMEA.2026-07-10.0800'])
    expect(report.withoutLead).toEqual([])
  })

  test('a shift whose lead is away has no lead', () => {
    const report = rotaReport(aRota(londonNewYork.regions, [leave('EMEA-lead')]), ...twoDays)
    expect(report.withoutLead.map(({ id }) => id)).toEqual(['EMEA.2026-07-10.0800'])
    expect(report.gaps).toEqual([])
  })

  test('somebody who is on two shifts at once is named, once for the pair', () => {
    const rota = aRota([
      daily('EMEA', 'UTC', [['08:00', '16:00']], { members: people('ana', 'ben'), leadId: 'ana' }),
      daily('AMER', 'UTC', [['12:00', '20:00']], { members: people('ben', 'cleo'), leadId: 'cleo' }),
    ])
    const { twiceAtOnce } = rotaReport(rota, utc('2026-07-10 00:00'), utc('2026-07-11 00:00'))
    expect(
      twiceAtOnce.map(({ agentId, shifts, startsAt }) => [
        agentId,
        shifts.map(({ id }) => id),
        inUtc(startsAt),
      ]),
    ).toEqual([['ben', ['EMEA.2026-07-10.0800', 'AMER.2026-07-10.1200'], '2026-07-10 12:00']])
  })

  test('at its edges a gap ends where the question does', () => {
    const rota = aRota([daily('EMEA', 'UTC', [['09:00', '17:00']])])
    const { gaps } = rotaReport(rota, utc('2026-07-10 02:00'), utc('2026-07-10 20:00'))
    expect(gaps.map((gap) => [span(gap), gap.after?.region, gap.before?.region])).toEqual([
      ['2026-07-10 02:00 – 2026-07-10 09:00', undefined, 'EMEA'],
      ['2026-07-10 17:00 – 2026-07-10 20:00', 'EMEA', undefined],
    ])
  })
})

test('the next twelve months of the biggest rota there may be are reported', () => {
  // 12 regions of six shifts a day with six people each, all over the world: 26,000 shifts.
  const zones = ['Europe/London', 'America/New_York', 'Asia/Singapore', 'Australia/Sydney']
  const regions = Array.from({ length: 12 }, (_, i) =>
    daily(
      `R${i}`,
      zones[i % zones.length] ?? 'UTC',
      [0, 4, 8, 12, 16, 20].map((hour): [string, string] => [
        `${String(hour).padStart(2, '0')}:00`,
        `${String(hour + 3).padStart(2, '0')}:30`,
      ]),
      { members: people(...[0, 1, 2, 3, 4, 5].map((n) => `R${i}-${n}`)), leadId: `R${i}-0` },
    ),
  )
  const report = rotaReport(aRota(regions), utc('2026-07-01 00:00'), utc('2026-07-01 00:00') + REPORT_MS)
  expect(report.overlaps.length).toBeGreaterThan(1000)
})

describe('the rota that is shipped', () => {
  const decoded = decode(rotaSchema, followTheSun)
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.problems))
  const rota = decoded.value

  test('names the regions of this workspace', () => {
    expect(rota.regions.map(({ id, name }) => ({ id: id.toLowerCase(), name }))).toEqual(
      regionsJson.regions.map(({ id, name }) => ({ id, name })),
    )
  })

  test.each([2026, 2027, 2028, 2029, 2030])(
    'leaves no gap in %i, whatever the clocks do, and always has a lead',
    (year) => {
      const report = rotaReport(rota, Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1))
      expect(report.gaps).toEqual([])
      expect(report.withoutLead).toEqual([])
      expect(report.withoutMembers).toEqual([])
      expect(report.twiceAtOnce).toEqual([])
      // Every hand-over has a time at which both are there, in some season at least.
      expect(new Set(report.overlaps.map(({ on }) => on.map(({ region }) => region).join('>')))).toContain(
        'EMEA>AMER',
      )
    },
  )

  test('has a supervisor in every region, and works every weekday', () => {
    for (const region of rota.regions) {
      expect(region.members.some(({ role }) => role === 'supervisor')).toBe(true)
      expect(Object.keys(region.week).sort()).toEqual([...WEEKDAYS].sort())
    }
  })
})
