import { assertNever } from '#shared/assert-never'
import type { BulkAction } from '#shared/queue/bulk-action'
import { statusLabel } from '#shared/queue/labels'
import type { DeskStore } from '../../store/desk-store'

/** What the bar offers for many tickets at once, with the key that does the same to one. */
export const bulkKinds = [
  { what: 'claim', label: 'Claim', verb: 'Claim', keys: 'c' },
  { what: 'assign', label: 'Assign', verb: 'Assign', keys: 'a' },
  { what: 'status', label: 'Status', verb: 'Set', keys: 's' },
  { what: 'priority', label: 'Priority', verb: 'Set', keys: 'p' },
  { what: 'tag', label: 'Tags', verb: 'Tag', keys: 't' },
] as const
export type BulkKind = (typeof bulkKinds)[number]['what']

export function bulkLabel(what: BulkKind): string {
  return bulkKinds.find((kind) => kind.what === what)?.label ?? what
}

/** For the button that does it, as in "Set 5 tickets". */
export function bulkVerb(what: BulkKind): string {
  return bulkKinds.find((kind) => kind.what === what)?.verb ?? what
}

/** What was done, as in "Claimed 3 tickets". */
export function doneInWords(action: BulkAction, count: number, desk: DeskStore): string {
  const tickets = ticketsInWords(count)
  switch (action.type) {
    case 'claim':
      return `Claimed ${tickets}`
    case 'assign':
      return action.to === undefined
        ? `Unassigned ${tickets}`
        : `Assigned ${tickets} to ${desk.agent(action.to)?.name ?? action.to}`
    case 'set-status':
      return `Set ${tickets} to ${statusLabel(action.status)}`
    case 'set-priority':
      return `Set ${tickets} to ${action.priority}`
    case 'tag':
      return `Tagged ${tickets}`
    case 'reply':
    case 'note':
      return `Wrote to ${tickets}`
    case 'promise-update':
    case 'link-product-issue':
    case 'unlink-product-issue':
    case 'merge':
    case 'cancel':
      return `Changed ${tickets}`
    default:
      return assertNever(action, 'action')
  }
}

export function ticketsInWords(count: number): string {
  return count === 1 ? '1 ticket' : `${count.toLocaleString('en')} tickets`
}
