import type { Agent } from '#shared/tickets/people'
import type { Instant } from '#shared/time/instant'
import type { Background } from './background'
import type { DeskMessage } from './desk-channel'
import type { Drafts } from './drafts'
import type { FileBook } from './file-book'
import type { JournalGate } from './journal-gate'
import type { MirrorRows } from './live-rows'
import type { MirrorDb } from './mirror-db'
import type { OtherRecords } from './mirror-write'
import type { OpenTickets } from './open-tickets'
import type { Orphans } from './orphans'
import type { OutboxBook } from './outbox-book'
import { readTickets } from './read-tickets'
import { concernedBy, REFERENCE } from './reference'
import type { ReferenceBook } from './reference-book'
import type { SharedBook } from './shared-book'
import { type TermsChange, termsChange, termsNotice } from './terms-news'
import type { TextFinder } from './text-finder'
import type { WindowPresence } from './window-presence'
import type { WindowStatus } from './window-status'

export type Followers = {
  readonly me: Agent
  readonly mirror: MirrorDb
  readonly reference: ReferenceBook
  readonly outbox: OutboxBook
  readonly rows: MirrorRows
  readonly tickets: OpenTickets
  readonly shared: SharedBook
  readonly files: FileBook
  readonly drafts: Drafts
  readonly orphans: Orphans
  readonly status: WindowStatus
  readonly presence: WindowPresence
  readonly finder: TextFinder
  readonly gate: JournalGate
  readonly background: Background
  /** Corrected time. */
  readonly now: () => Instant
}

/** What a window has in memory, kept as the databases are: read at first, then what it is told has changed. */
export type FollowedDesk = {
  /** Before what waits in the outbox was read once, a ticket would be shown as if I had done nothing about it. */
  readonly mineIsKnown: Promise<void>
  /** Reads everything, at a start or after databases were rebuilt. */
  reloadAll(): Promise<void>
  /** @param mine the ticket that this window has just put something into the outbox for, or taken out */
  outboxChanged(mine?: string): Promise<void>
  /** What the engine or another window tells. */
  heard(message: DeskMessage): void
}

export function followDesk(followers: Followers): FollowedDesk {
  const { me, mirror, reference, outbox, rows, tickets, shared, files, drafts, orphans } = followers
  const { status, presence, finder, gate, background, now } = followers
  /** Which start of the engine was heard last. */
  let engine: string | undefined
  let knowsMine = (): void => {}
  const mineIsKnown = new Promise<void>((resolve) => {
    knowsMine = resolve
  })

  const outboxRead = (): void => {
    status.counted(outbox.counts())
    shared.outbox(outbox.documents())
  }
  const outboxChanged = async (mine?: string): Promise<void> => {
    const changed = await outbox.reload()
    if (mine !== undefined) tickets.outboxChanged(mine)
    outboxRead()
    await Promise.all([files.reload(), changed.length > 0 && rows.refresh(changed)])
    await orphans.refresh()
  }
  /** Rows are computed anew by themselves; people are told what that moved. */
  const tellOfTerms = async (change: TermsChange): Promise<void> => {
    const open = [...rows.values()].filter((row) => row.isOpen).map(({ id }) => id)
    const moved = (await readTickets(mirror, open)).flatMap((row) => (row ? [row.value] : []))
    if (!background.isClosed) status.tell(termsNotice(change, moved, now()))
  }
  const reloadAll = async (): Promise<void> => {
    const readBefore = reference.load()
    const ready = Promise.all([readBefore, outbox.reload().then(outboxRead)])
    ready.then(knowsMine, knowsMine)
    await Promise.all([ready, rows.loadAll(ready)])
    // Nobody waits for these before the queue is there.
    await files.reload()
    await shared.load()
    const change = termsChange(await readBefore, reference.current)
    tickets.refresh()
    await orphans.refresh()
    if (change) await tellOfTerms(change)
  }
  const referenceChanged = async (changed: OtherRecords): Promise<void> => {
    const before = await reference.reload(changed)
    const concerned = concernedBy(before, reference.current, changed)
    if (concerned) await rows.refreshThose(concerned)
    tickets.refresh()
    const terms = termsChange(before, reference.current)
    if (terms) await tellOfTerms(terms)
  }
  const mirrorChanged = async (news: DeskMessage & { type: 'mirror' }): Promise<void> => {
    const { others } = news
    if (REFERENCE.some((kind) => others[kind])) await referenceChanged(others)
    if (news.tickets.length > 0) await rows.refresh(news.tickets)
    await shared.changed(others)
    const changed = new Set(news.messagesOf)
    // Who asked is on no row, only on the ticket itself.
    if (others.contact) tickets.refresh()
    else if (changed.size > 0) tickets.refresh((id) => changed.has(id))
    await orphans.refresh()
  }
  const engineSaid = (news: DeskMessage & { type: 'status' }): void => {
    const before = status.get().clockOffsetMs
    status.fromEngine(news.status)
    if (news.journalReady) gate.open()
    if (engine !== undefined && engine !== news.engine) {
      background.run(reloadAll())
      finder.engineStarted()
    }
    engine = news.engine
    const { clockOffsetMs } = news.status
    if (before !== clockOffsetMs) rows.offsetChanged(clockOffsetMs - before)
  }

  return {
    mineIsKnown,
    reloadAll,
    outboxChanged,
    heard(message) {
      switch (message.type) {
        case 'mirror':
          background.run(mirrorChanged(message))
          break
        case 'outbox':
          background.run(outboxChanged())
          break
        case 'reload':
          background.run(reloadAll())
          break
        case 'status':
          engineSaid(message)
          break
        case 'found':
          finder.heard(message)
          break
        case 'files':
          background.run(files.reload())
          break
        case 'draft':
          background.run(drafts.changedElsewhere(message.key))
          break
        case 'presence':
          presence.told(message.people, me, (id) => reference.current.agents.get(id)?.name ?? id)
          break
        default:
        // The rest is for the engine.
      }
    },
  }
}
