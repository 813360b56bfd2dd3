import { rotaReport } from '../shifts/rota-report'
import { DAY_MS } from '../time/civil-date'
import { formatInstant, type Instant } from '../time/instant'
import type { HandoffContext } from './context'
import { type Handoff, takeOverAt } from './handoff'
import { queueNumbers } from './queue-numbers'
import type { Part, PartName, Said, Section } from './section'

const MAX_ENTRIES = 50
const MAX_ENTRY = 500

/**
 * What can be said per shift without asking anybody (follow-the-sun.md §2): service status and maintenance from the
 * notices, promises from the tickets, gaps from the rota, the queue in numbers. That the tool knows of no promise
 * doesn't mean that none was made, and of noise it knows nothing: these are for people to say.
 */
export function fillSection(
  sides: Pick<Handoff, 'from' | 'to'>,
  context: HandoffContext,
  version: number,
): Section {
  const filled = (said: Said | undefined): Part => ({
    ...(said === undefined ? {} : { said }),
    isFilled: true,
    changedIn: version,
  })
  const entries = promised(sides.to.endsAt, context)
  return {
    serviceStatus: filled(saidOf(incidents(context))),
    maintenance: filled(saidOf(maintenance(takeOverAt(sides) + DAY_MS, context))),
    promises: filled(entries.length === 0 ? undefined : saidOf(entries)),
    knownNoise: filled(undefined),
    gaps: filled(saidOf(gaps(sides, context))),
    queue: queueNumbers(context, sides.to.endsAt),
  }
}

/** The section as it is offered: what no person touched is filled in anew, and the numbers are frozen. */
export function refillSection(section: Section, fresh: Section): Section {
  const newest = (name: PartName): Part => (section[name].isFilled ? fresh[name] : section[name])
  return {
    serviceStatus: newest('serviceStatus'),
    maintenance: newest('maintenance'),
    promises: newest('promises'),
    knownNoise: newest('knownNoise'),
    gaps: newest('gaps'),
    queue: fresh.queue,
  }
}

function saidOf(lines: readonly string[]): Said {
  if (lines.length === 0) return { kind: 'none' }
  const kept = lines.slice(0, lines.length > MAX_ENTRIES ? MAX_ENTRIES - 1 : MAX_ENTRIES)
  const more = lines.length - kept.length
  return {
    kind: 'entries',
    entries: [...kept, ...(more > 0 ? [`and ${more} more`] : [])].map((line) =>
      line.slice(0, MAX_ENTRY).trim(),
    ),
  }
}

function incidents({ now, notices }: HandoffContext): readonly string[] {
  return [...notices()]
    .filter(({ type, state, startsAt }) => type === 'incident' && !isOver(state) && startsAt <= now)
    .map(({ title, state, impact }) => `${title} (${state}, impact: ${impact})`)
}

function maintenance(before: Instant, { now, notices }: HandoffContext): readonly string[] {
  return [...notices()]
    .filter(({ type, state }) => type === 'maintenance' && !isOver(state))
    .filter(({ startsAt, endsAt }) => startsAt < before && (endsAt ?? Number.POSITIVE_INFINITY) > now)
    .map(({ title, startsAt, endsAt }) => `${title}: ${spanText(startsAt, endsAt)}`)
}

function isOver(state: string): boolean {
  return state === 'resolved' || state === 'cancelled'
}

function promised(endsAt: Instant, { openTickets }: HandoffContext): readonly string[] {
  return [...openTickets()]
    .flatMap(({ number, promisedAt }) =>
      promisedAt !== undefined && promisedAt < endsAt ? [{ number, promisedAt }] : [],
    )
    .sort((a, b) => a.promisedAt - b.promisedAt)
    .map(({ number, promisedAt }) => `${number}: update promised for ${clock(promisedAt)} UTC`)
}

function gaps({ from, to }: Pick<Handoff, 'from' | 'to'>, { rota }: HandoffContext): readonly string[] {
  const until = Math.max(to.endsAt, takeOverAt({ from, to }) + DAY_MS)
  return rotaReport(rota, from.endsAt, until).gaps.map(
    ({ startsAt, endsAt }) => `nobody is on shift ${spanText(startsAt, endsAt)}`,
  )
}

function spanText(startsAt: Instant, endsAt: Instant | undefined): string {
  return `from ${clock(startsAt)} ${endsAt === undefined ? 'on, UTC' : `to ${clock(endsAt)} UTC`}`
}

/** `2026-07-10 15:30` */
function clock(at: Instant): string {
  return formatInstant(at).slice(0, 16).replace('T', ' ')
}
