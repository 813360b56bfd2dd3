import { useCallback } from 'react'
import { onShiftAt, whoseShift } from '#shared/shifts/coverage'
import type { Rota } from '#shared/shifts/rota'
import type { Shift } from '#shared/shifts/shift'
import type { Instant } from '#shared/time/instant'
import { clockIn, dayAndTime, timeOfDay } from '../../ui/show-time'
import { useClock } from '../../ui/use-clock'
import { useDesk, useLive } from '../../ui/use-desk'
import styles from './cells.module.css'

/** Whose shift an instant falls in, by the first rota that knows; undefined: nobody works then. */
function shiftOf(rotas: readonly Rota[], at: Instant): Shift | undefined {
  for (const rota of rotas) {
    const shift = whoseShift(rota, at)
    if (shift) return shift
  }
  return undefined
}

function isOnAt(rotas: readonly Rota[], shift: Shift, now: Instant): boolean {
  return rotas.some((rota) => onShiftAt(rota, now).some(({ id }) => id === shift.id))
}

const HOUR_MS = 3_600_000

/** `07:00` of today or tomorrow morning, `Thu` of this week, `30 Nov` beyond. */
function shortWhen(at: Instant, now: Instant): string {
  if (at - now < 20 * HOUR_MS) return timeOfDay(at)
  const [date = ''] = dayAndTime(at, now).split(',')
  return at - now < 6 * 24 * HOUR_MS ? date.slice(0, 3) : date.slice(4)
}

/** In whose shift the next deadline falls (follow-the-sun.md §1): ours, somebody else's, or nobody's. */
export function ShiftCell({ at }: { readonly at: Instant | undefined }) {
  const desk = useDesk()
  const { rotas } = useLive(desk.shared)
  // Rendered again when the shift is another one, or begins.
  useClock(
    useCallback(
      (now) => {
        const shift = at === undefined ? undefined : shiftOf(rotas, Math.max(at, now))
        return shift && `${shift.id} ${isOnAt(rotas, shift, now)}`
      },
      [at, rotas],
    ),
  )
  if (at === undefined || rotas.length === 0) return <span className={styles.quiet}>–</span>
  const now = desk.now()
  // What is over is for whoever is on now.
  const shift = shiftOf(rotas, Math.max(at, now))
  if (!shift) {
    return (
      <span className={styles.shift} data-tone="gap" data-tip={`Nobody works at ${timeOfDay(at)}`}>
        Nobody’s
      </span>
    )
  }
  const isOn = isOnAt(rotas, shift, now)
  const lead = shift.leadId === undefined ? undefined : desk.agent(shift.leadId)?.name
  const [from, to] = [clockIn(shift.zone, shift.startsAt), clockIn(shift.zone, shift.endsAt).slice(-5)]
  const when = isOn ? 'The shift that is on' : 'A later shift'
  return (
    <span
      className={styles.shift}
      data-tone={shift.members.some(({ agentId }) => agentId === desk.me.id) ? 'mine' : undefined}
      data-tip={`${when}: ${shift.regionName}, ${from} to ${to} there${lead ? `, led by ${lead}` : ''}`}
    >
      <span className={styles.name}>{shift.region}</span>
      <span className={styles.when}>{isOn ? 'now' : shortWhen(shift.startsAt, now)}</span>
    </span>
  )
}
