import { createReadStream } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { dueChanges, type Terms } from '#shared/sla/due-changes'
import { changeInWords, dueChangesInWords } from '#shared/sla/due-changes-in-words'
import { decode } from '#shared/time/decode'
import { FieldError } from '#shared/time/field-error'
import { parseInstant } from '#shared/time/instant'
import { linesOf } from './lines'
import { readTerms } from './read-terms'
import { Refusal } from './refusal'
import { ticketCaseSchema } from './ticket-case'

const caseSchema = ticketCaseSchema.extend({ id: z.string() })
type Case = z.output<typeof caseSchema>

const options = { tickets: { type: 'string' }, now: { type: 'string' } } as const

/**
 * `sla -- compare`: by how much the due times of open tickets move when a calendar or a policy is replaced. A calendar
 * concerns the tickets that have one of its id; a policy all of them.
 * @returns the lines to print
 * @throws Refusal naming file, line, field and remedy
 */
export async function compareCommand(args: readonly string[]): Promise<readonly string[]> {
  const { values, positionals } = parse(args)
  const [oldFile, newFile, ...more] = positionals
  if (oldFile === undefined || newFile === undefined || more.length > 0 || values.tickets === undefined) {
    throw new Refusal('compare needs OLD.json NEW.json --tickets FILE.jsonl')
  }
  const before = await readTerms(oldFile)
  const after = await readTerms(newFile)
  const tickets = await readTickets(values.tickets)
  const now =
    values.now === undefined ? Math.max(...tickets.map((ticket) => ticket.now)) : parseInstant(values.now)
  if (now === undefined)
    throw new Refusal(`--now ${values.now}: must be an instant like 2026-07-10T15:30:00Z`)
  const [concerned, termsBefore, termsAfter] = replacement(before, after, tickets)
  if (concerned.length === 0) {
    return [`None of ${tickets.length} tickets has the calendar '${before.id}': nothing changes.`]
  }
  const zone = before.kind === 'calendar' ? before.value.zone : 'UTC'
  try {
    const changes = dueChanges(concerned, termsBefore, termsAfter, now)
    return [
      `${concerned.length} of ${tickets.length} tickets have the ${before.kind} '${before.id}'.`,
      ...dueChangesInWords(changes, zone),
      ...changes.changed.map((change) => `  ${changeInWords(change, zone)}`),
    ]
  } catch (error) {
    if (error instanceof FieldError) throw new Refusal(error.message)
    throw error
  }
}

type Read = Awaited<ReturnType<typeof readTerms>>
type TermsOf = (ticket: Case) => Terms

function replacement(
  before: Read,
  after: Read,
  tickets: readonly Case[],
): [readonly Case[], TermsOf, TermsOf] {
  if (before.kind === 'calendar' && after.kind === 'calendar') {
    const terms =
      (calendar: typeof before.value): TermsOf =>
      ({ policy }) => ({ policy, calendar })
    return [
      tickets.filter((ticket) => ticket.calendar.id === before.id),
      terms(before.value),
      terms(after.value),
    ]
  }
  if (before.kind === 'policy' && after.kind === 'policy') {
    const terms =
      (policy: typeof before.value): TermsOf =>
      ({ calendar }) => ({ policy, calendar })
    return [tickets, terms(before.value), terms(after.value)]
  }
  throw new Refusal(`a ${before.kind} cannot be compared with a ${after.kind}; give two of one kind`)
}

async function readTickets(file: string): Promise<readonly Case[]> {
  const tickets: Case[] = []
  let number = 0
  try {
    for await (const line of linesOf(createReadStream(file, 'utf8'))) {
      number += 1
      const decoded = decode(caseSchema, JSON.parse(line))
      if (decoded.ok) tickets.push(decoded.value)
      else {
        const [{ field, message }] = decoded.problems
        throw new Refusal(`${file}, line ${number}: ${field}: ${message}`)
      }
    }
  } catch (error) {
    if (error instanceof SyntaxError) throw new Refusal(`${file}, line ${number}: is not JSON`)
    if (error instanceof Error && 'code' in error) {
      throw new Refusal(`${file}: cannot be read (${String(error.code)}); check the path`)
    }
    throw error
  }
  if (tickets.length === 0)
    throw new Refusal(`${file}: has no tickets; each is a line as 'sla -- tickets' reads it`)
  return tickets
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    throw new Refusal(error instanceof Error ? error.message : String(error))
  }
}
