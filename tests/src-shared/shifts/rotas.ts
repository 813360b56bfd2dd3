import { type Member, type Override, type Rota, type RotaRegion, rotaSchema } from '#shared/shifts/rota'
import type { Weekday } from '#shared/time/civil-date'

export const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
type Hours = readonly (readonly [string, string])[]

const region = (given: Partial<RotaRegion> & { id: string; zone: string }): RotaRegion => ({
  name: given.id,
  week: {},
  members: [
    { agentId: `${given.id}-lead`, role: 'backline' },
    { agentId: `${given.id}-l1`, role: 'l1' },
    { agentId: `${given.id}-boss`, role: 'supervisor' },
  ],
  leadId: `${given.id}-lead`,
  validFrom: '2000-01-01',
  ...given,
})

/** The same hours every day, or on the days given. */
export function daily(id: string, zone: string, hours: Hours, more: Partial<RotaRegion> = {}): RotaRegion {
  return region({ id, zone, week: everyDay(hours), ...more })
}

export function everyDay(hours: Hours, days: readonly Weekday[] = WEEKDAYS): RotaRegion['week'] {
  return Object.fromEntries(days.map((day) => [day, hours.map(([starts, ends]) => [starts, ends])]))
}

export function aRota(regions: readonly RotaRegion[], overrides: readonly Override[] = []): Rota {
  return rotaSchema.decode(
    rotaSchema.encode({
      id: 'r1',
      name: 'Round the clock',
      regions: [...regions],
      overrides: [...overrides],
      supervisorId: 'chief',
    }),
  )
}

export const people = (...ids: string[]): Member[] => ids.map((agentId) => ({ agentId, role: 'l1' }))

/** `2026-03-08 07:00`, in UTC. */
export const utc = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00Z`)

/** An instant as the tables of these tests write it. */
export const inUtc = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ')

/** London by day, New York by night: round the clock while their clocks are five hours apart. */
export const londonNewYork = aRota([
  daily('EMEA', 'Europe/London', [['08:00', '20:00']]),
  daily('AMER', 'America/New_York', [['15:00', '03:00']]),
])
