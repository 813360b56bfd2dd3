import { createHash } from 'node:crypto'
import { and, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { Instant } from '#shared/time/instant'
import type { Database } from '../db/database'
import { attachments } from '../db/schema'
import { storableJson } from '../db/storable-json'

/** A file that no message has is kept this long: a desk stores it just before it sends the message. */
export const UNUSED_KEPT_MS = 7 * 86_400_000

export type Stored = 'stored' | 'already-there' | 'taken'

/** Stores a file. Sent again it is there already; `taken`: the id is another file's. */
export async function storeAttachment(
  db: Database,
  file: { readonly id: string; readonly agentId: string; readonly content: Uint8Array; readonly at: Instant },
): Promise<Stored> {
  const { id, agentId, content, at } = file
  const hash = createHash('sha256').update(content).digest('hex')
  const row = { id, agentId, size: content.byteLength, hash, content, storedAt: new Date(at) }
  const added = await db
    .insert(attachments)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: attachments.id })
  if (added.length > 0) return 'stored'
  const [known] = await db
    .select({ agentId: attachments.agentId, hash: attachments.hash })
    .from(attachments)
    .where(eq(attachments.id, id))
  return known?.hash === hash && known.agentId === agentId ? 'already-there' : 'taken'
}

/** The bytes of a file that a message has, or that this agent stored; undefined for all others. */
export async function readAttachment(
  db: Database,
  id: string,
  agentId: string,
): Promise<Uint8Array | undefined> {
  const mine = or(sql`${attachments.messageId} is not null`, eq(attachments.agentId, agentId))
  const [row] = await db
    .select({ content: attachments.content })
    .from(attachments)
    .where(and(eq(attachments.id, id), mine))
  return row?.content
}

export type StoredFile = {
  readonly agentId: string
  readonly size: number
  /** The message that has it already. */
  readonly messageId: string | undefined
}

/** What is stored under these ids. */
export async function findFiles(tx: Database, ids: readonly string[]): Promise<Map<string, StoredFile>> {
  if (ids.length === 0) return new Map()
  const { id, agentId, size, messageId } = attachments
  const rows = await tx
    .select({ id, agentId, size, messageId })
    .from(attachments)
    .where(inArray(id, [...ids]))
  return new Map(
    rows.map((row) => [
      row.id,
      { agentId: row.agentId, size: row.size, messageId: row.messageId ?? undefined },
    ]),
  )
}

/** Says which message has which files. */
export async function takeFiles(
  tx: Database,
  used: readonly { readonly id: string; readonly message_id: string }[],
): Promise<void> {
  if (used.length === 0) return
  await tx.execute(sql`
    update attachments a set message_id = u.message_id
    from jsonb_to_recordset(${storableJson(used)}::jsonb) as u (id text, message_id text)
    where a.id = u.id`)
}

/** Removes files that no message has and that were stored before an instant. @returns how many */
export async function pruneAttachments(db: Database, before: Instant): Promise<number> {
  const gone = await db
    .delete(attachments)
    .where(and(isNull(attachments.messageId), lt(attachments.storedAt, new Date(before))))
    .returning({ id: attachments.id })
  return gone.length
}
