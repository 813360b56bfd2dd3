import { describe, expect, test } from 'vitest'
import { decodeRecord, encodeValue } from '#shared/portal/records'
import { contact, ticket } from '../../builders/tickets'

const wire = (kind: string, value: unknown) => ({ kind, id: 'x', version: 7, value })

describe('records of the wire', () => {
  test('what is encoded comes back the same, with instants as ISO text between', () => {
    const outside = encodeValue('ticket', ticket())
    expect(outside).toMatchObject({ createdAt: '2026-07-10T15:30:00.000Z' })
    expect(decodeRecord(wire('ticket', outside))).toEqual({
      record: { kind: 'ticket', id: 'x', version: 7, value: ticket() },
    })
  })

  test('a record without a value is a deletion', () => {
    expect(decodeRecord({ kind: 'ticket', id: 'x', version: 7 })).toMatchObject({
      record: { value: undefined },
    })
  })

  test.each([
    ['a kind this desk does not know', wire('galaxy', {}), /unknown kind of record "galaxy"/],
    ['a kind named like something every object has', wire('constructor', {}), /unknown kind/],
    ['a field that is missing', wire('contact', { id: 'c', organizationId: 'o' }), /contact x: name /],
    [
      'an instant without an offset',
      wire('ticket', { ...(encodeValue('ticket', ticket()) as object), createdAt: '2026-07-10T15:30:00' }),
      /ticket x: createdAt .*offset/,
    ],
    ['a value that is no object', wire('contact', 'rubbish'), /contact x: \(value\)/],
  ])('%s is a problem that names it', (_title, given, expected) => {
    const decoded = decodeRecord(given)
    expect('problem' in decoded ? decoded.problem.problem : 'decoded').toMatch(expected)
  })

  test('fields of a newer portal are left out without complaint', () => {
    const outside = { ...(encodeValue('contact', contact()) as object), pronouns: 'they/them' }
    expect(decodeRecord(wire('contact', outside))).toMatchObject({ record: { value: contact() } })
  })
})
