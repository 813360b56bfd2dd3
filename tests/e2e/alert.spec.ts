import { expect, test } from './fixtures'

test.setTimeout(180_000)

test('a P1 crossing half of its first response is announced once, and a click opens it', async ({
  bus,
  workspace,
  launch,
}) => {
  const portal = await workspace({ tickets: 2, thresholdsInMs: [20_000, 60_000] })
  const at = { portal: { url: portal.url, token: portal.tokens.l1 } }
  let desk = await launch(at)
  await desk.waitForQueue()
  const about = (number: string) => bus.shown().filter((shown) => shown.body.includes(number))

  await test.step('the notification is on the bus with its text and urgency', async () => {
    await expect.poll(() => about('MER-9001').length, { timeout: 45_000 }).toBe(1)
    expect(about('MER-9001')[0]).toMatchObject({
      title: expect.stringMatching(/P1.*first response/i),
      body: expect.stringContaining('No incidents are created at all'),
      urgency: 2,
    })
    expect(about('MER-9001')[0]?.body).toContain('Northwind Aerospace')
  })

  await test.step('a click opens the ticket', async () => {
    await bus.clickNewest()
    await expect(desk.ticket()).toContainText('No incidents are created at all')
  })

  await test.step('a restart does not announce it again', async () => {
    await desk.kill()
    desk = await launch(at)
    await desk.waitForQueue()
    await expect(desk.strip()).toContainText(/live/i)
    // When the next one has been announced, the first one has been looked at again as well.
    await expect.poll(() => about('MER-9002').length, { timeout: 90_000 }).toBe(1)
    expect(about('MER-9001')).toHaveLength(1)
  })
})
