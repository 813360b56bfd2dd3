import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Desk } from '../e2e/desk'
import { hasPostgres, startPostgres } from '../src-portal/real-postgres'
import { startBenchPortal } from './bench-portal'
import { oneOf, sequence } from './bench-tickets'
import { ms, print, printMs, quantile, verdict, watchMachine } from './figures'
import type { Note } from './in-page/notes'
import { pageScript } from './page-script'
import { engineOf } from './pages'

/*
 * A change made on one desk, on the screen of another: two real apps (MERIDIAN_ELECTRON), each with its own profile and
 * person, and one portal process between them, on PostgreSQL if this machine has it. All of it on loopback.
 *
 * From the key that makes the change on the one desk (the time stamp of its event) until the frame has been painted on the
 * other that shows it: a ticket that was claimed shows its new owner in the queue, a reply stands in the open ticket.
 * Limit: 150 ms, p95.
 */
const TICKETS = 200
const CLAIMS = 120
const REPLIES = 60
const WARM_UP = 8
const LIMIT_MS = 150

type Trip = { readonly total: number; readonly stages: readonly number[] }

const folder = await mkdtemp(join(tmpdir(), 'meridian-bench-'))
const server = hasPostgres ? await startPostgres({ durable: true }) : undefined
const postgres = await server?.newDatabase()
const portal = await startBenchPortal(folder, {
  open: TICKETS,
  closed: 0,
  messages: 2,
  areUnassigned: true,
  ...(postgres ? { postgres } : {}),
})
print('the portal keeps its data in', postgres ? 'PostgreSQL, commits wait for the disk' : 'PGlite')
const desks: Desk[] = []
try {
  for (const [name, token] of [
    ['one', portal.token],
    ['other', portal.colleague],
  ] as const) {
    desks.push(await Desk.launch({ userData: join(folder, name), portal: { url: portal.url, token } }))
  }
  const [one, other] = desks
  if (!one || !other) throw new Error('there are no two desks')
  const scripts = { console: await pageScript('desk-probe'), engine: await pageScript('engine-probe') }
  for (const desk of [one, other]) {
    await desk.waitForQueue()
    await desk.strip().filter({ hasText: /live/i }).waitFor({ timeout: 30_000 })
    await desk.console.evaluate(scripts.console)
    await (await engineOf(desk)).evaluate(scripts.engine)
  }
  print('clocks of the two windows, apart', ms(Math.abs((await clockOf(one)) - (await clockOf(other)))))
  const machine = await watchMachine()
  show('a claimed ticket, in the queue of the other', await claims(one, other))
  show('a reply, in the ticket open on the other', await replies(one, other))
  print('the machine', await machine())
} finally {
  for (const desk of desks) await desk.kill()
  await portal.process.stop('SIGKILL')
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
}

/** What a page's own clock is off from the machine's, ms. */
function clockOf({ console: page }: Desk): Promise<number> {
  return page.evaluate(() => {
    let least = Number.POSITIVE_INFINITY
    // Date.now counts whole milliseconds: its first moment in one is the nearest.
    for (let turn = 0; turn < 2000; turn += 1) {
      least = Math.min(least, performance.timeOrigin + performance.now() - Date.now())
    }
    return least
  })
}

async function claims(one: Desk, other: Desk): Promise<readonly Trip[]> {
  const trips: Trip[] = []
  const random = sequence(3)
  for (const desk of [one, other]) await desk.console.keyboard.press('Home')
  for (let turn = 0; turn < WARM_UP + CLAIMS; turn += 1) {
    // Both lists have the same order, so that both come to the same ticket.
    for (const desk of [other, one]) await desk.console.keyboard.press('j')
    const id = await one.console.evaluate(() => window.benchDesk.selected())
    await other.console.locator(`#${id}`).waitFor()
    const trip = await travel(
      one,
      other,
      other.console.evaluate((row) => window.benchDesk.otherOwner(row), id),
      'c',
    )
    if (turn >= WARM_UP) trips.push(trip)
    await wait(oneOf([80, 150, 250, 400], random))
  }
  return trips
}

async function replies(one: Desk, other: Desk): Promise<readonly Trip[]> {
  const trips: Trip[] = []
  const random = sequence(5)
  for (const desk of [one, other]) await desk.console.keyboard.press('Enter')
  await one.ticket().waitFor()
  await other.ticket().waitFor()
  await one.ticket().getByRole('tab', { name: /reply/i }).click()
  for (let turn = 0; turn < WARM_UP + REPLIES; turn += 1) {
    const text = `Answer number ${turn}: the grouping key is corrected.`
    await one.composer('reply').fill(text)
    const trip = await travel(
      one,
      other,
      other.console.evaluate((words) => window.benchDesk.said(words), text),
      'Control+Enter',
    )
    if (turn >= WARM_UP) trips.push(trip)
    await wait(oneOf([150, 250, 400], random))
  }
  return trips
}

/** Presses the key on the one desk and waits until the other one shows what it does. */
async function travel(one: Desk, other: Desk, shown: Promise<number>, key: string): Promise<Trip> {
  const engines = [await engineOf(one), await engineOf(other)] as const
  for (const engine of engines) await engine.evaluate(() => window.benchEngine.takeNotes())
  const pressed = one.console.evaluate((name) => window.benchDesk.nextKey(name), key.replace('Control+', ''))
  // The pages listen by now: they answer in the order in which they were asked.
  await other.console.evaluate(() => 0)
  await one.console.evaluate(() => 0)
  await one.console.keyboard.press(key)
  const [pressedAt, shownAt] = await Promise.all([pressed, shown])
  const [mine, theirs] = await Promise.all(
    engines.map((engine) => engine.evaluate(() => window.benchEngine.takeNotes())),
  )
  const at = (notes: readonly Note[] | undefined, what: string) =>
    notes?.find((note) => note.what === what && note.at >= pressedAt)
  const sent = at(mine, 'request /commands')
  const asked = at(theirs, 'request /changes')
  const told = at(theirs, 'told mirror')
  const ends = [sent?.at, sent && sent.at + (sent.tookMs ?? 0), asked?.at, told?.at, shownAt]
  return { total: shownAt - pressedAt, stages: ends.map((end) => (end ?? Number.NaN) - pressedAt) }
}

function show(what: string, trips: readonly Trip[]): void {
  process.stdout.write(`${what}\n`)
  const stages = [
    'stored, and on its way to the portal',
    'answered by the portal',
    "the other desk's engine asks for it",
    'in its mirror, its windows told',
    'painted',
  ]
  stages.forEach((stage, index) => {
    const times = trips.map((trip) => trip.stages[index] ?? Number.NaN)
    // Of a request whose answer came after the frame there is no note yet.
    printMs(
      stage,
      times.filter((time) => !Number.isNaN(time)),
    )
  })
  const high = quantile(
    trips.map(({ total }) => total),
    0.95,
  )
  verdict(what, high < LIMIT_MS, `p95 ${ms(high)} (limit ${ms(LIMIT_MS)})`)
}
