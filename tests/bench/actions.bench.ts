import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Desk } from '../e2e/desk'
import { startBenchPortal } from './bench-portal'
import { ms, print, printMs, quantile, verdict, watchMachine } from './figures'
import type { Expected } from './in-page/action-probe'
import { pageScript } from './page-script'

/*
 * What an agent does all day, from the key to the screen, in the real app (MERIDIAN_ELECTRON) with 10,000 open tickets and
 * a portal process: from the time stamp of the key's event until the frame has been painted that shows what it did.
 * Each action is done several times; its limit is 100 ms, p95.
 */
const TICKETS = 10_000
const TIMES = 20
const LIMIT_MS = 100

type Action = {
  readonly name: string
  /** As it is pressed. */
  readonly press: string
  readonly shows: Expected
  /** Brings the desk to where the action can be done. */
  readonly before?: () => Promise<void>
  readonly after?: () => Promise<void>
}

const folder = await mkdtemp(join(tmpdir(), 'meridian-bench-'))
const portal = await startBenchPortal(folder, { open: TICKETS, closed: 0, messages: 2, areUnassigned: true })
let desk: Desk | undefined
try {
  desk = await Desk.launch({
    userData: join(folder, 'profile'),
    portal: { url: portal.url, token: portal.token },
  })
  await desk.waitForQueue()
  await desk.console.getByRole('grid', { name: /10,?000 tickets/ }).waitFor({ timeout: 120_000 })
  await desk.console.evaluate(await pageScript('action-probe'))
  const machine = await watchMachine()
  for (const action of actions(desk)) await measure(desk, action)
  print('the machine', await machine())
} finally {
  await desk?.kill()
  await portal.process.stop('SIGKILL')
  await rm(folder, { recursive: true, force: true })
}

/** In the order of a working day: each begins where the one before has left the desk. */
function actions(on: Desk): readonly Action[] {
  const { console: page } = on
  const press = (key: string) => () => page.keyboard.press(key)
  const dialog = 'dialog[open], [role=dialog]'
  const escaped = async () => {
    await page.keyboard.press('Escape')
    await page.locator(dialog).waitFor({ state: 'detached' })
  }
  const onToTheNext = async () => {
    await page.keyboard.press('Escape')
    await page.keyboard.press('j')
  }
  const inComposer = async () => {
    await page.keyboard.press('r')
    await on.composer('reply').and(page.locator(':focus')).waitFor()
  }
  const firstRow: Expected = { is: 'other', selector: '[role=row][id^=row-]' }
  const column = (name: string) => page.getByRole('button', { name, exact: true })
  const box = page.getByRole('combobox', { name: 'Filter tickets' })
  const inGrid = () => page.getByRole('grid').focus()
  let answers = 0
  return [
    { name: 'next ticket', press: 'j', shows: { is: 'other', selector: '[role=row][aria-selected=true]' } },
    {
      name: 'mark',
      press: 'x',
      shows: { is: 'there', selector: '[role=toolbar][aria-label="Marked tickets"]' },
      after: press('Escape'),
    },
    {
      name: 'preview',
      press: 'v',
      shows: { is: 'there', selector: 'aside[aria-label=Preview]' },
      after: press('v'),
    },
    {
      name: 'open the ticket',
      press: 'Enter',
      // Whoever opens it has looked at its row.
      before: () => wait(150),
      shows: { is: 'there', selector: 'aside[aria-label^=Ticket] [role=log]' },
      after: onToTheNext,
    },
    {
      name: 'open it in one breath with the move',
      press: 'Enter',
      shows: { is: 'there', selector: 'aside[aria-label^=Ticket] [role=log]' },
      after: onToTheNext,
    },
    {
      name: 'view: mine',
      press: 'm',
      before: press('g'),
      shows: { is: 'other', selector: '[role=tab][aria-selected=true]' },
      after: async () => {
        await page.keyboard.press('g')
        await page.keyboard.press('a')
      },
    },
    {
      name: 'sort by a column',
      press: 'Enter',
      before: () => column('Subject').focus(),
      shows: firstRow,
      // The other way round, and back to the view's own order.
      after: async () => {
        await page.keyboard.press('Enter')
        await page.keyboard.press('Enter')
        await inGrid()
      },
    },
    {
      name: 'a key in the filter',
      press: 'w',
      before: () => box.focus(),
      shows: { is: 'there', selector: '[aria-label="What the list asks for"] button' },
      after: async () => {
        await page.keyboard.press('Backspace')
        await page.locator('[aria-label="What the list asks for"] button').waitFor({ state: 'detached' })
        await inGrid()
      },
    },
    {
      name: 'next up: claimed and open',
      press: 'N',
      shows: { is: 'other', selector: 'aside[aria-label^=Ticket] h2' },
    },
    {
      name: 'to the reply',
      press: 'r',
      shows: { is: 'focused', selector: 'textarea' },
      after: press('Escape'),
    },
    {
      name: 'send the reply',
      press: 'Control+Enter',
      shows: { is: 'other', selector: '[role=log]' },
      before: async () => {
        answers += 1
        await inComposer()
        await on.composer('reply').fill(`Answer number ${answers}: the grouping key is corrected.`)
      },
      after: press('Escape'),
    },
    { name: 'priority', press: 'p', shows: { is: 'there', selector: dialog }, after: escaped },
    { name: 'status', press: 's', shows: { is: 'there', selector: dialog }, after: escaped },
    { name: 'escalate', press: 'e', shows: { is: 'there', selector: dialog }, after: escaped },
    {
      name: 'why it is due then',
      press: 'y',
      shows: { is: 'there', selector: '[aria-label^="Why"]' },
      after: press('y'),
    },
    { name: 'palette', press: 'Control+k', shows: { is: 'there', selector: dialog }, after: escaped },
    { name: 'sheet of keys', press: '?', shows: { is: 'there', selector: dialog }, after: escaped },
  ]
}

async function measure(
  { console: page }: Desk,
  { name, press, shows, before, after }: Action,
): Promise<void> {
  const samples: number[] = []
  const key = press.replace('Control+', '')
  for (let time = 0; time <= TIMES; time += 1) {
    await before?.()
    const shown = page.evaluate(({ key, shows }) => window.benchActions.untilShown(key, shows), {
      key,
      shows,
    })
    // The page listens by now: it answers in the order in which it was asked.
    await page.evaluate(() => 0)
    await page.keyboard.press(press)
    const took = await shown
    if (time > 0) samples.push(took)
    await after?.()
  }
  printMs(name, samples)
  const high = quantile(samples, 0.95)
  verdict(name, high < LIMIT_MS, `p95 ${ms(high)} (limit ${ms(LIMIT_MS)})`)
}
