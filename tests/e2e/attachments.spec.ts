import { readFile, writeFile } from 'node:fs/promises'
import { expectAccessible } from './axe'
import { expect, test } from './fixtures'

const LOG = Buffer.from(`2026-07-10T09:12:00Z pattern 4711 swallowed an alert\n`.repeat(60_000))

test('a file that was attached offline survives a kill, arrives once, and can be saved by a colleague', async ({
  workspace,
  launch,
}, info) => {
  const portal = await workspace({ tickets: 2 })
  const at = { portal: { url: portal.url, token: portal.tokens.l1 } }
  const file = info.outputPath('pattern-4711.log')
  await writeFile(file, LOG)
  let desk = await launch(at)
  await desk.waitForQueue()
  await expect(desk.strip()).toContainText(/live/i)
  const attached = () => desk.ticket().getByRole('list', { name: 'Attached files' }).getByRole('listitem')
  const sent = () =>
    desk.timeline().getByRole('list', { name: 'Files of this message' }).getByRole('listitem')

  await test.step('offline: chosen, shown with its size, removed and chosen again', async () => {
    await portal.down()
    await expect(desk.strip()).toContainText(/offline/i)
    await desk.open('MER-1001')
    await desk.composer('reply').fill('The log of pattern 4711 is with this.')
    const chooser = desk.ticket().locator('input[type=file]')
    await chooser.setInputFiles(file)
    await expect(attached()).toHaveText(/pattern-4711\.log\s*3\.\d MB/)
    await expectAccessible(desk.console, 'a composer with a file')
    await desk.ticket().getByRole('button', { name: 'Remove pattern-4711.log' }).click()
    await expect(attached()).toHaveCount(0)
    await chooser.setInputFiles(file)
    await expect(attached()).toHaveCount(1)
    await chooser.setInputFiles({ name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) })
    await expect(desk.ticket().getByRole('alert')).toContainText('“empty.txt” is empty')
    await expect(attached()).toHaveCount(1)
  })

  await test.step('a picture is pasted, a file is dropped; a copied table stays text', async () => {
    await desk.app.evaluate(({ clipboard, nativeImage }) => {
      clipboard.writeImage(
        nativeImage.createFromBuffer(Buffer.alloc(16 * 16 * 4, 200), { width: 16, height: 16 }),
      )
    })
    await desk.composer('reply').press('Control+v')
    await expect(attached()).toHaveText([/pattern-4711\.log/, /\.png\s*\d+ B/])
    const dropped = await desk.console.evaluateHandle(() => {
      const transfer = new DataTransfer()
      transfer.items.add(new File(['{"id":4711}'], 'pattern.json', { type: 'application/json' }))
      return transfer
    })
    const composer = desk.ticket().getByRole('region', { name: /^Public reply/ })
    await composer.dispatchEvent('dragenter', { dataTransfer: dropped })
    await expect(desk.ticket().getByText(/Drop files here/)).toBeVisible()
    await composer.dispatchEvent('drop', { dataTransfer: dropped })
    await expect(desk.ticket().getByText(/Drop files here/)).toHaveCount(0)
    await expect(attached()).toHaveText([/pattern-4711\.log/, /\.png/, /pattern\.json\s*11 B/])
    await desk.app.evaluate(({ clipboard, nativeImage }) => {
      const image = nativeImage.createFromBuffer(Buffer.alloc(64, 9), { width: 4, height: 4 })
      clipboard.write({ text: ' As in B2.', image })
    })
    await desk.composer('reply').press('End')
    await desk.composer('reply').press('Control+v')
    await expect(desk.composer('reply')).toHaveValue('The log of pattern 4711 is with this. As in B2.')
    await expect(attached()).toHaveCount(3)
    for (const name of [/^Remove .*\.png$/, 'Remove pattern.json']) {
      await desk.ticket().getByRole('button', { name }).click()
    }
    await expect(attached()).toHaveCount(1)
  })

  await test.step('killed with the draft, the file is there again', async () => {
    await desk.composer('reply').press('End')
    await desk.composer('reply').press('!')
    await expect(desk.ticket().getByText('Draft saved')).toBeVisible()
    await desk.kill()
    desk = await launch(at)
    await desk.waitForQueue()
    await desk.open('MER-1001')
    await expect(desk.composer('reply')).toHaveValue('The log of pattern 4711 is with this. As in B2.!')
    await expect(attached()).toHaveCount(1)
  })

  await test.step('sent offline and killed again it waits with its message', async () => {
    await desk.composer('reply').press('Control+Enter')
    await expect(desk.composer('reply')).toHaveValue('')
    await expect(attached()).toHaveCount(0)
    await expect(sent()).toHaveText(/pattern-4711\.log/)
    await expect(desk.strip()).toContainText(/1 unsent/i)
    await desk.kill()
    desk = await launch(at)
    await desk.waitForQueue()
    await expect(desk.strip()).toContainText(/1 unsent/i)
  })

  await test.step('the portal is there again: message and file arrive, once', async () => {
    await portal.up()
    await expect(desk.strip()).toContainText(/live/i, { timeout: 45_000 })
    await expect(desk.strip()).not.toContainText(/unsent/i)
    const messages = await portal.messagesSaying('The log of pattern 4711 is with this. As in B2.!')
    expect(messages).toMatchObject([
      { value: { attachments: [{ name: 'pattern-4711.log', size: LOG.length }] } },
    ])
  })

  await test.step('a colleague saves it, whole', async () => {
    const colleague = await launch({
      userData: info.outputPath('colleague'),
      portal: { url: portal.url, token: portal.tokens.backline },
    })
    await colleague.waitForQueue()
    await colleague.open('MER-1001')
    const saved = info.outputPath('saved.log')
    await colleague.app.evaluate(({ dialog }, filePath) => {
      Object.assign(dialog, { showSaveDialog: async () => ({ canceled: false, filePath }) })
    }, saved)
    await colleague.timeline().getByRole('button', { name: 'Save pattern-4711.log' }).click()
    await expect(colleague.console.getByText(`Saved as ${saved}`)).toBeVisible()
    expect((await readFile(saved)).equals(LOG)).toBe(true)
  })
})
