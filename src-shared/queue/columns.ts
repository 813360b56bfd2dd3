import { assertNever } from '../assert-never'
import type { TargetName } from '../sla/policy'
import { formatInstant, type Instant } from '../time/instant'
import { targetFace } from './countdown'
import { planLabel, statusLabel } from './labels'
import type { QueueRow } from './row'
import { type SortField, sortFields } from './view'

/** Columns of the queue that a row fills by itself, in the order of a view that chose none. */
export type ColumnId = SortField
export const columnIds: readonly ColumnId[] = [
  'priority',
  'number',
  'subject',
  'customer',
  'plan',
  'status',
  'assignee',
  'firstResponse',
  'resolution',
  'nextDue',
  'promisedAt',
  'courseOfAction',
  'region',
  'channel',
  'tags',
  'escalation',
  'productIssues',
  'customerAt',
  'createdAt',
  'updated',
]

const LABEL = {
  priority: 'Priority',
  number: 'Ticket',
  subject: 'Subject',
  customer: 'Customer',
  plan: 'Plan',
  status: 'Status',
  assignee: 'Assignee',
  firstResponse: 'First response',
  resolution: 'Resolution',
  nextDue: 'Next due',
  promisedAt: 'Promised update',
  courseOfAction: 'Course of action',
  region: 'Region',
  channel: 'Channel',
  tags: 'Tags',
  escalation: 'Escalation',
  productIssues: 'Product issues',
  customerAt: 'Last word',
  createdAt: 'Age',
  updated: 'Updated',
} as const satisfies Record<ColumnId, string>

/** What stands above a column. */
export function columnLabel(column: ColumnId): string {
  return LABEL[column]
}

export function isColumn(id: string): id is ColumnId {
  return sortFields.some((field) => field === id)
}

/** A column as a table for other programs has it: a target is two, and an age is the instant it counts from. */
export type PlainColumn = {
  readonly title: string
  readonly text: (row: QueueRow, now: Instant) => string
}

/** The plain columns of one; instants are ISO-8601 UTC, what isn't there is empty. */
export function plainColumns(column: ColumnId): readonly PlainColumn[] {
  const one = (text: PlainColumn['text'], title: string = LABEL[column]) => [{ title, text }]
  switch (column) {
    case 'priority':
    case 'number':
    case 'subject':
    case 'customer':
    case 'region':
    case 'channel':
      return one((row) => row[column])
    case 'plan':
      return one((row) => planLabel(row.plan))
    case 'status':
      return one((row) => statusLabel(row.status))
    case 'assignee':
      return one((row) => row.assignee ?? row.assigneeId ?? '')
    case 'firstResponse':
    case 'resolution':
      return [
        { title: LABEL[column], text: (row, now) => stateText(row, column, now) },
        { title: `${LABEL[column]} due`, text: (row) => instantText(dueOf(row, column)) },
      ]
    case 'nextDue':
      return one((row) => instantText(row.nextDueAt))
    case 'promisedAt':
      return one((row) => instantText(row.promisedAt))
    case 'courseOfAction':
      return one((row) => instantText(row.courseOfActionAt))
    case 'tags':
      return one((row) => row.tags.join(' '))
    case 'escalation':
      return one(({ escalation }) => (escalation ? `${escalation.state} ${escalation.to}` : ''))
    case 'productIssues':
      return one((row) => row.productIssueKeys.join(' '))
    case 'customerAt':
      return one((row) => instantText(row.customerAt), 'Last word from the customer')
    case 'createdAt':
      return one((row) => instantText(row.createdAt), 'Opened')
    case 'updated':
      return one((row) => instantText(row.updatedAt))
    default:
      return assertNever(column, 'column')
  }
}

/** The state of the contract (sla.md §4) at `now`; excused breaches say so. */
function stateText(row: QueueRow, name: TargetName, now: Instant): string {
  const { form } = targetFace(row.report[name], row.report.thresholdsAt[name], now)
  return row.excused.includes(name) ? `${form}, excused` : form
}

function dueOf({ report }: QueueRow, name: TargetName): Instant | undefined {
  const target = report[name]
  return 'due' in target ? target.due : undefined
}

function instantText(at: Instant | undefined): string {
  return at === undefined ? '' : formatInstant(at)
}
