import type { Command } from '#shared/commands/command'
import { type Attachment, plainName, plainType, whyNotAttach } from '#shared/tickets/attachment'
import type { TicketCommand } from '#shared/tickets/command'
import type { Instant } from '#shared/time/instant'
import type { ComposerKind } from './desk-store'
import type { Journal, JournalTransaction } from './journal'
import type { FileRow } from './journal-lines'

/** Files go with a draft until it is sent, then with the entry of the outbox until the portal has it. */
export const draftHolder = (ticketId: string, kind: ComposerKind): string => `draft/${ticketId}/${kind}`
export const entryHolder = (entryId: string): string => `entry/${entryId}`

/** A file as somebody chose, dropped or pasted it. */
export type ChosenFile = {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** What a command carries; none for most. */
export function attachmentsOf(command: Command | TicketCommand): readonly Attachment[] {
  return command.type === 'reply' || command.type === 'note' ? (command.attachments ?? []) : []
}

export function attachmentOf({ id, name, type, size }: FileRow): Attachment {
  return { id, name, type, size }
}

/**
 * Keeps a file with a draft, durably.
 * @throws Error with why it can't be taken, for the person
 */
export async function attachFile(
  journal: Journal,
  to: { readonly ticketId: string; readonly kind: ComposerKind },
  chosen: ChosenFile,
  made: { readonly id: string; readonly at: Instant },
): Promise<void> {
  const holder = draftHolder(to.ticketId, to.kind)
  const size = chosen.bytes.byteLength
  const file = { ...made, name: plainName(chosen.name), type: plainType(chosen.type), size, holder }
  await journal.change(async (transaction) => {
    const already = await transaction.db.files.where('holder').equals(holder).count()
    const why = whyNotAttach(file, already)
    if (why !== undefined) throw new Error(why)
    await transaction.putFile(file, chosen.bytes)
  })
}

/**
 * The files of a draft go on with the command that sends it, in the transaction that stores the command.
 * @throws Error for the person when one of them is not here whole: nothing is sent without what it speaks of
 */
export async function giveFilesTo(
  transaction: JournalTransaction,
  entryId: string,
  command: Command,
): Promise<void> {
  const attachments = attachmentsOf(command)
  if (attachments.length === 0 || (command.type !== 'reply' && command.type !== 'note')) return
  const from = draftHolder(command.target, command.type)
  for (const { id, name } of attachments) {
    const file = await transaction.db.files.get(id)
    if (file?.holder !== from) throw new Error(`“${name}” is not attached any more: look at the files again`)
    if (!(await hasBytes(transaction, file))) throw new Error(lostInWords(name))
    await transaction.putFile({ ...file, holder: entryHolder(entryId) })
  }
}

/**
 * A draft that is sent takes all of its files along.
 * @throws Error for the person when one was attached that they have not seen, in another window or just now
 */
export async function refuseLeftFiles(transaction: JournalTransaction, command: Command): Promise<void> {
  if (command.type !== 'reply' && command.type !== 'note') return
  const holder = draftHolder(command.target, command.type)
  const left = await transaction.db.files.where('holder').equals(holder).first()
  if (left) throw new Error(`“${left.name}” was attached meanwhile: look at the files, then send`)
}

async function hasBytes({ db }: JournalTransaction, { id, storedAt }: FileRow): Promise<boolean> {
  return storedAt !== undefined || (await db.fileBytes.where('id').equals(id).count()) > 0
}

/** The files of a command that was given up go back to the draft. */
export async function giveFilesBack(
  transaction: JournalTransaction,
  entryId: string,
  command: Command,
): Promise<void> {
  if (command.type !== 'reply' && command.type !== 'note') return
  const holder = draftHolder(command.target, command.type)
  for (const file of await filesOf(transaction, entryId)) await transaction.putFile({ ...file, holder })
}

/** What the portal said it has of them may be over: all are sent to it again. */
export async function storeAgain(transaction: JournalTransaction, entryId: string): Promise<void> {
  for (const { storedAt, ...file } of await filesOf(transaction, entryId)) {
    if (storedAt !== undefined) await transaction.putFile(file)
  }
}

/** Removes the files of a draft. */
export async function removeDraftFiles(transaction: JournalTransaction, draftKey: string): Promise<void> {
  const ids = await transaction.db.files.where('holder').equals(`draft/${draftKey}`).primaryKeys()
  for (const id of ids) await transaction.removeFile(id)
}

function filesOf({ db }: JournalTransaction, entryId: string): Promise<FileRow[]> {
  return db.files.where('holder').equals(entryHolder(entryId)).toArray()
}

export function lostInWords(name: string): string {
  return `“${name}” is no longer on this computer, its database was damaged: remove it or attach it again`
}
