import type { Instant } from '../time/instant'
import { type Filter, formatWord, knownWords, type Term } from './filter'
import { fields } from './filter-fields'
import type { RowTest, Viewer, Watch } from './filter-words'
import { foldText } from './fold-text'
import type { QueueRow } from './row'
import { textOf } from './row-text'

/** A filter made ready to be asked about many rows. */
export type RowFilter = {
  readonly isEmpty: boolean
  /** @param text what `textOf` gives for the row, if it is known; it is made where words are looked for otherwise */
  readonly matches: TextTest
  /** Whether it looks for words in the text of rows. */
  readonly readsText: boolean
  /** What makes an answer another one by time alone. */
  readonly watches: readonly Watch[]
}

type TextTest = (row: QueueRow, now: Instant, text?: string) => boolean

const everything: RowTest = () => true

/** Tickets in whose messages a text was found; undefined where nobody looked. The text is as it was typed. */
export type FoundIn = (text: string) => ReadonlySet<string> | undefined

const nowhere: FoundIn = () => undefined

/**
 * @param me whose `mine` and `me` are meant
 * @param found asked again for each row, so that what is found later counts as soon as the row is asked again
 */
export function compileFilter(filter: Filter, me: Viewer, found: FoundIn = nowhere): RowFilter {
  const tests: RowTest[] = []
  const texts: TextTest[] = []
  const watches = new Map<string, Watch>()
  for (const term of filter) {
    if (term.kind === 'unknown') continue
    if (term.kind === 'text') {
      texts.push(textTest(term.text, term.negated, found))
      continue
    }
    const words = knownWords(term)
    if (words.length === 0) continue
    const field = fields[term.field]
    tests.push(
      anyOf(
        words.map((word) => field.test(word, me)),
        term.negated,
      ),
    )
    for (const word of words) {
      const watch = 'watch' in field ? field.watch?.(word) : undefined
      if (watch) watches.set(watch.key, watch)
    }
  }
  // Text costs the most: a row that a field rules out is never read.
  const all = [...tests, ...texts]
  return {
    isEmpty: all.length === 0,
    matches: allOf(all),
    readsText: texts.length > 0,
    watches: [...watches.values()],
  }
}

/** Whether a row passes; for many rows `compileFilter` first. */
export function matches(filter: Filter, row: QueueRow, who: { readonly me: Viewer; readonly now: Instant }) {
  return compileFilter(filter, who.me).matches(row, who.now)
}

function textTest(text: string, negated: boolean, found: FoundIn): TextTest {
  const wanted = foldText(text)
  return (row, _now, of) =>
    ((of ?? textOf(row)).includes(wanted) || found(text)?.has(row.id) === true) !== negated
}

/** The texts that a filter looks for, each once. */
export function textsOf(filter: Filter): readonly string[] {
  return [...new Set(filter.flatMap((term) => (term.kind === 'text' ? [term.text] : [])))]
}

function anyOf(tests: readonly RowTest[], negated: boolean): RowTest {
  const [only] = tests
  if (only && tests.length === 1) return negated ? (row, now) => !only(row, now) : only
  return (row, now) => tests.some((test) => test(row, now)) !== negated
}

function allOf(tests: readonly TextTest[]): TextTest {
  const [first, second, ...rest] = tests
  if (!first) return everything
  if (!second) return first
  if (rest.length === 0) return (row, now, text) => first(row, now, text) && second(row, now, text)
  return (row, now, text) => {
    for (const test of tests) if (!test(row, now, text)) return false
    return true
  }
}

/**
 * Whether every row that passes `next` passes `before` too, so that only those that are shown need be asked. It may
 * say no where it can't tell.
 */
export function isNarrower(next: Filter, before: Filter): boolean {
  return before.every((old) => asksNothing(old) || next.some((term) => implies(term, old)))
}

function asksNothing(term: Term): boolean {
  return term.kind === 'unknown' || (term.kind === 'field' && knownWords(term).length === 0)
}

function implies(term: Term, old: Term): boolean {
  if (asksNothing(term) || term.negated !== old.negated) return false
  if (term.kind === 'text' && old.kind === 'text') {
    const [text, part] = [foldText(term.text), foldText(old.text)]
    return term.negated ? part.includes(text) : text.includes(part)
  }
  if (term.kind !== 'field' || old.kind !== 'field' || term.field !== old.field) return false
  const [few, many] = term.negated ? [old, term] : [term, old]
  const words = new Set(knownWords(many).map((word) => formatWord(word, many.field)))
  return knownWords(few).every((word) => words.has(formatWord(word, few.field)))
}
