import type { PresenceEvent } from '#shared/portal/calls'
import type { At, SyncStatus } from './desk-store'
import type { OtherRecords } from './mirror-write'
import type { Channel, World } from './world'

/** What the engine and the windows of one profile tell each other. Only our own windows can be on the channel. */
export type DeskMessage =
  /** The mirror changed. `others`: ids of the records that are neither tickets nor messages. */
  | {
      readonly type: 'mirror'
      readonly tickets: readonly string[]
      readonly messagesOf: readonly string[]
      readonly others: OtherRecords
    }
  | { readonly type: 'outbox'; readonly ticketIds: readonly string[] }
  /** Databases were rebuilt: read everything again. */
  | { readonly type: 'reload' }
  /**
   * From the engine. Until `journalReady` nobody else may write to the journal (journal-recovery.ts). `engine` is
   * another one after each start: one that died may have stored what it told nobody of.
   */
  | {
      readonly type: 'status'
      readonly status: SyncStatus
      readonly journalReady: boolean
      readonly engine: string
    }
  /** Files were attached, removed, or taken by the portal. */
  | { readonly type: 'files' }
  /** A window saved or sent a draft: others that show it read it again. */
  | { readonly type: 'draft'; readonly key: string }
  /** Where a window is; said again while it stays, since one that dies says nothing. */
  | { readonly type: 'at'; readonly window: string; readonly at: At }
  /** From the engine: everybody who is at a ticket, by its id. */
  | { readonly type: 'presence'; readonly people: Readonly<Record<string, PresenceEvent['people']>> }
  /** A window looks for a text (folded) in all messages; the engine answers with `found`, and goes on doing so. */
  | { readonly type: 'find'; readonly text: string }
  /**
   * From the engine: the tickets that have the text. `isAll`: these and no others; else what is new. `searched` is the
   * part, 0 to 1, that has been looked through.
   */
  | {
      readonly type: 'found'
      readonly text: string
      readonly isAll: boolean
      readonly added: readonly string[]
      readonly removed: readonly string[]
      readonly searched: number
    }
  /** A window asks for the last status. */
  | { readonly type: 'ask' }
  | { readonly type: 'wake' }
  | { readonly type: 'pause-first-sync'; readonly isPaused: boolean }
  | { readonly type: 'notice'; readonly notice: string }
  | { readonly type: 'dismiss'; readonly notice: string }

export function openDeskChannel(world: World, profile: string): Channel<DeskMessage> {
  return world.channel<DeskMessage>(`desk.${profile}`)
}
