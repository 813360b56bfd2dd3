import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { writeRecords } from '../../src-portal/db/write-records'
import { handoffId } from '../../src-shared/handoff/handoff'
import { onShiftAt, shiftAfter } from '../../src-shared/shifts/coverage'
import { rotaSchema } from '../../src-shared/shifts/rota'
import { policySchema } from '../../src-shared/sla/policy'
import { calendarSchema } from '../../src-shared/time/calendar'
import { databases } from './databases'
import { command, lena, omar, sue, type TestPortal, testPortal, ticket } from './fixture'

/* A hand-off from EMEA to AMER over HTTP: whoever accepts owns the ticket, and nobody else does anything to it. */

const read = (path: string) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'))
const policy = policySchema.decode(read('resources/policies/bigpanda.json'))
const calendar = calendarSchema.decode(read('resources/calendars/emea-london.json'))
const people = { EMEA: [lena, omar], AMER: [sue], APAC: [omar] } as const
const shipped = read('resources/rota/follow-the-sun.json')
const rota = rotaSchema.decode({
  ...shipped,
  supervisorId: sue.id,
  regions: shipped.regions.map((region: { id: keyof typeof people }) => ({
    ...region,
    members: people[region.id].map(({ id, role }) => ({ agentId: id, role })),
    leadId: people[region.id][0].id,
  })),
})
/** Within the last hour of the shift in EMEA. */
const now = Date.parse('2026-03-10T15:30:00Z')
const SEEN_ALL = Number.MAX_SAFE_INTEGER

describe.each(databases)('a hand-off on $name', (database) => {
  let portal: TestPortal
  let from: string
  let to: string
  let id: string

  beforeAll(async () => {
    await database.start()
    portal = await testPortal(
      [
        { kind: 'policy', id: policy.id, value: policy },
        { kind: 'calendar', id: calendar.id, value: calendar },
        { kind: 'rota', id: rota.id, value: rota },
      ],
      { database: await database.open(), now: () => now },
    )
    const shift = onShiftAt(rota, now).find(({ region }) => region === 'EMEA')
    const next = shift && shiftAfter(rota, shift)
    if (!shift || !next) throw new Error('the rota has no such shifts')
    from = shift.id
    to = next.id
    id = handoffId(shift, next)
  })
  afterAll(async () => {
    await portal?.close()
    await database.stop()
  })
  beforeEach(async () => {
    const terms = {
      policyId: policy.id,
      calendarId: calendar.id,
      createdAt: now - 600_000,
      updatedAt: now - 600_000,
    }
    const begun = (priority: 'P1' | 'P4') => [
      { at: now - 600_000, type: 'created', priority, channel: 'email', by: 'customer' } as const,
    ]
    await writeRecords(portal.database.db, [
      ticket('p1', { ...terms, priority: 'P1', assigneeId: lena.id, slaEvents: begun('P1') }),
      ticket('p4', { ...terms, priority: 'P4', assigneeId: lena.id, slaEvents: begun('P4') }),
    ])
  })

  const send = async (who: 'lena' | 'omar' | 'sue', type: string, fields: object = {}) => {
    const sent = { ...command(type, id), baseVersion: SEEN_ALL, ...fields }
    const { json } = await portal.call('/v1/commands', {
      token: portal.tokens[who],
      body: { commands: [sent] },
    })
    return json.results[0]
  }
  const stored = async (kind: string, name: string) => {
    const { json } = await portal.call('/v1/bootstrap?limit=1000')
    return json.records.find((one: { kind: string; id: string }) => one.kind === kind && one.id === name)
  }

  test('is opened, completed, offered and accepted; the ticket changes hands with the acceptance', async () => {
    expect(await send('lena', 'open-handoff', { fromShiftId: from, toShiftId: to })).toMatchObject({
      outcome: 'applied',
    })
    const draft = (await stored('handoff', id)).value
    expect(draft).toMatchObject({
      state: 'draft',
      items: [{ ticketId: 'p1', reasons: ['P1', expect.anything()] }],
    })

    const early = await send('lena', 'offer-handoff')
    expect(early).toMatchObject({ outcome: 'rejected' })
    const content = {
      severity: 'unstable',
      situation: 'Alerts are late for everybody',
      actions: [{ what: 'Watch the queue', ownerId: sue.id, dueAt: new Date(now + 7_200_000).toISOString() }],
      ifThen: [{ trigger: 'Queue grows', response: 'Restart the collector', call: 'R&D on call' }],
    }
    expect(await send('lena', 'edit-handoff-item', { ticketId: 'p1', content })).toMatchObject({
      outcome: 'applied',
    })
    for (const part of ['serviceStatus', 'maintenance', 'promises', 'knownNoise', 'gaps']) {
      expect(await send('lena', 'edit-handoff-section', { part, said: { kind: 'none' } })).toMatchObject({
        outcome: 'applied',
      })
    }
    expect(await send('lena', 'offer-handoff')).toMatchObject({ outcome: 'applied' })
    expect((await stored('ticket', 'p1')).value).toMatchObject({ assigneeId: lena.id })

    const accept = { ticketId: 'p1', restated: 'I watch the queue and restart the collector if it grows' }
    const { version } = await send('sue', 'accept-handoff-item', accept)
    const ticketAfter = await stored('ticket', 'p1')
    expect(ticketAfter.value).toMatchObject({ assigneeId: sue.id })
    // A desk that saw the hand-off at the version of the answer has seen the ticket too.
    expect(ticketAfter.version).toBeLessThan(version)
    expect(ticketAfter.value.changedIn.assigneeId).toBe(ticketAfter.version)
    expect((await stored('handoff', id)).value).toMatchObject({ state: 'accepted' })
    expect(await send('sue', 'accept-handoff-item', accept)).toMatchObject({ outcome: 'rejected' })
  })
})
