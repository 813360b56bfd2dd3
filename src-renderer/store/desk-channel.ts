import type { SyncStatus } from './desk-store'
import type { Channel, World } from './world'

/** What the engine and the windows of one profile tell each other. Only our own windows can be on the channel. */
export type DeskMessage =
  /** The mirror changed. `reference`: organisations, agents, policies or calendars; every row may look different. */
  | {
      readonly type: 'mirror'
      readonly tickets: readonly string[]
      readonly messagesOf: readonly string[]
      readonly reference: boolean
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
  /** A window asks for the last status. */
  | { readonly type: 'ask' }
  | { readonly type: 'wake' }
  | { readonly type: 'pause-first-sync'; readonly isPaused: boolean }
  | { readonly type: 'notice'; readonly notice: string }
  | { readonly type: 'dismiss'; readonly notice: string }

export function openDeskChannel(world: World, profile: string): Channel<DeskMessage> {
  return world.channel<DeskMessage>(`desk.${profile}`)
}
