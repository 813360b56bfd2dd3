import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Desk } from '../e2e/desk'
import { startBenchPortal } from './bench-portal'
import { median, ms, print, printMs, quantile, verdict, watchMachine } from './figures'
import { pageScript } from './page-script'
import { type Start, snapshotIsThere, startAgain } from './warm-starts'

/*
 * Starts of the real app (MERIDIAN_ELECTRON) with 50,000 tickets on its disk and no portal at all. They came there by a
 * first sync; then the engine wrote its snapshot, the app was ended and the portal killed.
 *
 * "Data start" is from the moment in which the window begins to open its databases until every open ticket is in memory
 * with its SLA report, and the view is sorted and counted. What is over may follow behind it; "all in memory" has that too.
 * Measured for a desk with its history, and for one where all 50,000 are open, which is the most that there is to compute.
 * Limit: 0.5 s, median.
 *
 * Beside it stands the time that plain IndexedDB takes in the same window to read the tickets row by row and do nothing
 * with them.
 */
const TICKETS = 50_000
const RUNS = 9
const LIMIT_MS = 500

const probe = await pageScript('queue-probe')
for (const [name, open] of [
  ['5,000 open tickets, 45,000 that are over', 5000],
  ['50,000 open tickets', TICKETS],
] as const) {
  process.stdout.write(`${name}\n`)
  await measure(name, open)
}

async function measure(name: string, open: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'meridian-bench-'))
  const portal = await startBenchPortal(folder, { open, closed: TICKETS - open, messages: 0 })
  const options = { userData: join(folder, 'profile'), portal: { url: portal.url, token: portal.token } }
  let desk: Desk | undefined
  try {
    desk = await Desk.launch(options)
    await desk.console.waitForLoadState()
    await desk.console.evaluate(probe)
    await desk.console.evaluate((count) => window.benchQueue.ready(count), open)
    await snapshotIsThere(desk)
    await desk.quit()
    await portal.process.stop('SIGKILL')
    const starts: Start[] = []
    const machine = await watchMachine()
    for (let run = 0; run <= RUNS; run += 1) {
      const start = await startAgain(options)
      // The first one reads from a disk that is cold.
      if (run > 0) starts.push(start)
      else print('the first start, data start', ms(start.sorted - start.reading))
    }
    show(name, starts)
    print('the machine', await machine())
  } finally {
    await desk?.kill()
    await portal.process.stop('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  }
}

function show(name: string, starts: readonly Start[]): void {
  const dataStart = starts.map(({ reading, sorted }) => sorted - reading)
  printMs('data start', dataStart)
  printMs(
    'all in memory',
    starts.map(({ reading, all }) => all - reading),
  )
  printMs(
    'first rows painted, since the page began',
    starts.map(({ painted }) => painted),
  )
  printMs(
    'first rows painted, since the command',
    starts.map(({ launchMs }) => launchMs),
  )
  const rows = starts.map(({ rowsMs }) => rowsMs)
  printMs('plain IndexedDB: reading the rows alone', rows)
  print(
    'heap of the console window',
    `${(median(starts.map(({ heapBytes }) => heapBytes)) / 1e6).toFixed(0)} MB`,
  )
  const middle = median(dataStart)
  verdict(
    `data start of ${name}`,
    middle < LIMIT_MS,
    `median ${ms(middle)}, p95 ${ms(quantile(dataStart, 0.95))} (limit ${ms(LIMIT_MS)}); ` +
      `${(middle / median(rows)).toFixed(2)} of reading the rows alone`,
  )
}
