import { isTicketCommand, targetKey, targetKind } from '#shared/commands/command'
import { forgottenByPortal, type KnownVersion, outOfSight, passedByFeed } from '#shared/sync/feed-passed'
import type { OutboxEntry } from '#shared/sync/outbox-entry'
import { storeAgain } from '../store/files'
import type { Journal } from '../store/journal'
import type { MirrorDb } from '../store/mirror-db'
import { knownVersions } from '../store/mirror-write'

/**
 * Takes out what the mirror shows by itself, once it is up to date. What the portal no longer knows after a new bootstrap,
 * and what was about something that is nowhere here, is queued again. @returns tickets concerned
 */
export async function settlePassed(
  journal: Journal,
  mirror: MirrorDb,
  bootstrapped: boolean,
): Promise<readonly string[]> {
  const applied = (await journal.db.outbox.toArray()).filter(({ state }) => state.kind === 'applied')
  if (applied.length === 0) return []
  const known = await versionsOf(mirror, applied)
  const wasPassed = isOneOf(passedByFeed(applied, known))
  const isThere = bootstrapped ? await leftTrace(mirror, applied, wasPassed) : wasPassed
  const isLost = bootstrapped ? () => true : isOneOf(outOfSight(applied, known))
  return journal.change(async (transaction) => {
    const entries = await transaction.db.outbox.toArray()
    const passed = entries.filter((entry) => entry.state.kind === 'applied' && isThere(entry))
    const forgotten = forgottenByPortal(entries.filter(isLost), isThere)
    for (const { id } of passed) await transaction.removeEntry(id)
    for (const entry of forgotten) {
      await transaction.putEntry(entry)
      // With the command the portal forgot its files.
      await storeAgain(transaction, entry.id)
    }
    return [...passed, ...forgotten].map(({ command }) => command.target)
  })
}

type IsThere = (entry: OutboxEntry) => boolean

async function versionsOf(mirror: MirrorDb, applied: readonly OutboxEntry[]): Promise<KnownVersion> {
  const targets = new Map(
    applied.map(({ command }) => [targetKey(command), { kind: targetKind(command), id: command.target }]),
  )
  const known = await knownVersions(mirror, [...targets.values()])
  return (key) => known.get(key)
}

/** Each command about a ticket leaves a message with its own id; of other records there is their version only. */
async function leftTrace(
  mirror: MirrorDb,
  applied: readonly OutboxEntry[],
  wasPassed: IsThere,
): Promise<IsThere> {
  const about = applied.filter(({ command }) => isTicketCommand(command))
  const messages = await mirror.message.bulkGet(about.map(({ command }) => command.id))
  const traced = isOneOf(about.filter((_, index) => messages[index]))
  return (entry) => (isTicketCommand(entry.command) ? traced(entry) : wasPassed(entry))
}

/** Whether an entry is one of these, in the same attempt. */
function isOneOf(entries: readonly OutboxEntry[]): IsThere {
  const attempts = new Set(entries.map(({ id, command }) => `${id} ${command.id}`))
  return ({ id, command }) => attempts.has(`${id} ${command.id}`)
}
