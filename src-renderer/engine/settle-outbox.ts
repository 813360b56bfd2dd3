import { isTicketCommand, targetKey, targetKind } from '#shared/commands/command'
import { forgottenByPortal, passedByFeed } from '#shared/sync/feed-passed'
import type { OutboxEntry } from '#shared/sync/outbox-entry'
import type { Journal } from '../store/journal'
import type { MirrorDb } from '../store/mirror-db'
import { knownVersions } from '../store/mirror-write'

/**
 * Takes out what the mirror shows by itself, once it is up to date. After a new bootstrap, what the portal no longer
 * knows is queued again. @returns tickets concerned
 */
export async function settlePassed(
  journal: Journal,
  mirror: MirrorDb,
  bootstrapped: boolean,
): Promise<readonly string[]> {
  const applied = (await journal.db.outbox.toArray()).filter(({ state }) => state.kind === 'applied')
  if (applied.length === 0) return []
  const isThere = await (bootstrapped ? leftTrace(mirror, applied) : wasPassed(mirror, applied))
  return journal.change(async (transaction) => {
    const entries = await transaction.db.outbox.toArray()
    const passed = entries.filter((entry) => entry.state.kind === 'applied' && isThere(entry))
    const forgotten = bootstrapped ? forgottenByPortal(entries, isThere) : []
    for (const { id } of passed) await transaction.removeEntry(id)
    for (const entry of forgotten) await transaction.putEntry(entry)
    return [...passed, ...forgotten].map(({ command }) => command.target)
  })
}

type IsThere = (entry: OutboxEntry) => boolean

async function wasPassed(mirror: MirrorDb, applied: readonly OutboxEntry[]): Promise<IsThere> {
  const targets = new Map(
    applied.map(({ command }) => [targetKey(command), { kind: targetKind(command), id: command.target }]),
  )
  const known = await knownVersions(mirror, [...targets.values()])
  const passed = passedByFeed(applied, (key) => known.get(key))
  return isOneOf(passed)
}

/** Each command about a ticket leaves a message with its own id; of other records there is their version only. */
async function leftTrace(mirror: MirrorDb, applied: readonly OutboxEntry[]): Promise<IsThere> {
  const about = applied.filter(({ command }) => isTicketCommand(command))
  const messages = await mirror.message.bulkGet(about.map(({ command }) => command.id))
  const traced = isOneOf(about.filter((_, index) => messages[index]))
  const passed = await wasPassed(mirror, applied)
  return (entry) => (isTicketCommand(entry.command) ? traced(entry) : passed(entry))
}

/** Whether an entry is one of these, in the same attempt. */
function isOneOf(entries: readonly OutboxEntry[]): IsThere {
  const attempts = new Set(entries.map(({ id, command }) => `${id} ${command.id}`))
  return ({ id, command }) => attempts.has(`${id} ${command.id}`)
}
