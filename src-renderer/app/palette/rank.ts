import { foldText } from '#shared/queue/fold-text'

/** What is looked for: the words as they are compared. */
export type Query = readonly string[]

export function readQuery(text: string): Query {
  return foldText(text).split(/\s+/).filter(Boolean)
}

/** How well a word fits a text, best first. A word in the middle of another says little, letters with gaps less. */
const FIT = { whole: 1, begins: 0.85, inside: 0.5, initials: 0.45, gaps: 0.3 } as const
/** Letters with gaps mean something only when they stand close together. */
const MOST_SPREAD = 2

/**
 * How well a name fits a query: 0 when one of the words is nowhere in it, at most 1. Words may be given by their
 * beginnings, by the first letters of several (`pco`: Propose a Course Of action) or with letters left out.
 * @param folded the name in comparison form (`foldText`)
 */
export function fitName(query: Query, folded: string): number {
  let sum = 0
  for (const word of query) {
    const fit = fitWord(word, folded)
    if (fit === 0) return 0
    sum += fit
  }
  const [first = ''] = query
  // What begins as one types is what one means.
  return query.length === 0 ? 1 : (sum / query.length) * (folded.startsWith(first) ? 1 : 0.8)
}

function fitWord(word: string, text: string): number {
  const found = fitPlain(word, text)
  if (found > 0) return found
  if (word.length < 2) return 0
  const initials = text
    .split(/[^\p{L}\p{N}]+/u)
    .map((one) => one.slice(0, 1))
    .join('')
  if (initials.startsWith(word[0] ?? '') && spreadOf(word, initials) !== undefined) return FIT.initials
  const spread = spreadOf(word, text)
  return spread !== undefined && spread <= word.length * MOST_SPREAD ? FIT.gaps : 0
}

/** Without leaving anything out: cheap enough for every ticket there is. */
export function fitPlain(word: string, text: string): number {
  let best = 0
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (at > 0 && isInWord(text.charCodeAt(at - 1))) {
      best = Math.max(best, FIT.inside)
      continue
    }
    const after = at + word.length
    if (after === text.length || !isInWord(text.charCodeAt(after))) return FIT.whole
    best = FIT.begins
  }
  return best
}

/** Letters and digits, by their codes: everything beyond ASCII counts as one. */
function isInWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code > 127
}

/** Over how many characters the letters of a word are spread, in their order; `undefined` when one is missing. */
function spreadOf(word: string, text: string): number | undefined {
  let begin = -1
  let at = -1
  for (const letter of word) {
    at = text.indexOf(letter, at + 1)
    if (at < 0) return undefined
    if (begin < 0) begin = at
  }
  return at - begin + 1
}
