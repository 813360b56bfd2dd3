import type { RecordKind, RecordValue } from '../portal/records'
import type { Refusal } from '../tickets/decide'
import type { Agent } from '../tickets/people'
import type { Instant } from '../time/instant'
import type { Command } from './command'
import type { Lookup } from './subjects'

/** A record that a command changes; `value: undefined` deletes it. */
export type Change = {
  [K in RecordKind]: {
    readonly kind: K
    readonly id: string
    readonly version: number
    readonly value: RecordValue<K> | undefined
  }
}[RecordKind]

export type Judgement =
  /** In the order of their versions; the target is the last. */
  | { readonly kind: 'apply'; readonly changes: readonly Change[] }
  | { readonly kind: 'conflict'; readonly fields: readonly string[] }
  | ({ readonly kind: 'reject' } & Refusal)

export type JudgeInput = {
  readonly command: Command
  readonly lookup: Lookup
  readonly actor: Agent
  /** The portal's clock. */
  readonly at: Instant
  /** What the target will carry; all else that the command writes is below, above `version − VERSIONS_PER_COMMAND`. */
  readonly version: number
}

/**
 * Versions set aside for one command: what it writes beside its target takes those below. So a desk that has seen the
 * target at the version of the result has seen all the command did. Unused ones are never given out.
 */
export const VERSIONS_PER_COMMAND = 16

type Written = { [K in RecordKind]: { readonly kind: K; readonly value: RecordValue<K> } }[RecordKind]

/** Gives records their versions: the last one `version`, the others those below in their order. */
export function inVersions(records: readonly Written[], version: number): readonly Change[] {
  const first = version - records.length + 1
  return records.map(({ kind, value }, n) => ({ kind, id: value.id, version: first + n, value }) as Change)
}
