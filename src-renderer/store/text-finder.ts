import { foldText } from '#shared/queue/fold-text'
import type { DeskMessage } from './desk-channel'
import type { Live, TextHits } from './desk-store'
import { LiveValue } from './live-value'
import type { Channel, World } from './world'

/** Well before the engine forgets what nobody asks for any more (engine/text-search.ts). */
const ASK_AGAIN_MS = 5 * 60_000
/** Answers kept for going back to a text that was just looked for. */
const MANY_KNOWN = 30
const NOTHING: TextHits = { ticketIds: new Set(), searched: 0 }

/** Asks the engine where a text is in the messages, for as long as somebody looks at the answer. */
export class TextFinder {
  readonly #world: Pick<World, 'after'>
  readonly #channel: Channel<DeskMessage>
  readonly #known = new Map<string, FoundText>()

  constructor(world: Pick<World, 'after'>, channel: Channel<DeskMessage>) {
    this.#world = world
    this.#channel = channel
  }

  find(text: string): Live<TextHits> {
    const wanted = foldText(text)
    const known = this.#known.get(wanted)
    if (known) return known
    const found = new FoundText(this.#world, () => this.#channel.post({ type: 'find', text: wanted }))
    this.#known.set(wanted, found)
    for (const [other, { isWatched }] of this.#known) {
      if (this.#known.size <= MANY_KNOWN) break
      if (!isWatched && other !== wanted) this.#known.delete(other)
    }
    return found
  }

  heard(message: DeskMessage & { type: 'found' }): void {
    this.#known.get(message.text)?.heard(message)
  }

  /** One that died has forgotten what was asked. */
  engineStarted(): void {
    for (const found of this.#known.values()) found.askAgain()
  }

  close(): void {
    for (const found of this.#known.values()) found.close()
  }
}

class FoundText implements Live<TextHits> {
  readonly #value = new LiveValue(NOTHING)
  readonly #world: Pick<World, 'after'>
  readonly #ask: () => void
  #watchers = 0
  #cancel = (): void => {}
  readonly get = this.#value.get

  constructor(world: Pick<World, 'after'>, ask: () => void) {
    this.#world = world
    this.#ask = ask
  }

  get isWatched(): boolean {
    return this.#watchers > 0
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    const unsubscribe = this.#value.subscribe(listener)
    this.#watchers += 1
    if (this.#watchers === 1) this.askAgain()
    return () => {
      unsubscribe()
      this.#watchers -= 1
      if (this.#watchers === 0) this.#cancel()
    }
  }

  askAgain(): void {
    if (!this.isWatched) return
    this.#cancel()
    this.#ask()
    this.#cancel = this.#world.after(ASK_AGAIN_MS, () => this.askAgain())
  }

  heard({ isAll, added, removed, searched }: DeskMessage & { type: 'found' }): void {
    const before = this.#value.get()
    if (!isAll && added.length + removed.length === 0 && before.searched === searched) return
    const ticketIds = new Set(isAll ? added : [...before.ticketIds, ...added])
    for (const id of removed) ticketIds.delete(id)
    this.#value.set({ ticketIds, searched })
  }

  close(): void {
    this.#cancel()
  }
}
