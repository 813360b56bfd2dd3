import type { TargetReport } from '../sla/report'
import type { QueueRow } from './row'

/**
 * Whether the portal changed what a line of the queue shows: a newer version of the ticket, and a cell that reads
 * differently. Time passing is no news, and neither is the portal's yes to a change of mine that I saw already.
 */
export function isNews(before: QueueRow, after: QueueRow): boolean {
  if (after.version <= before.version) return false
  return (
    SHOWN.some((field) => before[field] !== after[field]) ||
    before.escalation?.state !== after.escalation?.state ||
    before.escalation?.to !== after.escalation?.to ||
    TARGETS.some((name) => hasMoved(before.report[name], after.report[name]))
  )
}

const SHOWN = [
  'subject',
  'priority',
  'status',
  'region',
  'assigneeId',
  'assignee',
  'customer',
  'customerAt',
  'promisedAt',
  'courseOfActionAt',
] as const
const TARGETS = ['firstResponse', 'resolution'] as const

/** Running out by itself is time passing. */
function hasMoved(before: TargetReport, after: TargetReport): boolean {
  const hasBreached = before.state === 'running' && after.state === 'breached'
  return (before.state !== after.state && !hasBreached) || dueOf(before) !== dueOf(after)
}

function dueOf(target: TargetReport): number | undefined {
  return target.state === 'running' || target.state === 'breached' ? target.due : undefined
}
