import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import type { DeskStore } from '../../../../src-renderer/store/desk-store'

/*
 * Pictures of the views: `npx vite build` with the config beside this file, then
 * `npx tsx tests/src-renderer/views/preview/shoot.ts [NAME …]` leaves them in out/preview-pictures.
 */
const BUILT = join(import.meta.dirname, '../../../../out/preview')
const PICTURES = join(import.meta.dirname, '../../../../out/preview-pictures')
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
}
const SIZES = { s: [1280, 800], m: [1920, 1080], l: [2560, 1440] } as const

type Shot = { readonly name: string; readonly query?: string; readonly act?: (page: Page) => Promise<void> }

const row = (page: Page, text: RegExp, position: number) =>
  page.locator('[role=row][id]').filter({ hasText: text }).nth(position)
/** Looks at what another priority would do to a ticket, most recently due first. */
async function choosePriority(page: Page, text: RegExp, key: string): Promise<void> {
  await page.keyboard.press('g')
  await page.keyboard.press('a')
  await row(page, text, 0).click()
  await page.keyboard.press('p')
  await page.keyboard.press(key)
}
const firstRow = (page: Page) => page.locator('[role=row][id]').nth(3)
/** The ticket on which everything was done. */
async function openCase(page: Page): Promise<void> {
  await page.keyboard.press('/')
  await page.keyboard.type('bridge')
  await page.keyboard.press('Enter')
  await page.getByRole('log').waitFor()
}
const SHOTS: readonly Shot[] = [
  { name: 'queue' },
  { name: 'ticket', act: (page) => firstRow(page).click() },
  {
    name: 'why',
    act: async (page) => {
      await row(page, /P2/, 14).click()
      await page.keyboard.press('y')
    },
  },
  {
    name: 'why-settings',
    act: async (page) => {
      await row(page, /P2/, 14).click()
      await page.keyboard.press('y')
      await page.getByText('Settings of the policy').click()
      await page.getByRole('region', { name: 'Why it is due then' }).evaluate((it) => it.scrollTo(0, 9999))
    },
  },
  { name: 'priority', act: (page) => choosePriority(page, /P3/, '1') },
  { name: 'priority-lower', act: (page) => choosePriority(page, /P1/, '3') },
  { name: 'settings', act: (page) => page.keyboard.press('Control+,') },
  {
    name: 'settings-policy',
    act: async (page) => {
      await page.keyboard.press('Control+,')
      await page.getByRole('tab', { name: 'Policy' }).click()
    },
  },
  {
    name: 'settings-calendars',
    act: async (page) => {
      await page.keyboard.press('Control+,')
      await page.getByRole('tab', { name: 'Calendars' }).click()
    },
  },
  {
    name: 'news',
    act: async (page) => {
      await page.evaluate(() => {
        const { store, touch } = window as unknown as { store: DeskStore; touch: (ids: string[]) => void }
        touch([...store.rows.values()].slice(0, 120).map(({ id }) => id))
      })
      await page.waitForFunction(() => document.getAnimations().length > 0)
      await page.evaluate(() => {
        for (const animation of document.getAnimations()) animation.pause()
      })
    },
  },
  {
    name: 'note',
    act: async (page) => {
      await firstRow(page).click()
      await page.keyboard.press('n')
      await page.keyboard.type('Same pattern as last week: the lag starts right after the hourly compaction.')
    },
  },
  {
    name: 'offline',
    query: 'sync=offline',
    act: async (page) => {
      await firstRow(page).click()
      await page.keyboard.press('r')
      await page.keyboard.type('We moved the consumer to another node. Please confirm that alerts arrive.')
      await page.keyboard.press('Control+Enter')
      await page.keyboard.press('Escape')
      await page.keyboard.press('n')
      await page.keyboard.type('Asked R&D for the patch level.')
      await page.keyboard.press('Control+Enter')
    },
  },
  { name: 'case', act: openCase },
  {
    name: 'case-top',
    act: async (page) => {
      await openCase(page)
      await page.getByRole('log').evaluate((it) => it.scrollTo(0, -9999))
    },
  },
  { name: 'case-backline', query: 'role=backline', act: openCase },
  {
    name: 'carried',
    act: async (page) => {
      await openCase(page)
      await page.getByRole('button', { name: 'Details' }).click()
    },
  },
  {
    name: 'case-middle',
    act: async (page) => {
      await openCase(page)
      await page
        .getByRole('article', { name: /Escalated/ })
        .first()
        .scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'more',
    act: async (page) => {
      await openCase(page)
      await page.keyboard.press('.')
      await page.getByRole('menuitem').first().waitFor()
    },
  },
  ...Object.entries({
    escalate: 'e',
    assign: 'a',
    promise: 'u',
    plan: 'd',
    call: 'l',
    workaround: 'w',
    issue: 'i',
    tags: 't',
    merge: 'm',
    cancel: 'X',
  }).map(([name, key]) => ({
    name: `form-${name}`,
    act: async (page: Page) => {
      await openCase(page)
      await page.keyboard.press(key)
      await page.getByRole('dialog').waitFor()
    },
  })),
  {
    name: 'form-problems',
    act: async (page) => {
      await openCase(page)
      await page.keyboard.press('e')
      await page.keyboard.type('Nothing arrives since 09:10.')
      await page.keyboard.press('Control+Enter')
    },
  },
  {
    name: 'form-excuse',
    query: 'role=supervisor',
    act: async (page) => {
      await openCase(page)
      await page.keyboard.press('B')
    },
  },
  { name: 'needs-you', query: 'conflicts', act: openCase },
  {
    name: 'compare',
    query: 'conflicts',
    act: async (page) => {
      await openCase(page)
      await page.keyboard.press('f')
      await page.keyboard.press('Enter')
    },
  },
  {
    name: 'compare-plan',
    query: 'conflicts',
    act: async (page) => {
      await openCase(page)
      await page.getByRole('button', { name: 'Compare' }).nth(1).click()
      await page.getByRole('group', { name: 'What will be done' }).getByText('My edit of both').click()
    },
  },
  {
    name: 'give-up',
    query: 'conflicts',
    act: async (page) => {
      await openCase(page)
      await page.keyboard.press('f')
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'Take theirs' }).click()
    },
  },
  { name: 'person', act: (page) => page.getByRole('button', { name: /L1 agent/ }).click() },
  { name: 'order', act: (page) => page.getByRole('button', { name: /^Order/ }).click() },
  { name: 'keys', act: (page) => page.keyboard.press('?') },
  { name: 'status', act: (page) => page.keyboard.press('s') },
  {
    name: 'filter',
    act: async (page) => {
      await page.keyboard.press('/')
      await page.keyboard.type('kestrel p2')
    },
  },
  {
    name: 'nothing',
    act: async (page) => {
      await page.keyboard.press('/')
      await page.keyboard.type('zzz')
    },
  },
  { name: 'loading', query: 'rows=loading&tickets=0' },
  { name: 'first-sync', query: 'sync=first&tickets=0' },
  { name: 'sign-in', query: 'screen=sign-in' },
  { name: 'sign-in-loading', query: 'screen=sign-in&people=never' },
  {
    name: 'connect',
    query: 'screen=sign-in',
    act: async (page) => {
      await page.getByRole('tab', { name: 'Connect' }).click()
      await page.getByLabel('Portal address').fill('https://support.lumen.example')
      await page.locator('[name=token]').fill('wrong')
      await page.getByRole('button', { name: 'Connect' }).click()
      await page.getByText('does not know this token').waitFor()
    },
  },
]

const server = createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://preview').pathname
  const file = join(BUILT, normalize(path === '/' ? '/index.html' : path))
  readFile(file).then(
    (body) =>
      response
        .writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
        .end(body),
    () => response.writeHead(404).end(),
  )
})

async function shoot(
  browser: Browser,
  port: number,
  shot: Shot,
  size: keyof typeof SIZES,
  scheme: 'light' | 'dark',
) {
  const [width, height] = SIZES[size]
  const page = await browser.newPage({
    viewport: { width, height },
    colorScheme: scheme,
    timezoneId: 'Europe/Berlin',
  })
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      console.log(`${shot.name}: ${message.text()}`)
  })
  page.on('pageerror', (problem) => console.log(`${shot.name}: ${problem.message}`))
  await page.goto(`http://127.0.0.1:${port}/?${shot.query ?? ''}`)
  await page.waitForSelector(shot.query?.includes('screen') ? 'h1' : 'footer')
  await page.evaluate(() => document.fonts.ready)
  await shot.act?.(page)
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every((a) => a.playState !== 'running' || a.effect?.getComputedTiming().iterations === Infinity),
  )
  await page.screenshot({ path: join(PICTURES, `${shot.name}-${size}-${scheme}.png`) })
  await page.close()
}

const asked = process.argv.slice(2)
server.listen(0, '127.0.0.1', async () => {
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
  const wanted = asked.length > 0 ? asked : SHOTS.flatMap(({ name }) => [`${name}-s-light`, `${name}-s-dark`])
  for (const one of wanted) {
    const [, name, size, scheme] = /^(.*)-([sml])-(light|dark)$/.exec(one) ?? []
    const shot = SHOTS.find((other) => other.name === name)
    if (!shot || !size || !scheme) throw new Error(`no picture is named ${one}`)
    await shoot(browser, port, shot, size as keyof typeof SIZES, scheme as 'light' | 'dark')
  }
  await browser.close()
  server.close()
})
