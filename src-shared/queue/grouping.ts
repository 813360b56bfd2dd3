import { assertNever } from '../assert-never'
import { foldText } from './fold-text'
import { planLabel, statusLabel } from './labels'
import type { QueueRow } from './row'
import type { groupings } from './saved-view'

export type Grouping = (typeof groupings)[number]

/** The group that a row stands in. */
export type RowGroup = {
  /** Names the group, and orders groups when compared as text. */
  readonly key: string
  /** For people. */
  readonly label: string
  /** What its rows have in common: a priority, a plan, a status, a region, or the id of an agent or a customer. */
  readonly value: string | undefined
}

const PLAN_ORDER = { 'premium-plus': 0, premium: 1, standard: 2 } as const
const STATUS_ORDER = { open: 0, 'waiting-on-customer': 1, 'on-hold': 2, solved: 3, closed: 4 } as const

/** Groups go from urgent to calm, or by name; what nobody has comes first. */
export function groupOf(row: QueueRow, grouping: Grouping): RowGroup {
  const value = sharedValue(row, grouping)
  return { key: keyOf(row, grouping), label: labelOf(row, grouping), value }
}

/** `groupOf` for many rows: the same group for all that are in it. */
export function createGrouper(grouping: Grouping): (row: QueueRow) => RowGroup {
  const known = new Map<string | undefined, RowGroup>()
  return (row) => {
    const value = sharedValue(row, grouping)
    const group = known.get(value)
    if (group?.label === labelOf(row, grouping)) return group
    const made = groupOf(row, grouping)
    known.set(value, made)
    return made
  }
}

function sharedValue(row: QueueRow, grouping: Grouping): string | undefined {
  switch (grouping) {
    case 'assignee':
      return row.assigneeId
    case 'customer':
      return row.organizationId
    case 'priority':
    case 'plan':
    case 'status':
    case 'region':
      return row[grouping]
    default:
      return assertNever(grouping, 'grouping')
  }
}

function labelOf(row: QueueRow, grouping: Grouping): string {
  switch (grouping) {
    case 'plan':
      return planLabel(row.plan)
    case 'status':
      return statusLabel(row.status)
    case 'assignee':
      return row.assignee ?? row.assigneeId ?? 'Unassigned'
    case 'priority':
    case 'region':
    case 'customer':
      return row[grouping]
    default:
      return assertNever(grouping, 'grouping')
  }
}

function keyOf(row: QueueRow, grouping: Grouping): string {
  switch (grouping) {
    case 'priority':
      return row.priority
    case 'plan':
      return `${PLAN_ORDER[row.plan]}`
    case 'status':
      return `${STATUS_ORDER[row.status]}`
    case 'region':
      return foldText(row.region)
    case 'assignee':
      return row.assigneeId === undefined ? '' : `${foldText(labelOf(row, grouping))}\n${row.assigneeId}`
    case 'customer':
      // Two of the same name are two groups.
      return `${foldText(row.customer)}\n${row.organizationId}`
    default:
      return assertNever(grouping, 'grouping')
  }
}
