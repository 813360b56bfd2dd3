import { assertNever } from '../assert-never'
import { type FieldName, fieldNamed, fieldNames, fieldOfBareWord, fields } from './filter-fields'
import { inQuotes, type Token, tokens } from './filter-tokens'
import type { Vocabulary, Word } from './filter-words'
import { foldText } from './fold-text'

/** One thing that the filter box asks for. */
export type Term = { readonly negated: boolean } & (
  | { readonly kind: 'field'; readonly field: FieldName; readonly words: readonly Word[] }
  | { readonly kind: 'text'; readonly text: string }
  /** A field that nobody knows: it takes nothing away, and `filterProblems` says so. */
  | { readonly kind: 'unknown'; readonly name: string; readonly words: readonly Word[] }
)

/** What the filter box asks for: every term must hold. Empty lets everything pass. */
export type Filter = readonly Term[]

/**
 * Reads the filter box: words look for text anywhere in a row, `name:value` asks a field (filter-fields.ts), where a
 * comma is an "or"; several terms are an "and"; a leading minus takes away what matches; "quotes" keep words together
 * and make them plain text or a name. `p1` and the names of plans need no field. What is only begun asks for nothing.
 */
export function parseFilter(input: string): Filter {
  const terms: Term[] = []
  const seen = new Set<string>()
  for (const token of tokens(input)) {
    const term = termOf(token)
    if (!term) continue
    const key = `${term.kind} ${rawText(term)}`
    if (!seen.has(key)) terms.push(term)
    seen.add(key)
  }
  return terms
}

function termOf({ negated, name, values }: Token): Term | undefined {
  const pieces = values.filter(({ text }) => text.trim() !== '')
  if (!name) {
    const piece = pieces[0]
    // A lone minus is somebody about to type the word after it.
    if (!piece || (piece.text === '-' && !piece.quoted)) return undefined
    const field = piece.quoted ? undefined : fieldOfBareWord(piece.text)
    if (!field) return { negated, kind: 'text', text: piece.text }
    return { negated, kind: 'field', field, words: [fields[field].read(piece.text, false)] }
  }
  const field = fieldNamed(name.text)
  if (field) {
    const words = pieces.map(({ text, quoted }) => fields[field].read(text.trim(), quoted))
    return words.length > 0 ? { negated, kind: 'field', field, words: each(words) } : undefined
  }
  // "Re:" is a word with a colon.
  if (pieces.length === 0) return { negated, kind: 'text', text: `${name.text}:` }
  const words = pieces.map(({ text }) => ({ text: text.trim(), isName: false }))
  return { negated, kind: 'unknown', name: name.text, words: each(words) }
}

function each(words: readonly Word[]): readonly Word[] {
  const known = new Map(words.map((word) => [`${word.isName} ${foldText(word.text)}`, word]))
  return [...known.values()]
}

/** The canonical text of a filter; `parseFilter` reads the same filter from it. */
export function formatFilter(filter: Filter): string {
  return filter.map(formatTerm).join(' ')
}

export function formatTerm(term: Term): string {
  if (term.kind !== 'text') return rawText(term)
  // Some words mean a field, a minus or something begun, unless they stand in quotes.
  const [asTyped, ...more] = parseFilter(rawText(term))
  const isSame = asTyped?.kind === 'text' && asTyped.text === term.text && asTyped.negated === term.negated
  return isSame && more.length === 0 ? rawText(term) : `${term.negated ? '-' : ''}${inQuotes(term.text)}`
}

function rawText(term: Term): string {
  const minus = term.negated ? '-' : ''
  switch (term.kind) {
    case 'text':
      return `${minus}${term.text}`
    case 'field':
      return `${minus}${term.field}:${term.words.map((word) => formatWord(word, term.field)).join(',')}`
    case 'unknown':
      return `${minus}${term.name}:${term.words.map((word) => formatWord(word)).join(',')}`
    default:
      return assertNever(term, 'term')
  }
}

/** @param field without one a word is in quotes if it was */
export function formatWord(word: Word, field?: FieldName): string {
  const { text, isName } = word
  if (/[\s,"]|^\/\//.test(text)) return inQuotes(text)
  if (!isName) return text
  return field && fields[field].read(text, false).isName ? text : inQuotes(text)
}

export type FilterProblem = {
  /** Which term, counted from 0. */
  readonly term: number
  readonly message: string
}

/**
 * What of a filter asks for things that aren't there. Such a value takes nothing away: a filter half typed or of
 * another workspace shows too much rather than nothing, and says why.
 * @param vocabulary with it also names of people, customers, regions, tags and issues are looked at
 */
export function filterProblems(filter: Filter, vocabulary?: Vocabulary): readonly FilterProblem[] {
  return filter.flatMap((term, index) =>
    messagesOf(term, vocabulary).map((message) => ({ term: index, message })),
  )
}

function messagesOf(term: Term, vocabulary: Vocabulary | undefined): readonly string[] {
  switch (term.kind) {
    case 'text':
      return []
    case 'unknown': {
      const known = fieldNames.join(', ')
      return [`there is no field '${term.name}': ${known}; in quotes it is looked for as text`]
    }
    case 'field':
      return term.words.flatMap((word) => fields[term.field].problem(word, vocabulary) ?? [])
    default:
      return assertNever(term, 'term')
  }
}

/** A term as the filter box shows it. */
export type Chip = {
  readonly text: string
  readonly problems: readonly string[]
  /** The text of the filter without this term. */
  readonly remove: () => string
}

export function filterChips(filter: Filter, vocabulary?: Vocabulary): readonly Chip[] {
  return filter.map((term) => ({
    text: formatTerm(term),
    problems: messagesOf(term, vocabulary),
    remove: () => formatFilter(filter.filter((other) => other !== term)),
  }))
}

/** The words of a term that mean something; a term without any asks for nothing. */
export function knownWords(term: Extract<Term, { kind: 'field' }>): readonly Word[] {
  return term.words.filter((word) => fields[term.field].problem(word, undefined) === undefined)
}
