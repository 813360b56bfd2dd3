import type { Database } from '../db/database'
import { type RecordInput, writeRecords } from '../db/write-records'
import { type DemoOptions, demoParts } from './generate'
import type { Conversation } from './play'

/** Closed tickets in one transaction: small enough that a portal can answer in between. */
const CHUNK = 500

type SeedOptions = DemoOptions & {
  /** Called after each part: `queue-ready` as soon as reference data and open tickets are stored. */
  readonly onProgress?: (progress: {
    readonly phase: 'queue-ready' | 'history' | 'done'
    readonly records: number
  }) => void
}

function conversationRecords(conversations: readonly Conversation[]): RecordInput[] {
  return conversations.flatMap(({ ticket, messages }): RecordInput[] => [
    { kind: 'ticket', id: ticket.id, value: ticket },
    ...messages.map((value): RecordInput => ({ kind: 'message', id: value.id, value })),
  ])
}

/**
 * Writes the demo workspace into a database: first what makes a queue, then the history, newest first. Writing the
 * same seed and time again changes nothing, so that an interrupted run is simply repeated.
 */
export async function seedDemo(db: Database, { seed, now, onProgress }: SeedOptions): Promise<void> {
  const demo = demoParts({ seed, now })
  let records = 0
  const write = async (input: readonly RecordInput[], phase: 'queue-ready' | 'history') => {
    await writeRecords(db, input)
    records += input.length
    onProgress?.({ phase, records })
  }
  const reference: RecordInput[] = [
    ...demo.policies.map((value): RecordInput => ({ kind: 'policy', id: value.id, value })),
    ...demo.calendars.map((value): RecordInput => ({ kind: 'calendar', id: value.id, value })),
    ...demo.agents.map((value): RecordInput => ({ kind: 'agent', id: value.id, value })),
    ...demo.organizations.map((value): RecordInput => ({ kind: 'organization', id: value.id, value })),
    ...demo.contacts.map((value): RecordInput => ({ kind: 'contact', id: value.id, value })),
  ]
  await write([...reference, ...conversationRecords(demo.open)], 'queue-ready')
  const closed = [...demo.closed].reverse()
  for (let start = 0; start < closed.length; start += CHUNK) {
    await write(conversationRecords(closed.slice(start, start + CHUNK)), 'history')
  }
  onProgress?.({ phase: 'done', records })
}
