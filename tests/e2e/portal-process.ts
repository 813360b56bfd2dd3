import { type ChildProcess, spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'

const ROOT = resolve(import.meta.dirname, '../..')

export type ReadyLine = {
  readonly url: string
  readonly tokens: { readonly [role in 'l1' | 'backline' | 'supervisor']: string }
}

/** The support portal as a process of its own, on a data directory that outlives it. */
export class PortalProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly ready: ReadyLine,
  ) {}

  /** Starts it and waits until it answers. Give the port of an earlier one to come back at the same address. */
  static async start(args: readonly string[]): Promise<PortalProcess> {
    const child = spawn(
      process.execPath,
      [resolve(ROOT, 'scripts/portal.mjs'), 'serve', '--json-ready', ...args],
      {
        cwd: ROOT,
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    const exited = new Promise<never>((_, fail) =>
      child.once('exit', (code) => fail(new Error(`the portal ended with code ${code} before it was ready`))),
    )
    exited.catch(() => {})
    const line = new Promise<string>((done) => {
      if (child.stdout) createInterface(child.stdout).once('line', done)
    })
    return new PortalProcess(child, JSON.parse(await Promise.race([line, exited])))
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
