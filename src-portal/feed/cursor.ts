import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Workspace } from '../db/workspace'

/**
 * A position in the change feed: the version up to which a desk has everything, in which database. Opaque to desks.
 * A database that was made again (a new demo) or restored from a backup has another generation, which makes a cursor
 * worthless, and the desk starts over.
 *
 * `seal` proves that this database gave it out. One that is sealed and ahead of the database tells that it was set
 * back (generation.ts); without a seal anybody could claim that, and send all desks of a workspace back to the start.
 */
export type Cursor = { readonly generation: string; readonly version: number; readonly seal?: string }

type Sealer = Pick<Workspace, 'generation' | 'seq' | 'cursorKey'>

/** The cursor at a version of this generation. */
export function formatCursor(version: number, workspace: Omit<Sealer, 'seq'>): string {
  return `${workspace.generation}-${sealOf(version, workspace)}.${version}`
}

/** The cursor, or undefined for text that this portal never wrote. One of a portal before 0001-restores has no seal. */
export function parseCursor(text: string): Cursor | undefined {
  const [, generation, seal, digits] = /^([0-9a-f]{1,32})(?:-([0-9a-f]{16}))?\.(\d{1,15})$/.exec(text) ?? []
  if (!generation || !digits) return undefined
  const version = Number(digits)
  return seal === undefined ? { generation, version } : { generation, version, seal }
}

/** Whether changes can be read from here: it is of this generation and not ahead of it. */
export function isReachable(
  cursor: Pick<Cursor, 'generation' | 'version'>,
  workspace: Pick<Sealer, 'generation' | 'seq'>,
): boolean {
  return cursor.generation === workspace.generation && cursor.version <= workspace.seq
}

/** Whether this cursor shows that the database had been further than it is. */
export function provesSetBack({ generation, version, seal }: Cursor, workspace: Sealer): boolean {
  if (generation !== workspace.generation || version <= workspace.seq || seal === undefined) return false
  return timingSafeEqual(Buffer.from(seal), Buffer.from(sealOf(version, workspace)))
}

function sealOf(version: number, { generation, cursorKey }: Omit<Sealer, 'seq'>): string {
  return createHmac('sha256', cursorKey).update(`${generation}.${version}`).digest('hex').slice(0, 16)
}
