import { assertNever } from '../assert-never'
import type { TargetReport } from '../sla/report'
import type { Instant } from '../time/instant'
import { targetFace } from './countdown'
import type { QueueRow } from './row'
import type { Direction, Entry, SortKey } from './sorted-index'

export const tabs = ['open', 'mine', 'unassigned', 'at-risk', 'breached', 'waiting', 'closed'] as const
export type Tab = (typeof tabs)[number]

export const sortFields = [
  'nextDue',
  'priority',
  'number',
  'subject',
  'customer',
  'status',
  'assignee',
  'firstResponse',
  'resolution',
  'customerAt',
  'updated',
] as const
export type SortField = (typeof sortFields)[number]
export type Sort = { readonly field: SortField; readonly direction: Direction }

/** How a view is ordered until somebody clicks a column: next due first; what is over, newest first. */
export function defaultSort(tab: Tab): Sort {
  return tab === 'closed' ? { field: 'updated', direction: 'desc' } : { field: 'nextDue', direction: 'asc' }
}

/** The direction a column takes at the first click: what is urgent or recent on top. */
export function firstDirection(field: SortField): Direction {
  return field === 'customerAt' || field === 'updated' ? 'desc' : 'asc'
}

/** Whether a row belongs to a tab for the agent `me` at `now`. */
export function inTab(tab: Tab, row: QueueRow, me: string, now: Instant): boolean {
  if (tab === 'closed') return !row.isOpen
  if (!row.isOpen) return false
  switch (tab) {
    case 'open':
      return true
    case 'mine':
      return row.assigneeId === me
    case 'unassigned':
      return row.assigneeId === undefined
    case 'at-risk':
      return someFace(row, now, (urgency) => urgency === 'high' || urgency === 'critical')
    case 'breached':
      return someFace(row, now, (urgency) => urgency === 'over')
    case 'waiting':
      return row.status === 'waiting-on-customer' || row.status === 'on-hold'
    default:
      return assertNever(tab, 'tab')
  }
}

function someFace(row: QueueRow, now: Instant, test: (urgency: string) => boolean): boolean {
  for (const name of ['firstResponse', 'resolution'] as const) {
    const face = targetFace(row.report[name], row.report.thresholdsAt[name], now)
    if ((face.form === 'running' || face.form === 'breached') && test(face.urgency)) return true
  }
  return false
}

/** All the tabs of a row as bits, in the order of `tabs`. */
export function tabBits(row: QueueRow, me: string, now: Instant): number {
  let bits = 0
  tabs.forEach((tab, position) => {
    if (inTab(tab, row, me, now)) bits |= 1 << position
  })
  return bits
}

const STATUS_RANK = { open: 0, 'waiting-on-customer': 1, 'on-hold': 2, solved: 3, closed: 4 } as const

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
      return row.subject.toLowerCase()
    case 'customer':
      return row.customer.toLowerCase()
    case 'status':
      return STATUS_RANK[row.status]
    case 'assignee':
      return row.assignee?.toLowerCase()
    case 'firstResponse':
      return pendingDue(row.report.firstResponse)
    case 'resolution':
      return pendingDue(row.report.resolution)
    case 'customerAt':
      return row.customerAt
    case 'updated':
      return row.updatedAt
    default:
      return assertNever(field, 'sort field')
  }
}

function priorityRank(row: QueueRow): number {
  return Number(row.priority.slice(1))
}

function pendingDue(target: TargetReport): Instant | undefined {
  return target.state === 'running' || target.state === 'breached' ? target.due : undefined
}

/** A row's place in a sort order; rows with the same key go by priority, then the oldest first. */
export function entryOf(row: QueueRow, field: SortField): Entry {
  return { id: row.id, key: sortKey(row, field), tie: priorityRank(row) * 1e14 + row.createdAt }
}
