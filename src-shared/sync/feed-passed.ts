import { targetKey } from '../commands/command'
import type { OutboxEntry } from './outbox-entry'

/**
 * Newest version of a record that the mirror knows, be it a row, a deletion or a record it couldn't read; by `kind/id`
 * (`targetKey`).
 */
export type KnownVersion = (key: string) => number | undefined

/**
 * Applied commands that the mirror now shows by itself and that can leave the outbox. What the portal says again that it
 * took, and whose target a mirror that is up to date has never heard of, was about something that is gone.
 */
export function passedByFeed(entries: readonly OutboxEntry[], known: KnownVersion): readonly OutboxEntry[] {
  return entries.filter(({ state, command }) => {
    if (state.kind !== 'applied') return false
    const version = known(targetKey(command))
    return version === undefined ? state.wasKnown === true : version >= state.version
  })
}

/**
 * Applied commands whose target a mirror that is up to date has never heard of: it was deleted before a new bootstrap,
 * or the portal was set back. They are queued again under the same id; what the portal says to that tells which.
 */
export function outOfSight(entries: readonly OutboxEntry[], known: KnownVersion): readonly OutboxEntry[] {
  return entries.filter(
    ({ state, command }) =>
      state.kind === 'applied' && !state.wasKnown && known(targetKey(command)) === undefined,
  )
}

/**
 * Applied commands that a complete new bootstrap doesn't show: the portal was set back to an older state. They are
 * queued again under the same id, which a portal that does know them answers without applying them twice. What counts is
 * the trace that a command leaves: versions of before say nothing about a portal that has counted anew since.
 */
export function forgottenByPortal(
  entries: readonly OutboxEntry[],
  isThere: (entry: OutboxEntry) => boolean,
): readonly OutboxEntry[] {
  return entries
    .filter((entry) => entry.state.kind === 'applied' && !isThere(entry))
    .map((entry) => ({ ...entry, state: { kind: 'queued', conflicts: 0 } }))
}
