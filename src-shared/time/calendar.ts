import { z } from 'zod'
import { parseDay } from './civil-date'
import { parseWallTime } from './wall-time'
import { isZone } from './zone'

const day = z.array(z.tuple([z.string(), z.string()]))
type Hours = z.infer<typeof day>

const date = z.string().refine((text) => parseDay(text) !== undefined, {
  error: (issue) => `'${issue.input}' is not a date that exists; write it like 2026-07-10`,
})

/** A working calendar as data (sla.md §2). Wall times are `HH:MM` in `zone`; `24:00` ends a day. */
export const calendarSchema = z
  .strictObject({
    id: z.string().min(1).max(100),
    name: z.string().max(200).optional(),
    version: z.string().max(50).optional(),
    zone: z.string().refine(isZone, {
      error: (issue) => `'${issue.input}' is not an IANA time zone, like Europe/London`,
    }),
    week: z.partialRecord(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']), day),
    hoursPerDay: z.number().positive().max(24),
    holidays: z.array(z.strictObject({ date, name: z.string() })),
    exceptions: z.array(z.strictObject({ date, hours: day, name: z.string().optional() })),
    validThrough: date.optional(),
    /** The public source of the holidays, for people who review them. */
    source: z.string().max(500).optional(),
  })
  .superRefine((calendar, context) => {
    const refuse = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message, input: calendar })
    for (const [weekday, hours] of Object.entries(calendar.week))
      refuseBadHours(hours, ['week', weekday], refuse)
    if (Object.values(calendar.week).every((hours) => hours.length === 0)) {
      refuse(
        ['week'],
        'has no working hours at all; give at least one weekday some, like [["09:00", "17:00"]]',
      )
    }
    const named = new Map<string, number>()
    for (const [index, exception] of calendar.exceptions.entries()) {
      refuseBadHours(exception.hours, ['exceptions', index, 'hours'], refuse)
      const first = named.get(exception.date)
      if (first !== undefined) {
        refuse(
          ['exceptions', index, 'date'],
          `${exception.date} already has other hours in exceptions[${first}]`,
        )
      }
      named.set(exception.date, first ?? index)
    }
  })
export type Calendar = z.infer<typeof calendarSchema>

type Refuse = (path: (string | number)[], message: string) => void

function refuseBadHours(hours: Hours, path: (string | number)[], refuse: Refuse): void {
  const seen: { open: number; close: number; text: string }[] = []
  for (const [index, [opens, closes]] of hours.entries()) {
    const open = parseWallTime(opens)
    const close = parseWallTime(closes)
    const text = `${opens}-${closes}`
    if (open === undefined || opens === '24:00') {
      refuse([...path, index, 0], `'${opens}' is not an opening time; write it like 09:00`)
    } else if (close === undefined) {
      refuse(
        [...path, index, 1],
        `'${closes}' is not a closing time; write it like 17:30, or 24:00 at the end of the day`,
      )
    } else if (close <= open) {
      refuse(
        [...path, index],
        `${text} closes before it opens; hours over midnight are two pieces, until 24:00 and from 00:00`,
      )
    } else {
      const other = seen.find((piece) => piece.open < close && open < piece.close)
      if (other) refuse([...path, index], `${text} overlaps ${other.text}`)
      seen.push({ open, close, text })
    }
  }
}
