import type { Plan, Priority } from '../sla/policy'
import { planLabel, statusLabel } from './labels'
import type { QueueRow } from './row'

type Term = { readonly negated: boolean } & (
  | { readonly kind: 'priority'; readonly priority: Priority }
  | { readonly kind: 'plan'; readonly plan: Plan }
  | { readonly kind: 'mark'; readonly mark: 'unsent' | 'refused' }
  | { readonly kind: 'text'; readonly text: string }
)

/** What the filter box asks for: every term must hold. Empty lets everything pass. */
export type Filter = readonly Term[]

const PLANS: ReadonlyMap<string, Plan> = new Map<string, Plan>([
  ['standard', 'standard'],
  ['premium', 'premium'],
  ['premium+', 'premium-plus'],
  ['premium-plus', 'premium-plus'],
])
const PRIORITIES: ReadonlyMap<string, Priority> = new Map<string, Priority>([
  ['p1', 'P1'],
  ['p2', 'P2'],
  ['p3', 'P3'],
  ['p4', 'P4'],
])
const MARKS: ReadonlyMap<string, 'unsent' | 'refused'> = new Map([
  ['is:unsent', 'unsent'],
  ['is:refused', 'refused'],
])

/**
 * Reads the filter box. Words are looked for anywhere in number, subject, customer, assignee, tags, status and
 * region; `p1`, plan names, `is:unsent` and `is:refused` are exact; "quotes" keep words together and make them plain
 * text; a leading minus takes away what matches.
 */
export function parseFilter(input: string): Filter {
  const terms: Term[] = []
  for (const match of input.toLowerCase().matchAll(/(-?)(?:"([^"]*)"?|(\S+))/g)) {
    const [, minus, quoted, word] = match
    const negated = minus === '-'
    if (word !== undefined) terms.push({ negated, ...wordTerm(word) })
    else if (quoted) terms.push({ negated, kind: 'text', text: quoted })
  }
  // A lone minus is somebody about to type the word after it.
  return terms.filter((term) => term.kind !== 'text' || (term.text !== '' && term.text !== '-'))
}

function wordTerm(word: string) {
  const priority = PRIORITIES.get(word)
  if (priority) return { kind: 'priority', priority } as const
  const plan = PLANS.get(word)
  if (plan) return { kind: 'plan', plan } as const
  const mark = MARKS.get(word)
  if (mark) return { kind: 'mark', mark } as const
  return { kind: 'text', text: word } as const
}

/** Whether a row passes; `text` is `searchText(row)`, handed in because it is worth keeping. */
export function passes(filter: Filter, row: QueueRow, text: string): boolean {
  return filter.every((term) => holds(term, row, text) !== term.negated)
}

function holds(term: Term, row: QueueRow, text: string): boolean {
  switch (term.kind) {
    case 'priority':
      return row.priority === term.priority
    case 'plan':
      return row.plan === term.plan
    case 'mark':
      return (term.mark === 'unsent' ? row.unsent : row.parked) > 0
    case 'text':
      return text.includes(term.text)
  }
}

/** Everything of a row that a word may be found in, in lower case. */
export function searchText(row: QueueRow): string {
  const fields = [row.number, row.subject, row.customer, row.assignee ?? 'unassigned', row.region]
  return [...fields, statusLabel(row.status), planLabel(row.plan), ...row.tags].join('\n').toLowerCase()
}
