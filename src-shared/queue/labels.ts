import type { Plan, Priority, Status, TargetName } from '../sla/policy'

const STATUS = {
  open: 'Open',
  'waiting-on-customer': 'Waiting',
  'on-hold': 'On hold',
  solved: 'Solved',
  closed: 'Closed',
} as const satisfies Record<Status, string>

const PLAN = {
  standard: 'Standard',
  premium: 'Premium',
  'premium-plus': 'Premium+',
} as const satisfies Record<Plan, string>

const PRIORITY = {
  P1: 'Critical',
  P2: 'High',
  P3: 'Normal',
  P4: 'Low',
} as const satisfies Record<Priority, string>

const TARGET = {
  firstResponse: 'First response',
  resolution: 'Resolution',
} as const satisfies Record<TargetName, string>

/** Words people read for the closed sets of the rules; the same everywhere. */
export function statusLabel(status: Status): string {
  return STATUS[status]
}
export function planLabel(plan: Plan): string {
  return PLAN[plan]
}
export function priorityLabel(priority: Priority): string {
  return PRIORITY[priority]
}
export function targetLabel(target: TargetName): string {
  return TARGET[target]
}
