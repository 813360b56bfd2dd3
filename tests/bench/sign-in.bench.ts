import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Desk } from '../e2e/desk'
import { type BenchPortal, startBenchPortal } from './bench-portal'
import { median, ms, print, printMs, quantile, verdict, watchMachine } from './figures'
import type { Note } from './in-page/notes'
import type { SignInTimes } from './in-page/sign-in-probe'
import { pageScript } from './page-script'
import { engineOf } from './pages'

/*
 * From sign-in to a usable queue, in the real app (MERIDIAN_ELECTRON) against a portal process on loopback that has
 * 500 open tickets with their conversations and 1,500 closed ones. It begins with the submit event of the form
 * "Connect to a portal" and ends when the frame has been painted in which the queue holds all 500 open tickets and
 * the engine has said that the open part is complete. Each run has a new profile; nothing of the sync is warm but the
 * portal, and the app itself has come to rest before. Limit: 1.5 s.
 */
const OPEN = 500
const CLOSED = 1500
const MESSAGES = 4
const RUNS = 7
const LIMIT_MS = 1500

type Run = SignInTimes & { readonly engine: readonly Note[] }

const folder = await mkdtemp(join(tmpdir(), 'meridian-bench-'))
try {
  const scripts = { console: await pageScript('sign-in-probe'), engine: await pageScript('engine-probe') }
  const portal = await startBenchPortal(folder, { open: OPEN, closed: CLOSED, messages: MESSAGES })
  try {
    const runs: Run[] = []
    const machine = await watchMachine()
    for (let run = 0; run <= RUNS; run += 1) {
      const times = await signIn(join(folder, `profile-${run}`), portal, scripts)
      // The first run warms the portal and the disk.
      if (run > 0) runs.push(times)
    }
    print('the machine', await machine())
    show(runs)
  } finally {
    await portal.process.stop('SIGKILL')
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}

async function signIn(
  userData: string,
  portal: BenchPortal,
  scripts: { readonly console: string; readonly engine: string },
): Promise<Run> {
  const desk = await Desk.launch({ userData })
  try {
    const engine = await engineOf(desk)
    await engine.evaluate(scripts.engine)
    await desk.console.evaluate(scripts.console)
    // The demo's portal starts behind the first screen; its people are there when it is done.
    await desk.console.getByRole('listitem').first().waitFor()
    await desk.console.getByRole('tab', { name: 'Connect to a portal' }).click()
    await desk.console.getByLabel('Portal address').fill(portal.url)
    await desk.console.getByRole('textbox', { name: 'Token' }).fill(portal.token)
    await desk.console.evaluate(() => new Promise<void>((rest) => requestIdleCallback(() => rest())))
    const usable = desk.console.evaluate((open) => window.benchSignIn.untilUsable(open), OPEN)
    await desk.console.getByRole('button', { name: 'Connect', exact: true }).click()
    const times = await usable
    return { ...times, engine: await engine.evaluate(() => window.benchEngine.takeNotes()) }
  } finally {
    await desk.kill()
  }
}

function show(runs: readonly Run[]): void {
  const total = runs.map(({ submittedAt, usableAt }) => usableAt - submittedAt)
  const since = (run: Run, what: string, list: readonly Note[] = run.notes) =>
    (list.find((one) => one.what.startsWith(what))?.at ?? Number.NaN) - run.submittedAt
  process.stdout.write('after the submit event\n')
  printMs(
    'the portal knows the token (console told)',
    runs.map((run) => since(run, 'session signed-in')),
  )
  printMs(
    'engine: first request for a page',
    runs.map((run) => since(run, 'request /bootstrap', run.engine)),
  )
  printMs(
    'engine: first page written and told',
    runs.map((run) => since(run, 'told mirror', run.engine)),
  )
  printMs(
    'console: open part complete',
    runs.map((run) => since(run, 'heard open part complete')),
  )
  printMs(
    'first rows painted',
    runs.map((run) => run.firstRowsAt - run.submittedAt),
  )
  printMs('all open tickets painted', total)
  process.stdout.write('of which, until then\n')
  const sum = (run: Run, what: string, list: readonly Note[]) =>
    list
      .filter((one) => one.what.startsWith(what) && one.at < run.usableAt)
      .reduce((took, { tookMs = 0 }) => took + tookMs, 0)
  printMs(
    'engine: waiting for answers',
    runs.map((run) => sum(run, 'request /bootstrap', run.engine)),
  )
  printMs(
    'engine: receiving their bodies',
    runs.map((run) => sum(run, 'body', run.engine)),
  )
  printMs(
    'engine: IndexedDB writes',
    runs.map((run) => sum(run, 'idb readwrite mirror', run.engine)),
  )
  printMs(
    'console: IndexedDB reads of tickets',
    runs.map((run) => sum(run, 'idb readonly mirror ticket', run.notes)),
  )
  printMs(
    'console: long tasks',
    runs.map((run) => sum(run, 'long task', run.notes)),
  )
  const middle = [...runs].sort((a, b) => a.usableAt - a.submittedAt - (b.usableAt - b.submittedAt))[
    Math.floor(runs.length / 2)
  ]
  if (middle && process.env.BENCH_NOTES) showNotes(middle)
  verdict(
    `sign-in to a usable queue of ${OPEN} open tickets`,
    median(total) < LIMIT_MS,
    `median ${ms(median(total))}, p95 ${ms(quantile(total, 0.95))} (limit ${ms(LIMIT_MS)})`,
  )
}

/** Everything of one run in order, with BENCH_NOTES=1. */
function showNotes(run: Run): void {
  const all = [
    ...run.engine.map((one) => ({ ...one, where: 'engine' })),
    ...run.notes.map((one) => ({ ...one, where: 'console' })),
  ].sort((a, b) => a.at - b.at)
  process.stdout.write('the median run in order\n')
  for (const { where, what, at, tookMs, size } of all) {
    if (at < run.submittedAt || at > run.usableAt) continue
    const extra = [tookMs === undefined ? '' : ms(tookMs), size === undefined ? '' : `${size}`].filter(
      Boolean,
    )
    print(`${ms(at - run.submittedAt).padStart(8)} ${where.padEnd(8)} ${what}`, extra.join(', '))
  }
}
