import { z } from 'zod'

/** Epoch milliseconds, always an integer. Inside the program every instant is one of these (sla.md §2). */
export type Instant = number

const SHAPE = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}(?::\d{2})?)(?:\.(\d{1,3})\d*)?([Zz]|[+-]\d{2}:?\d{2})$/

/**
 * Reads an ISO-8601 date-time with an explicit offset; digits past milliseconds are cut (sla.md §5).
 * @returns epoch ms, or `undefined` for anything else, above all a string without an offset
 */
export function parseInstant(text: string): Instant | undefined {
  const parts = SHAPE.exec(text)
  if (!parts) return undefined
  const [, date, time = '', fraction = '', zone = 'Z'] = parts
  const seconds = time.length === 5 ? `${time}:00` : time
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase()
  const ms = Date.parse(`${date}T${seconds}.${fraction.padEnd(3, '0')}${offset}`)
  if (Number.isNaN(ms)) return undefined
  // Date.parse turns 30 February into 1 March; such a date does not exist and is refused.
  const days = Date.parse(`${date}T00:00:00Z`)
  return new Date(days).toISOString().slice(0, 10) === date ? ms : undefined
}

/** ISO-8601 UTC with milliseconds and `Z`, the only form in which instants leave the program. */
export function formatInstant(at: Instant): string {
  return new Date(at).toISOString()
}

/** Codec for wires and files: ISO text outside, epoch ms inside. */
export const instantSchema = z.codec(z.string(), z.number().int(), {
  decode: (text, context) => {
    const at = parseInstant(text)
    if (at !== undefined) return at
    context.issues.push({
      code: 'custom',
      input: text,
      message: 'must be an ISO-8601 instant with an offset, like 2026-07-10T15:30:00.000Z',
    })
    return z.NEVER
  },
  encode: formatInstant,
})
