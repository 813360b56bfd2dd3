import { countdownText } from '#shared/queue/countdown'
import { dueChanges } from '#shared/sla/due-changes'
import type { Ticket } from '#shared/tickets/ticket'
import type { Instant } from '#shared/time/instant'
import type { Reference } from './reference'

/** Calendars and policies that read differently than before, by what people call them. */
export type TermsChange = {
  readonly names: readonly string[]
  readonly before: Reference
  readonly after: Reference
}

/** @returns `undefined` when none changed; what is new or gone is no change of anything that was known */
export function termsChange(before: Reference, after: Reference): TermsChange | undefined {
  const names = [
    ...changed(before.calendars, after.calendars).map(({ id, name }) => `calendar ${name ?? id}`),
    ...changed(before.policies, after.policies).map(({ id }) => `policy ${id}`),
  ]
  return names.length > 0 ? { names, before, after } : undefined
}

function changed<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): readonly T[] {
  return [...after].flatMap(([id, value]) => {
    const old = before.get(id)
    return old !== undefined && JSON.stringify(old) !== JSON.stringify(value) ? [value] : []
  })
}

/**
 * What a change of terms does to open tickets at `now`, in words: how many are due at another time, by how much at most
 * and which breach by it.
 */
export function termsNotice(
  { names, before, after }: TermsChange,
  tickets: readonly Ticket[],
  now: Instant,
): string {
  const concerned = tickets.flatMap((ticket) => {
    const terms = [before, after].map(({ policies, calendars }) => {
      const policy = policies.get(ticket.policyId)
      const calendar = calendars.get(ticket.calendarId)
      return policy && calendar && { policy, calendar }
    })
    const [old, fresh] = terms
    return old && fresh ? [{ ...ticket, events: ticket.slaEvents, old, fresh }] : []
  })
  const changes = dueChanges(
    concerned,
    ({ old }) => old,
    ({ fresh }) => fresh,
    now,
  )
  const moved = new Set(changes.changed.filter(({ movedMs }) => movedMs).map(({ id }) => id))
  const numberOf = (id: string) => concerned.find((ticket) => ticket.id === id)?.number ?? id
  const { largest } = changes
  const sentences = [`Changed: ${names.join(', ')}.`]
  if (moved.size === 0 || largest?.movedMs === undefined) {
    sentences.push("No open ticket's due time moved.")
  } else {
    const by = `${countdownText(Math.abs(largest.movedMs), 0)} ${largest.movedMs > 0 ? 'later' : 'earlier'}`
    const what = moved.size === 1 ? 'One open ticket is' : `${moved.size} open tickets are`
    sentences.push(`${what} due at another time, at most ${by} (${numberOf(largest.id)}).`)
  }
  const breached = [...new Set(changes.newlyBreached.map(({ id }) => numberOf(id)))]
  if (breached.length > 0) {
    const more = breached.length > NAMED ? ` and ${breached.length - NAMED} more` : ''
    sentences.push(`Breached by it: ${breached.slice(0, NAMED).join(', ')}${more}.`)
  }
  return sentences.join(' ')
}

/** How many tickets a notice names. */
const NAMED = 3
