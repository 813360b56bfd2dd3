import { assertNever } from '../assert-never'
import { foldText } from './fold-text'
import type { QueueRow } from './row'
import { pendingDue } from './row-clocks'
import type { Direction, SortKey } from './slot-order'

/** The built-in views that have a tab of their own: `builtin/` and this is the id of each (builtin-views.ts). */
export const tabs = ['open', 'mine', 'unassigned', 'at-risk', 'breached', 'waiting', 'closed'] as const
export type Tab = (typeof tabs)[number]

/** Columns that rows can be ordered by. */
export const sortFields = [
  'nextDue',
  'priority',
  'number',
  'subject',
  'customer',
  'plan',
  'status',
  'assignee',
  'region',
  'channel',
  'tags',
  'firstResponse',
  'resolution',
  'promisedAt',
  'courseOfAction',
  'escalation',
  'productIssues',
  'customerAt',
  'createdAt',
  'updated',
] as const
export type SortField = (typeof sortFields)[number]
export type Sort = { readonly field: SortField; readonly direction: Direction }

/** How a tab is ordered until somebody clicks a column: next due first; what is over, newest first. */
export function defaultSort(tab: Tab): Sort {
  return tab === 'closed' ? { field: 'updated', direction: 'desc' } : { field: 'nextDue', direction: 'asc' }
}

/** The direction a column takes at the first click: what is urgent or recent on top, and of ages the oldest. */
export function firstDirection(field: SortField): Direction {
  return field === 'customerAt' || field === 'updated' ? 'desc' : 'asc'
}

const PRIORITY_RANK = { P1: 1, P2: 2, P3: 3, P4: 4 } as const
const STATUS_RANK = { open: 0, 'waiting-on-customer': 1, 'on-hold': 2, solved: 3, closed: 4 } as const
/** Who pays for the quickest answer comes first. */
const PLAN_RANK = { 'premium-plus': 0, premium: 1, standard: 2 } as const
/** What waits for an answer comes first. */
const ESCALATION_RANK = { offered: 0, returned: 1, accepted: 2 } as const

/** What a row is sorted by in a field; rows that have nothing there come last. */
export function sortKey(row: QueueRow, field: SortField): SortKey {
  switch (field) {
    case 'nextDue':
      return row.nextDueAt
    case 'priority':
      return priorityRank(row)
    case 'number':
      return row.number.replace(/\d+/g, (digits) => digits.padStart(12, '0'))
    case 'subject':
      return foldText(row.subject)
    case 'customer':
      return foldText(row.customer)
    case 'plan':
      return PLAN_RANK[row.plan]
    case 'status':
      return STATUS_RANK[row.status]
    case 'assignee':
      return row.assignee === undefined ? undefined : foldText(row.assignee)
    case 'region':
      return foldText(row.region)
    case 'channel':
      return row.channel
    case 'tags':
      return row.tags.length === 0 ? undefined : foldText(row.tags.join(' '))
    case 'firstResponse':
      return pendingDue(row, 'firstResponse')
    case 'resolution':
      return pendingDue(row, 'resolution')
    case 'promisedAt':
      return row.promisedAt
    case 'courseOfAction':
      return row.courseOfActionAt
    case 'escalation':
      return row.escalation && `${ESCALATION_RANK[row.escalation.state]} ${foldText(row.escalation.to)}`
    case 'productIssues':
      return row.productIssueKeys.length === 0 ? undefined : foldText(row.productIssueKeys.join(' '))
    case 'customerAt':
      return row.customerAt
    case 'createdAt':
      return row.createdAt
    case 'updated':
      return row.updatedAt
    default:
      return assertNever(field, 'sort field')
  }
}

function priorityRank(row: QueueRow): number {
  return PRIORITY_RANK[row.priority]
}

/** Fields whose keys are texts; those of the others are numbers. */
const TEXT_FIELDS: ReadonlySet<SortField> = new Set([
  'number',
  'subject',
  'customer',
  'assignee',
  'region',
  'channel',
  'tags',
  'escalation',
  'productIssues',
])

export function isTextField(field: SortField): boolean {
  return TEXT_FIELDS.has(field)
}

/** Rows with the same key go by priority, then the oldest first. */
export function tieOf(row: QueueRow): number {
  return priorityRank(row) * 1e14 + row.createdAt
}
