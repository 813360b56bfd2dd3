import { isDocumentCommand } from '../commands/command'
import { type DocumentKind, documentKind, documentValue } from '../commands/documents'
import { inOrder, type OutboxEntry } from './outbox-entry'

/** A record that is edited as a whole; without a value there is none, or none any more. */
export type DocumentRow = { readonly version: number; readonly value: unknown }

/**
 * A record as I see it: the portal's truth with my own saves on top. A parked one is not: it waits for its author.
 * @param entries of this record, in any order
 * @returns its value, and the version that a new command of mine is made on
 */
export function rebaseDocument(
  confirmed: DocumentRow | undefined,
  entries: readonly OutboxEntry[],
): DocumentRow {
  let seen: DocumentRow = confirmed ?? { version: 0, value: undefined }
  for (const { command, state } of inOrder(entries)) {
    if (!isDocumentCommand(command) || state.kind === 'parked') continue
    if (state.kind === 'queued') seen = { ...seen, value: documentValue(command) }
    else if (state.version > seen.version) seen = { version: state.version, value: documentValue(command) }
  }
  return seen
}

/**
 * All records of a kind as I see them.
 * @param confirmed what the portal said, by id
 * @param entries the whole outbox
 */
export function rebaseDocuments<T>(
  kind: DocumentKind,
  confirmed: ReadonlyMap<string, { readonly version: number; readonly value: T }>,
  entries: readonly OutboxEntry[],
): readonly T[] {
  const mine = entries.filter(({ command }) => documentKind(command.type) === kind)
  const ids = new Set([...confirmed.keys(), ...mine.map(({ command }) => command.target)])
  return [...ids].flatMap((id) => {
    const about = mine.filter(({ command }) => command.target === id)
    const { value } = rebaseDocument(confirmed.get(id), about)
    return value === undefined ? [] : [value as T]
  })
}
