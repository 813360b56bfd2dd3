import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Desk } from '../e2e/desk'
import { startBenchPortal } from './bench-portal'
import { changesReached } from './changes-reached'
import { median, watchMachine } from './figures'
import { keysReached } from './keys-reached'
import { pageScript } from './page-script'
import { heapOf, snapshotIsThere, startAgain } from './warm-starts'

/*
 * How the desk grows with its tickets, in the real app (MERIDIAN_ELECTRON) with a portal process on loopback. All tickets
 * are open, which is the most that a queue has to do with them: every one has a report, a place in the order and a text to
 * search. The first sync is from the opening of the databases until all of them are in the view; what the others measure is
 * said by the bench that judges it: queue-50k, warm-start.
 */
const SIZES = [1000, 5000, 10_000, 50_000, 100_000]
const CHANGES = 40
const STARTS = 3

type Line = {
  readonly tickets: number
  readonly firstSyncMs: number
  readonly startMs: number
  readonly changeMs: number
  readonly keyMs: number
  readonly heapBytes: number
  readonly diskBytes: number
}

const probe = await pageScript('queue-probe')
const machine = await watchMachine()
process.stdout.write(
  `${row(['tickets', 'first sync', 'records/s', 'data start', '50 changed', 'filter key', 'heap', 'on disk'])}\n`,
)
for (const tickets of SIZES) {
  const line = await measure(tickets)
  process.stdout.write(
    `${row([
      tickets.toLocaleString('en'),
      `${(line.firstSyncMs / 1000).toFixed(1)} s`,
      `${Math.round((tickets / line.firstSyncMs) * 1000)}`,
      `${Math.round(line.startMs)} ms`,
      `${line.changeMs.toFixed(1)} ms`,
      `${line.keyMs.toFixed(1)} ms`,
      `${(line.heapBytes / 1e6).toFixed(0)} MB`,
      `${(line.diskBytes / 1e6).toFixed(0)} MB`,
    ])}\n`,
  )
}
process.stdout.write(`medians; the machine: ${await machine()}\n`)

async function measure(tickets: number): Promise<Line> {
  const folder = await mkdtemp(join(tmpdir(), 'meridian-bench-'))
  const userData = join(folder, 'profile')
  const portal = await startBenchPortal(folder, { open: tickets, closed: 0, messages: 0 })
  const options = { userData, portal: { url: portal.url, token: portal.token } }
  let desk: Desk | undefined
  try {
    desk = await Desk.launch(options)
    await desk.console.waitForLoadState()
    await desk.console.evaluate(probe)
    await desk.console.evaluate((count) => window.benchQueue.ready(count), tickets)
    const firstSyncMs = await desk.console.evaluate(() => {
      const [begun] = performance.getEntriesByName('start: reading')
      return performance.now() - (begun?.startTime ?? Number.NaN)
    })
    await snapshotIsThere(desk)
    await desk.quit()
    await portal.process.stop('SIGKILL')

    const starts: number[] = []
    for (let start = 0; start < STARTS; start += 1) {
      const { sorted, reading } = await startAgain(options)
      starts.push(sorted - reading)
    }

    desk = await Desk.launch(options)
    await desk.console.waitForLoadState()
    await desk.console.evaluate(probe)
    const changes = await changesReached(desk, { tickets, changed: 50, changes: CHANGES })
    const keys = await keysReached(desk)
    const heapBytes = await heapOf(desk)
    await desk.quit()
    return {
      tickets,
      firstSyncMs,
      startMs: median(starts),
      changeMs: median(changes.map(({ toDom, painting }) => toDom + painting)),
      keyMs: median(keys.map(({ toDom, painting }) => toDom + painting)),
      heapBytes,
      diskBytes: await sizeOf(join(userData, 'IndexedDB')),
    }
  } finally {
    await desk?.kill()
    await portal.process.stop('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  }
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) => stat(join(entry.parentPath, entry.name)).then(({ size }) => size))
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

function row(cells: readonly string[]): string {
  return cells.map((cell) => cell.padStart(11)).join('')
}
