import type { Instant } from '#shared/time/instant'

/** What `localStorage` offers of it: it writes at once, so it can be used while a window closes. */
export type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

/** Where the forms that a person left half filled in are kept, beside the texts (`TypedText`). */
export function formsOf(profile: string): string {
  return `form:${profile}`
}

/** A text with the time it was typed at; the mark can't be mistaken for the beginning of a bare text. */
const TIMED = /^@(\d{10,16})\n/

/**
 * The text of the last moments, which the journal doesn't have yet: a window that closes gives a database no time to
 * finish its transaction. It is only a bridge of some hundred milliseconds; the journal remains the owner of drafts.
 * What is kept here is at hand at once but gets to the disk whenever the browser likes: after a kill it may be older
 * than the journal, which the time tells.
 */
export class TypedText {
  readonly #storage: TextStorage
  readonly #prefix: string

  constructor(storage: TextStorage, profile: string) {
    this.#storage = storage
    this.#prefix = `typed/${profile}/`
  }

  /** Text typed and not known to be in the journal; undefined when there is none. */
  get(key: string): string | undefined {
    return this.latest(key)?.body
  }

  /** The same with the time it was typed at; of one that was kept without a time nothing is newer. */
  latest(key: string): { readonly body: string; readonly at: Instant } | undefined {
    const stored = this.#storage.getItem(this.#prefix + key)
    if (stored === null) return undefined
    const [mark, at] = TIMED.exec(stored) ?? ['', Number.POSITIVE_INFINITY]
    return { body: stored.slice(mark.length), at: Number(at) }
  }

  /** Keeps a text at once. One too large for the storage is left to the journal alone. */
  keep(key: string, body: string, at?: Instant): void {
    try {
      this.#storage.setItem(this.#prefix + key, at === undefined ? body : `@${at}\n${body}`)
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== 'QuotaExceededError') throw error
      this.#storage.removeItem(this.#prefix + key)
    }
  }

  /** The journal has `body`; what was typed since stays. */
  saved(key: string, body: string): void {
    if (this.get(key) === body) this.#storage.removeItem(this.#prefix + key)
  }

  /** The text went to the outbox. */
  sent(key: string): void {
    this.#storage.removeItem(this.#prefix + key)
  }

  /** Keys of the texts that are not known to be in the journal. */
  keys(): readonly string[] {
    const names = Array.from({ length: this.#storage.length }, (_, index) => this.#storage.key(index) ?? '')
    return names
      .filter((name) => name.startsWith(this.#prefix))
      .map((name) => name.slice(this.#prefix.length))
  }

  /** Removes all of them. */
  forget(): void {
    for (const key of this.keys()) this.#storage.removeItem(this.#prefix + key)
  }
}
