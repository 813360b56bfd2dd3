import type { Viewer, Vocabulary } from '#shared/queue/filter-words'
import type { QueueRow } from '#shared/queue/row'
import type { TargetReport } from '#shared/sla/report'

export const HOUR = 3_600_000
export const NOON = Date.UTC(2026, 6, 10, 12)

/** Who looks at the queue in tests. */
export const ME: Viewer = { id: 'agent-ines', region: 'EMEA', role: 'backline' }

export const vocabulary: Vocabulary = {
  regions: ['AMER', 'APAC', 'EMEA'],
  agents: [
    { id: 'agent-ana', name: 'Ana Souza' },
    { id: 'agent-ines', name: 'Inês Moreau' },
  ],
  customers: [
    { id: 'org-kestrel', name: 'Kestrel Bank' },
    { id: 'northwind', name: 'Northwind Traders' },
  ],
  tags: ['vip', 'webhooks'],
  issues: ['PLAT-7'],
}

/** A row for tests: an open P3 of nobody, with nothing due. */
export function row(changes: Partial<QueueRow> & { readonly id: string }): QueueRow {
  return {
    number: `MER-${changes.id}`,
    subject: 'Webhook deliveries fail',
    priority: 'P3',
    status: 'open',
    plan: 'premium',
    region: 'EMEA',
    channel: 'portal',
    organizationId: 'northwind',
    customer: 'Northwind Traders',
    assigneeId: undefined,
    assignee: undefined,
    tags: [],
    isOpen: true,
    report: sla({ state: 'met', satisfiedAt: NOON - HOUR, by: 'reply' }, { state: 'awaiting-proposal' }),
    nextDueAt: undefined,
    nextTarget: undefined,
    escalation: undefined,
    promisedAt: undefined,
    courseOfActionAt: undefined,
    proposals: 0,
    awaitingProposal: false,
    hasWorkaround: false,
    productIssueKeys: [],
    mergedInto: undefined,
    excused: [],
    customerAt: undefined,
    awaitsReply: false,
    createdAt: NOON - 2 * HOUR,
    updatedAt: NOON - HOUR,
    version: 1,
    unsent: 0,
    parked: 0,
    ...changes,
  }
}

type Thresholds = QueueRow['report']['thresholdsAt']['firstResponse']

export function sla(
  firstResponse: TargetReport,
  resolution: TargetReport,
  thresholds: { firstResponse?: Thresholds; resolution?: Thresholds } = {},
): QueueRow['report'] {
  return {
    firstResponse,
    resolution,
    thresholdsAt: { firstResponse: thresholds.firstResponse ?? [], resolution: thresholds.resolution ?? [] },
    cycle: { firstResponse: 0, resolution: 0 },
    warnings: [],
  }
}

/** A row whose first response runs from `start` to `due`, with thresholds at 50, 75 and 90 %. */
export function running(id: string, start: number, due: number, changes: Partial<QueueRow> = {}): QueueRow {
  const at = (share: number) => ({ share, at: start + (due - start) * share })
  const report = sla(
    { state: 'running', due },
    { state: 'awaiting-proposal' },
    { firstResponse: [at(0.5), at(0.75), at(0.9)] },
  )
  return row({ id, report, nextDueAt: due, nextTarget: 'firstResponse', createdAt: start, ...changes })
}
