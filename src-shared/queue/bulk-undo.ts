import { assertNever } from '../assert-never'
import type { Agent } from '../tickets/people'
import type { Instant } from '../time/instant'
import { type BulkAction, type BulkDraft, draftFor } from './bulk-action'
import type { QueueRow } from './row'

/** How an action on a ticket is taken back, or why it can't be. */
export type Undo =
  /** In order. `stays`: what they don't bring back. */
  { readonly commands: readonly BulkDraft[]; readonly stays?: string } | { readonly impossible: string }

/** @param row the ticket before the action */
export function undoOf(action: BulkAction, row: QueueRow, actor: Agent, now: Instant): Undo {
  const back = (...actions: BulkAction[]): Undo => ({ commands: actions.map((one) => draftFor(one, row.id)) })
  switch (action.type) {
    case 'claim':
      return back(assignTo(row.assigneeId))
    case 'assign':
      return back(...givenBack(action.to, row.assigneeId, actor))
    case 'set-status':
      if (action.status === 'closed') return { impossible: 'a closed ticket can’t be opened again' }
      return {
        ...back({ type: 'set-status', status: row.status }),
        ...(action.status === 'solved'
          ? { stays: 'a first response that was met by solving stays met' }
          : {}),
      }
    case 'set-priority':
      return {
        ...back({ type: 'set-priority', priority: row.priority, reason: 'undo' }),
        // Sooner deadlines may have passed already (sla.md §4).
        ...(action.priority < row.priority
          ? { stays: 'a target that the change breached stays breached' }
          : {}),
      }
    case 'tag': {
      const added = action.add.filter((tag) => !row.tags.includes(tag))
      const removed = action.remove.filter((tag) => row.tags.includes(tag) && !action.add.includes(tag))
      return back({ type: 'tag', add: [...new Set(removed)], remove: [...new Set(added)] })
    }
    case 'reply':
      return { impossible: 'a reply can’t be taken back: the customer has it' }
    case 'note':
      return { impossible: 'a note stays on the timeline' }
    case 'promise-update':
      return row.promisedAt !== undefined && row.promisedAt > now
        ? back({ type: 'promise-update', promisedAt: row.promisedAt })
        : { impossible: 'a promise can be moved or kept, but not taken back' }
    case 'link-product-issue':
      return row.productIssueKeys.includes(action.key)
        ? { impossible: `${action.key} was linked before, and what was known of it is replaced` }
        : back({ type: 'unlink-product-issue', key: action.key })
    case 'unlink-product-issue':
      return { impossible: `where ${action.key} is and what state it had has to be typed again` }
    case 'merge':
      return { impossible: 'a merge can’t be undone' }
    case 'cancel':
      return { impossible: 'a cancelled ticket takes no more changes' }
    default:
      return assertNever(action, 'action')
  }
}

function assignTo(agentId: string | undefined): BulkAction {
  return agentId === undefined ? { type: 'assign' } : { type: 'assign', to: agentId }
}

/** Only a supervisor takes away what is somebody else's; others claim it first (objections.ts). */
function givenBack(to: string | undefined, before: string | undefined, actor: Agent): BulkAction[] {
  const isMineToGive =
    to === undefined || to === actor.id || before === actor.id || actor.role === 'supervisor'
  return isMineToGive ? [assignTo(before)] : [{ type: 'claim' }, assignTo(before)]
}
