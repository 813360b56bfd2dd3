import type { Page } from '@playwright/test'
import { expectAccessible } from './axe'
import { expect, test } from './fixtures'

test('axe finds nothing on any screen, in light and in dark', async ({ launch }) => {
  test.slow()
  const desk = await launch()
  const page = desk.console
  const choose = async (colorScheme: 'light' | 'dark') => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
  }
  /** @param shown what of the page is new in its colours */
  const inBoth = async (screen: string, part = 'html', shown = part) => {
    await choose('light')
    await expectAccessible(page, `${screen}, light`, part)
    await choose('dark')
    await expectAccessible(page, `${screen}, dark`, shown, 'colours')
  }
  await expect(page.getByRole('button', { name: /L1/ }).first()).toBeVisible({ timeout: 30_000 })
  await inBoth('sign-in')
  await page.getByRole('button', { name: /L1/ }).first().click()
  await desk.waitForQueue()
  await expect(desk.strip()).toContainText(/live/i, { timeout: 30_000 })
  await inBoth('queue')

  await page.keyboard.press('v')
  await expect(page.getByRole('complementary', { name: 'Preview' })).toBeVisible()
  await inBoth('preview')
  // Twice as large its text can't all be seen: the keyboard must reach it to scroll it.
  for (let press = 0; press < 12; press += 1) await page.keyboard.press('Control+=')
  await expect(page.getByRole('group', { name: 'Last messages' })).toBeVisible()
  await inBoth('preview, twice as large')
  await page.keyboard.press('Control+0')
  await page.keyboard.press('v')

  const menus = [
    ['order, groups, columns', ['D']],
    ['all views', ['g', 'v']],
  ] as const
  for (const [name, keys] of menus) {
    for (const key of keys) await page.keyboard.press(key)
    await expect(page.getByRole('menu')).toBeVisible()
    await inBoth(name, '[role=menu]')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toHaveCount(0)
  }
  await page.keyboard.press('Enter')
  await expect(desk.timeline()).toBeVisible()
  await inBoth('ticket')

  const dialogs = [
    ['the sheet of keys', '?'],
    ['settings', 'Control+,'],
    ['priority', 'p'],
    ['status', 's'],
    ['escalate', 'e'],
    ['promise', 'u'],
    ['palette', 'Control+k'],
    ['save a view', 'S'],
    ['macros', 'Control+;'],
    ['merge', 'm'],
    ['product issue', 'i'],
  ] as const
  for (const [name, keys] of dialogs) {
    await page.keyboard.press(keys)
    await expect(page.getByRole('dialog')).toBeVisible()
    await inBoth(name, 'html', 'dialog[open], [role=dialog]')
    await closeDialog(page)
  }
})

async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}
