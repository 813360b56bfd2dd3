import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { linkToTicket, readDeepLink } from '#shared/deep-link'

describe('a link to a ticket', () => {
  test.each([
    ['meridian://ticket/ticket-1', 'ticket-1'],
    ['meridian://ticket/0b8e7a52-9a34-4c6e-9f2d-3c1a5b7d9e10', '0b8e7a52-9a34-4c6e-9f2d-3c1a5b7d9e10'],
    ['meridian://ticket/sn-inc0010023', 'sn-inc0010023'],
    ['meridian://ticket/MER-1001', 'MER-1001'],
    // Programs that hand it on write the scheme as they like.
    ['MERIDIAN://Ticket/t1', 't1'],
    [`meridian://ticket/${'x'.repeat(120)}`, 'x'.repeat(120)],
  ])('%s opens %s', (text, ticketId) => {
    expect(readDeepLink(text)).toEqual({ ok: true, link: { kind: 'ticket', ticketId } })
  })

  test.each([
    ['', 'no link to Meridian'],
    ['ticket/t1', 'no link to Meridian'],
    ['https://ticket/t1', 'no link to Meridian'],
    [' meridian://ticket/t1', 'no link to Meridian'],
    ['meridian-evil://ticket/t1', 'no link to Meridian'],
    ['--portal=https://evil.example', 'no link to Meridian'],
    ['meridian:', 'only meridian://ticket/ID'],
    ['meridian:ticket/t1', 'only meridian://ticket/ID'],
    ['meridian://', 'only meridian://ticket/ID'],
    ['meridian://reply/t1', 'only meridian://ticket/ID'],
    ['meridian://ticket', 'only meridian://ticket/ID'],
    ['meridian://ticket.evil/t1', 'only meridian://ticket/ID'],
    ['meridian://me@ticket/t1', 'only meridian://ticket/ID'],
    ['meridian://ticket:80/t1', 'only meridian://ticket/ID'],
    ['meridian://ticket/t1/solve', 'only meridian://ticket/ID'],
    ['meridian://ticket/t1/', 'only meridian://ticket/ID'],
    ['meridian://ticket/../settings', 'only meridian://ticket/ID'],
    ['meridian://ticket/t1?status=solved', 'only meridian://ticket/ID'],
    ['meridian://ticket/t1#reply', 'only meridian://ticket/ID'],
    ['meridian://ticket/t1\nmeridian://ticket/t2', 'only meridian://ticket/ID'],
    ['meridian://ticket/t1\n', 'names no ticket'],
    ['meridian://ticket/', 'names no ticket'],
    ['meridian://ticket/..', 'names no ticket'],
    ['meridian://ticket/%74%31', 'names no ticket'],
    ['meridian://ticket/t1%00', 'names no ticket'],
    ['meridian://ticket/t1" --inspect', 'names no ticket'],
    ['meridian://ticket/<script>', 'names no ticket'],
    ['meridian://ticket/t\u202e1', 'names no ticket'],
    ['meridian://ticket/тикет', 'names no ticket'],
    [`meridian://ticket/${'x'.repeat(121)}`, 'names no ticket'],
  ])('%j is refused', (text, why) => {
    const read = readDeepLink(text)
    expect(read).toEqual({ ok: false, problem: expect.stringContaining(why) })
  })

  test('a refusal repeats nothing of what a stranger wrote', () => {
    const read = readDeepLink('meridian://ticket/call +1 555 0100 now')
    expect(read.ok ? '' : read.problem).not.toContain('555')
  })

  test('whatever comes, the answer is a plain id or a refusal', () => {
    const hostile = fc.oneof(
      fc.string({ maxLength: 300 }),
      fc.string({ maxLength: 200 }).map((rest) => `meridian://ticket/${rest}`),
    )
    fc.assert(
      fc.property(hostile, (text) => {
        const read = readDeepLink(text)
        if (read.ok) expect(read.link.ticketId).toMatch(/^[A-Za-z0-9][\w.-]{0,119}$/)
      }),
    )
  })

  test.each([
    ['t1', 'meridian://ticket/t1'],
    ['sn-inc0010023', 'meridian://ticket/sn-inc0010023'],
    ['a/b', undefined],
    ['a b', undefined],
    ['', undefined],
  ])('of the ticket %j is %s', (id, link) => {
    expect(linkToTicket(id)).toBe(link)
    if (link !== undefined) expect(readDeepLink(link)).toMatchObject({ ok: true, link: { ticketId: id } })
  })
})
