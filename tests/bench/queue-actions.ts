import type { Desk } from '../e2e/desk'
import type { Expected } from './in-page/action-probe'
import { pageScript } from './page-script'

const CURSOR: Expected = { is: 'other', selector: '[role=row][data-active]' }
const sortedBy = (direction: string) =>
  ({ is: 'there', selector: `[role=columnheader][aria-sort=${direction}]` }) as const satisfies Expected
const TIMES = 20

/** How long what one does in the queue takes from the key to the painted frame, ms, by what it is. */
export async function queueActions(desk: Desk): Promise<ReadonlyMap<string, readonly number[]>> {
  const { console: page } = desk
  await page.evaluate(await pageScript('action-probe'))
  const reached = new Map<string, number[]>()
  const press = async (what: string, key: string, expected: Expected) => {
    const shown = page.evaluate(([name, wanted]) => window.benchActions.untilShown(name, wanted), [
      key.split('+').at(-1) ?? key,
      expected,
    ] as const)
    // The probe listens from the next task on.
    await page.evaluate(() => undefined)
    await page.keyboard.press(key)
    reached.set(what, [...(reached.get(what) ?? []), await shown])
  }
  await page.getByRole('grid').focus()
  for (let time = 0; time < TIMES; time += 1) await press('the cursor goes on by a row', 'j', CURSOR)
  for (let time = 0; time < TIMES; time += 1) await press('a row is marked with the next', 'J', CURSOR)
  await press('all are marked', 'Control+a', {
    is: 'there',
    selector: '[role=toolbar]',
    text: '50,000 marked',
  })
  await press('none is marked', 'Escape', { is: 'gone', selector: '[role=toolbar]' })
  for (const header of ['Subject', 'Customer', 'Status', 'Ticket', 'Assignee']) {
    await page.getByRole('button', { name: header, exact: true }).focus()
    // The rows that are seen may be the same in both orders; what they are sorted by is painted with them.
    await press('all are sorted by another column', 'Enter', sortedBy('ascending'))
    await press('all are sorted the other way round', 'Enter', sortedBy('descending'))
    await press('back to the view’s own order', 'Enter', { ...sortedBy('descending'), is: 'gone' })
  }
  return reached
}
