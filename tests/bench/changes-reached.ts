import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import type { Desk } from '../e2e/desk'
import { oneOf, sequence } from './bench-tickets'
import type { Reached } from './in-page/queue-probe'
import { pageScript } from './page-script'
import { engineOf } from './pages'

/** In ms, since the thread began; zero where the system doesn't say. */
export type ThreadTimes = { readonly ran: number; readonly waited: number }

const WARM_UP = 10
const script = pageScript('change-writer')

/**
 * How long it takes until changes of some rows each are on the screen of a desk whose console has the queue's probe. The
 * engine's page writes each into the mirror and tells of it, as it does after a page of the feed. Of each, five to ten can be
 * seen; half of all get another priority and with it another place.
 * @param tickets how many open ones there are, `ticket-open-0` and on
 */
export async function changesReached(
  on: Desk,
  {
    tickets,
    changed,
    changes,
  }: { readonly tickets: number; readonly changed: number; readonly changes: number },
): Promise<readonly (Reached & ThreadTimes)[]> {
  const page = on.console
  const engine = await engineOf(on)
  await engine.evaluate(await script)
  const pid = await processOf(on)
  const profile = await page.evaluate((count) => window.benchQueue.ready(count), tickets)
  const random = sequence(7)
  const reached: (Reached & ThreadTimes)[] = []
  for (let turn = 0; turn < WARM_UP + changes; turn += 1) {
    const visible = await page.evaluate(() => window.benchQueue.visibleIds())
    // The selected first row stays, so that what is seen is the change alone.
    const shown = visible.slice(1, 6)
    const movedAway = visible.slice(6, 6 + (turn % 6))
    const others = new Set<string>()
    while (others.size < changed - shown.length - movedAway.length) {
      const id = `ticket-open-${Math.floor(random() * tickets)}`
      if (!visible.includes(id)) others.add(id)
    }
    const rest = [...others]
    const mark = `~${turn}`
    const change = {
      renamed: [...shown, ...rest.slice(0, 20)],
      moved: [...movedAway, ...rest.slice(20)],
      mark,
    }
    const arrived = page.evaluate(([text, ids]) => window.benchQueue.nextChange(text, ids), [
      mark,
      shown,
    ] as const)
    // The page listens by now: it answers in the order in which it was asked.
    await page.evaluate(() => 0)
    const before = await threadTimes(pid)
    await engine.evaluate(([who, what]) => window.benchWriter.write(who, what), [profile, change] as const)
    const one = await arrived
    const after = await threadTimes(pid)
    const spent = { ran: after.ran - before.ran, waited: after.waited - before.waited }
    if (turn >= WARM_UP) reached.push({ ...one, ...spent })
    // Anywhere between two refreshes and two ticks of the clock.
    await wait(oneOf([30, 45, 60, 90, 120], random))
  }
  return reached
}

/** Times of a process's main thread. */
async function threadTimes(pid: number): Promise<ThreadTimes> {
  const text = await readFile(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').catch(() => '')
  const [ran = 0, waited = 0] = text.split(' ').map((ns) => Number(ns) / 1e6)
  return { ran, waited }
}

function processOf({ app, console: page }: Desk): Promise<number> {
  return app.evaluate(({ BrowserWindow }, url) => {
    const window = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL() === url)
    return window?.webContents.getOSProcessId() ?? 0
  }, page.url())
}
