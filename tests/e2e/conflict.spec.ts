import type { Desk } from './desk'
import { expect, test, type Workspace } from './fixtures'
import { Line } from './line'

/** P2 tickets of the seed, by number and id. */
const MINE = { number: 'MER-1001', id: 'ticket-1', reason: 'Only the weekly export is affected.' }
const THEIRS = { number: 'MER-1004', id: 'ticket-4', reason: 'The customer has a way around it.' }
const MERGED = { number: 'MER-1007', id: 'ticket-7', reason: 'Seen by one user, twice.' }
const OUTAGE = 'The whole floor is blind.'

/** Reasons of all changes of priority of a ticket, at the portal. */
async function reasonsAt(portal: Workspace, ticketId: string): Promise<(string | undefined)[]> {
  return (await portal.records('message'))

    .map(({ value }) => value as { ticketId: string; type: string; at: string; reason?: string })
    .filter((message) => message.ticketId === ticketId && message.type === 'change')
    .sort((a, b) => a.at.localeCompare(b.at))
    .map(({ reason }) => reason)
}

const priorityAt = async (portal: Workspace, { number }: typeof MINE) =>
  (await portal.ticket(number)).value.priority

/** Doesn't wait for the next attempt, as nobody does who knows that the portal is back. */
async function triedNow(desk: Desk): Promise<void> {
  const tryNow = desk.strip().getByRole('button', { name: 'Try now' })
  await expect(async () => {
    if (await tryNow.isVisible()) await tryNow.click({ timeout: 500 })
    await expect(desk.strip()).toContainText(/3 refused/i, { timeout: 1000 })
  }).toPass()
}

async function lowerToP3(desk: Desk, { number, reason }: typeof MINE): Promise<void> {
  await desk.open(number)
  await desk.console.keyboard.press('p')
  const dialog = desk.console.getByRole('dialog', { name: `Priority of ${number}` })
  await desk.console.keyboard.press('3')
  await dialog.getByRole('textbox', { name: /why/i }).fill(reason)
  await desk.console.keyboard.press('Control+Enter')
  await expect(dialog).toHaveCount(0)
  await expect(desk.timeline()).toContainText(reason)
}

/** Opens the comparison by keys: to what needs me, and there the first choice. */
async function compare(desk: Desk, number: string) {
  await desk.open(number)
  const bar = desk.ticket().getByRole('region', { name: 'Needs you' })
  await expect(bar).toContainText('1 needs you')
  await desk.console.keyboard.press('f')
  await expect(bar.getByRole('button', { name: 'Compare' })).toBeFocused()
  await desk.console.keyboard.press('Enter')
  const dialog = desk.console.getByRole('dialog', { name: /decided by two/ })
  await expect(dialog).toContainText('Ravi Menon decided otherwise')
  return { bar, dialog, priority: dialog.getByRole('group', { name: 'Priority' }) }
}

test('two people set a priority: both versions are shown, and nothing is lost whatever is chosen', async ({
  workspace,
  launch,
}) => {
  const portal = await workspace({ tickets: 7 })
  const line = new Line(portal.url)
  await line.mend()
  const desk = await launch({ portal: { url: line.url, token: portal.tokens.l1 } })
  await desk.waitForQueue()
  await expect(desk.strip()).toContainText(/live/i)

  await test.step('I lower three tickets offline, and somebody else raises them meanwhile', async () => {
    await line.cut()
    for (const one of [MINE, THEIRS, MERGED]) await lowerToP3(desk, one)
    await expect(desk.strip()).toContainText(/3 unsent/i)
    for (const { id } of [MINE, THEIRS, MERGED]) {
      await portal.give('backline', { type: 'set-priority', target: id, priority: 'P1', reason: OUTAGE })
    }
    await line.mend()
    await triedNow(desk)
  })

  await test.step('mine, after a look that changed nothing', async () => {
    const { bar, dialog, priority } = await compare(desk, MINE.number)
    await expect(priority).toContainText('You saw P2')
    await expect(priority.getByRole('radio', { name: /Theirs/ })).toHaveAccessibleName(/P1/)
    await expect(priority.getByRole('radio', { name: /Mine/ })).toHaveAccessibleName(/P3/)
    await expect(dialog.getByRole('group', { name: 'Why' })).toContainText(OUTAGE)
    await expect(dialog.getByRole('group', { name: 'Why' })).toContainText(MINE.reason)
    await desk.screenshot('conflict')
    await desk.console.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
    await expect(bar.getByRole('button', { name: 'Compare' })).toBeFocused()
    expect(await priorityAt(portal, MINE)).toBe('P1')

    await desk.console.keyboard.press('Enter')
    await dialog.getByRole('button', { name: 'Take mine' }).click()
    await expect(bar).toHaveCount(0)
    await expect.poll(() => priorityAt(portal, MINE)).toBe('P3')
    expect(await reasonsAt(portal, MINE.id)).toEqual([OUTAGE, MINE.reason])
    await expect(desk.row(MINE.number)).toContainText('P3')
  })

  await test.step('theirs: my text is shown before it goes, and kept as a note', async () => {
    const { bar, dialog } = await compare(desk, THEIRS.number)
    await dialog.getByRole('button', { name: 'Take theirs' }).click()
    await expect(dialog.getByText(THEIRS.reason)).toBeVisible()
    await dialog.getByRole('button', { name: 'Copy it' }).click()
    await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible()
    expect(await desk.app.evaluate(({ clipboard }) => clipboard.readText())).toBe(THEIRS.reason)
    await dialog.getByRole('button', { name: 'Keep it as an internal note' }).click()
    await expect(bar).toHaveCount(0)
    await expect.poll(() => portal.messagesSaying(THEIRS.reason)).toHaveLength(1)
    expect(await priorityAt(portal, THEIRS)).toBe('P1')
    await expect(desk.row(THEIRS.number)).toContainText('P1')
  })

  await test.step('of both: my priority, with what both had to say', async () => {
    const { bar, dialog } = await compare(desk, MERGED.number)
    const why = dialog.getByRole('group', { name: 'Why' })
    await why.getByRole('radio', { name: 'My edit of both' }).check()
    await expect(why.getByRole('textbox')).toHaveValue(`${OUTAGE} ${MERGED.reason}`)
    await why.getByRole('textbox').fill(`It was not: ${MERGED.reason}`)
    await dialog.getByRole('button', { name: 'Save merged' }).click()
    await expect(bar).toHaveCount(0)
    await expect.poll(() => priorityAt(portal, MERGED)).toBe('P3')
    expect(await reasonsAt(portal, MERGED.id)).toEqual([OUTAGE, `It was not: ${MERGED.reason}`])
    await expect(desk.row(MERGED.number)).toContainText('P3')
  })
  await expect(desk.strip()).not.toContainText(/unsent|refused/i)
  await line.cut()
})
