import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expectAccessible } from './axe'
import type { Desk } from './desk'
import { expect, test, type Workspace } from './fixtures'

async function begin(
  workspace: (options: { tickets: number }) => Promise<Workspace>,
  launch: (options: { portal: { url: string; token: string } }) => Promise<Desk>,
) {
  const portal = await workspace({ tickets: 6 })
  const again = () => launch({ portal: { url: portal.url, token: portal.tokens.l1 } })
  const desk = await again()
  await desk.waitForQueue()
  await expect(desk.rows()).toHaveCount(6)
  return { portal, desk, page: desk.console, again }
}

const headers = ({ console: page }: Desk) => page.getByRole('columnheader')

/** What pages of a profile keep for themselves, as it stands in the files. */
function keptOnDisk(profile: string): string {
  const folder = join(profile, 'Local Storage', 'leveldb')
  const files = readdirSync(folder).filter((name) => /\.(log|ldb)$/.test(name))
  return files.map((name) => readFileSync(join(folder, name), 'latin1')).join()
}

test('a view that was saved, and columns as they were arranged, are there after a restart', async ({
  workspace,
  launch,
}, info) => {
  const { desk, page, again } = await begin(workspace, launch)

  await test.step('the filter is completed by keyboard and shown as chips', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('prio')
    await page.keyboard.press('Tab')
    await page.keyboard.type('p2')
    await expect(page.getByRole('combobox', { name: 'Filter tickets' })).toHaveValue('priority:p2')
    await expect(page.getByRole('button', { name: 'Take away priority:p2' })).toBeVisible()
    await expect(desk.rows()).toHaveCount(2)
    await expect(page.getByRole('region', { name: 'Queue' }).getByText('2 matches')).toBeVisible()
    await page.keyboard.type(' colour:red')
    await expect(page.getByText(/there is no field 'colour'/)).toBeVisible()
    await expect(desk.rows()).toHaveCount(2)
    await page.getByRole('button', { name: 'Take away colour:red' }).click()
    await page.keyboard.press('Escape')
  })

  await test.step('saved under a name, with its number', async () => {
    await page.getByRole('grid').focus()
    await page.keyboard.press('S')
    const dialog = page.getByRole('dialog', { name: 'Save as a new view' })
    await expect(dialog.getByLabel('Name')).toBeFocused()
    await page.keyboard.type('Urgent ones')
    await expect(dialog.getByLabel('What it shows')).toHaveValue('is:open priority:p2')
    await expect(dialog.getByLabel('For everybody')).toBeDisabled()
    await expectAccessible(page, 'save a view')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('tab', { name: 'Urgent ones 2' })).toHaveAttribute('aria-selected', 'true')
    await expect(desk.rows()).toHaveCount(2)
  })

  await test.step('columns are moved, made wider and hidden by keyboard', async () => {
    await page.getByRole('button', { name: 'Status', exact: true }).focus()
    await page.keyboard.press('Delete')
    await expect(page.getByRole('columnheader', { name: 'Status' })).toHaveCount(0)
    await page.getByRole('button', { name: 'Customer', exact: true }).focus()
    await page.keyboard.press('Alt+ArrowLeft')
    await expect(headers(desk).nth(2)).toHaveText('Customer')
    await page.getByRole('button', { name: 'Customer', exact: true }).focus()
    const widthOf = async () => (await headers(desk).nth(2).boundingBox())?.width ?? 0
    const before = await widthOf()
    await page.keyboard.press('Shift+ArrowRight')
    await expect.poll(widthOf).toBeGreaterThan(before)
  })
  const arranged = await headers(desk).allTextContents()
  // Chromium writes what a page keeps some seconds later.
  await expect.poll(() => keptOnDisk(info.outputPath('profile'))).toContain('"id":"customer","width"')
  await desk.quit()

  const next = await again()
  await next.waitForQueue()
  await test.step('after a restart', async () => {
    await next.console.getByRole('tab', { name: /Urgent ones/ }).click()
    await expect(next.rows()).toHaveCount(2)
    await expect(headers(next)).toHaveText(arranged)
  })

  await test.step('deleted, and brought back', async () => {
    await next.console.getByRole('grid').focus()
    await next.console.keyboard.press('g')
    await next.console.keyboard.press('v')
    await next.console.getByRole('menuitem', { name: /Delete/ }).click()
    await expect(next.console.getByRole('tab', { name: /Urgent ones/ })).toHaveCount(0)
    await expect(next.console.getByRole('tab', { name: /All open/ })).toHaveAttribute('aria-selected', 'true')
    await next.console.getByRole('button', { name: 'Undo' }).click()
    await expect(next.console.getByRole('tab', { name: /Urgent ones/ })).toBeVisible()
  })
})

test('many tickets are changed together after saying which are not, and taken back with one key', async ({
  workspace,
  launch,
}) => {
  const { portal, desk, page } = await begin(workspace, launch)
  const assignees = async () => (await portal.records('ticket')).map(({ value }) => value.assigneeId)

  await test.step('three are marked and claimed', async () => {
    await page.getByRole('grid').focus()
    await page.keyboard.press('x')
    await page.keyboard.press('J')
    await page.keyboard.press('J')
    const bar = page.getByRole('toolbar', { name: 'Marked tickets' })
    await expect(bar).toContainText('3 marked')
    await expect(page.getByRole('row', { selected: true })).toHaveCount(3)
    await expectAccessible(page, 'marked tickets')
    await page.keyboard.press('c')
    await expect(page.getByText('Claimed 3 tickets')).toBeVisible()
    await expect(bar).toHaveCount(0)
    await expect.poll(async () => (await assignees()).filter((id) => id === 'agent-ines').length).toBe(3)
  })

  await test.step('of all six, three can be claimed: the others are named with the reason', async () => {
    await page.keyboard.press('A')
    await page.keyboard.press('c')
    const dialog = page.getByRole('dialog', { name: /Claim/ })
    await expect(dialog).toContainText('Claim 3 of 6 tickets')
    await expect(dialog).toContainText('3 stay as they are')
    await expect(dialog).toContainText('is already yours')
    await expectAccessible(page, 'what a bulk change leaves out')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('grid')).toBeFocused()
  })

  await test.step('one key takes it back', async () => {
    await page.keyboard.press('Escape')
    await page.keyboard.press('z')
    await expect(page.getByText('Undone: Claimed 3 tickets')).toBeVisible()
    await expect.poll(async () => (await assignees()).filter((id) => id !== undefined).length).toBe(0)
  })

  await test.step('priority, with what it does said before', async () => {
    await page.keyboard.press('Control+a')
    await page.keyboard.press('p')
    const dialog = page.getByRole('dialog', { name: 'Priority: 6 tickets' })
    await page.keyboard.press('2')
    await expect(dialog).toContainText('Set 4 of 6 tickets to P2, High')
    await dialog.getByRole('button', { name: 'Set 4 tickets' }).click()
    await expect(page.getByText('Set 4 tickets to P2')).toBeVisible()
    await expect(desk.rows().filter({ hasText: 'P2' })).toHaveCount(6)
    await page.keyboard.press('z')
    await expect(desk.rows().filter({ hasText: 'P2' })).toHaveCount(2)
  })
})

test('one key takes the most urgent ticket, and says why it is this one', async ({ workspace, launch }) => {
  const { portal, desk, page } = await begin(workspace, launch)
  // The P2 that was opened first; all are nobody's.
  await page.getByRole('grid').focus()
  await page.keyboard.press('N')
  await expect(desk.ticket()).toContainText('MER-1004')
  await expect(page.getByText(/Claimed MER-1004: P2 of .*, first response due in/)).toBeVisible()
  await expect.poll(async () => (await portal.ticket('MER-1004')).value.assigneeId).toBe('agent-ines')
  await page.keyboard.press('N')
  await expect(desk.ticket()).toContainText('MER-1001')
})

test('groups fold, a ticket is looked at without being opened, words are found in messages', async ({
  workspace,
  launch,
}) => {
  const { desk, page } = await begin(workspace, launch)

  await test.step('grouped by priority', async () => {
    await page.getByRole('grid').focus()
    await page.keyboard.press('D')
    await page.getByRole('menuitem', { name: 'Group by' }).press('ArrowRight')
    await page.getByRole('menuitem', { name: 'Priority', exact: true }).click()
    const p2 = page.getByRole('row', { name: 'P2, 2 tickets' })
    await expect(p2.getByRole('rowheader')).toHaveAttribute('aria-expanded', 'true')
    await expect(page.getByRole('row', { name: 'P3, 4 tickets' })).toBeVisible()
    await page.getByRole('grid').focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowLeft')
    await expect(p2.getByRole('rowheader')).toHaveAttribute('aria-expanded', 'false')
    await expect(desk.rows()).toHaveCount(4)
    await page.keyboard.press('Enter')
    await expect(desk.rows()).toHaveCount(6)
    await expectAccessible(page, 'groups')
  })

  await test.step('a preview follows the cursor', async () => {
    await page.keyboard.press('j')
    await page.keyboard.press('v')
    const peek = page.getByRole('complementary', { name: 'Preview' })
    await expect(peek).toContainText('swallow alerts of other teams')
    await expect(peek).toContainText('Nobody has it: claim it')
    await expect(desk.ticket()).toHaveCount(0)
    await expectAccessible(page, 'preview')
    await page.keyboard.press('v')
    await expect(peek).toHaveCount(0)
  })

  await test.step('a word that only messages have', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('swallow pattern 3')
    await expect(desk.rows()).toHaveCount(1)
    await expect(desk.rows()).toContainText('MER-1003')
  })
})

test('a view is saved as CSV in its columns and order', async ({ workspace, launch }, info) => {
  const { desk, page } = await begin(workspace, launch)
  const file = info.outputPath('queue.csv')
  await desk.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, file)
  await page.getByRole('button', { name: 'Ticket', exact: true }).click()
  await page.keyboard.press('D')
  await page.getByRole('menuitem', { name: 'Export as CSV' }).click()
  await expect(page.getByText(/Saved 6 tickets to/)).toBeVisible()
  const lines = (await readFile(file, 'utf8')).trim().split('\r\n')
  expect(lines[0]).toBe(
    'Priority,Ticket,Subject,Customer,Status,Assignee,First response,First response due,Resolution,Resolution due,Last word from the customer',
  )
  expect(lines.slice(1).map((line) => line.split(',')[1])).toEqual([
    ...['MER-1001', 'MER-1002', 'MER-1003', 'MER-1004', 'MER-1005', 'MER-1006'],
  ])
})
