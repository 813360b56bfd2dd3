import type { Desk } from '../e2e/desk'
import type { Reached } from './in-page/queue-probe'

const TYPED = ['enrich timeout', 'p1 logistics', 'premium+ webhook 40', '-waiting dash']

/** How long each key in the filter takes to reach the screen, of a desk whose console has the queue's probe. */
export async function keysReached({ console: page }: Desk): Promise<readonly Reached[]> {
  await page.evaluate(() => window.benchQueue.watchKeys())
  const box = page.getByRole('combobox', { name: 'Filter tickets' })
  for (const text of TYPED) {
    await box.click()
    await box.pressSequentially(text, { delay: 60 })
    for (let left = text.length; left > 0; left -= 1) await box.press('Backspace', { delay: 30 })
  }
  return page.evaluate(() => window.benchQueue.takeKeys())
}
