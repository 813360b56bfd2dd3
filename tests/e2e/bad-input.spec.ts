import { readdirSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, test } from './fixtures'

/** Something on loopback that isn't what it should be. */
async function serve(status: number, type: string, body: string): Promise<{ url: string; server: Server }> {
  const server = createServer((_, response) => {
    response.writeHead(status, { 'content-type': type })
    response.end(body)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server }
}

const NEWER = JSON.stringify({
  product: 'meridian-portal',
  protocol: 99,
  workspace: { id: 'ws', name: 'Tomorrow' },
  agent: { id: 'a', name: 'A', email: 'a@desk.example', role: 'l1', region: 'emea' },
  serverTime: '2030-01-01T00:00:00.000Z',
  features: [],
})

test('a sign-in that can’t be says what is wrong and what to do, and keeps what was typed', async ({
  workspace,
  launch,
}) => {
  const portal = await workspace({ tickets: 1 })
  const web = await serve(200, 'text/html', '<!doctype html><title>Welcome to the hotel network</title>')
  const newer = await serve(200, 'application/json', NEWER)
  const desk = await launch()
  const page = desk.console
  await page.getByRole('tab', { name: 'Connect to a portal' }).click({ timeout: 30_000 })
  const address = page.getByLabel('Portal address')
  const token = page.getByLabel('Token', { exact: true })

  const cases: readonly (readonly [what: string, url: string, token: string, expected: RegExp])[] = [
    ['no address at all', 'support dot example', 'mrd_x', /address|url/i],
    ['plain http to another machine', 'http://support.example.com', 'mrd_x', /https/i],
    ['nobody listens', 'http://127.0.0.1:9', 'mrd_x', /can’t be reached.*portal is running/i],
    ['a web page', web.url, 'mrd_x', /not a Meridian portal.*web page/i],
    ['a newer portal', newer.url, 'mrd_x', /version 99.*update the console/i],
    ['a token nobody gave out', portal.url, `mrd_${'x'.repeat(43)}`, /does not accept this token/i],
    ['a token with a line break in it', portal.url, 'mrd_x y', /spaces or other characters/i],
  ]
  for (const [what, url, given, expected] of cases) {
    await test.step(what, async () => {
      await address.fill(url)
      await token.fill(given)
      await page.getByRole('button', { name: 'Connect' }).click()
      await expect(page.getByText(expected).first()).toBeVisible()
      await expect(address).toHaveValue(url)
    })
  }

  await test.step('the right ones then work', async () => {
    await address.fill(portal.url)
    await token.fill(portal.tokens.l1)
    await page.getByRole('button', { name: 'Connect' }).click()
    await desk.waitForQueue()
  })
  web.server.close()
  newer.server.close()
})

test('a damaged database is rebuilt, the person is told, and nothing written is lost', async ({
  workspace,
  launch,
}, info) => {
  const REPLY = 'Written before the disk went bad.'
  const portal = await workspace({ tickets: 2 })
  const userData = info.outputPath('profile')
  const at = { userData, portal: { url: portal.url, token: portal.tokens.l1 } }
  let desk = await launch(at)
  await desk.waitForQueue()
  await portal.down()
  await desk.open('MER-1001')
  await desk.send('reply', REPLY)
  await expect(desk.strip()).toContainText(/1 unsent/i)
  await desk.kill()

  await test.step('every file of the databases is overwritten with rubbish', async () => {
    const files = readdirSync(userData, { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && /IndexedDB.*leveldb$/.test(entry.parentPath),
    )
    expect(files.length).toBeGreaterThan(2)
    for (const file of files) writeFileSync(join(file.parentPath, file.name), 'rubbish '.repeat(500))
  })

  await portal.up()
  desk = await launch(at)
  await desk.waitForQueue()
  await expect(desk.console.getByText(/damaged|restored|rebuilt/i).first()).toBeVisible()
  await expect(desk.strip()).toContainText(/live/i)
  await expect.poll(async () => (await portal.messagesSaying(REPLY)).length).toBe(1)
})
