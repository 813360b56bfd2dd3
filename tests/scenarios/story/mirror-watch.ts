import type { MirrorRow, SyncState, Tombstone } from '../../../src-renderer/store/mirror-db'
import type { Computer } from '../simulator/computer'
import type { SimulatedPortal } from '../simulator/portal'

/**
 * I5: wherever a mirror's position in the feed stands, everything up to it is in the mirror. Looked at whenever a
 * transaction reaches the disk, so it holds for whatever moment the app is killed at.
 * @returns what is missing, in words
 */
export function skippedBy(computer: Computer, portal: SimulatedPortal): string | undefined {
  const { disk, profile } = computer
  const mirror = `mirror.${profile}`
  const state = (disk.rows(mirror, 'meta') as SyncState[]).find(({ key }) => key === 'sync')
  const [generation, position = 0] = state?.cursor?.split('.').map(Number) ?? []
  if (generation !== portal.generation) return undefined
  const dead = new Map((disk.rows(mirror, 'tombstones') as Tombstone[]).map((row) => [row.key, row.version]))
  const versions = new Map<string, Map<string, number>>()
  for (const [key, { kind, id, version, value }] of portal.records) {
    if (version > position) continue
    const ofKind = versions.get(kind) ?? versionsOf(disk.rows(mirror, kind) as MirrorRow[])
    versions.set(kind, ofKind)
    const known = ofKind.get(id)
    if (value === undefined ? known === undefined : known === version) continue
    return `${computer.name}'s mirror stands at ${state?.cursor} without ${key} of version ${version} (it has ${known ?? dead.get(key) ?? 'none'})`
  }
  return undefined
}

function versionsOf(rows: readonly MirrorRow[]): Map<string, number> {
  return new Map(rows.map(({ id, version }) => [id, version]))
}
