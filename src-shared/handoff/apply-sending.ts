import { shiftById } from '../shifts/coverage'
import type { Rota } from '../shifts/rota'
import type { Ticket } from '../tickets/ticket'
import type { Instant } from '../time/instant'
import type { HandoffCommand } from './command'
import type { HandoffContext } from './context'
import { factsOf } from './facts'
import { begin, fillItems, senderOf, sideOf } from './fill'
import { fillSection, refillSection } from './fill-section'
import type { Handoff, Side } from './handoff'
import type { HandoffItem } from './item'
import { reasonsFor } from './reasons'
import { handoffIdBefore, sideNow } from './sides'

type Of<T extends HandoffCommand['type']> = Extract<HandoffCommand, { type: T }>
type Opening = {
  readonly handoff: Handoff | undefined
  readonly context: HandoffContext
  readonly version: number
}

/** A draft that has filled itself; one that was withdrawn is filled anew and keeps what was written and said. */
export function openDraft(
  { target, fromShiftId, toShiftId }: Of<'open-handoff'>,
  { handoff, context, version }: Opening,
  at: Instant,
): Handoff {
  const { rota } = context
  const sides = { from: sideById(fromShiftId, rota), to: sideById(toShiftId, rota) }
  const { items, leftOut } = fillItems({
    ...sides,
    context,
    version,
    known: handoff?.items ?? [],
    before: itemsBefore(fromShiftId, context),
  })
  const section = fillSection(sides, context, version)
  return {
    id: target,
    rotaId: rota.id,
    state: 'draft',
    ...sides,
    round: (handoff?.round ?? 0) + 1,
    openedAt: at,
    items: [...items],
    leftOut,
    section: handoff === undefined ? section : refillSection(handoff.section, section),
    log: handoff?.log ?? [],
    changedIn: version,
  }
}

function sideById(id: string, rota: Rota): Side {
  const shift = shiftById(rota, id)
  if (shift === undefined) throw new Error(`opening was not decided: the rota has no shift ${id}`)
  return sideOf(shift, rota)
}

function itemsBefore(fromShiftId: string, { rota, handoff }: HandoffContext): readonly HandoffItem[] {
  const id = handoffIdBefore(rota, fromShiftId)
  return (id === undefined ? undefined : handoff(id)?.items) ?? []
}

/**
 * The snapshot: who is on, every ticket's facts and the numbers as they are now, and frozen from now on. What belongs
 * meanwhile is added; what is solved meanwhile, and wasn't added by hand, needs no hand-over any more.
 */
export function offer(handoff: Handoff, context: HandoffContext, version: number, at: Instant): Handoff {
  const from = sideNow(handoff.from, context.rota)
  const to = sideNow(handoff.to, context.rota)
  const before = itemsBefore(handoff.from.shiftId, context)
  const { items, leftOut } = fillItems({ from, to, context, version, known: handoff.items, before })
  return {
    ...handoff,
    state: 'offered',
    from,
    to,
    items: [...items],
    leftOut,
    section: refillSection(handoff.section, fillSection({ from, to }, context, version)),
    offeredAt: at,
    changedIn: version,
  }
}

export function addItem(
  command: Of<'add-handoff-item'>,
  handoff: Handoff,
  context: HandoffContext,
  version: number,
): Handoff {
  const ticket = context.ticket(command.ticketId)
  if (ticket === undefined) throw new Error(`adding was not decided: there is no ticket ${command.ticketId}`)
  return { ...handoff, items: [...handoff.items, newItem(command, ticket, { handoff, context }, version)] }
}

/** A ticket as it is added by hand, with what it belongs for anyway. */
export function newItem(
  { content }: Of<'add-handoff-item'>,
  ticket: Ticket,
  { handoff, context }: { readonly handoff: Handoff; readonly context: HandoffContext },
  version: number,
): HandoffItem {
  const reasons = reasonsFor(ticket, context.reportOf(ticket), handoff.to.endsAt)
  return {
    ...begin(ticket, undefined, context),
    ...content,
    reasons: [...reasons, 'added'],
    senderId: senderOf(ticket, handoff.from),
    facts: factsOf(ticket, context),
    changedIn: version,
  }
}
