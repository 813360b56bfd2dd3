import { expect, test } from './fixtures'

const REPLY = 'We found the pattern that swallows them; a fix is on its way to your tenant.'
const NOTE = 'Pattern 4711 has an empty tag list. Written while the portal was away.'

test('a reply written offline survives a kill and arrives once', async ({ workspace, launch }) => {
  const portal = await workspace({ tickets: 3 })
  const at = { portal: { url: portal.url, token: portal.tokens.l1 } }
  let desk = await launch(at)
  await desk.waitForQueue()
  await expect(desk.rows()).toHaveCount(3)
  await expect(desk.strip()).toContainText(/live/i)

  await test.step('the portal goes away; the desk says so and takes a reply all the same', async () => {
    await portal.down()
    await expect(desk.strip()).toContainText(/offline/i)
    await desk.open('MER-1001')
    await desk.send('reply', REPLY)
    await expect(desk.timeline()).toContainText(REPLY)
    await expect(desk.strip()).toContainText(/1 unsent/i)
  })

  await test.step('the app is killed and comes back without a portal: nothing is lost', async () => {
    await desk.kill()
    desk = await launch(at)
    await desk.waitForQueue()
    await expect(desk.rows()).toHaveCount(3)
    await expect(desk.strip()).toContainText(/1 unsent/i)
    await desk.open('MER-1001')
    await expect(desk.timeline()).toContainText(REPLY)
    await desk.send('note', NOTE)
    await expect(desk.strip()).toContainText(/2 unsent/i)
  })

  await test.step('the portal comes back: both arrive, once', async () => {
    await portal.up()
    await expect(desk.strip()).toContainText(/live/i, { timeout: 45_000 })
    await expect(desk.strip()).not.toContainText(/unsent/i)
    expect(await portal.messagesSaying(REPLY)).toHaveLength(1)
    expect(await portal.messagesSaying(NOTE)).toHaveLength(1)
    await expect(desk.timeline().getByText(REPLY)).toHaveCount(1)
  })

  await test.step('and are still there once after everything has been started again', async () => {
    await desk.kill()
    await portal.down('SIGKILL')
    await portal.up()
    desk = await launch(at)
    await desk.waitForQueue()
    await expect(desk.strip()).toContainText(/live/i)
    expect(await portal.messagesSaying(REPLY)).toHaveLength(1)
    expect(await portal.messagesSaying(NOTE)).toHaveLength(1)
  })
})

test('a half-typed reply is there again after a kill', async ({ workspace, launch }) => {
  const portal = await workspace({ tickets: 1 })
  const at = { portal: { url: portal.url, token: portal.tokens.l1 } }
  let desk = await launch(at)
  await desk.waitForQueue()
  await desk.open('MER-1001')
  await desk.composer('reply').fill('Half a sentence, then the pow')
  await expect(desk.console.getByText(/draft saved/i)).toBeVisible()
  await desk.kill()

  desk = await launch(at)
  await desk.waitForQueue()
  await desk.open('MER-1001')
  await expect(desk.composer('reply')).toHaveValue('Half a sentence, then the pow')
})

test('what was typed just before leaving is there again', async ({ workspace, launch }) => {
  const portal = await workspace({ tickets: 1 })
  const at = { portal: { url: portal.url, token: portal.tokens.l1 } }
  let desk = await launch(at)
  await desk.waitForQueue()
  await desk.open('MER-1001')
  await desk.composer('reply').fill('One more thing')
  await desk.quit()

  desk = await launch(at)
  await desk.waitForQueue()
  await desk.open('MER-1001')
  await expect(desk.composer('reply')).toHaveValue('One more thing')
})
