import { documentKind } from '#shared/commands/documents'
import type { Orphan } from '../../store/desk-store'
import { forms } from '../command-form/fields'

const RECORD = { view: 'view', macro: 'macro', notice: 'notice', rota: 'rota' } as const

/** What it was: `Draft of an internal note`, `Public reply`, `Merge into another ticket`, `Save a macro`. */
export function orphanWords({ what }: Pick<Orphan, 'what'>): string {
  if (what.kind === 'draft')
    return `Draft of ${what.composer === 'reply' ? 'a public reply' : 'an internal note'}`
  const { type } = what
  if (type in forms) return forms[type as keyof typeof forms].title
  const kind = documentKind(type)
  if (kind) return `${type.startsWith('save-') ? 'Save' : 'Delete'} a ${RECORD[kind]}`
  return 'A change of the hand-off'
}

/** What it was about, or nothing where that is said already. */
export function aboutWords({ about, what }: Pick<Orphan, 'about' | 'what'>): string | undefined {
  if (about) return `${about.number}, ${about.subject}`
  const isAboutTicket = what.kind === 'draft' || what.type in forms
  return isAboutTicket ? 'a ticket that was known by its id alone' : undefined
}
