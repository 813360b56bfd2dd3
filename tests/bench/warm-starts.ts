import { Desk } from '../e2e/desk'
import type { StartTimes } from './in-page/start-probe'
import { pageScript } from './page-script'

export type Start = StartTimes & {
  /** From the command until rows were on the screen. */
  readonly launchMs: number
  /** Reading all tickets row by row, in the same window. */
  readonly rowsMs: number
  /** Of the console's page after a collection. */
  readonly heapBytes: number
}

const script = pageScript('start-probe')

/** Resolves when the desk's snapshot is on the disk, from which the next start reads. */
export async function snapshotIsThere({ console: page }: Desk): Promise<void> {
  await page.evaluate(await script)
  await page.evaluate(() => window.benchStart.snapshotIsThere())
}

/** Starts the app anew and gives its times; the app is gone afterwards. */
export async function startAgain(options: Parameters<typeof Desk.launch>[0]): Promise<Start> {
  const launchedAt = Date.now()
  const desk = await Desk.launch(options)
  try {
    const { console: page } = desk
    await page.waitForLoadState()
    await page.evaluate(await script)
    const times = await page.evaluate(() => window.benchStart.started())
    const origin = await page.evaluate(() => performance.timeOrigin)
    const heapBytes = await heapOf(desk)
    const { ms: rowsMs } = await page.evaluate(() => window.benchStart.readRows())
    return { ...times, launchMs: origin + times.painted - launchedAt, rowsMs, heapBytes }
  } finally {
    await desk.quit()
  }
}

/** Memory of the console's page after a collection, in bytes. */
export async function heapOf({ console: page }: Pick<Desk, 'console'>): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize
}
