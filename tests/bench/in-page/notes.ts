/** Something that happened in a page; instants are epoch ms with fractions, so that pages can be compared. */
export type Note = {
  readonly what: string
  readonly at: number
  readonly tookMs?: number
  readonly size?: number
}

const notes: Note[] = []

export function note(
  what: string,
  at = performance.now(),
  extra: { tookMs?: number; size?: number } = {},
): void {
  notes.push({ what, at: performance.timeOrigin + at, ...extra })
}

export function takeNotes(): readonly Note[] {
  return notes.splice(0)
}

/** Notes transactions by the stores they are about, from their creation to their end. */
export function noteTransactions(): void {
  const { transaction } = IDBDatabase.prototype
  IDBDatabase.prototype.transaction = function (this: IDBDatabase, stores, mode, options) {
    const made = transaction.call(this, stores, mode, options)
    const begunAt = performance.now()
    const names = typeof stores === 'string' ? [stores] : [...stores]
    const about = names.length > 3 ? 'all' : names.join('+')
    const end = () => {
      note(`idb ${mode ?? 'readonly'} ${this.name.split('.')[0]} ${about}`, begunAt, {
        tookMs: performance.now() - begunAt,
      })
    }
    made.addEventListener('complete', end)
    made.addEventListener('abort', end)
    return made
  }
}

/** Calls back when the frame that shows the DOM as it is now has been laid out and painted. */
export function afterPaint(callback: (frameStartedAt: number, paintedAt: number) => void): void {
  requestAnimationFrame(() => {
    const startedAt = performance.now()
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => callback(startedAt, performance.now())
    port2.postMessage(undefined)
  })
}
