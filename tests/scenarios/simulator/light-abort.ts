type Listener = (event: { readonly type: 'abort' }) => void

/** What the app uses of an AbortSignal. The platform's is an EventTarget, and making one costs more than a request. */
class LightSignal {
  aborted = false
  reason: unknown
  readonly #listeners = new Set<Listener>()

  addEventListener(_type: 'abort', listener: Listener): void {
    this.#listeners.add(listener)
  }
  removeEventListener(_type: 'abort', listener: Listener): void {
    this.#listeners.delete(listener)
  }
  throwIfAborted(): void {
    if (this.aborted) throw this.reason
  }
  abort(reason: unknown): void {
    if (this.aborted) return
    this.aborted = true
    this.reason = reason ?? ABORTED
    for (const listener of [...this.#listeners]) listener({ type: 'abort' })
  }
}

const ABORTED = new DOMException('This operation was aborted', 'AbortError')

export class LightAbortController {
  readonly signal = new LightSignal()
  abort(reason?: unknown): void {
    this.signal.abort(reason)
  }
}
