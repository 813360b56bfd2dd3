import { describe, expect, test } from 'vitest'
import { encodeValue, recordValues } from '#shared/portal/records'
import { formatInstant } from '#shared/time/instant'
import { type ConvertedLog, convertLog, shifted } from '../../../src-portal/sources/servicenow/convert'
import { parseLog } from '../../../src-portal/sources/servicenow/parse'
import { type Fields, logFile, march } from './log-file'

const terms = { plan: 'premium', policyId: 'bigpanda', calendarId: 'emea-london', region: 'EMEA' } as const

function convert(rows: readonly Fields[], options: { zone?: string; asOf?: string } = {}): ConvertedLog {
  return convertLog(parseLog(new TextEncoder().encode(logFile(rows)), 'log.csv'), {
    terms,
    zone: options.zone ?? 'UTC',
    peopleZone: 'Europe/London',
    asOf: options.asOf === undefined ? undefined : Date.parse(options.asOf),
  })
}

/** The SLA events of the only incident, as `07 09:00 status solved`. */
function events(log: ConvertedLog): string[] {
  expect(log.incidents).toHaveLength(1)
  return (log.incidents[0]?.ticket.slaEvents ?? []).map((event) => {
    const what = 'to' in event ? ` ${event.to}` : 'priority' in event ? ` ${event.priority}` : ''
    return `${formatInstant(event.at).slice(8, 16).replace('T', ' ')} ${event.type}${what}`
  })
}

/** The timeline of the only incident without its first entry. */
function entries(log: ConvertedLog): string[] {
  return (log.incidents[0]?.messages ?? []).slice(1).map((entry) => {
    const time = formatInstant(entry.at).slice(8, 16).replace('T', ' ')
    return entry.type === 'change'
      ? `${time} ${entry.field} ${entry.from ?? '-'}→${entry.to ?? '-'}`
      : `${time} ${'body' in entry ? entry.body : entry.type}`
  })
}

const remarks = (log: ConvertedLog) =>
  log.remarks.map(({ outcome, row, field, reason }) => `${outcome} ${row} ${field}: ${reason}`)

const at = (time: string, fields: Fields = {}): Fields => ({ sys_updated_at: march(time), ...fields })

describe('an incident becomes a ticket', () => {
  const log = convert([
    at('7 09:05'),
    at('7 09:20', { sys_mod_count: '1', assigned_to: 'Resolver 8', incident_state: 'Active' }),
    at('7 10:00', { sys_mod_count: '2', assigned_to: 'Resolver 8', incident_state: 'Awaiting User Info' }),
    at('7 15:00', {
      sys_mod_count: '3',
      assigned_to: 'Resolver 9',
      incident_state: 'Active',
      priority: '2 - High',
    }),
    at('8 11:00', {
      sys_mod_count: '4',
      assigned_to: 'Resolver 9',
      assignment_group: 'Group 2',
      incident_state: 'Resolved',
      priority: '2 - High',
      closed_code: 'code 6',
      resolved_by: 'Resolved by 77',
    }),
    at('13 12:00', {
      sys_mod_count: '5',
      incident_state: 'Closed',
      priority: '2 - High',
      assigned_to: 'Resolver 9',
      assignment_group: 'Group 2',
    }),
  ])
  const [incident] = log.incidents

  test('with its fields', () => {
    expect(incident?.ticket).toMatchObject({
      id: 'sn-inc0000001',
      number: 'INC0000001',
      subject: 'Category 5, Subcategory 50: Symptom 7',
      organizationId: 'sn-location-9',
      requesterId: 'sn-caller-12',
      plan: 'premium',
      calendarId: 'emea-london',
      region: 'EMEA',
      priority: 'P2',
      status: 'closed',
      channel: 'email',
      assigneeId: 'sn-resolver-9',
      tags: ['category 5', 'group 2'],
    })
  })

  test('with its SLA events', () => {
    expect(events(log)).toEqual([
      '07 09:00 created P3',
      '07 10:00 status waiting-on-customer',
      '07 15:00 prioritised P2',
      '07 15:00 status open',
      '08 11:00 status solved',
      '13 12:00 status closed',
    ])
  })

  test('with its timeline', () => {
    expect(incident?.messages[0]).toMatchObject({
      type: 'note',
      author: { kind: 'agent', name: 'Opened by 3' },
    })
    expect(entries(log)).toEqual([
      '07 09:20 assigneeId -→sn-resolver-8',
      '07 10:00 status open→waiting-on-customer',
      '07 15:00 priority P3→P2',
      '07 15:00 assigneeId sn-resolver-8→sn-resolver-9',
      '07 15:00 status waiting-on-customer→open',
      '08 11:00 Group: Group 1 → Group 2',
      '08 11:00 status open→solved',
      '13 12:00 status solved→closed',
    ])
    expect(
      incident?.messages.find((entry) => entry.type === 'change' && entry.to === 'solved'),
    ).toMatchObject({
      reason: 'code 6, resolved by 77',
      author: { kind: 'agent', name: 'Updated by 4' },
    })
  })

  test('with the people it names', () => {
    expect(log.agents.map(({ id, role, region }) => [id, role, region])).toEqual([
      ['sn-resolver-8', 'l1', 'EMEA'],
      ['sn-resolver-9', 'l1', 'EMEA'],
    ])
    expect(log.organizations).toEqual([
      {
        id: 'sn-location-9',
        name: 'Location 9',
        plan: 'premium',
        region: 'EMEA',
        calendarId: 'emea-london',
        policyId: 'bigpanda',
        zone: 'Europe/London',
      },
    ])
    expect(log.contacts).toEqual([{ id: 'sn-caller-12', organizationId: 'sn-location-9', name: 'Caller 12' }])
  })

  test('that the wire takes', () => {
    const { ticket, messages } = incident ?? expect.fail('no incident')
    expect(recordValues.ticket.decode(encodeValue('ticket', ticket) as never)).toEqual(ticket)
    for (const message of messages) {
      expect(recordValues.message.decode(encodeValue('message', message) as never)).toEqual(message)
    }
    expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length)
  })
})

describe('fields', () => {
  test.each([
    ['New', 'open'],
    ['Active', 'open'],
    ['Awaiting User Info', 'waiting-on-customer'],
    ['Awaiting Vendor', 'on-hold'],
    ['Awaiting Problem', 'on-hold'],
    ['Awaiting Evidence', 'on-hold'],
    ['Resolved', 'solved'],
    ['Closed', 'closed'],
  ])('the state %s is %s', (incident_state, status) => {
    expect(convert([{ incident_state }]).incidents[0]?.ticket.status).toBe(status)
  })

  test.each([
    ['1 - Critical', 'P1'],
    ['2 - High', 'P2'],
    ['3 - Moderate', 'P3'],
    ['4 - Low', 'P4'],
  ])('the priority %s is %s', (text, priority) => {
    expect(convert([{ priority: text }]).incidents[0]?.ticket.priority).toBe(priority)
  })

  test.each([
    ['Phone', 'phone', 'agent'],
    ['IVR', 'phone', 'agent'],
    ['Email', 'email', 'customer'],
    ['Chat', 'chat', 'customer'],
    ['Self service', 'portal', 'customer'],
    ['?', 'portal', 'customer'],
  ])('an incident reported by %s came by %s, logged by %s', (contact_type, channel, by) => {
    expect(convert([{ contact_type }]).incidents[0]?.ticket.slaEvents[0]).toMatchObject({ channel, by })
  })

  test('times are UTC unless a zone is named', () => {
    expect(events(convert([{}]))).toEqual(['07 09:00 created P3'])
    expect(events(convert([{}], { zone: 'America/New_York' }))).toEqual(['07 14:00 created P3'])
  })

  test('what is unknown is left open', () => {
    const log = convert([
      { caller_id: '?', location: '?', subcategory: '?', u_symptom: '?', category: '?', opened_by: '?' },
    ])
    expect(log.incidents[0]?.ticket).toMatchObject({
      subject: 'Incident INC0000001',
      organizationId: 'sn-location-unknown',
    })
    expect(log.incidents[0]?.ticket).not.toHaveProperty('requesterId')
    expect(log.incidents[0]?.messages[0]?.author).toEqual({ kind: 'automation', name: 'ServiceNow' })
    expect(log.organizations.map(({ name }) => name)).toEqual(['Unknown location'])
  })
})

describe('dirt', () => {
  const story = [
    at('7 09:05'),
    at('7 10:00', { sys_mod_count: '1', incident_state: 'Active', assigned_to: 'Resolver 8' }),
    at('7 12:00', { sys_mod_count: '2', incident_state: 'Resolved', assigned_to: 'Resolver 8' }),
    at('9 12:00', {
      sys_mod_count: '3',
      incident_state: 'Active',
      assigned_to: 'Resolver 8',
      reopen_count: '1',
    }),
    at('9 15:00', {
      sys_mod_count: '4',
      incident_state: 'Resolved',
      assigned_to: 'Resolver 8',
      reopen_count: '1',
    }),
    at('14 15:00', {
      sys_mod_count: '5',
      incident_state: 'Closed',
      assigned_to: 'Resolver 8',
      reopen_count: '1',
    }),
  ]

  test('rows out of order give the same ticket', () => {
    const straight = convert(story)
    const mixed = convert(
      [story[3], story[0], story[5], story[2], story[1], story[4]].map((row) => row ?? {}),
    )
    expect(mixed.incidents).toEqual(straight.incidents)
    expect(mixed.remarks).toEqual([])
  })

  test('within one minute the count of updates decides', () => {
    const log = convert([
      at('7 09:30', { sys_mod_count: '2', incident_state: 'Active' }),
      at('7 09:30', { sys_mod_count: '1', incident_state: 'Awaiting User Info' }),
    ])
    expect(events(log).slice(1)).toEqual(['07 09:30 status waiting-on-customer', '07 09:30 status open'])
  })

  test('an incident that was resolved and is active again was reopened', () => {
    const log = convert(story)
    expect(events(log)).toEqual([
      '07 09:00 created P3',
      '07 12:00 status solved',
      '09 12:00 status open',
      '09 15:00 status solved',
      '14 15:00 status closed',
    ])
    expect(entries(log)).toContain('09 12:00 Reopened (1)')
  })

  test('a row twice counts once', () => {
    const log = convert([story[0] ?? {}, story[1] ?? {}, story[1] ?? {}])
    expect(remarks(log)).toEqual(['left-out 4 sys_mod_count: says the same as row 3'])
    expect(log.incidents).toEqual(
      convert(story.slice(0, 2)).incidents.map((i) => ({ ...i, remarks: log.incidents[0]?.remarks })),
    )
  })

  test.each([
    ['incident_state', '-100', 'is no state that ServiceNow has for incidents'],
    ['priority', '9 - Whatever', 'is none of 1 - Critical, 2 - High, 3 - Moderate, 4 - Low'],
    ['sys_updated_at', '31-02-2016 10:00', 'is no date and time of the form dd-mm-yyyy hh:mm'],
    ['sys_updated_at', '07-03-2016 24:10', 'is no date and time of the form dd-mm-yyyy hh:mm'],
    ['sys_updated_at', '?', 'is no date and time of the form dd-mm-yyyy hh:mm'],
    ['sys_mod_count', 'many', 'is no count of updates'],
    ['number', '?', 'is missing: the row belongs to no incident'],
    ['number', 'INC 1; drop', 'is no incident number'],
    ['sys_updated_at', '07-03-2016 08:00', 'lies before the incident was opened'],
  ])('a row whose %s is %s is left out and the others count', (field, value, reason) => {
    const log = convert([story[0] ?? {}, { ...story[1], [field]: value }, story[2] ?? {}])
    expect(remarks(log)).toEqual([`left-out 3 ${field}: ${reason}`])
    expect(log.remarks[0]).toMatchObject({
      value,
      incident: field === 'number' && value === '?' ? '' : expect.any(String),
    })
    expect(events(log)).toEqual(['07 09:00 created P3', '07 12:00 status solved'])
  })

  test.each([
    ['?', 'is unknown: sys_created_at was taken', '07 09:05'],
    ['30-02-2016 10:00', 'is unknown: sys_created_at was taken', '07 09:05'],
    ['07-03-2017 09:00', 'lies after every update: sys_created_at was taken', '07 09:05'],
  ])('an incident opened at %s', (opened_at, reason, begins) => {
    const log = convert([at('7 09:30', { opened_at }), at('7 10:00', { opened_at, sys_mod_count: '1' })])
    expect(remarks(log)).toEqual([`mended 2 opened_at: ${reason}`])
    expect(events(log)).toEqual([`${begins} created P3`])
  })

  test('an incident of which only an update is known begins with it', () => {
    const log = convert([at('7 09:30', { opened_at: '?', sys_created_at: '?' })])
    expect(remarks(log)).toEqual(['mended 2 opened_at: is unknown: the first update was taken'])
    expect(events(log)).toEqual(['07 09:30 created P3'])
  })

  test('a row with a field too few is left out', () => {
    const text = logFile([{}, {}]).replace(/,\?\n$/, '\n')
    const log = parseLog(new TextEncoder().encode(text), 'log.csv')
    expect(log.rows).toHaveLength(1)
    expect(log.remarks).toMatchObject([
      { row: 3, incident: 'INC0000001', reason: 'has 35 fields, the header 36' },
    ])
  })

  describe('closed without a row that says Resolved', () => {
    const closed = (resolved_at: string) =>
      convert([at('7 10:00'), at('9 10:00', { sys_mod_count: '1', incident_state: 'Closed', resolved_at })])

    test('the resolved date counts when it fits', () => {
      expect(events(closed(march('8 16:00'))).slice(1)).toEqual([
        '08 16:00 status solved',
        '09 10:00 status closed',
      ])
    })

    test('the resolved date is ignored when it lies before an update that found the incident open', () => {
      const log = closed(march('7 09:30'))
      expect(events(log).slice(1)).toEqual(['09 10:00 status closed'])
      expect(remarks(log)).toEqual([expect.stringMatching(/^mended 3 resolved_at: /)])
    })

    test('an unknown one is nothing to speak of', () => {
      const log = closed('?')
      expect(events(log).slice(1)).toEqual(['09 10:00 status closed'])
      expect(remarks(log)).toEqual([])
    })
  })

  test('the log can be read as it stood at an instant', () => {
    const log = convert(story, { asOf: '2016-03-08T00:00:00Z' })
    expect(log.incidents[0]?.ticket.status).toBe('solved')
    expect(log.notYet).toBe(3)
    expect(log.remarks).toEqual([])
  })
})

test('shifting moves every instant and nothing else', () => {
  const [incident] = convert([
    at('7 09:05'),
    at('7 12:00', { sys_mod_count: '1', incident_state: 'Resolved' }),
  ]).incidents
  if (!incident) return expect.fail('no incident')
  const day = 86_400_000
  const later = shifted(incident, day)
  expect(later.ticket.createdAt - incident.ticket.createdAt).toBe(day)
  expect(
    later.ticket.slaEvents.map((event, n) => event.at - (incident.ticket.slaEvents[n]?.at ?? 0)),
  ).toEqual([day, day])
  expect(later.messages.map((entry, n) => entry.at - (incident.messages[n]?.at ?? 0))).toEqual([day, day])
  expect(shifted(later, -day)).toEqual(incident)
})
