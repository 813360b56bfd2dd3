import type { Command, CommandType } from '#shared/commands/command'
import type { Handoff } from '#shared/handoff/handoff'
import type { Doing } from '#shared/portal/calls'
import type { QueueRow } from '#shared/queue/row'
import type { SavedView } from '#shared/queue/saved-view'
import type { Rota } from '#shared/shifts/rota'
import type { Policy } from '#shared/sla/policy'
import type { About } from '#shared/sync/outbox-entry'
import type { Macro } from '#shared/tickets/macro'
import type { Message } from '#shared/tickets/message'
import type { Agent, Contact, Organization } from '#shared/tickets/people'
import type { Seen } from '#shared/tickets/seen'
import type { Ticket } from '#shared/tickets/ticket'
import type { Calendar } from '#shared/time/calendar'
import type { Instant } from '#shared/time/instant'
import type { Notice } from '#shared/uptime/notice'
import type { HeldFile, Upload } from './file-book'
import type { ChosenFile } from './files'

/** Something that has a value now and says when it changes; fits React's useSyncExternalStore. */
export type Live<T> = {
  /** The same reference until it changes. */
  get(): T
  /** Returns its unsubscribe. */
  subscribe(listener: () => void): () => void
}

/** What the status strip says (portal.md §2). Instants are in corrected (portal) time. */
export type SyncStatus = {
  readonly connection:
    | { readonly kind: 'connecting' }
    | { readonly kind: 'live' }
    | { readonly kind: 'polling' }
    | {
        readonly kind: 'offline'
        readonly since: Instant
        readonly problem: string
        readonly retryAt?: Instant
      }
  readonly lastSyncAt?: Instant
  /** Present while a first sync is not complete. `done` and `total` count records. */
  readonly firstSync?: {
    readonly done: number
    readonly total: number
    /** The queue is complete, history still loads. */
    readonly openDone: boolean
    readonly isPaused: boolean
    /** At the pace of the last pages; absent while that isn't known. */
    readonly leftMs?: number
  }
  readonly unsent: number
  /** Why the portal took none of it the last time, while it did not. */
  readonly unsentProblem?: string
  readonly parked: number
  /** Portal time − desk time, ms. */
  readonly clockOffsetMs: number
  /** Things to tell the person once, such as a database that was rebuilt. */
  readonly notices: readonly string[]
}

/** All rows of the queue in memory; told which ones changed, never re-read whole. */
export type LiveRows = {
  readonly size: number
  /** False until the rows on disk are in memory. */
  isReady(): boolean
  get(id: string): QueueRow | undefined
  values(): IterableIterator<QueueRow>
  /** `undefined` means everything may have changed. Ids of removed rows are included; `get` then gives undefined. */
  subscribe(listener: (changedIds: readonly string[] | undefined) => void): () => void
}

export type TimelineEntry = {
  readonly message: Message
  /** `unsent`: on its way or waiting for the portal; `parked`: refused, the person decides. Absent: confirmed. */
  readonly pending?: {
    readonly state: 'unsent' | 'parked'
    readonly commandId: string
    readonly problem?: string
  }
}

export type TicketView = {
  /** With my pending commands on top. */
  readonly ticket: Ticket
  /** As the portal confirmed it: what the SLA is judged by. */
  readonly confirmed: Ticket
  readonly row: QueueRow
  readonly organization: Organization | undefined
  readonly requester: Contact | undefined
  /** Oldest first, pending entries last. */
  readonly timeline: readonly TimelineEntry[]
  /** My commands about it that were refused or clashed, oldest first. */
  readonly parked: readonly ParkedCommand[]
}

/** A command that waits for the person: to be tried again, mended, or given up. */
export type ParkedCommand = {
  readonly id: string
  readonly command: Command
  /** Why, for programs; `conflict`: somebody else decided about the same meanwhile. */
  readonly code: string
  /** Why, for people. */
  readonly problem: string
  /** Fields of the ticket, or of the command, that it is about. */
  readonly fields: readonly string[]
  /** What I saw of the fields that I decided about; unknown for entries of older versions. */
  readonly seen: Seen | undefined
}

type Draft<C> = C extends Command ? Omit<C, 'id' | 'at' | 'baseVersion'> : never
/** A command as a view gives it; the store adds id, time and the version that was on screen. */
export type CommandDraft = Draft<Command>

export type ComposerKind = 'reply' | 'note'

/** Takes what another window saved. @returns whether the box shows it now; not while something unsaved stands in it */
export type DraftListener = (saved: string) => boolean

/** What a person did that the portal doesn't have. */
export type Unfinished = {
  /** Commands that are sent as soon as the portal can be reached. */
  readonly unsent: number
  /** Commands that wait for a decision. */
  readonly parked: number
  /** Texts that were begun, and forms that were left half filled in. */
  readonly drafts: number
}

/**
 * Something I did that waits for me and is on no ticket's page: it was about a ticket that is no longer here, or about a
 * record such as a saved view, and the portal refused it. It can be copied and given up.
 */
export type Orphan = {
  /** For `discardOrphan`. */
  readonly id: string
  /** What it was about. */
  readonly ticketId: string
  /** How the ticket was called; unknown for what an earlier version of the desk kept. */
  readonly about: About | undefined
  readonly what:
    | { readonly kind: 'command'; readonly type: CommandType }
    | { readonly kind: 'draft'; readonly composer: ComposerKind }
  /** What was typed, or the name of the record; empty when it was only a choice, such as a status. */
  readonly text: string
  /** When it was done. */
  readonly at: Instant
  /** Why the portal refused it; absent for drafts, and for a command that the portal has not answered. */
  readonly problem?: string
  /** It can be sent again with `retry`. */
  readonly canRetry?: boolean
}

/** Records that everybody in the workspace has in common, with my pending changes on top. */
export type SharedRecords = {
  /** Everybody who works in the workspace, by name. */
  readonly agents: readonly Agent[]
  readonly organizations: ReadonlyMap<string, Organization>
  /** Everybody's and my own, each list by name. */
  readonly views: readonly SavedView[]
  readonly macros: readonly Macro[]
  /** Incidents and maintenance, the latest start first. */
  readonly notices: readonly Notice[]
  readonly rotas: readonly Rota[]
  readonly handoffs: readonly Handoff[]
}

/** Tickets in whose messages a text was found. */
export type TextHits = {
  readonly ticketIds: ReadonlySet<string>
  /** 0 to 1: how much of what is stored was looked through; 1 when it is complete. */
  readonly searched: number
}

/** What a window shows; nothing when `ticketId` is absent. */
export type At = { readonly ticketId?: string; readonly doing: Doing }

/** Somebody else who is at a ticket now. */
export type Present = { readonly agentId: string; readonly name: string; readonly doing: Doing }

/** What the views know of the desk: one object per signed-in window (see open-desk.ts). */
export type DeskStore = {
  readonly me: Agent
  /** This person in this workspace: what is kept on this computer is kept under it. */
  readonly profile: string
  readonly rows: LiveRows
  readonly status: Live<SyncStatus>
  /** All agents of the workspace by id, for names. */
  agent(id: string): Agent | undefined
  /** A new value when one of them changed. */
  readonly shared: Live<SharedRecords>
  /** The people of a customer, by name. */
  contacts(organizationId: string): Promise<readonly Contact[]>
  /**
   * Looks for a word or a phrase in all messages on this computer, without regard to case and accents. While it is being
   * watched it goes on to what comes later; a Live for the same text is the same one.
   */
  findText(text: string): Live<TextHits>
  /** The policies and calendars of the workspace, ordered by id. */
  policies(): readonly Policy[]
  policy(id: string): Policy | undefined
  calendars(): readonly Calendar[]
  calendar(id: string): Calendar | undefined
  /** Corrected time: the desk's clock plus the portal's offset. */
  now(): Instant
  /** One ticket with its timeline, kept up to date while subscribed. */
  ticket(id: string): Live<TicketView | undefined>
  /**
   * Stores the command durably, then resolves; rejects with a message for the person if `decide` refuses it. A reply
   * or a note takes the place of its draft in the same step: there is never both.
   */
  run(draft: CommandDraft): Promise<void>
  /**
   * Sends a parked command again, on what is on screen now.
   * @param edits what the person changed of it, by the command's own field names, in wire form (instants as ISO text)
   */
  retry(commandId: string, edits?: Readonly<Record<string, unknown>>): Promise<void>
  /** Removes a parked command and gives back what was typed in it, if anything. */
  discard(commandId: string): Promise<{ kind: ComposerKind; body: string } | undefined>
  /** What is to stand in a box that opens, with what was typed there before it could be read. */
  readDraft(ticketId: string, kind: ComposerKind): Promise<string>
  /**
   * Keeps what is being typed at once, so that it outlives a window that closes before `saveDraft` is done.
   * @param isNext it was typed while what stood there is being sent, and is what remains of it afterwards
   */
  keepTyped(ticketId: string, kind: ComposerKind, body: string, isNext?: boolean): void
  /**
   * Durable when it resolves; an empty text removes the draft.
   * @returns what is saved now: with what another window saved meanwhile, if this one had not shown it
   */
  saveDraft(ticketId: string, kind: ComposerKind, body: string): Promise<string>
  /** Calls with what another window saved of a draft (empty: it was sent). @returns its unsubscribe */
  watchDraft(ticketId: string, kind: ComposerKind, listener: DraftListener): () => void
  /** Files that are to go with what is being written, in the order in which they were attached. */
  files(ticketId: string, kind: ComposerKind): Live<readonly HeldFile[]>
  /** Keeps a file with the draft, durably. Rejects with why it can't be taken, for the person. */
  attach(ticketId: string, kind: ComposerKind, file: ChosenFile): Promise<void>
  detach(fileId: string): Promise<void>
  /** How much of their files the portal has of commands that wait, by the id of the command's entry. */
  readonly uploads: Live<ReadonlyMap<string, Upload>>
  /** What would wait on this computer if this person signed out now. Rejects while the journal can't be read yet. */
  unfinished(): Promise<Unfinished>
  /**
   * What I did about tickets that were deleted at the portal, or went with a demo that was made anew: it is on no ticket's
   * page any more. Oldest first. Empty until the tickets are all here.
   */
  readonly orphans: Live<readonly Orphan[]>
  /** Removes one of them for good. */
  discardOrphan(id: string): Promise<void>
  /** Who else is at which ticket, by its id; empty without a stream. */
  readonly presence: Live<ReadonlyMap<string, readonly Present[]>>
  /** Tells colleagues where this window is, until it says otherwise or closes. */
  lookAt(at: At): void
  /** Wakes the engine: pull and push now. */
  syncNow(): void
  /** Lets the rest of a first sync wait, or go on; what is here already is kept up to date. It goes on at the next start. */
  pauseFirstSync(isPaused: boolean): void
  dismissNotice(notice: string): void
  close(): void
}
