import { commandSchema, targetKey } from '../commands/command'
import { MAX_COMMANDS_PER_BATCH, MAX_REQUEST_BYTES } from '../portal/protocol'
import type { Instant } from '../time/instant'
import { inOrder, type OutboxEntry } from './outbox-entry'

/** What the engine remembers of attempts, in memory only: after a restart everything may be tried at once. */
export type Attempts = {
  /** Ids of entries whose answer is awaited. */
  readonly inFlight: ReadonlySet<string>
  /** Not to be sent again before this instant. */
  readonly notBefore: ReadonlyMap<string, Instant>
}

export type Sendable = {
  readonly entries: readonly OutboxEntry[]
  /** When the next waiting entry may go; absent when none waits. */
  readonly nextAt?: Instant
}

/**
 * What may be sent at `now`: of each ticket the oldest queued command, unless that one is on its way or waiting for
 * its next attempt. Order holds within a ticket; one that is stuck holds up only its own ticket (portal.md §2).
 */
export function nextSendable(all: readonly OutboxEntry[], attempts: Attempts, now: Instant): Sendable {
  const heads = new Map<string, OutboxEntry>()
  for (const entry of inOrder(all)) {
    const key = targetKey(entry.command)
    if (entry.state.kind === 'queued' && !heads.has(key)) heads.set(key, entry)
  }
  const entries: OutboxEntry[] = []
  let nextAt: Instant | undefined
  for (const head of heads.values()) {
    if (attempts.inFlight.has(head.id)) continue
    const notBefore = attempts.notBefore.get(head.id) ?? now
    if (notBefore <= now) entries.push(head)
    else nextAt = Math.min(nextAt ?? notBefore, notBefore)
  }
  return nextAt === undefined ? { entries } : { entries, nextAt }
}

/** Upper bound of a command's bytes on the wire: no UTF-16 unit takes more than three bytes of UTF-8. */
function bytesOf(entry: OutboxEntry): number {
  return JSON.stringify(commandSchema.encode(entry.command)).length * 3 + 1
}

/**
 * Cuts what may be sent into requests the portal accepts. Entries in `alone` each get a request of their own: they
 * were in a request that failed, and one that the portal chokes on must not take others down with it.
 */
export function batches(
  entries: readonly OutboxEntry[],
  alone: ReadonlySet<string>,
  limits = { commands: MAX_COMMANDS_PER_BATCH, bytes: MAX_REQUEST_BYTES },
): readonly (readonly OutboxEntry[])[] {
  const requests: OutboxEntry[][] = []
  let shared: OutboxEntry[] = []
  const envelope = 100
  let bytes = envelope
  const close = (): void => {
    if (shared.length > 0) requests.push(shared)
    shared = []
    bytes = envelope
  }
  for (const entry of entries) {
    if (alone.has(entry.id)) {
      requests.push([entry])
      continue
    }
    const size = bytesOf(entry)
    if (shared.length === limits.commands || bytes + size > limits.bytes) close()
    shared.push(entry)
    bytes += size
  }
  close()
  return requests
}
