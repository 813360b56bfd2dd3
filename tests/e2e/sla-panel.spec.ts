import { expect, test } from './fixtures'

test('why a ticket is due then, what another priority would do to it, and the deadline calculator', async ({
  workspace,
  launch,
}) => {
  // The last ones are two hours old: as a P1 of Premium their first response would have been due by now.
  const portal = await workspace({ tickets: 110 })
  const desk = await launch({ portal: { url: portal.url, token: portal.tokens.l1 } })
  const page = desk.console
  await desk.waitForQueue()
  await expect(desk.strip()).toContainText(/live/i)

  await test.step('the panel shows both clocks and, asked by key, why', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('MER-1105')
    await page.keyboard.press('Enter')
    const sla = desk.ticket().getByRole('region', { name: 'Service level' })
    await expect(sla.getByText('Working time').first()).toBeVisible()
    await expect(sla.getByRole('meter', { name: /first response/i })).toBeVisible()
    await page.keyboard.press('y')
    const why = sla.getByRole('region', { name: 'Why: First response' })
    await expect(why).toContainText(/Started .* as P3: 2 business days/)
    await expect(why.getByRole('listitem').last()).toContainText(/^Due /)
    await sla.getByText('Settings of the policy').click()
    await expect(sla.getByText('A priority change is retroactive', { exact: false })).toBeVisible()
    await desk.screenshot('sla-panel')
    await page.keyboard.press('y')
    await expect(why).toHaveCount(0)
  })

  await test.step('a change that breaches for good is shown, and takes a second step', async () => {
    await page.keyboard.press('p')
    const dialog = page.getByRole('dialog', { name: 'Priority of MER-1105' })
    await page.keyboard.press('1')
    const effect = dialog.getByRole('region', { name: 'First response' })
    await expect(effect).toContainText('Breaches first response at once, for good')
    await desk.screenshot('priority-effect')
    await page.keyboard.press('Enter')
    await expect(dialog.getByRole('button', { name: 'Set P1 and breach' })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
    await expect(desk.ticket()).toContainText('P3')
  })

  await test.step('a change that breaches nothing is saved with Enter after its effect was read', async () => {
    await page.keyboard.press('p')
    const dialog = page.getByRole('dialog', { name: 'Priority of MER-1105' })
    await page.keyboard.press('2')
    await expect(dialog.getByRole('region', { name: 'First response' })).toContainText(/earlier/)
    await expect(dialog.getByRole('region', { name: 'Resolution' })).toContainText(/it had no date/i)
    await page.keyboard.press('Enter')
    await expect(dialog).toHaveCount(0)
    await expect(desk.timeline()).toContainText(/set priority/)
    await expect(desk.strip()).not.toContainText(/unsent/i)
    const resolution = desk.ticket().getByRole('meter', { name: /resolution/i })
    await expect(resolution).toBeVisible()
  })

  await test.step('the calculator knows the first example of the rules', async () => {
    await page.keyboard.press('g')
    await page.keyboard.press(',')
    const settings = page.getByRole('dialog', { name: 'Settings' })
    await settings.getByRole('radio', { name: 'Premium', exact: true }).check({ force: true })
    await settings.getByRole('radio', { name: 'P1' }).check({ force: true })
    await settings.getByLabel('Calendar', { exact: true }).selectOption('emea-london')
    await settings.getByRole('textbox', { name: 'Start' }).fill('2026-07-10 16:30')
    await settings.getByRole('radio', { name: 'Customer (London)' }).check({ force: true })
    const resolution = settings.getByRole('region', { name: 'Resolution' })
    await expect(resolution).toContainText('Mon 13 Jul 2026, 16:30 in London')
    await expect(resolution).toContainText(/Skipped Sat 2026-07-11 to Sun 2026-07-12/)
    await desk.screenshot('deadline-calculator')
    await settings.getByRole('tab', { name: 'Calendars' }).click()
    await expect(settings.getByRole('region', { name: 'EMEA, London' })).toContainText('31 Dec 2028')
    await page.keyboard.press('Escape')
    await expect(settings).toHaveCount(0)
  })
})
