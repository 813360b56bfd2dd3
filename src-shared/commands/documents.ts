import { z } from 'zod'
import { savedViewSchema } from '../queue/saved-view'
import { rotaSchema } from '../shifts/rota'
import { commandBase } from '../tickets/command'
import { macroSchema } from '../tickets/macro'
import type { Agent } from '../tickets/people'
import { noticeSchema } from '../uptime/notice'

const base = commandBase

/** Commands about records that a person edits as a whole: `target` is the record's id, `value` what it is to be. */
export const documentCommands = [
  z.strictObject({ ...base, type: z.literal('save-view'), value: savedViewSchema }),
  z.strictObject({ ...base, type: z.literal('delete-view') }),
  z.strictObject({ ...base, type: z.literal('save-macro'), value: macroSchema }),
  z.strictObject({ ...base, type: z.literal('delete-macro') }),
  z.strictObject({ ...base, type: z.literal('save-notice'), value: noticeSchema }),
  z.strictObject({ ...base, type: z.literal('delete-notice') }),
  z.strictObject({ ...base, type: z.literal('save-rota'), value: rotaSchema }),
  z.strictObject({ ...base, type: z.literal('delete-rota') }),
] as const
const documentCommandSchema = z.discriminatedUnion('type', documentCommands)
export type DocumentCommand = z.infer<typeof documentCommandSchema>
export type DocumentKind = 'view' | 'macro' | 'notice' | 'rota'

/** The kind of record that a command of this type is about; undefined when it is about other things. */
export function documentKind(type: string): DocumentKind | undefined {
  return /^(?:save|delete)-(view|macro|notice|rota)$/.exec(type)?.[1] as DocumentKind | undefined
}

/** What the record is to be; undefined: deleted. */
export function documentValue(command: DocumentCommand) {
  return 'value' in command ? command.value : undefined
}

export type DocumentDecision =
  | { readonly kind: 'apply' }
  | { readonly kind: 'conflict'; readonly fields: readonly string[] }
  | { readonly kind: 'reject'; readonly code: string; readonly message: string; readonly field?: string }

/** A record as it is: `value` is undefined once it was deleted. */
export type CurrentDocument = { readonly version: number; readonly value: unknown }

/**
 * Decides about a record as a whole: what somebody else changed since is a conflict, and what belongs to one person is
 * theirs. What is everybody's is the supervisors' to change.
 * @param current the record; undefined if there never was one
 */
export function decideDocument(
  command: DocumentCommand,
  current: CurrentDocument | undefined,
  actor: Agent,
): DocumentDecision {
  const kind = documentKind(command.type) ?? 'record'
  const value = documentValue(command)
  if (value !== undefined && value.id !== command.target) {
    return { kind: 'reject', code: 'invalid', message: 'value.id must be the target', field: 'value.id' }
  }
  for (const version of [current?.value, value]) {
    if (version === undefined || mayEdit(version, actor)) continue
    const message = `this ${kind} is not yours alone: a supervisor can change it`
    return { kind: 'reject', code: 'forbidden', message }
  }
  if (value === undefined && current?.value === undefined) {
    return { kind: 'reject', code: 'no-change', message: `there is no such ${kind} any more` }
  }
  return current && current.version > command.baseVersion
    ? { kind: 'conflict', fields: [kind] }
    : { kind: 'apply' }
}

function mayEdit(value: unknown, actor: Agent): boolean {
  const owner = typeof value === 'object' && value !== null && 'ownerId' in value ? value.ownerId : undefined
  return owner === actor.id || actor.role === 'supervisor'
}
