import type { FoundIn } from '#shared/queue/filter-match'
import type { DeskStore } from '../store/desk-store'

/** Where the words of the queue were found in messages, kept for as long as they are wanted. */
export type TextSearch = {
  readonly found: FoundIn
  /** Looks for these texts and for no others any more. */
  want(texts: readonly string[]): void
  /** 0 to 1: how much of what is stored was looked through for all of them; 1 when nothing is looked for. */
  searched(): number
  stop(): void
}

/** Shorter ones are in nearly every message. */
const MIN_LENGTH = 3
/** Whoever types goes on to type: so long a word has to stand before the messages are looked through for it. */
const SETTLE_MS = 120
/** Words that are remembered for going back to them. */
const REMEMBERED = 24

type Known = { ids: ReadonlySet<string>; searched: number; end?: (() => void) | undefined }

/**
 * @param onFound tickets of which something else is known than before
 * @param onProgress more was looked through
 */
export function createTextSearch(
  desk: Pick<DeskStore, 'findText'>,
  onFound: (ids: readonly string[]) => void,
  onProgress: () => void,
): TextSearch {
  const known = new Map<string, Known>()
  let wanted: readonly string[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  function look(text: string): void {
    const live = desk.findText(text)
    const entry: Known = known.get(text) ?? { ids: new Set(), searched: 0 }
    known.delete(text)
    known.set(text, entry)
    const take = () => {
      const { ticketIds, searched } = live.get()
      const before = entry.ids
      const changed = [...ticketIds].filter((id) => !before.has(id))
      for (const id of before) if (!ticketIds.has(id)) changed.push(id)
      entry.ids = ticketIds
      entry.searched = searched
      if (changed.length > 0) onFound(changed)
      onProgress()
    }
    entry.end = live.subscribe(take)
    // A list that was narrowed without knowing may lack some of what is known already.
    const { ticketIds } = live.get()
    if (ticketIds.size > 0 && ticketIds === entry.ids) onFound([...ticketIds])
    else take()
  }
  function leave(text: string): void {
    const entry = known.get(text)
    entry?.end?.()
    if (entry) entry.end = undefined
  }
  function settle(): void {
    for (const [text, { end }] of known) if (end && !wanted.includes(text)) leave(text)
    for (const text of wanted) if (!known.get(text)?.end) look(text)
    for (const [text, { end }] of known) {
      if (known.size <= REMEMBERED) break
      if (!end) known.delete(text)
    }
  }

  return {
    found: (text) => known.get(text)?.ids,
    want(texts) {
      const next = texts.filter((text) => text.trim().length >= MIN_LENGTH)
      if (next.length === wanted.length && next.every((text, at) => wanted[at] === text)) return
      wanted = next
      clearTimeout(timer)
      timer = setTimeout(settle, next.length === 0 ? 0 : SETTLE_MS)
    },
    searched: () => Math.min(1, ...wanted.map((text) => known.get(text)?.searched ?? 0)),
    stop() {
      clearTimeout(timer)
      for (const text of known.keys()) leave(text)
    },
  }
}
