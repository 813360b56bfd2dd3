type Operation = {
  readonly text: string
  state: 'open' | 'done'
  /** Whether it can have taken place though nobody was told. */
  readonly isPossible: () => boolean
}

/** Which text a draft may hold: the last one that was said to be saved, or one whose saving was never answered. */
export class DraftWatch {
  readonly #operations = new Map<string, Operation[]>()

  /** Somebody begins to save `text`. @returns what to call once it is said to be saved */
  saves(key: string, text: string): () => void {
    const { all, one } = this.#begin(key, text)
    return () => {
      const place = all.indexOf(one)
      if (place === -1) return
      one.state = 'done'
      // What was begun before it and is over counts no more.
      all.splice(0, all.length, ...all.filter(({ state }, index) => index >= place || state === 'open'))
    }
  }

  /**
   * Somebody begins to send `text`, as it stands in the draft.
   * @param isStored whether it is in the outbox, or was: only then may the draft be gone
   * @returns what to call with the answer
   */
  sends(key: string, text: string, isStored: () => boolean): { sent(): void; refused(): void } {
    const { all, one } = this.#begin(key, '', isStored)
    return {
      sent: () => {
        one.state = 'done'
        // Something else may have been typed meanwhile, and stays.
        const gone = partsOf(text)
        all.splice(0, all.length, ...all.filter((other) => other.text === '' || !gone.includes(other.text)))
      },
      refused: () => {
        all.splice(all.indexOf(one), 1)
      },
    }
  }

  #begin(key: string, text: string, isPossible = () => true): { all: Operation[]; one: Operation } {
    const all = this.#operations.get(key) ?? []
    this.#operations.set(key, all)
    const one: Operation = { text, state: 'open', isPossible }
    all.push(one)
    return { all, one }
  }

  keys(): readonly string[] {
    return [...this.#operations.keys()]
  }

  /** What it may hold, each in words. */
  mayBe(key: string): readonly string[] {
    const all = this.#operations.get(key) ?? []
    const operations = all.filter(({ state, isPossible }) => state === 'done' || isPossible())
    const texts = operations.map(({ text }) => text)
    return operations.some(({ state }) => state === 'done') ? texts : ['', ...texts]
  }

  /** Whether it may hold `text`: one of those, or it together with what was typed in another place at the same time. */
  holds(key: string, text: string): boolean {
    const mayBe = this.mayBe(key)
    return partsOf(text).some((part) => mayBe.includes(part))
  }
}

/** What was typed in two places at once is kept, one after the other (drafts.ts). */
function partsOf(text: string): readonly string[] {
  return text.split('\n\n')
}
