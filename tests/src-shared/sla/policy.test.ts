import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { type Plan, type Priority, policySchema, prioritySchema, type Target } from '#shared/sla/policy'
import { decode } from '#shared/time/decode'
import { decodeCalendar } from '#shared/time/decode-calendar'
import pack from '../../../resources/policies/bigpanda.json'
import regions from '../../../resources/regions.json'
import { policy } from './tickets'

const PLANS: readonly Plan[] = ['standard', 'premium', 'premium-plus']

function words(target: Target): string {
  if (target.kind === 'proposed') return 'proposed'
  if (target.kind === 'businessDays') return `${target.days} business days, ${target.convention}`
  return `${target.hours} ${target.kind === 'clock' ? 'hours' : 'business hours'}`
}

describe('the shipped pack is the table of sla.md §1', () => {
  test.each([
    // priority, target, standard, premium, premium-plus
    ['P1', 'firstResponse', '4 hours', '2 hours', '1 hours'],
    [
      'P1',
      'resolution',
      '2 business days, working-time',
      '1 business days, working-time',
      '1 business days, working-time',
    ],
    ['P2', 'firstResponse', '8 hours', '4 hours', '2 hours'],
    [
      'P2',
      'resolution',
      '7 business days, working-time',
      '5 business days, working-time',
      '5 business days, working-time',
    ],
    [
      'P3',
      'firstResponse',
      '3 business days, working-time',
      '2 business days, working-time',
      '1 business days, working-time',
    ],
    ['P3', 'resolution', 'proposed', 'proposed', 'proposed'],
    [
      'P4',
      'firstResponse',
      '5 business days, working-time',
      '3 business days, working-time',
      '2 business days, working-time',
    ],
    ['P4', 'resolution', 'proposed', 'proposed', 'proposed'],
  ] as const)('%s %s', (priority, name, ...expected) => {
    expect(PLANS.map((plan) => words(policy.targets[name][priority][plan]))).toEqual(expected)
  })

  it('alerts for P1 and P2 and pauses only the resolution, only for the customer', () => {
    expect(policy.alertPriorities).toEqual(['P1', 'P2'])
    expect(policy.thresholds).toEqual({ firstResponse: [0.5, 0.75, 0.9], resolution: [0.75, 0.9] })
    expect(policy.pausesWhile).toEqual({ firstResponse: [], resolution: ['waiting-on-customer'] })
  })

  it('names every setting the offering leaves open, in words', () => {
    const settings = Object.entries(policy.settings ?? {})
    expect(settings.map(([name]) => name)).toEqual([
      'hours',
      'businessDays',
      'firstResponsePauses',
      'resolutionPauses',
      'plan',
      'convention',
      'priorityChange',
    ])
    for (const [, { description }] of settings) expect(description).toMatch(/^[A-Z].+\.$/)
  })
})

describe('a pack that says one thing and does another is refused', () => {
  const settings = pack.settings
  test.each([
    [
      'pauses it does not have',
      { settings: { ...settings, resolutionPauses: { ...settings.resolutionPauses, value: ['on-hold'] } } },
      'settings.resolutionPauses.value',
    ],
    [
      'pauses of first response it does not state',
      { pausesWhile: { ...pack.pausesWhile, firstResponse: ['on-hold'] } },
      'settings.firstResponsePauses.value',
    ],
    [
      'another convention',
      { settings: { ...settings, convention: { ...settings.convention, value: 'end-of-day' } } },
      'settings.convention.value',
    ],
    [
      'a rule the engine does not know',
      { settings: { ...settings, priorityChange: { ...settings.priorityChange, value: 'reset' } } },
      'settings.priorityChange.value',
    ],
    [
      'a threshold of 90 instead of 0.9',
      { thresholds: { ...pack.thresholds, resolution: [90] } },
      'thresholds.resolution[0]',
    ],
    ['no version', { version: undefined }, 'version'],
    [
      'a priority left out',
      { targets: { ...pack.targets, resolution: { P1: pack.targets.resolution.P1 } } },
      'targets.resolution.P2',
    ],
  ])('%s', (_, change, field) => {
    const decoded = decode(policySchema, { ...pack, ...change })
    expect(decoded.ok ? [] : decoded.problems.map((problem) => problem.field)).toContain(field)
  })

  it('half a business day is no target', () => {
    const targets = structuredClone(pack.targets)
    targets.resolution.P1.standard.days = 0.5
    const decoded = decode(policySchema, { ...pack, targets })
    expect(decoded.ok ? [] : decoded.problems.map((problem) => problem.field)).toEqual([
      'targets.resolution.P1.standard.days',
    ])
  })
})

describe('the shipped calendars', () => {
  const folder = new URL('../../../resources/calendars/', import.meta.url)
  const files = readdirSync(folder)

  it('are there for three regions', () => {
    expect(files).toEqual(
      expect.arrayContaining(['amer-new-york.json', 'emea-london.json', 'apac-singapore.json']),
    )
  })

  it('every region has a default among them, named like the region', () => {
    for (const { id, calendar } of regions.regions) {
      expect(files).toContain(`${calendar}.json`)
      expect(calendar.startsWith(`${id}-`)).toBe(true)
    }
    expect(regions.regions.map(({ id }) => id)).toEqual(['amer', 'emea', 'apac'])
  })

  test.each(files)('%s is valid, named, dated and sourced', (file) => {
    const decoded = decodeCalendar(JSON.parse(readFileSync(new URL(file, folder), 'utf8')))
    if (!decoded.ok) throw new Error(JSON.stringify(decoded.problems))
    const { id, name, version, source, validThrough, holidays } = decoded.value
    expect(`${id}.json`).toBe(file)
    expect([name, version, source, validThrough].every((text) => text !== undefined)).toBe(true)
    const dates = holidays.map((holiday) => holiday.date)
    expect(dates).toEqual([...dates].sort())
    for (const year of ['2026', '2027', '2028'])
      expect(dates.filter((date) => date.startsWith(year)).length).toBeGreaterThan(5)
    expect(dates.every((date) => date >= '2026-01-01' && date <= (validThrough ?? ''))).toBe(true)
  })
})

it('knows all four priorities', () => {
  const priorities: readonly Priority[] = prioritySchema.options
  expect(priorities).toEqual(['P1', 'P2', 'P3', 'P4'])
})
