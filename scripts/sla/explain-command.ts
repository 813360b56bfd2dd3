import { parseArgs } from 'node:util'
import type { z } from 'zod'
import { channelSchema } from '#shared/sla/events'
import { planSchema, prioritySchema } from '#shared/sla/policy'
import { FieldError } from '#shared/time/field-error'
import { parseInstant } from '#shared/time/instant'
import { type Explanation, explainTicket, explanationAsJson, explanationInWords } from './explain-ticket'
import { findCalendar, readPolicy } from './read-terms'
import { Refusal } from './refusal'

const options = {
  plan: { type: 'string' },
  priority: { type: 'string' },
  calendar: { type: 'string' },
  at: { type: 'string' },
  policy: { type: 'string' },
  channel: { type: 'string', default: 'portal' },
  json: { type: 'boolean', default: false },
} as const

/**
 * `sla -- explain`: what a ticket created then would be due, and why.
 * @returns what to print, and a warning for stderr when a date lies beyond the calendar
 * @throws Refusal naming the option, its value and the remedy
 */
export async function explainCommand(args: readonly string[]): Promise<{ out: string; warning?: string }> {
  const values = parse(args)
  const plan = oneOf('plan', planSchema, values.plan)
  const priority = oneOf('priority', prioritySchema, values.priority?.toUpperCase())
  const channel = oneOf('channel', channelSchema, values.channel)
  if (values.calendar === undefined)
    throw new Refusal('--calendar is missing; give one like emea or emea-london')
  if (values.at === undefined) throw new Refusal('--at is missing; give an instant like 2026-07-10T15:30:00Z')
  const at = parseInstant(values.at)
  if (at === undefined) {
    throw new Refusal(
      `--at ${values.at}: must be an instant with an offset, like 2026-07-10T15:30:00Z or 2026-07-10T16:30+01:00`,
    )
  }
  const { calendar, taken } = await findCalendar(values.calendar)
  const policy = await readPolicy(values.policy)
  const explanation = answer(() => explainTicket({ policy, calendar, taken, plan, priority, channel, at }))
  const out = values.json ? explanationAsJson(explanation) : explanationInWords(explanation).join('\n')
  const isBeyond = explanation.report.warnings.length > 0
  return isBeyond
    ? { out, warning: `calendar ${calendar.id} knows its holidays through ${calendar.validThrough} only` }
    : { out }
}

function answer(explanation: () => Explanation): Explanation {
  try {
    return explanation()
  } catch (error) {
    if (error instanceof FieldError) throw new Refusal(error.message)
    throw error
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false }).values
  } catch (error) {
    throw new Refusal(error instanceof Error ? error.message : String(error))
  }
}

function oneOf<T extends string>(
  name: string,
  schema: z.ZodType<T> & { readonly options: readonly T[] },
  value: string | undefined,
): T {
  const found = schema.options.find((option) => option === value)
  if (found !== undefined) return found
  const choice = schema.options.join(', ')
  throw new Refusal(
    value === undefined
      ? `--${name} is missing; take one of ${choice}`
      : `--${name} ${value}: take one of ${choice}`,
  )
}
