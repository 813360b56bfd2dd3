import type { SortField } from '#shared/queue/view'

const NAME = {
  nextDue: 'Next due first',
  priority: 'Priority',
  number: 'Ticket number',
  subject: 'Subject',
  customer: 'Customer',
  plan: 'Plan',
  status: 'Status',
  assignee: 'Assignee',
  region: 'Region',
  channel: 'Channel',
  tags: 'Tags',
  firstResponse: 'First response due',
  resolution: 'Resolution due',
  promisedAt: 'Update promised',
  courseOfAction: 'Course of action due',
  escalation: 'Escalation',
  productIssues: 'Product issues',
  customerAt: 'Last word from the customer',
  createdAt: 'Age',
  updated: 'Last updated',
} as const satisfies Record<SortField, string>

/** An order in words, also of a column that there is no room for. */
export function sortName(field: SortField): string {
  return NAME[field]
}
