import { assertNever } from '../assert-never'
import type { TicketCommand } from '../tickets/command'
import { priorityLabel, statusLabel } from './labels'

/** What can be done to many tickets at once. The others need a look at each ticket, or words of its own. */
type BulkType =
  | 'claim'
  | 'assign'
  | 'set-status'
  | 'set-priority'
  | 'tag'
  | 'reply'
  | 'note'
  | 'promise-update'
  | 'link-product-issue'
  | 'unlink-product-issue'
  | 'merge'
  | 'cancel'
type BulkCommand = Extract<TicketCommand, { type: BulkType }>

type ActionOf<C> = C extends BulkCommand ? Omit<C, 'id' | 'at' | 'baseVersion' | 'target'> : never
/** A command without its ticket. */
export type BulkAction = ActionOf<BulkCommand>

type DraftOf<A> = A extends BulkAction ? A & { readonly target: string } : never
/** A command for one ticket, as the store takes it. */
export type BulkDraft = DraftOf<BulkAction>

export function draftFor(action: BulkAction, ticketId: string): BulkDraft {
  return { ...action, target: ticketId }
}

/** How people are called, for texts. */
export type Names = {
  readonly agent: (id: string) => string
  readonly ticket: (id: string) => string
}

/**
 * The action in words.
 * @param tickets how many, as in "3 of 5 tickets"
 */
export function actionInWords(action: BulkAction, tickets: string, names: Names): string {
  switch (action.type) {
    case 'claim':
      return `Claim ${tickets}`
    case 'assign':
      return action.to === undefined
        ? `Unassign ${tickets}`
        : `Assign ${tickets} to ${names.agent(action.to)}`
    case 'set-status':
      return `Set ${tickets} to ${statusLabel(action.status)}`
    case 'set-priority':
      return `Set ${tickets} to ${action.priority}, ${priorityLabel(action.priority)}`
    case 'tag': {
      const signs = [...action.add.map((tag) => `+${tag}`), ...action.remove.map((tag) => `−${tag}`)]
      return `Tag ${tickets}: ${signs.join(', ')}`
    }
    case 'reply':
      return `Reply to ${tickets}`
    case 'note':
      return `Write a note on ${tickets}`
    case 'promise-update':
      return `Promise an update on ${tickets}`
    case 'link-product-issue':
      return `Link ${tickets} to ${action.key}`
    case 'unlink-product-issue':
      return `Unlink ${tickets} from ${action.key}`
    case 'merge':
      return `Merge ${tickets} into ${names.ticket(action.into)}`
    case 'cancel':
      return `Cancel ${tickets}`
    default:
      return assertNever(action, 'action')
  }
}
