import { randomUUID } from 'node:crypto'
import { test as base, expect } from '@playwright/test'
import { Desk, type DeskOptions } from './desk'
import { NotificationBus } from './notification-bus'
import { PORTAL_BUNDLE } from './portal-bundle'
import { PortalProcess } from './portal-process'
import { type Seeded, type Seeding, type Sleeper, seedingArgument, type Tokens } from './seeding'

export type PortalRecord = {
  readonly kind: string
  readonly id: string
  readonly version: number
  readonly value: Readonly<Record<string, unknown>>
}

/** A support portal of the test's own: data folder, tokens, and a process that can be taken away and brought back. */
export class Workspace {
  private coming: Promise<void> = Promise.resolve()

  private constructor(
    private process: PortalProcess | undefined,
    private readonly port: number,
    private readonly data: string,
    readonly tokens: Tokens,
    private readonly sleepers: readonly Sleeper[],
  ) {}

  /** Fills a new data folder and starts a portal on it. */
  static async make(seeding: Seeding): Promise<Workspace> {
    const process = await PortalProcess.start(['--data', seeding.data, '--port', '0'], {
      file: PORTAL_BUNDLE,
      first: [seedingArgument(seeding)],
    })
    const { tokens, sleepers } = JSON.parse(process.before.join('')) as Seeded
    return new Workspace(process, process.port, seeding.data, tokens, sleepers)
  }

  async up(): Promise<void> {
    this.process = await PortalProcess.start(['--data', this.data, '--port', String(this.port)], {
      file: PORTAL_BUNDLE,
    })
  }

  async down(signal?: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    await this.process?.stop(signal)
    this.process = undefined
  }

  /** `kill -9`, and started again on the same data. */
  killAndRestart(): Promise<void> {
    this.coming = this.down('SIGKILL').then(() => this.up())
    return this.coming
  }

  /** Resolves at once, or when a restart that was begun is over. */
  whenUp(): Promise<void> {
    return this.coming
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** Asks the portal itself, past every desk. */
  async ask(path: string, as: keyof Tokens = 'l1'): Promise<unknown> {
    const answer = await fetch(`${this.url}${path}`, {
      headers: { authorization: `Bearer ${this.tokens[as]}` },
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }

  /** All records that the portal has, or those of one kind. */
  async records(kind?: string): Promise<readonly PortalRecord[]> {
    const found: PortalRecord[] = []
    for (let after = ''; ; ) {
      const page = (await this.ask(`/v1/bootstrap?limit=500${after}`)) as {
        records: PortalRecord[]
        next?: string
      }
      found.push(...page.records.filter((record) => kind === undefined || record.kind === kind))
      if (page.next === undefined) return found
      after = `&after=${encodeURIComponent(page.next)}`
    }
  }

  /** All messages of the portal whose text is `body`. */
  async messagesSaying(body: string): Promise<readonly PortalRecord[]> {
    return (await this.records('message')).filter(({ value }) => value.body === body)
  }

  /** A ticket as the portal has it, by its number. */
  async ticket(number: string): Promise<PortalRecord> {
    const found = (await this.records('ticket')).find(({ value }) => value.number === number)
    if (!found) throw new Error(`the portal has no ticket ${number}`)
    return found
  }

  /** The first ticket that will cross half of its first response in `ms` or a little later, once it is a P1. */
  sleeperCrossingIn(ms: number): Sleeper {
    const found = this.sleepers.find(({ crossesAt }) => crossesAt >= Date.now() + ms)
    if (!found) throw new Error(`all of ${this.sleepers.length} sleepers have crossed: seed more of them`)
    return found
  }

  /** Somebody else gives a command, past every desk; it has to be applied. */
  async give(
    as: keyof Tokens,
    command: { readonly type: string; readonly target: string; readonly [field: string]: unknown },
  ): Promise<void> {
    const all = (await Promise.all(['ticket', 'macro', 'view'].map((kind) => this.records(kind)))).flat()
    const baseVersion = all.find(({ id }) => id === command.target)?.version ?? 0
    const wire = { id: randomUUID(), at: new Date().toISOString(), baseVersion, ...command }
    const answer = await fetch(`${this.url}/v1/commands`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.tokens[as]}`, 'content-type': 'application/json' },
      body: JSON.stringify({ commands: [wire] }),
    })
    expect(await answer.json()).toMatchObject({ results: [{ outcome: 'applied' }] })
  }
}

type Fixtures = {
  /** A D-Bus session of the test's own, with a real notification daemon. */
  bus: NotificationBus
  /** Makes a portal with a few tickets, and some that wait to be made a P1 (`sleeperCrossingIn`). */
  workspace: (options?: { tickets?: number; sleepers?: number }) => Promise<Workspace>
  /** Launches a console with the test's own profile folder and bus; launching again is a restart. */
  launch: (options?: Partial<DeskOptions>) => Promise<Desk>
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's destructuring.
  bus: async ({}, use) => {
    const bus = await NotificationBus.start()
    await use(bus)
    await bus.stop()
  },

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's destructuring.
  workspace: async ({}, use, info) => {
    const made: Workspace[] = []
    await use(async ({ tickets = 3, sleepers = 0 } = {}) => {
      const data = info.outputPath(`portal-${made.length + 1}`)
      const workspace = await Workspace.make({ data, tickets, sleepers })
      made.push(workspace)
      return workspace
    })
    for (const workspace of made) await workspace.down('SIGKILL')
  },

  launch: async ({ bus }, use, info) => {
    const running = new Set<Desk>()
    await use(async (options = {}) => {
      const desk = await Desk.launch({ userData: info.outputPath('profile'), env: bus.env, ...options })
      running.add(desk)
      return desk
    })
    for (const desk of running) await desk.kill()
  },
})
export { expect } from '@playwright/test'
