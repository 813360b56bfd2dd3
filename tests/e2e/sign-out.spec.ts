import type { Desk } from './desk'
import { expect, test } from './fixtures'

test.setTimeout(180_000)

const REPLY = 'Written by Lena while the portal was away.'
const NOTE = 'Written by somebody else meanwhile.'

/** Opens the person's menu and asks to leave; nobody has left yet. */
async function askToSignOut(desk: Desk) {
  await desk.console.getByRole('button', { name: /agent$|engineer$|^.*, Supervisor$/ }).click()
  await desk.console.getByRole('menuitem', { name: 'Sign out' }).click()
  const dialog = desk.console.getByRole('dialog', { name: /^Sign out of/ })
  await expect(dialog).toBeVisible()
  return dialog
}

async function signIn(desk: Desk, url: string, token: string) {
  await desk.console.getByRole('tab', { name: /connect/i }).click()
  await desk.console.getByLabel(/address/i).fill(url)
  await desk.console.getByLabel(/^token/i).fill(token)
  await desk.console.getByRole('button', { name: 'Connect' }).click()
  await desk.waitForQueue()
}

test('what one person did not send waits for them, and is sent by nobody else', async ({
  workspace,
  launch,
}) => {
  const portal = await workspace({ tickets: 3 })
  const desk = await launch({ portal: { url: portal.url, token: portal.tokens.l1 } })
  await desk.waitForQueue()
  await expect(desk.strip()).toContainText(/live/i)

  await test.step('offline: a reply is not sent, a draft is begun, and signing out says so', async () => {
    await portal.down()
    await expect(desk.strip()).toContainText(/offline/i)
    await desk.open('MER-1001')
    await desk.send('reply', REPLY)
    await expect(desk.strip()).toContainText(/1 unsent/i)
    await desk.open('MER-1002')
    await desk.composer('reply').fill('half a sentence')
    await expect(desk.console.getByText(/draft saved/i)).toBeVisible()
    const dialog = await askToSignOut(desk)
    await expect(dialog).toContainText('1 change not sent and 1 draft')
    await dialog.getByRole('button', { name: 'Stay' }).click()
    await expect(dialog).toBeHidden()
    await (await askToSignOut(desk)).getByRole('button', { name: 'Sign out' }).click()
    await expect(desk.console.getByRole('tab', { name: /connect/i })).toBeVisible()
  })

  await test.step('somebody else sees nothing of it and sends nothing of it', async () => {
    await portal.up()
    await signIn(desk, portal.url, portal.tokens.backline)
    await expect(desk.strip()).toContainText(/live/i, { timeout: 30_000 })
    await expect(desk.strip()).not.toContainText(/unsent/i)
    await desk.open('MER-1002')
    await expect(desk.composer('reply')).toHaveValue('')
    await desk.send('note', NOTE)
    await expect.poll(() => portal.messagesSaying(NOTE)).toHaveLength(1)
    expect(await portal.messagesSaying(REPLY)).toHaveLength(0)
    const dialog = await askToSignOut(desk)
    await expect(dialog).toContainText('Everything you did has reached the portal')
    await dialog.getByLabel(/remove the tickets/i).check()
    await dialog.getByRole('button', { name: 'Sign out' }).click()
  })

  await test.step('signed in again, the reply is sent once and the draft is there', async () => {
    await signIn(desk, portal.url, portal.tokens.l1)
    await expect(desk.strip()).toContainText(/live/i, { timeout: 30_000 })
    await expect.poll(() => portal.messagesSaying(REPLY)).toHaveLength(1)
    await expect(desk.strip()).not.toContainText(/unsent/i)
    const authorOf = async (body: string) => {
      const [message] = await portal.messagesSaying(body)
      return (message?.value.author as { id: string } | undefined)?.id
    }
    expect(await authorOf(REPLY)).not.toBe(await authorOf(NOTE))
    await desk.open('MER-1002')
    await expect(desk.composer('reply')).toHaveValue('half a sentence')
  })

  await test.step('what one has confirmed by its numbers is deleted, and is not there again', async () => {
    const dialog = await askToSignOut(desk)
    await dialog.getByLabel(/remove the tickets/i).check()
    await dialog.getByLabel('Also delete for good: 1 draft').check()
    await dialog.getByRole('button', { name: 'Sign out and delete' }).click()
    await expect(desk.console.getByRole('tab', { name: /connect/i })).toBeVisible()
    await signIn(desk, portal.url, portal.tokens.l1)
    await desk.open('MER-1002')
    await expect(desk.composer('reply')).toHaveValue('')
    expect(await portal.messagesSaying(REPLY)).toHaveLength(1)
  })
})
