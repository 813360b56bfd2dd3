import type { Agent } from '../tickets/people'
import type { Instant } from '../time/instant'
import type { QueueRow } from './row'

/** Whoever looks at the queue: what `me`, `mine` and "my region" mean. */
export type Viewer = Pick<Agent, 'id' | 'region' | 'role'>

/** One value of a term. `isName`: somebody's or something's name, never one of the field's own words. */
export type Word = { readonly text: string; readonly isName: boolean }

export type RowTest = (row: QueueRow, now: Instant) => boolean

/** When what a term says of a row changes by time alone; watches with the same key are the same. */
export type Watch = {
  readonly key: string
  /** The first such instant after `now`; undefined: never. */
  readonly nextAt: (row: QueueRow, now: Instant) => Instant | undefined
}

/** What can stand after the colon: names that are known to be there. */
export type Vocabulary = {
  readonly regions: readonly string[]
  readonly agents: readonly { readonly id: string; readonly name: string }[]
  readonly customers: readonly { readonly id: string; readonly name: string }[]
  readonly tags: readonly string[]
  readonly issues: readonly string[]
}

/** A field of the filter box, as in `status:open`. */
export type Field = {
  /** In a few words, for people who choose from a list. */
  readonly about: string
  /** The one spelling of a value; what is unknown stays as it was typed. */
  readonly read: (text: string, quoted: boolean) => Word
  /** Why there is no such value, in words; undefined when there is. */
  readonly problem: (word: Word, vocabulary: Vocabulary | undefined) => string | undefined
  /** The values of it that `vocabulary` knows, in the order in which to offer them; some say what they ask for. */
  readonly offers: (vocabulary: Vocabulary) => readonly (Word & { readonly about?: string | undefined })[]
  readonly test: (word: Word, me: Viewer) => RowTest
  readonly watch?: (word: Word) => Watch | undefined
}

/** A value that a closed field knows: other spellings of it, and what it asks of a row. */
export type Choice = {
  readonly also?: readonly string[]
  /** In a few words, for people who choose from a list. */
  readonly about?: string
  readonly test: (row: QueueRow, me: Viewer, now: Instant) => boolean
  readonly watch?: Watch
}

/** A field whose values are all known: statuses, plans, states. */
export function closedField(
  noun: string,
  about: string,
  choices: { readonly [value: string]: Choice },
): Field {
  const spellings = new Map<string, string>()
  for (const [value, { also = [] }] of Object.entries(choices)) {
    for (const spelling of [value, ...also]) spellings.set(spelling, value)
  }
  const names = Object.keys(choices)
  const known = (word: Word) => choices[spellings.get(word.text) ?? '']
  return {
    about,
    read: (text) => ({ text: spellings.get(text.toLowerCase()) ?? text, isName: false }),
    problem: (word) => (known(word) ? undefined : `there is no ${noun} '${word.text}': ${names.join(', ')}`),
    offers: () => names.map((text) => ({ text, isName: false, about: choices[text]?.about })),
    test(word, me) {
      const choice = known(word)
      return (row, now) => choice?.test(row, me, now) ?? false
    },
    watch: (word) => known(word)?.watch,
  }
}

/** What a row is asked about a name; `keywords` are words of the field's own, unless they stand in quotes. */
type NamedField = {
  readonly noun: string
  readonly about: string
  readonly keywords: { readonly [word: string]: Pick<Choice, 'also' | 'about' | 'test'> }
  readonly names: (vocabulary: Vocabulary) => readonly string[]
  /** Whether a name of the vocabulary is what was asked for. */
  readonly finds: (wanted: string) => (name: string, vocabulary: Vocabulary) => boolean
  readonly test: (wanted: string) => (row: QueueRow) => boolean
}

/** A field whose values are names: of people, customers, regions, tags. */
export function namedField({ noun, about, keywords, names, finds, test }: NamedField): Field {
  const spellings = new Map<string, string>()
  for (const [word, { also = [] }] of Object.entries(keywords)) {
    for (const spelling of [word, ...also]) spellings.set(spelling, word)
  }
  return {
    about,
    read(text, quoted) {
      const keyword = quoted ? undefined : spellings.get(text.toLowerCase())
      return keyword === undefined ? { text, isName: true } : { text: keyword, isName: false }
    },
    problem(word, vocabulary) {
      if (!word.isName || !vocabulary) return undefined
      const isFound = finds(word.text)
      const all = names(vocabulary)
      if (all.some((name) => isFound(name, vocabulary))) return undefined
      return `there is no ${noun} '${word.text}' here${all.length > 8 ? '' : `: ${all.join(', ')}`}`
    },
    offers: (vocabulary) => [
      ...Object.entries(keywords).map(([text, keyword]) => ({ text, isName: false, about: keyword.about })),
      ...names(vocabulary).map((text) => ({ text, isName: true })),
    ],
    test(word, me) {
      if (word.isName) return test(word.text)
      const keyword = keywords[word.text]
      return (row, now) => keyword?.test(row, me, now) ?? false
    },
  }
}
