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
    const paste = (withText: boolean) =>
      desk.composer('reply').evaluate(async (area, asText) => {
        const canvas = new OffscreenCanvas(640, 400)
        const ink = canvas.getContext('2d')
        ink?.fillRect(80, 80, 300, 40)
        const clipboardData = new DataTransfer()
        clipboardData.items.add(new File([await canvas.convertToBlob()], 'shot.png', { type: 'image/png' }))
        if (asText) clipboardData.setData('text/plain', 'B2\t4711')
        return area.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
        )
      }, withText)
    expect(await paste(false), 'the browser has nothing to do').toBe(false)
    await expect(attached()).toHaveText([/pattern-4711\.log/, /shot\.png\s*\d.* k?B/])
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
    await expect(attached()).toHaveText([/pattern-4711\.log/, /shot\.png/, /pattern\.json\s*11 B/])
    expect(await paste(true), 'the browser pastes the text').toBe(true)
    await expect(attached()).toHaveCount(3)
    await desk.ticket().getByRole('button', { name: 'Remove pattern.json' }).click()
    await expect(attached()).toHaveCount(2)
  })

  await test.step('killed with the draft, the file is there again', async () => {
    await desk.composer('reply').press('End')
    await desk.composer('reply').press('!')
    await expect(desk.ticket().getByText('Draft saved')).toBeVisible()
    await desk.kill()
    desk = await launch(at)
    await desk.waitForQueue()
    await desk.open('MER-1001')
    await expect(desk.composer('reply')).toHaveValue('The log of pattern 4711 is with this.!')
    await expect(attached()).toHaveCount(2)
  })

  await test.step('sent offline and killed again it waits with its message', async () => {
    await desk.composer('reply').press('Control+Enter')
    await expect(desk.composer('reply')).toHaveValue('')
    await expect(attached()).toHaveCount(0)
    await expect(sent()).toHaveText([/pattern-4711\.log/, /shot\.png/])
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
    const messages = await portal.messagesSaying('The log of pattern 4711 is with this.!')
    expect(messages).toMatchObject([
      { value: { attachments: [{ name: 'pattern-4711.log', size: LOG.length }, { name: 'shot.png' }] } },
    ])
  })

  await test.step('a colleague saves it, whole, and looks at the picture', async () => {
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
    await colleague.timeline().getByRole('button', { name: 'Look at shot.png' }).press('Enter')
    const picture = colleague.console.getByRole('img', { name: 'shot.png' })
    await expect(picture).toHaveJSProperty('naturalWidth', 640)
    await expectAccessible(colleague.console, 'a picture')
    await colleague.console.keyboard.press('Escape')
    await expect(picture).toHaveCount(0)
    await expect(colleague.timeline().getByRole('button', { name: 'Look at shot.png' })).toBeFocused()
  })
})
