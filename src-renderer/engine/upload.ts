import type { OutboxEntry } from '#shared/sync/outbox-entry'
import type { Instant } from '#shared/time/instant'
import { attachmentsOf, lostInWords } from '../store/files'
import type { Journal } from '../store/journal'
import type { Failure, PortalClient } from './portal-client'

/** The portal keeps a file that no message has for a week (portal.md); sent again well before, it is still there. */
const BELIEVED_MS = 5 * 24 * 3_600_000

export type Uploaded =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** One of them is not here any more; in words for the person. */
  | { readonly kind: 'lost'; readonly problem: string }

export type UploadInput = {
  readonly client: Pick<PortalClient, 'put'>
  readonly journal: Journal
  /** Corrected time. */
  readonly now: () => Instant
  /** The portal has one more. */
  readonly onStored: () => void
}

/**
 * Stores the files of a command on the portal, before the command goes. Each is named by its id, so that storing one
 * again is harmless; which of them the portal has taken is remembered, so that after a break only the rest is sent.
 */
export async function uploadFiles(input: UploadInput, entry: OutboxEntry): Promise<Uploaded> {
  const { client, journal, now, onStored } = input
  for (const { id, name, size } of attachmentsOf(entry.command)) {
    const file = await journal.db.files.get(id)
    if (file?.storedAt !== undefined && Math.abs(now() - file.storedAt) < BELIEVED_MS) continue
    const bytes = (await journal.db.fileBytes.get(id))?.bytes
    if (!file || bytes?.byteLength !== size) return { kind: 'lost', problem: lostInWords(name) }
    const answer = await client.put(`/attachments/${id}`, bytes)
    if (!answer.ok) return { kind: 'failed', failure: answer.failure }
    await journal.change(async (transaction) => {
      const still = await transaction.db.files.get(id)
      if (still) await transaction.putFile({ ...still, storedAt: now() })
    })
    onStored()
  }
  return { kind: 'done' }
}
