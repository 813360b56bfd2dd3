import { describe, expect, test } from 'vitest'
import { shiftById } from '#shared/shifts/coverage'
import type { Override, ShiftRef } from '#shared/shifts/rota'
import { supervisorOf } from '#shared/shifts/shift'
import { finalStaff } from '#shared/shifts/staff'
import { aRota, daily } from './rotas'

const early: ShiftRef = { region: 'EMEA', date: '2026-07-10', starts: '06:00' }
const late: ShiftRef = { region: 'EMEA', date: '2026-07-10', starts: '14:00' }
const amer: ShiftRef = { region: 'AMER', date: '2026-07-10', starts: '14:00' }
const lost: ShiftRef = { region: 'EMEA', date: '2026-07-10', starts: '05:00' }

const regions = [
  daily(
    'EMEA',
    'UTC',
    [
      ['06:00', '14:00'],
      ['14:00', '22:00'],
    ],
    {
      members: [
        { agentId: 'ana', role: 'l1' },
        { agentId: 'ben', role: 'backline' },
        { agentId: 'sue', role: 'supervisor' },
      ],
      leadId: 'ana',
    },
  ),
  daily('AMER', 'UTC', [['14:00', '22:00']], {
    members: [{ agentId: 'cleo', role: 'backline' }],
    leadId: 'cleo',
  }),
]
let next = 0
const base = (shift: ShiftRef, agentId: string) => {
  next += 1
  return { id: `o${next}`, shift, agentId, reason: 'ill', byId: 'sue', at: next }
}
const cover = (shift: ShiftRef, agentId: string, coverId: string): Override => ({
  ...base(shift, agentId),
  kind: 'cover',
  coverId,
})
const leave = (shift: ShiftRef, agentId: string): Override => ({ ...base(shift, agentId), kind: 'leave' })
const swap = (shift: ShiftRef, agentId: string, otherShift: ShiftRef, otherId: string): Override => ({
  ...base(shift, agentId),
  kind: 'swap',
  otherShift,
  otherId,
})

/** `ana* ben`: who works it, the lead marked. */
function staffOf(ref: ShiftRef, overrides: readonly Override[]): string {
  const shift = shiftById(
    aRota(regions, overrides),
    `${ref.region}.${ref.date}.${ref.starts.replace(':', '')}`,
  )
  return (shift?.members ?? [])
    .map(({ agentId }) => (agentId === shift?.leadId ? `${agentId}*` : agentId))
    .join(' ')
}

describe('the final rota', () => {
  test.each<[string, Override[], string, string, string]>([
    ['nothing changed', [], 'ana* ben sue', 'ana* ben sue', 'cleo*'],
    ['a cover from another region', [cover(early, 'ben', 'cleo')], 'ana* sue cleo', 'ana* ben sue', 'cleo*'],
    ['who covers the lead leads', [cover(early, 'ana', 'cleo')], 'ben sue cleo*', 'ana* ben sue', 'cleo*'],
    [
      'a cover by somebody who is on already',
      [cover(early, 'ana', 'ben')],
      'ben* sue',
      'ana* ben sue',
      'cleo*',
    ],
    ['a leave', [leave(early, 'ben')], 'ana* sue', 'ana* ben sue', 'cleo*'],
    ['the lead’s leave: nobody leads', [leave(early, 'ana')], 'ben sue', 'ana* ben sue', 'cleo*'],
    ['a swap', [swap(early, 'ben', amer, 'cleo')], 'ana* sue cleo', 'ana* ben sue', 'ben*'],
    [
      'a cover of a cover',
      [cover(early, 'ana', 'cleo'), cover(early, 'cleo', 'dan')],
      'ben sue dan*',
      'ana* ben sue',
      'cleo*',
    ],
    [
      'undone by the opposite',
      [cover(early, 'ben', 'cleo'), cover(early, 'cleo', 'ben')],
      'ana* sue ben',
      'ana* ben sue',
      'cleo*',
    ],
  ])('%s', (_what, overrides, inTheMorning, late_, inAmer) => {
    expect([staffOf(early, overrides), staffOf(late, overrides), staffOf(amer, overrides)]).toEqual([
      inTheMorning,
      late_,
      inAmer,
    ])
  })

  test.each<[string, Override[], string]>([
    ['a shift that isn’t there', [leave(lost, 'ana')], 'there is no shift EMEA.2026-07-10.0500'],
    [
      'a region that isn’t there',
      [leave({ ...early, region: 'MARS' }, 'ana')],
      'there is no shift MARS.2026-07-10.0600',
    ],
    ['somebody who isn’t on it', [cover(early, 'cleo', 'ben')], 'cleo is not on EMEA.2026-07-10.0600'],
    [
      'somebody who is off it already',
      [leave(early, 'ben'), cover(early, 'ben', 'cleo')],
      'ben is not on EMEA.2026-07-10.0600',
    ],
    ['half of a swap', [swap(early, 'ben', amer, 'ana')], 'ana is not on AMER.2026-07-10.1400'],
  ])('an override of %s changes nothing, and is named', (_what, overrides, why) => {
    const { withoutEffect } = finalStaff(aRota(regions, overrides))
    expect(withoutEffect).toEqual([{ override: overrides.at(-1), why }])
  })

  test('half a swap takes nobody off a shift', () => {
    expect(staffOf(early, [swap(early, 'ben', amer, 'ana')])).toBe('ana* ben sue')
  })

  test('a shift knows what changed it, and its supervisor', () => {
    const overrides = [cover(early, 'ben', 'cleo'), leave(late, 'ben'), cover(early, 'cleo', 'dan')]
    const shift = shiftById(aRota(regions, overrides), 'EMEA.2026-07-10.0600')
    expect(shift?.overrides.map(({ kind, agentId }) => `${kind} ${agentId}`)).toEqual([
      'cover ben',
      'cover cleo',
    ])
    expect(shift && supervisorOf(shift)).toBe('sue')
    // A cover has the role they have elsewhere, a stranger that of the one they cover.
    expect(shift?.members.find(({ agentId }) => agentId === 'dan')?.role).toBe('backline')
  })
})
