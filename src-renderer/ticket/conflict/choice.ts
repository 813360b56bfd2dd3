import type { Field } from '../command-form/fields'
import { clockOf, type Values } from '../command-form/form-values'
import type { ComparedField, Comparison } from './comparison'

/** Per field: theirs, mine, or what I make of both. */
export type Pick = 'theirs' | 'mine' | 'edit'
export type Picks = Readonly<Record<string, Pick>>

/** Whether there is something to choose between. */
export function differs({ theirs, mine }: ComparedField): boolean {
  return (theirs ?? '') !== mine
}

/** The command as it is to be sent: each field as it was picked. Until one is, it is mine. */
export function merged(fields: Comparison['fields'], picks: Picks, edits: Values): Values {
  return Object.fromEntries(
    fields.flatMap(({ field: { name }, theirs, mine }) => {
      const pick = picks[name] ?? 'mine'
      if (pick !== 'edit') return [[name, pick === 'mine' ? mine : (theirs ?? '')]]
      const clock = edits[clockOf(name)]
      return [[name, edits[name] ?? mine], ...(clock === undefined ? [] : [[clockOf(name), clock]])]
    }),
  )
}

/** What an edit begins with: of texts both, to be merged; of all else mine. */
export function editStart({ field, theirs, mine }: ComparedField): string {
  if (!isText(field) || !theirs || theirs === mine) return mine
  const between = field.kind === 'long-text' ? '\n\n' : ' '
  return mine === '' ? theirs : `${theirs}${between}${mine}`
}

/** Whether two versions can be made one by writing. */
export function isText({ kind }: Field): boolean {
  return kind === 'long-text' || kind === 'short-text'
}
