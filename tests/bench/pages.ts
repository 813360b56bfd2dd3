import type { Page } from '@playwright/test'
import type { Desk } from '../e2e/desk'

/** The page of the hidden engine, once it is loaded. */
export async function engineOf(desk: Desk): Promise<Page> {
  const isEngine = (page: Page) => page.url().includes('engine.html')
  const page =
    desk.app.windows().find(isEngine) ?? (await desk.app.waitForEvent('window', { predicate: isEngine }))
  await page.waitForLoadState()
  return page
}
