import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'

const PORTAL = resolve(import.meta.dirname, '../../scripts/portal.mjs')
const SERVE = ['serve', '--json-ready']

export type ReadyLine = {
  readonly url: string
  readonly tokens: { readonly [role in 'l1' | 'backline' | 'supervisor']: string }
}

/** The support portal as a process of its own, on a data directory that outlives it. */
export class PortalProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly ready: ReadyLine,
    /** What it printed before it was ready, line by line. */
    readonly before: readonly string[],
  ) {}

  /**
   * Starts it and waits until it answers. Give the port of an earlier one to come back at the same address.
   * @param file its command line as a file for Node
   * @param first arguments before those of `serve`, for a file that takes some
   */
  static async start(
    args: readonly string[],
    { file = PORTAL, first = [] }: { readonly file?: string; readonly first?: readonly string[] } = {},
  ): Promise<PortalProcess> {
    const child = spawn(process.execPath, [file, ...first, ...SERVE, ...args], {
      cwd: resolve(import.meta.dirname, '../..'),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const exited = once(child, 'exit').then(([code]) => {
      throw new Error(`the portal ended with code ${code} before it was ready`)
    })
    exited.catch(() => {})
    const lines: string[] = []
    const ready = new Promise<ReadyLine>((done) => {
      createInterface(child.stdout).on('line', (line) => {
        const found = JSON.parse(line) as Partial<ReadyLine>
        if (found.url === undefined) lines.push(line)
        else done(found as ReadyLine)
      })
    })
    return new PortalProcess(child, await Promise.race([ready, exited]), lines)
  }

  get port(): number {
    return Number(new URL(this.ready.url).port)
  }

  /** `kill -9`, or a polite stop. Resolves when it is gone. */
  async stop(signal: 'SIGKILL' | 'SIGTERM' = 'SIGTERM'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    const gone = new Promise((done) => this.child.once('exit', done))
    this.child.kill(signal)
    await gone
  }
}
