import type { Instant } from '../time/instant'
import type { Field, Word } from './filter-words'
import type { QueueRow } from './row'

const MINUTE = 60_000
const UNITS: ReadonlyMap<string, number> = new Map([
  ['m', MINUTE],
  ['h', 60 * MINUTE],
  ['d', 24 * 60 * MINUTE],
  ['w', 7 * 24 * 60 * MINUTE],
])
const SPAN = /^([<>])?((?:\d{1,6}(?:\.\d{1,3})?[mhdw])+)$/i
const PART = /([\d.]+)([mhdw])/gi

type Side = '<' | '>'
type Span = { readonly side: Side; readonly ms: number }

function readSpan(text: string, usual: Side): Span | undefined {
  const match = SPAN.exec(text)
  if (!match) return undefined
  let ms = 0
  for (const [, number, unit = ''] of (match[2] ?? '').matchAll(PART)) {
    ms += Number(number) * (UNITS.get(unit.toLowerCase()) ?? 0)
  }
  return {
    side: match[1] === '<' || match[1] === '>' ? match[1] : usual,
    ms: Math.round(ms / MINUTE) * MINUTE,
  }
}

/** In the largest unit of which it is a whole number. */
function spanText({ side, ms }: Span): string {
  const unit = [...UNITS].findLast(([, size]) => ms % size === 0) ?? ['m', MINUTE]
  return `${side}${ms / unit[1]}${ms === 0 ? 'm' : unit[0]}`
}

type Marks = { readonly [word: string]: (row: QueueRow, now: Instant) => boolean }

/**
 * A field that compares a span of time with one of the row's.
 * @param usual the side that is meant where none is written
 * @param span how long it is at `now`, ms; undefined: the row has none
 * @param crosses the first instant at which `span` is on the other side of `ms`, apart from the future or the past
 */
function timeField(given: {
  readonly noun: string
  readonly about: string
  readonly usual: Side
  readonly offers: readonly string[]
  readonly marks: Marks
  readonly marksChangeAt: (row: QueueRow) => Instant | undefined
  readonly span: (row: QueueRow, now: Instant) => number | undefined
  readonly crosses: (row: QueueRow, ms: number) => Instant | undefined
}): Field {
  const { noun, about, usual, marks, marksChangeAt, span, crosses } = given
  const examples = given.offers.join(', ')
  const after = (at: Instant | undefined, now: Instant) => (at !== undefined && at > now ? at : undefined)
  return {
    about,
    read(text) {
      const read = readSpan(text, usual)
      const mark = text.toLowerCase()
      return { text: read ? spanText(read) : Object.hasOwn(marks, mark) ? mark : text, isName: false }
    },
    problem(word) {
      if (Object.hasOwn(marks, word.text) || readSpan(word.text, usual)) return undefined
      return `'${word.text}' is no ${noun}: write it like ${examples}`
    },
    offers: () => given.offers.map((text): Word => ({ text, isName: false })),
    test(word) {
      const read = readSpan(word.text, usual)
      const mark = marks[word.text]
      if (!read) return (row, now) => mark?.(row, now) ?? false
      return (row, now) => {
        const length = span(row, now)
        return length !== undefined && (read.side === '<' ? length <= read.ms : length > read.ms)
      }
    },
    watch(word) {
      const ms = readSpan(word.text, usual)?.ms
      return {
        key: `${noun} ${ms ?? ''}`,
        nextAt: (row, now) => after(ms === undefined ? marksChangeAt(row) : crosses(row, ms), now),
      }
    },
  }
}

/** What is due within a time, or later; what is over is due within any. */
export const dueField = timeField({
  noun: 'time until something is due',
  about: 'Next due within a time',
  usual: '<',
  offers: ['<30m', '<1h', '<2h', '<4h', '<1d', '>1d', 'over', 'none'],
  marks: {
    over: (row, now) => row.nextDueAt !== undefined && now > row.nextDueAt,
    none: (row) => row.nextDueAt === undefined,
  },
  marksChangeAt: ({ nextDueAt }) => (nextDueAt === undefined ? undefined : nextDueAt + 1),
  span: ({ nextDueAt }, now) => (nextDueAt === undefined ? undefined : nextDueAt - now),
  crosses: ({ nextDueAt }, ms) => (nextDueAt === undefined ? undefined : nextDueAt - ms),
})

export const ageField = timeField({
  noun: 'age',
  about: 'How long ago it was opened',
  usual: '>',
  offers: ['<1h', '<1d', '>1d', '>3d', '>1w', '>4w'],
  marks: {},
  marksChangeAt: () => undefined,
  span: ({ createdAt }, now) => now - createdAt,
  crosses: ({ createdAt }, ms) => createdAt + ms + 1,
})
