import type { ChildProcess } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { _electron, type ElectronApplication, expect, type Page } from '@playwright/test'
import { electronRuntime } from '../../scripts/setup/electron.mjs'

const ROOT = resolve(import.meta.dirname, '../..')

export type DeskOptions = {
  /** Own profile of this desk; a second launch with the same folder is a restart. */
  readonly userData: string
  /** Goes straight to this portal. */
  readonly portal?: { readonly url: string; readonly token: string }
  readonly demoPerson?: 'l1' | 'backline' | 'supervisor'
  /** D-Bus session for its notifications. */
  readonly env?: NodeJS.ProcessEnv
}

/** The real console in the real Electron, with the pages that a person of the test needs. */
export class Desk {
  private constructor(
    readonly app: ElectronApplication,
    readonly console: Page,
  ) {
    this.main = app.process()
  }

  /** Kept, because Playwright forgets the process of an app that is gone. */
  private readonly main: ChildProcess

  static async launch(options: DeskOptions): Promise<Desk> {
    const { path } = await electronRuntime()
    mkdirSync(options.userData, { recursive: true })
    const app = await _electron.launch({
      executablePath: path,
      args: [
        ...(process.getuid?.() === 0 && process.platform === 'linux' ? ['--no-sandbox'] : []),
        ROOT,
        '--user-data',
        options.userData,
        ...(options.portal ? ['--portal', options.portal.url] : []),
        ...(options.demoPerson ? ['--demo-person', options.demoPerson] : []),
      ],
      env: definedOnly({
        ...process.env,
        ...options.env,
        MERIDIAN_TOKEN: options.portal?.token,
      }),
      timeout: 60_000,
    })
    return new Desk(app, await pageNamed(app, 'console.html'))
  }

  /** The queue with rows in it. */
  async waitForQueue(): Promise<void> {
    await expect(this.rows().first()).toBeVisible({ timeout: 30_000 })
  }

  rows() {
    return this.console
      .getByRole('grid')
      .getByRole('row')
      .filter({ has: this.console.getByRole('gridcell') })
  }

  row(number: string) {
    return this.rows().filter({ hasText: number })
  }

  strip() {
    return this.console.getByRole('contentinfo')
  }

  /** Opens a ticket of the queue. */
  async open(number: string): Promise<void> {
    await this.row(number).click()
    await expect(this.ticket()).toContainText(number)
  }

  ticket() {
    return this.console.getByRole('complementary', { name: /^Ticket/ })
  }

  timeline() {
    return this.ticket().getByRole('log')
  }

  composer(kind: 'reply' | 'note') {
    return this.ticket().getByRole('textbox', { name: kind === 'reply' ? /public reply/i : /internal note/i })
  }

  /** Writes and sends with the keyboard. */
  async send(kind: 'reply' | 'note', body: string): Promise<void> {
    await this.ticket()
      .getByRole('tab', { name: kind === 'reply' ? /reply/i : /note/i })
      .click()
    await this.composer(kind).fill(body)
    await this.composer(kind).press('Control+Enter')
    await expect(this.composer(kind)).toHaveValue('')
  }

  /** Hides all its windows; what they show goes on and can be asked. */
  async hide(): Promise<void> {
    await this.app.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) window.hide()
    })
  }

  /** A polite end. */
  async quit(): Promise<void> {
    await this.app.close()
  }

  /** Whether it was killed from here: what is being done with it then fails, and rightly so. */
  isKilled = false

  /** `kill -9` of the app: of all its processes at once, as a power cut would, or of its main one only. */
  async kill(which: 'all' | 'main' = 'all'): Promise<void> {
    const { main } = this
    this.isKilled = true
    if (main.exitCode !== null || main.signalCode !== null || main.pid === undefined) return
    const gone = new Promise((done) => main.once('exit', done))
    const others = which === 'all' ? descendantsOf(main.pid) : []
    for (const pid of [main.pid, ...others]) killNow(pid)
    await gone
  }

  /** `kill -9` of the hidden engine's own process; resolves when the app has started another by itself. */
  async killEngine(): Promise<void> {
    const before = await this.enginePid()
    if (before === undefined) throw new Error('there is no engine to kill')
    killNow(before)
    await expect.poll(async () => (await this.enginePid()) ?? before, { timeout: 30_000 }).not.toBe(before)
  }

  /** Undefined while none runs. */
  private enginePid(): Promise<number | undefined> {
    return this.app.evaluate(({ BrowserWindow }) => {
      const shows = (page: string) => (window: Electron.BrowserWindow) =>
        !window.isDestroyed() && window.webContents.getURL().includes(page)
      const pids = (page: string) =>
        BrowserWindow.getAllWindows()
          .filter(shows(page))
          .map(({ webContents }) => webContents.getOSProcessId())
      const [pid] = pids('engine.html')
      if (pid !== undefined && pids('console.html').includes(pid)) {
        throw new Error('the engine shares its process with the window')
      }
      return pid === 0 ? undefined : pid
    })
  }

  async screenshot(name: string): Promise<void> {
    await this.console.screenshot({ path: join(ROOT, 'out/screenshots', `${name}.png`) })
  }
}

async function pageNamed(app: ElectronApplication, name: string): Promise<Page> {
  const there = app.windows().find((page) => page.url().includes(name))
  return (
    there ??
    (await app.waitForEvent('window', { predicate: (page) => page.url().includes(name), timeout: 30_000 }))
  )
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
}

/** Process ids below `pid`, read from /proc; none on a system without it. */
function descendantsOf(pid: number): number[] {
  let names: string[] = []
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  } catch {
    return []
  }
  const children = names.filter((name) => parentOf(name) === pid).map(Number)
  return [...children, ...children.flatMap(descendantsOf)]
}

function parentOf(name: string): number | undefined {
  try {
    return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))?.[1])
  } catch {
    return undefined // it ended meanwhile
  }
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error // it ended meanwhile
  }
}
