import type { Background } from './background'
import { type CommandsInput, discardCommand, discardOrphan, retryCommand, storeCommand } from './commands'
import type { DeskMessage } from './desk-channel'
import type { DeskStore } from './desk-store'
import { type Drafts, draftKey } from './drafts'
import type { FileBook } from './file-book'
import { attachFile } from './files'
import type { FollowedDesk } from './follow-desk'
import type { JournalDb } from './journal-db'
import type { JournalGate } from './journal-gate'
import type { Orphans } from './orphans'
import { countStates } from './outbox-book'
import { formsOf, TypedText } from './typed-text'
import type { Channel, World } from './world'

export type Writers = {
  readonly profile: string
  readonly world: Pick<World, 'uuid' | 'typed'>
  /** What commands are decided with and written to. */
  readonly commands: CommandsInput
  readonly journalDb: JournalDb
  readonly drafts: Drafts
  readonly files: FileBook
  readonly orphans: Orphans
  readonly typed: TypedText
  readonly gate: JournalGate
  readonly channel: Channel<DeskMessage>
  readonly followed: Pick<FollowedDesk, 'outboxChanged'>
  readonly background: Background
}

type Writes = Pick<
  DeskStore,
  | 'run'
  | 'retry'
  | 'discard'
  | 'discardOrphan'
  | 'readDraft'
  | 'watchDraft'
  | 'keepTyped'
  | 'saveDraft'
  | 'attach'
  | 'detach'
  | 'unfinished'
>

/** Everything of a desk that reads or writes the journal: all of it waits for the gate. */
export function deskWrites(writers: Writers): Writes {
  const { profile, world, commands, journalDb, drafts, files, orphans, typed } = writers
  const { gate, channel, followed, background } = writers
  const { journal, now } = commands

  /** Other windows learn of it, the engine wakes. It is stored by now: that it can't be shown at once undoes nothing. */
  const announce = async (ticketId: string): Promise<void> => {
    channel.post({ type: 'outbox', ticketIds: [ticketId] })
    const shown = followed.outboxChanged(ticketId)
    background.run(shown)
    await shown.catch(() => {})
  }
  const filesChanged = (): Promise<unknown> => {
    channel.post({ type: 'files' })
    return files.reload()
  }

  return {
    async run(draft) {
      await gate.passed()
      const { command } = await storeCommand(commands, draft)
      if (command.type === 'reply' || command.type === 'note') {
        drafts.sent(command.target, command.type, command.body)
        channel.post({ type: 'draft', key: draftKey(command.target, command.type) })
      }
      await announce(command.target)
    },
    async retry(commandId, edits) {
      await gate.passed()
      const entry = await retryCommand(commands, commandId, edits)
      await announce(entry.command.target)
    },
    async discard(commandId) {
      await gate.passed()
      const { command } = await discardCommand(commands, commandId)
      await announce(command.target)
      if (command.type === 'reply' || command.type === 'note') {
        return { kind: command.type, body: command.body }
      }
      return undefined
    },
    async discardOrphan(id) {
      await gate.passed()
      const gone = orphans.get().find((orphan) => orphan.id === id)
      if (!gone) throw new Error('its ticket is here again: look there')
      await discardOrphan(commands, id)
      if (gone.what.kind === 'draft') typed.sent(id)
      await announce(gone.ticketId)
      await orphans.refresh()
    },
    async readDraft(ticketId, kind) {
      drafts.opens(ticketId, kind)
      await gate.passed()
      return drafts.read(ticketId, kind)
    },
    watchDraft: (ticketId, kind, listener) => drafts.watch(ticketId, kind, listener),
    keepTyped: (ticketId, kind, body, isNext) => drafts.keepTyped(ticketId, kind, body, isNext),
    async saveDraft(ticketId, kind, body) {
      await gate.passed()
      const saved = await drafts.save(ticketId, kind, body)
      channel.post({ type: 'draft', key: draftKey(ticketId, kind) })
      background.run(orphans.refresh())
      return saved
    },
    async attach(ticketId, kind, file) {
      await gate.passed()
      await attachFile(journal, { ticketId, kind }, file, { id: world.uuid(), at: now() })
      await filesChanged()
    },
    async detach(fileId) {
      await gate.passed()
      await journal.change((transaction) => transaction.removeFile(fileId))
      await filesChanged()
    },
    async unfinished() {
      await gate.passed()
      const [entries, texts] = await Promise.all([journalDb.outbox.toArray(), drafts.keys()])
      // What is `early/` in there is on its way to a draft.
      const forms = new TypedText(world.typed, formsOf(profile))
        .keys()
        .filter((key) => !key.startsWith('early/'))
      await files.reload()
      const begun = new Set([...texts, ...files.draftKeys()])
      return { ...countStates(entries), drafts: begun.size + forms.length }
    },
  }
}
