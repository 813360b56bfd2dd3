import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { electronRuntime } from '../../scripts/setup/electron.mjs'
import { expectAccessible } from './axe'
import type { Desk } from './desk'
import { expect, test } from './fixtures'

const ROOT = resolve(import.meta.dirname, '../..')

/** The pages of tickets that have a window of their own. */
const ownWindows = (desk: Desk) => desk.app.windows().filter((page) => page.url().includes('#ticket='))

async function ownWindow(desk: Desk, ticketId: string): Promise<Page> {
  await expect
    .poll(() => ownWindows(desk).map((page) => page.url()))
    .toContainEqual(expect.stringContaining(`#ticket=${ticketId}`))
  const page = ownWindows(desk).find((one) => one.url().endsWith(`#ticket=${ticketId}`))
  if (!page) throw new Error(`no window of ${ticketId}`)
  return page
}

/** What the system does when somebody follows a link: it starts the console again with it. */
async function follow(desk: Desk, userData: string, link: string): Promise<void> {
  const { path } = await electronRuntime()
  const root = process.getuid?.() === 0 && process.platform === 'linux' ? ['--no-sandbox'] : []
  await promisify(execFile)(path, [...root, ROOT, '--user-data', userData, '--', link]).catch(() => {})
  await expect(desk.console.getByRole('grid')).toBeVisible()
}

const boundsOf = (desk: Desk, title: RegExp) =>
  desk.app.evaluate(({ BrowserWindow }, source) => {
    const window = BrowserWindow.getAllWindows().find((one) => new RegExp(source).test(one.getTitle()))
    return window?.getBounds()
  }, title.source)

test('a ticket in a window of its own', async ({ workspace, launch }, info) => {
  const portal = await workspace({ tickets: 3 })
  const userData = info.outputPath('profile')
  const at = { userData, portal: { url: portal.url, token: portal.tokens.l1 } }
  let desk = await launch(at)
  await desk.waitForQueue()
  await expect(desk.strip()).toContainText(/live/i)
  await desk.open('MER-1001')
  await desk.composer('reply').fill('Begun in the console')
  await expect(desk.ticket().getByText('Draft saved')).toBeVisible()
  await desk.composer('reply').press('Escape')

  let page = desk.console
  await test.step('opens with `o`, is called like its ticket and can do what a ticket can', async () => {
    await desk.console.keyboard.press('o')
    page = await ownWindow(desk, 'ticket-1')
    await expect(page).toHaveTitle(/^MER-1001 · Correlation pattern 1/)
    await expect(page.getByRole('textbox', { name: /public reply/i })).toHaveValue('Begun in the console')
    await page.getByRole('log').focus()
    await page.keyboard.press('c')
    await expect(page.getByText('Mine')).toBeVisible()
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('Show it in the queue')
    await page.keyboard.press('Escape')
    await expectAccessible(page, 'a ticket of its own')
  })

  await test.step('what is typed in one window stands in the other, and nothing of it is lost', async () => {
    const here = page.getByRole('textbox', { name: /public reply/i })
    await here.fill('Begun in the console, gone on in the window')
    await expect(desk.composer('reply')).toHaveValue('Begun in the console, gone on in the window')
    await desk.composer('reply').fill('Begun in the console, gone on in the window, ended in the console')
    await expect(here).toHaveValue('Begun in the console, gone on in the window, ended in the console')
    await here.press('Control+Enter')
    await expect(here).toHaveValue('')
    await expect(desk.composer('reply')).toHaveValue('')
    await expect(desk.timeline()).toContainText('ended in the console')
    await expect(desk.strip()).not.toContainText(/unsent/i)
    expect(
      await portal.messagesSaying('Begun in the console, gone on in the window, ended in the console'),
    ).toHaveLength(1)
  })

  await test.step('asked for again it is the same one', async () => {
    await desk.row('MER-1001').click()
    await desk.console.keyboard.press('Shift+Enter')
    await desk.row('MER-1002').click()
    await desk.console.keyboard.press('Shift+Enter')
    await ownWindow(desk, 'ticket-2')
    expect(ownWindows(desk)).toHaveLength(2)
  })

  await test.step('leads to the console, and closes without the app ending', async () => {
    await page.bringToFront()
    await page.getByRole('log').focus()
    await page.keyboard.press('q')
    await expect(desk.ticket()).toContainText('MER-1001')
    const closed = page.waitForEvent('close')
    // The page may be gone before it has answered.
    await page.keyboard.press('Escape').catch(() => {})
    await closed
    await expect.poll(() => ownWindows(desk)).toHaveLength(1)
    await expect(desk.strip()).toContainText(/live/i)
  })

  await test.step('is there again where it was', async () => {
    const place = { x: 90, y: 60, width: 620, height: 560 }
    // A window that is just being shown may take no place yet.
    await expect(async () => {
      await desk.app.evaluate(({ BrowserWindow }, to) => {
        BrowserWindow.getAllWindows()
          .find((one) => one.getTitle().startsWith('MER-1002'))
          ?.setBounds(to)
      }, place)
      expect(await boundsOf(desk, /^MER-1002/)).toMatchObject(place)
    }).toPass()
    await desk.quit()
    desk = await launch(at)
    await desk.waitForQueue()
    await desk.open('MER-1003')
    await desk.console.keyboard.press('o')
    await ownWindow(desk, 'ticket-3')
    await expect.poll(() => boundsOf(desk, /^MER-1003/)).toMatchObject(place)
  })
})

test('links of the system lead to a ticket and nowhere else', async ({ workspace, launch }, info) => {
  const portal = await workspace({ tickets: 3 })
  const userData = info.outputPath('profile')
  const desk = await launch({ userData, portal: { url: portal.url, token: portal.tokens.l1 } })
  await desk.waitForQueue()
  await expect(desk.strip()).toContainText(/live/i)

  await follow(desk, userData, 'meridian://ticket/ticket-2')
  await expect(desk.ticket()).toContainText('MER-1002')
  await follow(desk, userData, 'meridian://ticket/MER-1003')
  await expect(desk.ticket()).toContainText('MER-1003')

  for (const [link, said] of [
    ['meridian://ticket/ticket-99', 'There is no ticket ticket-99 on this desk'],
    ['meridian://solve/ticket-1', 'This link was not opened'],
    ['--screenshots=shots', 'This link was not opened'],
  ] as const) {
    await follow(desk, userData, link)
    await expect(desk.console.getByText(said).first()).toBeVisible()
    await expect(desk.ticket()).toContainText('MER-1003')
    await desk.console.getByRole('button', { name: 'Dismiss' }).first().click()
  }

  await desk.console.getByRole('grid').focus()
  await desk.console.keyboard.press('L')
  await expect(desk.console.getByText('Copied meridian://ticket/ticket-3')).toBeVisible()
  expect(await desk.app.evaluate(({ clipboard }) => clipboard.readText())).toBe('meridian://ticket/ticket-3')
})

test('a link that comes before somebody has signed in is followed then', async ({ launch }, info) => {
  const userData = info.outputPath('profile')
  const desk = await launch({ userData })
  const person = desk.console.getByRole('button', { name: /L1/ }).first()
  await expect(person).toBeVisible({ timeout: 30_000 })
  const { path } = await electronRuntime()
  const root = process.getuid?.() === 0 && process.platform === 'linux' ? ['--no-sandbox'] : []
  await promisify(execFile)(path, [
    ...root,
    ROOT,
    '--user-data',
    userData,
    'meridian://ticket/nowhere',
  ]).catch(() => {})
  await person.click()
  await desk.waitForQueue()
  await expect(desk.console.getByText('There is no ticket nowhere on this desk')).toBeVisible({
    timeout: 60_000,
  })
})

test('the palette finds everything, by keyboard alone', async ({ workspace, launch }) => {
  const portal = await workspace({ tickets: 12 })
  const desk = await launch({ portal: { url: portal.url, token: portal.tokens.l1 } })
  await desk.waitForQueue()
  await expect(desk.strip()).toContainText(/live/i)
  const page = desk.console
  const box = page.getByRole('combobox', { name: 'What do you want to do?' })
  const options = page.getByRole('listbox', { name: 'What can be done' }).getByRole('option')
  const chosen = page.getByRole('option', { selected: true })

  await page.keyboard.press('Control+k')
  await expect(box).toBeFocused()
  await expectAccessible(page, 'palette')
  await box.fill('1007')
  await expect(chosen).toContainText('MER-1007')
  await page.keyboard.press('Enter')
  await expect(desk.ticket()).toContainText('MER-1007')

  await page.keyboard.press('Control+k')
  await expect(options.first()).toContainText('MER-1007')
  await box.fill('breached')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tab', { name: /Breached/, selected: true })).toBeVisible()

  await page.keyboard.press('Control+k')
  await expect(chosen).toContainText('Breached')
  await box.fill('all open')
  await page.keyboard.press('Enter')
  await desk.waitForQueue()

  await test.step('what needs the focus gets it, and Escape gives it back', async () => {
    await desk.open('MER-1002')
    await page.keyboard.press('Control+k')
    await box.fill('internal note')
    await page.keyboard.press('Enter')
    await expect(desk.composer('note')).toBeFocused()
    await page.keyboard.press('Control+k')
    await page.keyboard.press('Escape')
    await expect(desk.composer('note')).toBeFocused()
  })

  await test.step('the sheet has the same keys as the palette', async () => {
    await desk.composer('note').press('Escape')
    await page.keyboard.press('?')
    const sheet = page.getByRole('dialog', { name: 'Keys' })
    const lines = await sheet.getByRole('definition').allTextContents()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    const offered = (await options.allTextContents()).join('\n')
    const filter = [
      'Priority and words',
      'A plan',
      'Without',
      'Words together',
      'Everything that can be done',
    ]
    for (const line of lines.filter((one) => !filter.includes(one))) expect(offered).toContain(line)
    expect(lines.length).toBeGreaterThan(30)
    await page.keyboard.press('Escape')
  })
})

test('zoom stays, within its bounds', async ({ workspace, launch }, info) => {
  const portal = await workspace({ tickets: 1 })
  const at = {
    userData: info.outputPath('profile'),
    portal: { url: portal.url, token: portal.tokens.l1 },
  }
  let desk = await launch(at)
  await desk.waitForQueue()
  const factors = () =>
    desk.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .filter((window) => window.isVisible())
        .map((window) => Math.round(window.webContents.getZoomFactor() * 100)),
    )
  await desk.console.getByRole('grid').focus()
  for (let press = 0; press < 12; press += 1) await desk.console.keyboard.press('Control+=')
  await expect.poll(factors).toEqual([200])
  await expect(desk.rows().first()).toBeVisible()

  await test.step('where there is no room beside it, the ticket takes the place of the queue', async () => {
    await desk.console.keyboard.press('j')
    await desk.console.keyboard.press('Enter')
    await expect(desk.timeline()).toBeVisible()
    await expect(desk.console.getByRole('grid')).toBeHidden()
    await desk.console.keyboard.press('r')
    await expect(desk.composer('reply')).toBeFocused()
    await desk.console.keyboard.press('Escape')
    await expect(desk.timeline()).toBeFocused()
    await desk.console.keyboard.press('E')
    await expect(desk.console.getByText('is for the backline and supervisors')).toBeVisible()
    await desk.console.keyboard.press('Escape')
    await expect(desk.console.getByRole('grid')).toBeFocused()
  })

  for (let press = 0; press < 12; press += 1) await desk.console.keyboard.press('Control+-')
  await expect.poll(factors).toEqual([80])
  await desk.console.keyboard.press('Control+0')
  await desk.console.keyboard.press('Control+=')
  await expect.poll(factors).toEqual([110])
  await desk.quit()
  desk = await launch(at)
  await desk.waitForQueue()
  expect(await factors()).toEqual([110])
})
