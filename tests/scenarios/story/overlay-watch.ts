import { targetKind } from '#shared/commands/command'
import type { OutboxEntry } from '#shared/sync/outbox-entry'
import type { MirrorRow } from '../../../src-renderer/store/mirror-db'
import type { Computer } from '../simulator/computer'
import type { SimulatedPortal } from '../simulator/portal'

/**
 * I8: a command that the portal applied leaves the outbox only once the mirror shows what it did; else the screen would
 * fall back to what was before. @returns what is missing, in words
 */
export function missedBy(
  left: OutboxEntry,
  { disk, name, profile }: Computer,
  portal: SimulatedPortal,
): string | undefined {
  const { command, state } = left
  if (state.kind !== 'applied') return undefined
  const kind = targetKind(command)
  // Nothing of it can be seen any more.
  if (portal.records.get(`${kind}/${command.target}`)?.value === undefined) return undefined
  const mirror = `mirror.${profile}`
  const row = (disk.rows(mirror, kind) as MirrorRow[]).find(({ id }) => id === command.target)
  if (row && row.version >= state.version) return undefined
  // A portal that was set back counts anew: what was done has left a message all the same.
  if ((disk.rows(mirror, 'message') as MirrorRow[]).some(({ id }) => id === command.id)) return undefined
  return `${name} took ${JSON.stringify(left)} off the screen; the mirror has version ${row?.version ?? 'none'}`
}
