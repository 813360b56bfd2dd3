/** What `localStorage` offers of it: it writes at once, so it can be used while a window closes. */
export type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

/** Where the forms that a person left half filled in are kept, beside the texts (`TypedText`). */
export function formsOf(profile: string): string {
  return `form:${profile}`
}

/**
 * The text of the last moments, which the journal doesn't have yet: a window that closes gives a database no time to
 * finish its transaction. It is only a bridge of some hundred milliseconds; the journal remains the owner of drafts.
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
    return this.#storage.getItem(this.#prefix + key) ?? undefined
  }

  /** Keeps a text at once. One too large for the storage is left to the journal alone. */
  keep(key: string, body: string): void {
    try {
      this.#storage.setItem(this.#prefix + key, body)
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
