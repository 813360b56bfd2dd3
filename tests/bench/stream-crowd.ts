import { once } from 'node:events'
import http, { type IncomingMessage } from 'node:http'

/** Streams opened at once; more would only queue up in the kernel. */
const ABREAST = 50
const GIVE_UP_MS = 10_000

/** Many desks that listen, in one process. Knows only whether each was told of a change. */
export class StreamCrowd {
  private readonly responses: IncomingMessage[] = []
  private untold = new Set<IncomingMessage>()
  private onAll: () => void = () => {}

  constructor(private readonly base: string) {}

  /** Opens a stream for each token; resolves when each has had its first poke. */
  async open(tokens: readonly string[]): Promise<void> {
    for (let start = 0; start < tokens.length; start += ABREAST) {
      await Promise.all(tokens.slice(start, start + ABREAST).map((token) => this.openOne(token)))
    }
  }

  private async openOne(token: string): Promise<void> {
    const request = http.get(`${this.base}/v1/stream`, {
      agent: false,
      headers: { authorization: `Bearer ${token}` },
    })
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    if (response.statusCode !== 200) throw new Error(`a stream was answered with ${response.statusCode}`)
    response.setEncoding('utf8')
    await once(response, 'data')
    response.on('data', (text: string) => {
      if (text.includes('event: poke') && this.untold.delete(response) && this.untold.size === 0) this.onAll()
    })
    response.on('error', () => {})
    this.responses.push(response)
  }

  /** When the last stream is poked for the first time from now on. @throws Error when that takes too long */
  everybodyIsTold(): Promise<number> {
    this.untold = new Set(this.responses)
    return new Promise((resolve, reject) => {
      const giveUp = setTimeout(
        () => reject(new Error(`${this.untold.size} streams were not told in ${GIVE_UP_MS} ms`)),
        GIVE_UP_MS,
      )
      this.onAll = () => {
        clearTimeout(giveUp)
        resolve(performance.now())
      }
    })
  }

  close(): void {
    for (const response of this.responses) response.destroy()
  }
}
