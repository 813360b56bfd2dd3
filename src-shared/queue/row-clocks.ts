import type { TargetName } from '../sla/policy'
import type { TargetReport } from '../sla/report'
import type { Instant } from '../time/instant'
import { nextFaceChangeAt, targetUrgency, type Urgency } from './countdown'
import type { QueueRow } from './row'

/*
 * What is asked of the targets of thousands of rows at once: of the row's clocks if it has them, else of its report.
 */

export function targetState(row: Asked, name: TargetName): TargetReport['state'] {
  return row.clocks ? row.clocks.state(name) : row.report[name].state
}

/** When a target is due that is running or breached. */
export function pendingDue(row: Asked, name: TargetName): Instant | undefined {
  if (row.clocks) return row.clocks.due(name)
  const target = row.report[name]
  return target.state === 'running' || target.state === 'breached' ? target.due : undefined
}

/** @see targetUrgency */
export function urgencyOf(row: Asked, name: TargetName, now: Instant): Urgency | undefined {
  if (row.clocks) return row.clocks.urgency(name, now)
  return targetUrgency(row.report[name], row.report.thresholdsAt[name], now)
}

/** @see nextFaceChangeAt */
export function faceChangeAt(row: Asked, now: Instant): Instant | undefined {
  return row.clocks ? row.clocks.nextFaceChangeAt(now) : nextFaceChangeAt(row.report, now)
}

type Asked = Pick<QueueRow, 'clocks' | 'report'>
