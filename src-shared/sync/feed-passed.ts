import { afterApplied } from './after-result'
import { inOrder, type OutboxEntry } from './outbox-entry'

/** Newest version of a ticket that the mirror knows, be it a row, a deletion or a record it couldn't read. */
export type KnownVersion = (ticketId: string) => number | undefined

/** Applied commands that the mirror now shows by itself and that can leave the outbox. */
export function passedByFeed(entries: readonly OutboxEntry[], known: KnownVersion): readonly OutboxEntry[] {
  return entries.filter(
    ({ state, command }) => state.kind === 'applied' && (known(command.target) ?? -1) >= state.version,
  )
}

/**
 * Applied commands that a complete new bootstrap doesn't know: the portal was set back to an older state. They are
 * queued again under the same id, which a portal that does know them answers without applying them twice.
 */
export function forgottenByPortal(
  entries: readonly OutboxEntry[],
  known: KnownVersion,
): readonly OutboxEntry[] {
  return entries
    .filter(({ state, command }) => state.kind === 'applied' && (known(command.target) ?? -1) < state.version)
    .map((entry) => ({ ...entry, state: { kind: 'queued', conflicts: 0 } }))
}

/**
 * Queued commands whose entry came back in the feed: the portal applied them and only the answer was lost. What a
 * command leaves in a timeline carries its id (apply.ts), so there is no need to ask again.
 * @param versionOf version of the message with this id in the mirror, if it is there
 */
export function seenInFeed(
  entries: readonly OutboxEntry[],
  versionOf: (commandId: string) => number | undefined,
): readonly OutboxEntry[] {
  const changed = new Map<string, OutboxEntry>()
  for (const { id } of inOrder(entries)) {
    const current = entries.map((entry) => changed.get(entry.id) ?? entry)
    const entry = current.find((candidate) => candidate.id === id)
    const version = entry?.state.kind === 'queued' ? versionOf(entry.command.id) : undefined
    if (!entry || version === undefined) continue
    for (const next of afterApplied(entry, current, version)) changed.set(next.id, next)
  }
  return [...changed.values()]
}
