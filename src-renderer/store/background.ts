/** Work of a desk that nobody waits for. */
export class Background {
  #isClosed = false

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** A read that a closing window cuts off is nobody's concern; any other failure is, and is reported as unhandled. */
  run(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      if (!this.#isClosed) throw error
    })
  }

  close(): void {
    this.#isClosed = true
  }
}
