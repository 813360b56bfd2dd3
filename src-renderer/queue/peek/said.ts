import { foldText } from '#shared/queue/fold-text'
import type { Message } from '#shared/tickets/message'
import type { TimelineEntry } from '../../store/desk-store'

const SAID = ['reply', 'note', 'call', 'workaround', 'course-of-action'] as const
type SaidKind = (typeof SAID)[number]

/** What somebody wrote on a ticket; events have no text of their own. */
export type Said = { readonly kind: SaidKind; readonly text: string } & Pick<Message, 'id' | 'at' | 'author'>

function saidIn({ message }: TimelineEntry): Said | undefined {
  const { id, at, author } = message
  switch (message.type) {
    case 'reply':
    case 'note':
    case 'call':
      return { id, at, author, kind: message.type, text: message.body }
    case 'workaround':
    case 'course-of-action':
      return { id, at, author, kind: message.type, text: message.text }
    default:
      return undefined
  }
}

/**
 * The last texts of a ticket, oldest first; of those in which what is looked for was found, the last of these.
 * @param wanted texts that are looked for
 */
export function lastSaid(
  timeline: readonly TimelineEntry[],
  wanted: readonly string[],
  count: number,
): readonly Said[] {
  const all = timeline.flatMap((entry) => saidIn(entry) ?? [])
  const words = wanted.map(foldText)
  const found = all.filter(({ text }) => words.some((word) => foldText(text).includes(word)))
  return (found.length > 0 ? found : all).slice(-count)
}

export type Piece = { readonly text: string; readonly isFound: boolean }

/** So much stands before what was found. */
const BEFORE = 80

/** A text cut to begin near the first thing that was found, in pieces that were found and pieces between them. */
export function excerptOf(text: string, wanted: readonly string[]): readonly Piece[] {
  const folded = foldText(text)
  const words = wanted.map(foldText).filter((word) => word !== '' && folded.includes(word))
  // Where accents were taken away places are no longer the same.
  if (words.length === 0 || folded.length !== text.length) return [{ text, isFound: false }]
  const first = Math.min(...words.map((word) => folded.indexOf(word)))
  const start = first > BEFORE ? text.lastIndexOf(' ', first - BEFORE) + 1 : 0
  const pieces: Piece[] = start > 0 ? [{ text: '… ', isFound: false }] : []
  for (let at = start; at < text.length; ) {
    const next = words
      .map((word) => ({ word, at: folded.indexOf(word, at) }))
      .filter((hit) => hit.at >= 0)
      .sort((a, b) => a.at - b.at || b.word.length - a.word.length)[0]
    if (!next) {
      pieces.push({ text: text.slice(at), isFound: false })
      break
    }
    if (next.at > at) pieces.push({ text: text.slice(at, next.at), isFound: false })
    const end = next.at + next.word.length
    pieces.push({ text: text.slice(next.at, end), isFound: true })
    at = end
  }
  return pieces
}
