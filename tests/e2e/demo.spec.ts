import { expect, test } from './fixtures'

test('the demo: sign in, see a queue that lives, claim and answer by keyboard', async ({ launch }) => {
  const desk = await launch()
  const page = desk.console

  await test.step('sign in as the L1 agent', async () => {
    await page.getByRole('button', { name: /L1/ }).first().click({ timeout: 30_000 })
    await desk.waitForQueue()
    await expect(desk.strip()).toContainText(/live/i, { timeout: 30_000 })
  })

  await test.step('a countdown moves', async () => {
    // Under an hour left, so it shows seconds.
    const clock = page
      .getByRole('grid')
      .getByText(/^\d?\d:\d\d$/)
      .first()
    const before = (await clock.textContent()) ?? ''
    await expect(page.getByText(before, { exact: true })).toHaveCount(0)
  })

  await test.step('filter, move, open, claim, answer without the mouse', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('p3')
    await page.keyboard.press('Enter')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    await page.keyboard.press('Enter')
    await expect(desk.ticket()).toBeVisible()
    await page.keyboard.press('r')
    await expect(desk.composer('reply')).toBeFocused()
    await page.keyboard.type('Thank you, I am looking at it now.')
    await page.keyboard.press('Control+Enter')
    await expect(desk.timeline().getByText('Thank you, I am looking at it now.')).toHaveCount(1)
    await expect(desk.strip()).not.toContainText(/unsent/i)
  })
})
