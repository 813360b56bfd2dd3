import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** The line between a desk and its portal: it can be cut and mended while the portal goes on for everybody else. */
export class Line {
  private readonly sockets = new Set<Socket>()
  private server: Server | undefined
  private port = 0

  constructor(private readonly portalUrl: string) {}

  async mend(): Promise<void> {
    this.server = createServer((desk) => {
      const portal = connect(Number(new URL(this.portalUrl).port), '127.0.0.1')
      for (const [one, other] of [
        [desk, portal],
        [portal, desk],
      ] as const) {
        this.sockets.add(one)
        one.pipe(other)
        one.on('close', () => other.destroy())
        one.on('error', () => other.destroy())
      }
    })
    this.server.listen(this.port, '127.0.0.1')
    await once(this.server, 'listening')
    this.port = (this.server.address() as AddressInfo).port
  }

  async cut(): Promise<void> {
    const ended = this.server && once(this.server, 'close')
    this.server?.close()
    for (const socket of this.sockets) socket.destroy()
    this.sockets.clear()
    await ended
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }
}
