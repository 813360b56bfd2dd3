import { foldText } from '#shared/queue/fold-text'
import type { QueueRow } from '#shared/queue/row'
import { type Action, type ActionSection, actionSections } from '../../ui/actions'
import { fitName, type Query } from './rank'
import type { FoundTicket } from './ticket-search'

export type Offer =
  | { readonly kind: 'action'; readonly id: string; readonly action: Action }
  | { readonly kind: 'ticket'; readonly id: string; readonly row: QueueRow }
export type OfferGroup = { readonly title: string; readonly offers: readonly Offer[] }

/** A little before others that fit as well. */
const RECENT = 0.08
const MOST_ACTIONS = 12

export type OfferInput = {
  readonly query: Query
  readonly actions: readonly Action[]
  readonly tickets: readonly FoundTicket[]
  /** The latest first. */
  readonly recentActions: readonly string[]
  readonly recentTickets: readonly QueueRow[]
}

/** What the palette offers: without a query all there is, what was done last first; else what fits, the best first. */
export function offers(input: OfferInput): readonly OfferGroup[] {
  const groups = input.query.length === 0 ? everything(input) : fitting(input)
  return groups.filter((group) => group.offers.length > 0)
}

function everything({ actions, recentActions, recentTickets }: OfferInput): readonly OfferGroup[] {
  const byId = new Map(actions.map((action) => [action.id, action]))
  const recent = recentActions.flatMap((id) => byId.get(id) ?? [])
  const rest = actions.filter((action) => !recent.includes(action))
  return [
    { title: 'Recent', offers: [...recent.map(ofAction), ...recentTickets.map(ofTicket)] },
    ...actionSections.map((section) => ({
      title: section,
      offers: rest.filter((action) => action.section === section).map(ofAction),
    })),
  ]
}

function fitting({ query, actions, tickets, recentActions }: OfferInput): readonly OfferGroup[] {
  const scored = actions
    .map((action) => ({ action, score: scoreOf(query, action, recentActions) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.action.label.length - b.action.label.length)
    .slice(0, MOST_ACTIONS)
  const views = scored.filter(({ action }) => isView(action.section))
  const others = scored.filter(({ action }) => !isView(action.section))
  return [
    { title: 'Actions', best: others[0]?.score ?? 0, offers: others.map(({ action }) => ofAction(action)) },
    { title: 'Views', best: views[0]?.score ?? 0, offers: views.map(({ action }) => ofAction(action)) },
    { title: 'Tickets', best: tickets[0]?.score ?? 0, offers: tickets.map(({ row }) => ofTicket(row)) },
  ].sort((a, b) => b.best - a.best)
}

function isView(section: ActionSection): boolean {
  return section === 'Views'
}

const folded = new WeakMap<Action, { readonly label: string; readonly words: string }>()

/** The label says more than the other words it is found by. */
function scoreOf(query: Query, action: Action, recent: readonly string[]): number {
  const names = folded.get(action) ?? {
    label: foldText(action.label),
    words: foldText(`${action.label} ${action.words ?? ''} ${action.section}`),
  }
  folded.set(action, names)
  const label = fitName(query, names.label)
  const score = label > 0 ? label : fitName(query, names.words) * 0.7
  return score > 0 && recent.includes(action.id) ? score + RECENT : score
}

function ofAction(action: Action): Offer {
  return { kind: 'action', id: action.id, action }
}

function ofTicket(row: QueueRow): Offer {
  return { kind: 'ticket', id: `ticket.${row.id}`, row }
}
