import { foldText } from '#shared/queue/fold-text'
import { messageText } from '#shared/tickets/message-text'
import type { DeskMessage } from '../store/desk-channel'
import type { MirrorDb } from '../store/mirror-db'
import type { World } from '../store/world'

/** Read at once; between two parts whoever else wants the database or this thread gets it. */
const PART = 1000
/** Texts that are kept up to date; windows ask again for what they still look at. */
const MANY_WATCHED = 30
/** After so long without a question the memory is given back. */
export const FORGET_MS = 10 * 60_000

export type TextSearchInput = {
  readonly mirror: MirrorDb
  readonly world: Pick<World, 'after'>
  readonly post: (message: DeskMessage & { type: 'found' }) => void
  readonly onError: (error: unknown) => void
}

/**
 * Finds words in the messages of all tickets, for every window: reads them into memory when the first question comes,
 * answers while it reads, and keeps the answers up to date.
 */
export class TextSearch {
  readonly #input: TextSearchInput
  /** What is written in a ticket, folded. Absent: nothing has been asked. */
  #texts: Map<string, string> | undefined
  /** Read anew while the rest was still being read: newer than what a part brings. */
  readonly #fresh = new Set<string>()
  /** Those that have the text, by the text. */
  readonly #watched = new Map<string, Set<string>>()
  #searched = 0
  #run = 0
  #cancelForget = (): void => {}

  constructor(input: TextSearchInput) {
    this.#input = input
  }

  /** Answers with all that is known, and from then on with what is added and removed. */
  ask(text: string): void {
    const wanted = foldText(text)
    if (wanted === '') return
    this.#cancelForget()
    this.#cancelForget = this.#input.world.after(FORGET_MS, () => this.#forget())
    const known = this.#watched.get(wanted)
    const hits = known ?? this.#scan(wanted)
    this.#watched.delete(wanted)
    this.#watched.set(wanted, hits)
    const [oldest] = this.#watched.keys()
    if (this.#watched.size > MANY_WATCHED && oldest !== undefined) this.#watched.delete(oldest)
    this.#tell(wanted, true, [...hits], [])
    if (!this.#texts) this.#begin()
  }

  /** Messages of these tickets changed. */
  changed(ticketIds: Iterable<string>): void {
    if (!this.#texts) return
    const ids = [...ticketIds]
    if (ids.length > 0) this.#readAgain(ids, this.#run).catch(this.#input.onError)
  }

  stop(): void {
    this.#cancelForget()
    this.#forget()
  }

  #forget(): void {
    this.#run += 1
    this.#texts = undefined
    this.#fresh.clear()
    this.#watched.clear()
    this.#searched = 0
  }

  #begin(): void {
    this.#texts = new Map()
    this.#run += 1
    const run = this.#run
    this.#readAll(run).catch((error: unknown) => {
      if (run !== this.#run) return
      // What can't be read now is read when somebody asks again.
      this.#forget()
      this.#input.onError(error)
    })
  }

  async #readAll(run: number): Promise<void> {
    const { mirror, world } = this.#input
    const total = await mirror.message.count()
    let last = ''
    for (let read = 0; ; ) {
      const part = await mirror.message.where('id').above(last).limit(PART).toArray()
      if (run !== this.#run || !this.#texts) return
      const pieces = new Map<string, string>()
      for (const { value } of part) {
        const { ticketId } = value
        if (this.#fresh.has(ticketId)) continue
        const text = foldText(messageText(value))
        if (text !== '') pieces.set(ticketId, `${pieces.get(ticketId) ?? ''}${text}\n`)
      }
      for (const [id, text] of pieces) this.#texts.set(id, (this.#texts.get(id) ?? '') + text)
      read += part.length
      this.#searched = part.length < PART ? 1 : Math.min(read / Math.max(total, 1), 0.99)
      this.#tellOfPieces(pieces)
      const end = part.at(-1)
      if (part.length < PART || !end) break
      last = end.id
      await new Promise<void>((resolve) => world.after(0, resolve))
    }
    this.#fresh.clear()
  }

  #tellOfPieces(pieces: ReadonlyMap<string, string>): void {
    for (const [wanted, hits] of this.#watched) {
      const added = [...pieces].flatMap(([id, text]) => (!hits.has(id) && text.includes(wanted) ? [id] : []))
      for (const id of added) hits.add(id)
      this.#tell(wanted, false, added, [])
    }
  }

  async #readAgain(ids: readonly string[], run: number): Promise<void> {
    if (this.#searched < 1) for (const id of ids) this.#fresh.add(id)
    const rows = await this.#input.mirror.message.where('value.ticketId').anyOf(ids).toArray()
    if (run !== this.#run || !this.#texts) return
    const now = new Map(ids.map((id) => [id, '']))
    for (const { value } of rows) {
      const text = foldText(messageText(value))
      now.set(value.ticketId, `${now.get(value.ticketId) ?? ''}${text}\n`)
    }
    for (const [id, text] of now) {
      if (text === '') this.#texts.delete(id)
      else this.#texts.set(id, text)
    }
    for (const [wanted, hits] of this.#watched) {
      const has = (id: string): boolean => now.get(id)?.includes(wanted) ?? false
      const added = ids.filter((id) => !hits.has(id) && has(id))
      const removed = ids.filter((id) => hits.has(id) && !has(id))
      for (const id of added) hits.add(id)
      for (const id of removed) hits.delete(id)
      if (added.length + removed.length > 0) this.#tell(wanted, false, added, removed)
    }
  }

  #scan(wanted: string): Set<string> {
    const hits = new Set<string>()
    for (const [id, text] of this.#texts ?? []) if (text.includes(wanted)) hits.add(id)
    return hits
  }

  #tell(text: string, isAll: boolean, added: readonly string[], removed: readonly string[]): void {
    this.#input.post({ type: 'found', text, isAll, added, removed, searched: this.#searched })
  }
}
