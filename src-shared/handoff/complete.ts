import type { Ticket } from '../tickets/ticket'
import type { HandoffContext } from './context'
import { type Handoff, itemOf } from './handoff'
import type { HandoffItem } from './item'
import { isCritical } from './reasons'
import { type PartName, partNameSchema } from './section'

/** What keeps a draft from being offered, and what to do about it. */
export type Missing = {
  readonly code: 'ticket' | 'severity' | 'action' | 'if-then' | 'section'
  /** Such as `items.t12.severity` or `section.promises`. */
  readonly field: string
  readonly ticketId?: string
  readonly part?: PartName
  readonly message: string
}

/**
 * What is missing before a hand-off can be offered (follow-the-sun.md §2), judged by the tickets as they are now: every
 * open P1 and P2 with its severity and an action, an if-then where it isn't stable, and no section left empty. Other
 * tickets that belong meanwhile need nothing written; offering adds them. Empty: it can be offered.
 */
export function missing(
  handoff: Handoff,
  { ticket, openTickets }: Pick<HandoffContext, 'ticket' | 'openTickets'>,
): readonly Missing[] {
  const absent = [...openTickets()]
    .filter((open) => isCritical(open) && itemOf(handoff, open.id) === undefined)
    .map(
      ({ id, number, priority }): Missing => ({
        code: 'ticket',
        field: `items.${id}`,
        ticketId: id,
        message: `${number} is an open ${priority}: add it to the hand-off`,
      }),
    )
  return [
    ...absent,
    ...handoff.items.flatMap((item) => missingOf(item, ticket(item.ticketId))),
    ...partNameSchema.options.flatMap((part) => missingPart(handoff, part)),
  ]
}

/** What is missing of one item. */
export function missingOf(item: HandoffItem, ticket: Ticket | undefined): readonly Missing[] {
  const { ticketId, severity, actions, ifThen, state } = item
  if (state.kind === 'accepted') return []
  const found: Missing[] = []
  const miss = (code: Missing['code'], field: string, what: string) => {
    const number = ticket?.number ?? item.facts.number
    found.push({ code, field: `items.${ticketId}.${field}`, ticketId, message: `${number}: ${what}` })
  }
  if (isCritical(ticket)) {
    if (severity === undefined) miss('severity', 'severity', 'say whether it is stable, watcher or unstable')
    if (actions.length === 0) {
      miss('action', 'actions', 'give at least one action with who does it and until when; waiting counts')
    }
  }
  if ((severity === 'watcher' || severity === 'unstable') && ifThen.length === 0) {
    miss('if-then', 'ifThen', `it is ${severity}: say what to do if something happens, and whom to call`)
  }
  return found
}

const partWords: Record<PartName, string> = {
  serviceStatus: 'how the service is',
  maintenance: 'what maintenance there is in the next 24 hours',
  promises: 'what was promised',
  knownNoise: 'what noise is known',
  gaps: 'when nobody is on shift',
}

function missingPart({ section }: Handoff, part: PartName): readonly Missing[] {
  if (section[part].said !== undefined) return []
  const message = `say ${partWords[part]}, or that there is none`
  return [{ code: 'section', field: `section.${part}`, part, message }]
}
