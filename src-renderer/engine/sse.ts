export type ServerEvent = { readonly event: string; readonly data: string }

/** An event longer than this is no event of the portal's. */
const LONGEST = 100_000

/**
 * Reads Server-Sent Events piece by piece (HTML standard §9.2): pieces may break anywhere, even inside a line end.
 * @throws Error when an event grows beyond all bounds
 */
export class SseReader {
  #rest = ''
  #event = ''
  #data: string[] = []

  /** @returns the events that this piece completes; comments (heartbeats) complete none */
  push(piece: string): ServerEvent[] {
    this.#rest += piece
    const events: ServerEvent[] = []
    for (;;) {
      const end = /\r\n|\n|\r/.exec(this.#rest)
      // A lone CR at the very end may be the first half of a CRLF.
      if (!end || (end[0] === '\r' && end.index === this.#rest.length - 1)) break
      const line = this.#rest.slice(0, end.index)
      this.#rest = this.#rest.slice(end.index + end[0].length)
      const event = this.#line(line)
      if (event) events.push(event)
    }
    const size = this.#rest.length + this.#data.reduce((sum, { length }) => sum + length, 0)
    if (size > LONGEST) throw new Error('the stream sends an event without an end')
    return events
  }

  #line(line: string): ServerEvent | undefined {
    if (line === '') {
      const event = { event: this.#event || 'message', data: this.#data.join('\n') }
      const complete = this.#data.length > 0
      this.#event = ''
      this.#data = []
      return complete ? event : undefined
    }
    const colon = line.indexOf(':')
    const field = colon === -1 ? line : line.slice(0, colon)
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') this.#event = value
    else if (field === 'data') this.#data.push(value)
    return undefined
  }
}
