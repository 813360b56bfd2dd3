import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Desk } from '../e2e/desk'
import { startBenchPortal } from './bench-portal'
import { ms, print, printMs, watchMachine } from './figures'
import type { Times } from './in-page/search-probe'
import { pageScript } from './page-script'
import { engineOf } from './pages'
import { heapOf } from './warm-starts'

/*
 * Words in the messages of all tickets, in the real app (MERIDIAN_ELECTRON). The first question reads the messages into
 * the engine's memory, which the person sees as "still searching"; those after it only scan. From the question until the
 * answer is in the window that asked.
 */
const TICKETS = 20_000
const OPEN = 2000
const MESSAGES = 4
const WORDS = ['grouping key', 'enrich', 'no such word anywhere', 'patterns swallow', 'tenant']

const folder = await mkdtemp(join(tmpdir(), 'meridian-bench-'))
const portal = await startBenchPortal(folder, { open: OPEN, closed: TICKETS - OPEN, messages: MESSAGES })
let desk: Desk | undefined
try {
  desk = await Desk.launch({
    userData: join(folder, 'profile'),
    portal: { url: portal.url, token: portal.token },
  })
  await desk.waitForQueue()
  await desk.strip().filter({ hasText: /live/i }).waitFor({ timeout: 60_000 })
  await desk
    .strip()
    .filter({ hasNotText: /first sync|history/i })
    .waitFor({ timeout: 240_000 })
  const engine = await engineOf(desk)
  const heap = () => heapOf({ console: engine })
  await desk.console.evaluate(await pageScript('search-probe'))
  await desk.console.evaluate((count) => window.benchSearch.messagesAreThere(count), TICKETS * MESSAGES)
  const machine = await watchMachine()
  const before = await heap()
  const first = await desk.console.evaluate(() => window.benchSearch.search('raw events'))
  print(
    'the first question',
    `${ms(first.firstMs)} until something, ${ms(first.completeMs)} until all was read`,
  )
  print('memory of the engine for it', `${(((await heap()) - before) / 1e6).toFixed(0)} MB`)
  const times: Times[] = []
  for (const text of [...WORDS, ...WORDS.map((word) => word.slice(1))]) {
    times.push(await desk.console.evaluate((wanted) => window.benchSearch.search(wanted), text))
  }
  printMs(
    `a question after it, ${(TICKETS * MESSAGES).toLocaleString('en')} messages`,
    times.map(({ completeMs }) => completeMs),
  )
  print('the machine', await machine())
} finally {
  await desk?.kill()
  await portal.process.stop('SIGKILL')
  await rm(folder, { recursive: true, force: true })
}
