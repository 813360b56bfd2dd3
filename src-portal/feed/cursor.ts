/**
 * A position in the change feed: the version up to which a desk has everything, in which database. Opaque to desks.
 * A database that was made again (a new demo) has another generation, one restored from a backup may be behind a
 * desk; both make a cursor worthless, and the desk starts over.
 */
export type Cursor = { readonly generation: string; readonly version: number }

export function formatCursor({ generation, version }: Cursor): string {
  return `${generation}.${version}`
}

/** The cursor, or undefined for text that this portal never wrote. */
export function parseCursor(text: string): Cursor | undefined {
  const [, generation, version] = /^([0-9a-f]{1,32})\.(\d{1,15})$/.exec(text) ?? []
  return generation && version ? { generation, version: Number(version) } : undefined
}

/** Whether changes can be read from here: it is of this database and not ahead of it. */
export function isReachable(cursor: Cursor, workspace: { generation: string; seq: number }): boolean {
  return cursor.generation === workspace.generation && cursor.version <= workspace.seq
}
