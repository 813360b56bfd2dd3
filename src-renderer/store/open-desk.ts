import type { Desk } from '#shared/ipc'
import type { Agent } from '#shared/tickets/people'
import { type CommandsInput, discardCommand, discardOrphan, retryCommand, storeCommand } from './commands'
import { type DeskMessage, openDeskChannel } from './desk-channel'
import type { DeskStore } from './desk-store'
import { Drafts, draftKey } from './drafts'
import { FileBook } from './file-book'
import { attachFile } from './files'
import { createJournal } from './journal'
import { JournalDb } from './journal-db'
import { MirrorRows } from './live-rows'
import { LiveTicket, ticketView } from './live-ticket'
import { MirrorDb, readSyncState } from './mirror-db'
import type { OtherRecords } from './mirror-write'
import { openDatabase } from './open-database'
import { Orphans } from './orphans'
import { countStates, OutboxBook } from './outbox-book'
import { readTicket } from './read-ticket'
import { readTickets } from './read-tickets'
import {
  concernedBy,
  NO_REFERENCE,
  REFERENCE,
  type Reference,
  readReference,
  rereadReference,
} from './reference'
import { SharedBook } from './shared-book'
import { markStart } from './start-marks'
import { type TermsChange, termsChange, termsNotice } from './terms-news'
import { TextFinder } from './text-finder'
import { formsOf, TypedText } from './typed-text'
import { WindowPresence } from './window-presence'
import { WindowStatus } from './window-status'
import { type World, windowWorld } from './world'

/** How long a write waits for the engine to have looked at the journal after a start. */
const ENGINE_WAIT_MS = 15_000
/** Tickets kept as they were last seen, so that going back to one shows it at once. */
const RECENT_TICKETS = 50

/**
 * Opens a person's desk in a window. Resolves when the databases are open; the rows follow (`rows.isReady`).
 * @throws NewerDatabaseError when a newer console wrote the databases
 */
export async function openDesk(
  profile: string,
  me: Agent,
  desk: Pick<Desk, 'journal'>,
  world: World = windowWorld(),
): Promise<DeskStore> {
  markStart('reading')
  const mirror = new MirrorDb(profile, world)
  const journalDb = new JournalDb(profile, world)
  try {
    await Promise.all([openDatabase(mirror, world), openDatabase(journalDb, world)])
  } catch (error) {
    mirror.close()
    journalDb.close()
    throw error
  }

  const status = new WindowStatus()
  const stored = await readSyncState(mirror)
  status.known(stored.lastSyncAt, stored.clockOffsetMs ?? 0)
  const now = (): number => world.now() + status.get().clockOffsetMs

  const channel = openDeskChannel(world, profile)
  const gate = openGate(world)
  const outbox = new OutboxBook(journalDb)
  const typed = new TypedText(world.typed, profile)
  let reference: Reference = NO_REFERENCE
  const rows = new MirrorRows({ mirror, outbox, reference: () => reference, me, world, now })
  const shared = new SharedBook(mirror, me)
  const orphans = new Orphans({ mirror, journal: journalDb, typed })
  const watched = new Set<LiveTicket>()
  const recent = new Map<string, LiveTicket>()
  /** Which start of the engine was heard last. */
  let engine: string | undefined
  let closed = false
  /** A read that a closing window cuts off is nobody's concern; any other failure is. */
  const inBackground = (work: Promise<unknown>): void => {
    work.catch((error: unknown) => {
      if (!closed) throw error
    })
  }
  const journal = createJournal({
    db: journalDb,
    profile,
    desk,
    onCopyFailed: (why) =>
      channel.post({ type: 'notice', notice: `The second copy of unsent work can't be written: ${why}` }),
  })
  const drafts = new Drafts({
    journal,
    typed,
    now,
    about: (ticketId) => {
      const row = rows.get(ticketId)
      return row && { number: row.number, subject: row.subject }
    },
  })
  const { sending } = drafts
  const files = new FileBook(journalDb)
  const input: CommandsInput = { journal, mirror, me, uuid: world.uuid, now, sending }

  const refreshTickets = (concerned: (id: string) => boolean): void => {
    for (const live of watched) if (concerned(live.id)) inBackground(live.refresh())
  }
  /** @param mine the ticket that this window has just put something into the outbox for, or taken out */
  const outboxChanged = async (mine?: string): Promise<void> => {
    const changed = await outbox.reload()
    for (const live of watched) if (live.id === mine) live.outboxChanged()
    status.counted(outbox.counts())
    shared.outbox(outbox.documents())
    await Promise.all([files.reload(), changed.length > 0 && rows.refresh(changed)])
    await orphans.refresh()
  }
  /** Rows are computed anew by themselves; people are told what that moved. */
  const tellOfTerms = async (change: TermsChange): Promise<void> => {
    const open = [...rows.values()].filter((row) => row.isOpen).map(({ id }) => id)
    const tickets = (await readTickets(mirror, open)).flatMap((row) => (row ? [row.value] : []))
    if (!closed) status.tell(termsNotice(change, tickets, now()))
  }
  /** Before what waits in the outbox was read once, a ticket would be shown as if I had done nothing about it. */
  let knowsMine = (): void => {}
  const mineIsKnown = new Promise<void>((resolve) => {
    knowsMine = resolve
  })
  /** One after the other: of two that read at once the older could end last. */
  let referenceTurn: Promise<unknown> = Promise.resolve()
  const setReference = (read: (before: Reference) => Promise<Reference>): Promise<Reference> => {
    const turn = referenceTurn.then(async () => {
      const before = reference
      reference = await read(before)
      shared.knows(reference)
      return before
    })
    referenceTurn = turn.catch(() => {})
    return turn
  }
  const reloadAll = async (): Promise<void> => {
    const readBefore = setReference(() => readReference(mirror))
    const outboxRead = outbox.reload().then(() => {
      status.counted(outbox.counts())
      shared.outbox(outbox.documents())
    })
    const ready = Promise.all([readBefore, outboxRead])
    ready.then(knowsMine, knowsMine)
    await Promise.all([ready, rows.loadAll(ready)])
    // Nobody waits for these before the queue is there.
    await files.reload()
    await shared.load()
    const change = termsChange(await readBefore, reference)
    refreshTickets(() => true)
    await orphans.refresh()
    if (change) await tellOfTerms(change)
  }
  const referenceChanged = async (changed: OtherRecords): Promise<void> => {
    const before = await setReference((known) => rereadReference(mirror, known, changed))
    const concerned = concernedBy(before, reference, changed)
    if (concerned) await rows.refreshThose(concerned)
    refreshTickets(() => true)
    const terms = termsChange(before, reference)
    if (terms) await tellOfTerms(terms)
  }
  const onMirror = async ({
    tickets,
    messagesOf,
    others,
  }: DeskMessage & { type: 'mirror' }): Promise<void> => {
    if (REFERENCE.some((kind) => others[kind])) await referenceChanged(others)
    if (tickets.length > 0) await rows.refresh(tickets)
    await shared.changed(others)
    const changed = new Set(messagesOf)
    // Who asked is on no row, only on the ticket itself.
    if (others.contact) refreshTickets(() => true)
    else if (changed.size > 0) refreshTickets((id) => changed.has(id))
    await orphans.refresh()
  }
  const onMessage = (message: DeskMessage): void => {
    switch (message.type) {
      case 'mirror':
        inBackground(onMirror(message))
        break
      case 'outbox':
        inBackground(outboxChanged())
        break
      case 'reload':
        inBackground(reloadAll())
        break
      case 'status': {
        const before = status.get().clockOffsetMs
        status.fromEngine(message.status)
        if (message.journalReady) gate.open()
        if (engine !== undefined && engine !== message.engine) {
          inBackground(reloadAll())
          finder.engineStarted()
        }
        engine = message.engine
        if (before !== message.status.clockOffsetMs) rows.offsetChanged(message.status.clockOffsetMs - before)
        break
      }
      case 'found':
        finder.heard(message)
        break
      case 'files':
        inBackground(files.reload())
        break
      case 'draft':
        inBackground(drafts.changedElsewhere(message.key))
        break
      case 'presence':
        presence.told(message.people, me, (id) => reference.agents.get(id)?.name ?? id)
        break
      default:
      // The rest is for the engine.
    }
  }
  /** Other windows learn of it, the engine wakes. It is stored by now: that it can't be shown at once undoes nothing. */
  const announce = async (ticketId: string): Promise<void> => {
    channel.post({ type: 'outbox', ticketIds: [ticketId] })
    const shown = outboxChanged(ticketId)
    inBackground(shown)
    await shown.catch(() => {})
  }

  const presence = new WindowPresence(world, channel)
  const finder = new TextFinder(world, channel)
  rows.subscribe((changed) => {
    status.withoutRow(rows.problems())
    const ids = changed && new Set(changed)
    refreshTickets((id) => !ids || ids.has(id))
  })
  channel.listen(onMessage)
  channel.post({ type: 'ask' })
  inBackground(reloadAll())

  return {
    me,
    profile,
    rows,
    status,
    agent: (id) => reference.agents.get(id),
    shared: shared.value,
    async contacts(organizationId) {
      const all = await mirror.contact.toArray()
      return all
        .map(({ value }) => value)
        .filter((contact) => contact.organizationId === organizationId)
        .sort((a, b) => a.name.localeCompare(b.name))
    },
    findText: (text) => finder.find(text),
    policies: () => [...reference.policies.values()],
    policy: (id) => reference.policies.get(id),
    calendars: () => [...reference.calendars.values()],
    calendar: (id) => reference.calendars.get(id),
    now,
    ticket(id) {
      const known = recent.get(id)
      if (known) return known
      const live = new LiveTicket(id, watched, {
        read: () => mineIsKnown.then(() => readTicket(mirror, id)),
        view: (mirrored) => ticketView(mirrored, { entries: outbox.of(id), reference, me, now: now() }),
      })
      recent.set(id, live)
      const [oldest] = recent.keys()
      if (recent.size > RECENT_TICKETS && oldest !== undefined) recent.delete(oldest)
      return live
    },
    async run(draft) {
      await gate.passed()
      const entry = await storeCommand(input, draft)
      const { command } = entry
      if (command.type === 'reply' || command.type === 'note') {
        drafts.sent(command.target, command.type, command.body)
        channel.post({ type: 'draft', key: draftKey(command.target, command.type) })
      }
      await announce(command.target)
    },
    async retry(commandId, edits) {
      await gate.passed()
      const entry = await retryCommand(input, commandId, edits)
      await announce(entry.command.target)
    },
    async discard(commandId) {
      await gate.passed()
      const { command } = await discardCommand(input, commandId)
      await announce(command.target)
      if (command.type === 'reply' || command.type === 'note') {
        return { kind: command.type, body: command.body }
      }
      return undefined
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
      inBackground(orphans.refresh())
      return saved
    },
    files: (ticketId, kind) => files.of(ticketId, kind),
    async attach(ticketId, kind, file) {
      await gate.passed()
      await attachFile(journal, { ticketId, kind }, file, { id: world.uuid(), at: now() })
      channel.post({ type: 'files' })
      await files.reload()
    },
    async detach(fileId) {
      await gate.passed()
      await journal.change((transaction) => transaction.removeFile(fileId))
      channel.post({ type: 'files' })
      await files.reload()
    },
    uploads: files.uploads,
    orphans,
    async discardOrphan(id) {
      await gate.passed()
      const gone = orphans.get().find((orphan) => orphan.id === id)
      if (!gone) throw new Error('its ticket is here again: look there')
      await discardOrphan(input, id)
      if (gone.what.kind === 'draft') typed.sent(id)
      await announce(gone.ticketId)
      await orphans.refresh()
    },
    presence,
    lookAt: presence.lookAt,
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
    syncNow: () => channel.post({ type: 'wake' }),
    pauseFirstSync: (isPaused) => channel.post({ type: 'pause-first-sync', isPaused }),
    dismissNotice(notice) {
      status.dismiss(notice)
      channel.post({ type: 'dismiss', notice })
    },
    close() {
      closed = true
      presence.close()
      finder.close()
      rows.close()
      channel.close()
      mirror.close()
      journalDb.close()
    },
  }
}

/**
 * Nothing may touch the journal before the engine has compared it with its second copy: a write into a database
 * that came up empty would make the loss look like the newest state.
 */
function openGate(world: World): { open(): void; passed(): Promise<void> } {
  let isOpen = false
  const waiting = new Set<() => void>()
  return {
    open() {
      isOpen = true
      for (const go of [...waiting]) go()
      waiting.clear()
    },
    passed() {
      if (isOpen) return Promise.resolve()
      return new Promise<void>((resolve, reject) => {
        const cancel = world.after(ENGINE_WAIT_MS, () => {
          waiting.delete(go)
          reject(new Error("the desk's engine has not started yet: keep the text and try again in a moment"))
        })
        const go = (): void => {
          cancel()
          resolve()
        }
        waiting.add(go)
      })
    },
  }
}
