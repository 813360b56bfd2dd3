import type { Ticket } from '../tickets/ticket'
import type { QueueRow } from './row'

/**
 * A ticket as far as its line of the queue tells: enough for `decide` (tickets/decide.ts) to say what it would say to a
 * bulk action, without reading hundreds of tickets first. What the line leaves out is empty. Nothing has changed since
 * the person saw it, for this is what they see.
 */
export function ticketOfRow(row: QueueRow): Ticket {
  const { report } = row
  const isCancelled = report.firstResponse.state === 'cancelled' || report.resolution.state === 'cancelled'
  const { priority, channel, createdAt } = row
  const created = { type: 'created', at: createdAt, by: 'customer', priority, channel } as const
  return {
    id: row.id,
    number: row.number,
    subject: row.subject,
    organizationId: row.organizationId,
    plan: row.plan,
    policyId: '',
    calendarId: '',
    region: row.region,
    priority,
    status: row.status,
    channel,
    ...(row.assigneeId === undefined ? {} : { assigneeId: row.assigneeId }),
    tags: [...row.tags],
    createdAt,
    updatedAt: row.updatedAt,
    ...(row.promisedAt === undefined ? {} : { promisedAt: row.promisedAt }),
    productIssues: row.productIssueKeys.map((key) => ({ key, url: '', state: '' })),
    ...(row.mergedInto === undefined ? {} : { mergedInto: row.mergedInto }),
    slaEvents: isCancelled ? [created, { type: 'cancelled', at: row.updatedAt }] : [created],
    changedIn: {},
  }
}
