import { expect, test } from './fixtures'

/** Time for a change at the portal to reach the desk, even of a busy machine, before the threshold does. */
const AHEAD_MS = 4000

test('a P1 crossing half of its first response is announced once, and a click opens it', async ({
  bus,
  workspace,
  launch,
}) => {
  const portal = await workspace({ tickets: 2, sleepers: 80 })
  const at = { portal: { url: portal.url, token: portal.tokens.l1 } }
  let desk = await launch(at)
  await desk.waitForQueue()
  await expect(desk.strip()).toContainText(/live/i)
  const about = (number: string) => bus.shown().filter((shown) => shown.body.includes(number))
  /** @returns its number */
  const somebodyMakesOneUrgent = async (): Promise<string> => {
    const { id, number, crossesAt } = portal.sleeperCrossingIn(AHEAD_MS)
    await portal.give('backline', { type: 'set-priority', target: id, priority: 'P1' })
    await expect(desk.row(number)).toContainText('P1')
    expect(about(number), 'announced before its time').toHaveLength(0)
    await expect.poll(() => about(number).length, { timeout: 30_000 }).toBe(1)
    expect(Date.now(), 'when it is announced').toBeGreaterThanOrEqual(crossesAt)
    return number
  }

  const first = await somebodyMakesOneUrgent()
  expect(about(first)[0]).toMatchObject({
    title: expect.stringMatching(/P1.*first response/i),
    body: expect.stringContaining('No incidents are created at all'),
    urgency: 2,
  })
  expect(about(first)[0]?.body).toContain('Northwind Aerospace')

  await test.step('a click opens the ticket', async () => {
    await bus.clickNewest()
    await expect(desk.ticket()).toContainText('No incidents are created at all')
    await expect(desk.ticket()).toContainText(first)
  })

  await test.step('a restart does not announce it again, and a window that nobody sees misses nothing', async () => {
    await desk.kill()
    desk = await launch(at)
    await desk.waitForQueue()
    await expect(desk.strip()).toContainText(/live/i)
    await desk.hide()
    // When the next one has been announced, the first one has been looked at again as well.
    await somebodyMakesOneUrgent()
    expect(about(first)).toHaveLength(1)
  })
})
