import { targetKey, targetKind } from '#shared/commands/command'
import { forgottenByPortal, passedByFeed } from '#shared/sync/feed-passed'
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
  const targets = new Map(
    applied.map(({ command }) => [targetKey(command), { kind: targetKind(command), id: command.target }]),
  )
  const known = await knownVersions(mirror, [...targets.values()])
  const versionOf = (key: string): number | undefined => known.get(key)
  return journal.change(async (transaction) => {
    const entries = await transaction.db.outbox.toArray()
    const passed = passedByFeed(entries, versionOf)
    const forgotten = bootstrapped ? forgottenByPortal(entries, versionOf) : []
    for (const { id } of passed) await transaction.removeEntry(id)
    for (const entry of forgotten) await transaction.putEntry(entry)
    return [...passed, ...forgotten].map(({ command }) => command.target)
  })
}
