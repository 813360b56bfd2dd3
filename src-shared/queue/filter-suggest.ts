import { formatWord } from './filter'
import { fieldNamed, fieldNames, fields } from './filter-fields'
import { type Piece, type Token, tokens } from './filter-tokens'
import type { Vocabulary } from './filter-words'
import { foldText } from './fold-text'

export type Suggestion = {
  /** What stands in the box instead of `[from, to)`. */
  readonly text: string
  /** In a few words, what it asks for. */
  readonly about: string
  readonly from: number
  readonly to: number
}

/** So many at once are read at a glance. */
const MOST = 8

/**
 * What may be meant where the caret is: names of fields and marks for a word, values after a colon or a comma. What
 * begins with what was typed comes first, then what has it in it.
 */
export function suggest(input: string, caret: number, vocabulary: Vocabulary): readonly Suggestion[] {
  const token = tokens(input).findLast(({ from, to }) => from <= caret && caret <= to)
  if (!token) return best(fieldOffers, '', caret, caret)
  const { name, negated, from, to, values } = token
  const start = from + (negated ? 1 : 0)
  // What stands behind the caret is whole already.
  if (caret < start || (caret === start && start < to)) return []
  const typed = input.slice(start, caret)
  if (name && caret <= name.to) return best(fieldOffers, typed, start, name.to + 1)
  if (!name) {
    if (values[0]?.quoted) return []
    return best(typed === '' ? fieldOffers : [...fieldOffers, ...markOffers], typed, start, to)
  }
  const value = values.find((piece) => piece.from <= caret && caret <= piece.to)
  return value ? valueSuggestions(token, name, value, vocabulary) : []
}

/** The box with a suggestion taken, and where the caret goes. */
export function takeSuggestion(input: string, suggestion: Suggestion): { text: string; caret: number } {
  const { from, to, text } = suggestion
  return { text: `${input.slice(0, from)}${text}${input.slice(to)}`, caret: from + text.length }
}

type Offer = { readonly text: string; readonly search: string; readonly about: string }

const fieldOffers: readonly Offer[] = fieldNames.map((name) => ({
  text: `${name}:`,
  search: name,
  about: fields[name].about,
}))
/** `is:breached` for whoever types "bre". */
const markOffers: readonly Offer[] = fields.is
  .offers({ regions: [], agents: [], customers: [], tags: [], issues: [] })
  .map(({ text, about }) => ({ text: `is:${text}`, search: text, about: about ?? fields.is.about }))

function valueSuggestions(
  token: Token,
  name: Piece,
  value: Piece,
  vocabulary: Vocabulary,
): readonly Suggestion[] {
  const field = fieldNamed(name.text)
  if (!field) return []
  const taken = new Set(token.values.filter((other) => other !== value).map(({ text }) => foldText(text)))
  const offers = fields[field].offers(vocabulary).filter(({ text }) => !taken.has(foldText(text)))
  return best(
    offers.map((offer) => ({
      text: formatWord(offer, field),
      search: offer.text,
      about: offer.about ?? fields[field].about,
    })),
    value.text,
    value.from,
    value.to,
  )
}

function best(offers: readonly Offer[], typed: string, from: number, to: number): readonly Suggestion[] {
  const wanted = foldText(typed)
  const folded = offers.map((offer) => ({ offer, search: foldText(offer.search) }))
  const first = folded.filter(({ search }) => search.startsWith(wanted))
  const then = folded.filter(({ search }) => !search.startsWith(wanted) && search.includes(wanted))
  // Two customers of one name are one suggestion.
  const each = new Map([...first, ...then].map(({ offer }) => [offer.text, offer]))
  return [...each.values()].slice(0, MOST).map(({ text, about }) => ({ text, about, from, to }))
}
