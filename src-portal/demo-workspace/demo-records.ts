import type { RecordInput } from '../db/write-records'
import type { DemoParts } from '../demo/generate'
import type { Conversation } from '../demo/play'

function conversationRecords({ ticket, messages }: Conversation): RecordInput[] {
  return [
    { kind: 'ticket', id: ticket.id, value: ticket },
    ...messages.map((value): RecordInput => ({ kind: 'message', id: value.id, value })),
  ]
}

/** What makes a queue: reference data and the open tickets, with those that were merged into them. */
export function queueRecords(demo: DemoParts): RecordInput[] {
  return [
    ...demo.policies.map((value): RecordInput => ({ kind: 'policy', id: value.id, value })),
    ...demo.calendars.map((value): RecordInput => ({ kind: 'calendar', id: value.id, value })),
    ...demo.agents.map((value): RecordInput => ({ kind: 'agent', id: value.id, value })),
    ...demo.organizations.map((value): RecordInput => ({ kind: 'organization', id: value.id, value })),
    ...demo.contacts.map((value): RecordInput => ({ kind: 'contact', id: value.id, value })),
    ...demo.rotas.map((value): RecordInput => ({ kind: 'rota', id: value.id, value })),
    ...demo.notices.map((value): RecordInput => ({ kind: 'notice', id: value.id, value })),
    ...demo.macros.map((value): RecordInput => ({ kind: 'macro', id: value.id, value })),
    ...demo.views.map((value): RecordInput => ({ kind: 'view', id: value.id, value })),
    ...demo.open.flatMap(conversationRecords),
    ...demo.merged.flatMap(conversationRecords),
  ]
}

/** The closed tickets in batches of about `size` records, told only as they are asked for. */
export function* historyRecords(demo: DemoParts, size: number): Generator<RecordInput[], undefined> {
  let batch: RecordInput[] = []
  for (const conversation of demo.closed) {
    batch.push(...conversationRecords(conversation))
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
