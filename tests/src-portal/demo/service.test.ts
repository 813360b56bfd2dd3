import { describe, expect, test } from 'vitest'
import { commandSchema } from '#shared/commands/command'
import { decideDocument, documentKind } from '#shared/commands/documents'
import { encodeValue } from '#shared/portal/records'
import { agentById } from '../../../src-portal/demo/cast'
import { deskMacros, deskRota, deskViews } from '../../../src-portal/demo/desk-setup'
import { serviceNotices } from '../../../src-portal/demo/notices'
import { agents, customers } from '../../../src-portal/demo/scenery'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

describe.each([
  '2026-11-23T06:30:00Z',
  '2026-11-01T00:01:00Z',
  '2026-02-28T23:59:59Z',
  '2026-07-01T01:00:00Z',
  '2026-12-31T16:30:00Z',
])('the service at %s', (moment) => {
  const now = Date.parse(moment)
  const notices = serviceNotices(now)
  const [resolved, running, maintenance] = notices
  if (!resolved || !running || !maintenance) throw new Error('a notice is missing')

  test('has a maintenance that begins within a day and was announced more than a day ahead', () => {
    expect(maintenance).toMatchObject({
      type: 'maintenance',
      state: 'scheduled',
      exclusion: 'scheduled-maintenance',
    })
    expect(maintenance.startsAt - now).toBeGreaterThan(HOUR_MS)
    expect(maintenance.startsAt - now).toBeLessThanOrEqual(DAY_MS)
    expect(maintenance.startsAt - maintenance.announcedAt).toBeGreaterThan(DAY_MS)
    expect(maintenance.announcedAt).toBeLessThan(now)
  })

  test('had an outage this month that is over and told in several updates', () => {
    const { startsAt, endsAt = now, state, impact, updates } = resolved
    expect([state, impact]).toEqual(['resolved', 'outage'])
    expect(new Date(startsAt).getUTCMonth()).toBe(new Date(now).getUTCMonth())
    expect(endsAt).toBeGreaterThan(startsAt)
    // Less than 99.9 % of a month allow, or there would be nothing left to watch.
    expect(endsAt - startsAt).toBeLessThan(40 * MINUTE_MS)
    expect(updates.length).toBeGreaterThanOrEqual(3)
  })

  test('is degraded for three customers', () => {
    expect(running).toMatchObject({ state: 'identified', impact: 'degraded', type: 'incident' })
    expect(running.endsAt).toBeUndefined()
    const known = new Set(customers.map(({ id }) => id))
    expect(running.organizationIds?.filter((id) => known.has(id))).toHaveLength(3)
  })

  test('says nothing from the future, and all of it in order', () => {
    for (const { updates, announcedAt, startsAt } of [resolved, running]) {
      const times = [startsAt, announcedAt, ...updates.map(({ at }) => at), now]
      expect(times).toEqual([...times].sort((a, b) => a - b))
    }
  })
})

describe('what the desk has set up', () => {
  const supervisor = agentById('priya-raghavan')
  const documents = [
    ...deskMacros.map((value) => ({ kind: 'macro', value }) as const),
    ...deskViews.map((value) => ({ kind: 'view', value }) as const),
    ...serviceNotices(Date.parse('2026-11-23T06:30:00Z')).map(
      (value) => ({ kind: 'notice', value }) as const,
    ),
    { kind: 'rota', value: deskRota } as const,
  ]

  test.each(documents)(
    'the $kind “$value.id” could have been saved by its owner or a supervisor',
    (document) => {
      const { kind, value } = document
      const owner = 'ownerId' in value && value.ownerId ? agentById(value.ownerId) : supervisor
      const base = {
        id: crypto.randomUUID(),
        at: '2026-11-23T06:30:00.000Z',
        target: value.id,
        baseVersion: 0,
      }
      const wire = { ...base, type: `save-${kind}`, value: encodeValue(kind, value as never) }
      const command = commandSchema.decode(JSON.parse(JSON.stringify(wire)))
      expect(documentKind(command.type)).toBe(kind)
      expect(decideDocument(command as never, undefined, owner)).toEqual({ kind: 'apply' })
    },
  )

  test('macros use the variables there are, and every one of them', () => {
    const used = deskMacros.flatMap(({ body }) =>
      [...body.matchAll(/\{\{([^}]*)\}\}/g)].map(([, name]) => name),
    )
    expect([...new Set(used)].sort()).toEqual([
      'agent.first',
      'customer',
      'due.resolution',
      'requester.first',
      'ticket.number',
    ])
    expect(deskMacros.length).toBeGreaterThanOrEqual(12)
    expect(new Set(deskMacros.map(({ name }) => name)).size).toBe(deskMacros.length)
    expect(deskMacros.every(({ ownerId }) => ownerId === undefined)).toBe(true)
  })

  test('four views are everybody’s, one is that of the L1 person one can sign in as', () => {
    expect(deskViews.map(({ ownerId = 'everybody' }) => ownerId).sort()).toEqual([
      'everybody',
      'everybody',
      'everybody',
      'everybody',
      'maya-okafor',
    ])
    for (const { query } of deskViews) {
      for (const term of query.split(' ')) {
        expect(term).toMatch(/^-?(priority|plan|status|region|tag|is):[a-z0-9,-]+$/)
      }
    }
  })

  test('the rota is about the people of the desk, in their regions and roles', () => {
    const members = deskRota.regions.flatMap(({ id, members }) =>
      members.map(({ agentId, role }) => ({ id: agentId, role, region: id })),
    )
    const people = agents.map(({ id, role, region }) => ({ id, role, region }))
    const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id)
    expect(members.sort(byId)).toEqual(people.sort(byId))
  })
})
