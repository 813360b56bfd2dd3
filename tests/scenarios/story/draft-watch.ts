/** Which text a draft may hold: the last one that was said to be saved, or one whose saving was never answered. */
export class DraftWatch {
  readonly #operations = new Map<string, { text: string; state: 'open' | 'done' }[]>()

  /** Somebody begins to save it. @returns what to call with the answer */
  begin(key: string, text: string): (ok: boolean) => void {
    const operations = this.#operations.get(key) ?? []
    this.#operations.set(key, operations)
    const operation: { text: string; state: 'open' | 'done' } = { text, state: 'open' }
    operations.push(operation)
    return (ok) => {
      const place = operations.indexOf(operation)
      if (place === -1) return
      if (!ok) operations.splice(place, 1)
      else {
        operation.state = 'done'
        // What was begun before it and is over counts no more.
        operations.splice(
          0,
          operations.length,
          ...operations.filter((other, index) => index >= place || other.state === 'open'),
        )
      }
    }
  }

  keys(): readonly string[] {
    return [...this.#operations.keys()]
  }

  mayBe(key: string): readonly string[] {
    const operations = this.#operations.get(key) ?? []
    const texts = operations.map(({ text }) => text)
    return operations.some(({ state }) => state === 'done') ? texts : ['', ...texts]
  }
}
