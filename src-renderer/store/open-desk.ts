import type { Desk } from '#shared/ipc'
import type { Agent } from '#shared/tickets/people'
import { Background } from './background'
import { openDeskChannel } from './desk-channel'
import type { DeskStore } from './desk-store'
import { deskWrites } from './desk-writes'
import { Drafts } from './drafts'
import { FileBook } from './file-book'
import { followDesk } from './follow-desk'
import { createJournal } from './journal'
import { JournalDb } from './journal-db'
import { journalGate } from './journal-gate'
import { MirrorRows } from './live-rows'
import { ticketView } from './live-ticket'
import { MirrorDb, readSyncState } from './mirror-db'
import { openDatabase } from './open-database'
import { OpenTickets } from './open-tickets'
import { Orphans } from './orphans'
import { OutboxBook } from './outbox-book'
import { readTicket } from './read-ticket'
import { ReferenceBook } from './reference-book'
import { SharedBook } from './shared-book'
import { markStart } from './start-marks'
import { TextFinder } from './text-finder'
import { TypedText } from './typed-text'
import { WindowPresence } from './window-presence'
import { WindowStatus } from './window-status'
import { type World, windowWorld } from './world'

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
  const { mirror, journalDb } = await openBoth(profile, world)
  const status = new WindowStatus()
  const stored = await readSyncState(mirror)
  status.known(stored.lastSyncAt, stored.clockOffsetMs ?? 0)
  const now = (): number => world.now() + status.get().clockOffsetMs

  const background = new Background()
  const channel = openDeskChannel(world, profile)
  const gate = journalGate(world)
  const outbox = new OutboxBook(journalDb)
  const typed = new TypedText(world.typed, profile)
  const shared = new SharedBook(mirror, me)
  const reference = new ReferenceBook(mirror, (known) => shared.knows(known))
  const rows = new MirrorRows({ mirror, outbox, reference: () => reference.current, me, world, now })
  const orphans = new Orphans({ mirror, journal: journalDb, typed })
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
  const files = new FileBook(journalDb)
  const presence = new WindowPresence(world, channel)
  const finder = new TextFinder(world, channel)
  const tickets = new OpenTickets(
    (id) => ({
      read: () => followed.mineIsKnown.then(() => readTicket(mirror, id)),
      view: (mirrored) =>
        ticketView(mirrored, { entries: outbox.of(id), reference: reference.current, me, now: now() }),
    }),
    background,
  )
  const followed = followDesk({
    me,
    mirror,
    reference,
    outbox,
    rows,
    tickets,
    shared,
    files,
    drafts,
    orphans,
    status,
    presence,
    finder,
    gate,
    background,
    now,
  })
  const { uuid } = world
  const { sending } = drafts
  const commands = { journal, mirror, me, uuid, now, sending }
  const writes = deskWrites({
    profile,
    world,
    commands,
    journalDb,
    drafts,
    files,
    orphans,
    typed,
    gate,
    channel,
    followed,
    background,
  })

  rows.subscribe((changed) => {
    status.withoutRow(rows.problems())
    const ids = changed && new Set(changed)
    tickets.refresh(ids && ((id) => ids.has(id)))
  })
  channel.listen(followed.heard)
  channel.post({ type: 'ask' })
  background.run(followed.reloadAll())

  return {
    ...writes,
    me,
    profile,
    rows,
    status,
    orphans,
    presence,
    shared: shared.value,
    uploads: files.uploads,
    now,
    agent: (id) => reference.current.agents.get(id),
    async contacts(organizationId) {
      const all = await mirror.contact.toArray()
      return all
        .map(({ value }) => value)
        .filter((contact) => contact.organizationId === organizationId)
        .sort((a, b) => a.name.localeCompare(b.name))
    },
    policies: () => [...reference.current.policies.values()],
    policy: (id) => reference.current.policies.get(id),
    calendars: () => [...reference.current.calendars.values()],
    calendar: (id) => reference.current.calendars.get(id),
    ticket: (id) => tickets.of(id),
    findText: (text) => finder.find(text),
    files: (ticketId, kind) => files.of(ticketId, kind),
    lookAt: presence.lookAt,
    syncNow: () => channel.post({ type: 'wake' }),
    pauseFirstSync: (isPaused) => channel.post({ type: 'pause-first-sync', isPaused }),
    dismissNotice(notice) {
      status.dismiss(notice)
      channel.post({ type: 'dismiss', notice })
    },
    close() {
      background.close()
      presence.close()
      finder.close()
      rows.close()
      channel.close()
      mirror.close()
      journalDb.close()
    },
  }
}

/** Both or neither. */
async function openBoth(profile: string, world: World) {
  const mirror = new MirrorDb(profile, world)
  const journalDb = new JournalDb(profile, world)
  try {
    await Promise.all([openDatabase(mirror, world), openDatabase(journalDb, world)])
  } catch (error) {
    mirror.close()
    journalDb.close()
    throw error
  }
  return { mirror, journalDb }
}
