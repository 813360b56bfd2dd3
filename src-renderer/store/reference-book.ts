import type { MirrorDb } from './mirror-db'
import type { OtherRecords } from './mirror-write'
import { NO_REFERENCE, type Reference, readReference, rereadReference } from './reference'

/** The reference records as they were read last. */
export class ReferenceBook {
  readonly #mirror: MirrorDb
  readonly #onRead: (reference: Reference) => void
  #current: Reference = NO_REFERENCE
  /** One after the other: of two that read at once the older could end last. */
  #turn: Promise<unknown> = Promise.resolve()

  /** @param onRead called with all of them whenever some were read, before anybody else sees them */
  constructor(mirror: MirrorDb, onRead: (reference: Reference) => void) {
    this.#mirror = mirror
    this.#onRead = onRead
  }

  get current(): Reference {
    return this.#current
  }

  /** Reads all of them. @returns how they were before */
  load(): Promise<Reference> {
    return this.#set(() => readReference(this.#mirror))
  }

  /** Reads again what changed. @returns how they were before */
  reload(changed: OtherRecords): Promise<Reference> {
    return this.#set((known) => rereadReference(this.#mirror, known, changed))
  }

  #set(read: (before: Reference) => Promise<Reference>): Promise<Reference> {
    const turn = this.#turn.then(async () => {
      const before = this.#current
      this.#current = await read(before)
      this.#onRead(this.#current)
      return before
    })
    this.#turn = turn.catch(() => {})
    return turn
  }
}
