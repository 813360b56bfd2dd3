import type { Desk } from './desk'
import { expect, test, type Workspace } from './fixtures'
import { Line } from './line'

/*
 * A shift of an L1 agent, by keyboard alone: ten new tickets are taken one after the other, the most urgent first, and
 * each gets what it needs; then the line is cut for a while, and somebody else decides about the same ticket meanwhile.
 */

const ME = 'agent-ines'

type Shift = { readonly portal: Workspace; readonly line: Line; readonly desk: Desk }

test('an L1 shift: ten new tickets, a stretch without the portal, and a conflict', async ({
  workspace,
  launch,
}) => {
  test.setTimeout(240_000)
  const portal = await workspace({ tickets: 10 })
  const line = new Line(portal.url)
  await line.mend()
  const desk = await launch({ portal: { url: line.url, token: portal.tokens.l1 } })
  const shift = { portal, line, desk }
  await desk.waitForQueue()
  await expect(desk.rows()).toHaveCount(10)
  await expect(desk.strip()).toContainText(/live/i)

  const taken: string[] = []
  for (const [what, work] of Object.entries(DUTIES)) {
    await test.step(what, async () => {
      const number = await takeNext(shift, taken)
      taken.push(number)
      // Whoever owes a customer the first word is given the ticket again by the key.
      await reply(desk, answerTo(number))
      await work(shift, number)
    })
  }

  await test.step('nothing is left to take', async () => {
    await desk.console.keyboard.press('N')
    await expect(desk.console.getByText(/nothing .*to take/i)).toBeVisible()
    expect(new Set(taken).size).toBe(10)
    await expect(desk.strip()).not.toContainText(/unsent|refused/i)
  })

  await test.step('the portal has all of it, once', async () => {
    const tickets = await portal.records('ticket')
    const byNumber = new Map(tickets.map(({ value }) => [String(value.number), value]))
    const at = (position: number) => byNumber.get(taken[position] ?? '')
    expect(tickets.every(({ value }) => value.assigneeId === ME)).toBe(true)
    expect(at(1)).toMatchObject({ escalation: { state: 'offered' } })
    expect(at(2)).toHaveProperty('promisedAt')
    expect(at(3)).toMatchObject({ status: 'solved' })
    expect(at(4)).toMatchObject({ priority: 'P2' })
    expect(at(5)).toMatchObject({ tags: ['billing'] })
    expect(at(8)).toMatchObject({ status: 'on-hold' })
    expect(at(9)).toMatchObject({ priority: 'P4' })
    for (const body of [...Object.values(SAID), ...taken.map(answerTo)])
      expect(await portal.messagesSaying(body), body).toHaveLength(1)
  })
  await line.cut()
})

const SAID = {
  solved: 'The grouping key is corrected; alerts of other teams are their own incidents again.',
  offline: 'We have found the pattern that does it, a fix follows today.',
  note: 'Runbook 7 has the query for the enrichment map.',
}
const answerTo = (number: string) => `Thank you for the report, I am looking into ${number} now.`
const WHY_LOWER = 'A question about a report, nothing is broken.'

/** What the ten tickets get, in the order in which they are taken. */
const DUTIES: Readonly<Record<string, (shift: Shift, number: string) => Promise<void>>> = {
  'the first is answered': async () => {},

  'the second goes to the backline, with its case': async ({ desk }) => {
    const { keyboard } = desk.console
    await keyboard.press('e')
    const form = desk.console.getByRole('dialog', { name: /Escalate/ })
    await expect(form).toBeVisible()
    for (const [label, text] of [
      ['Situation', 'Alerts of two teams end in one incident since 09:00.'],
      ['Background', 'Grouping key checked, it is there. Enrichment restarted, no change.'],
      ['Assessment', 'The enrichment map drops the key.'],
      ['Request', 'Please look at the map of this tenant today.'],
    ] as const) {
      await tabTo(desk, form.getByRole('textbox', { name: label }))
      await keyboard.type(text)
    }
    await keyboard.press('Control+Enter')
    await expect(form).toHaveCount(0)
    await expect(desk.timeline()).toContainText('The enrichment map drops the key.')
  },

  'the third is promised an update': async ({ desk }) => {
    const { keyboard } = desk.console
    await keyboard.press('u')
    const form = desk.console.getByRole('dialog', { name: /Promise/ })
    await tabTo(desk, form.getByRole('button', { name: 'in 2 h' }))
    await keyboard.press('Enter')
    await keyboard.press('Control+Enter')
    await expect(form).toHaveCount(0)
    await expect(desk.timeline()).toContainText(/promised/i)
  },

  'the fourth is solved': async ({ desk }) => {
    await reply(desk, SAID.solved)
    await desk.console.keyboard.press('s')
    const dialog = desk.console.getByRole('dialog', { name: /Status/ })
    await chooseBelow(desk, dialog.getByRole('option', { name: /Solved/ }))
    await expect(dialog).toHaveCount(0)
    await expect(desk.timeline()).toContainText(/solved/i)
  },

  'the fifth is more urgent than its sender thought': async ({ desk }, number) => {
    await setPriority(desk, number, '2')
    await expect(desk.row(number)).toContainText('P2')
  },

  'the sixth gets a tag': async ({ desk }) => {
    await desk.console.keyboard.press('t')
    const form = desk.console.getByRole('dialog', { name: /Tags/ })
    await expect(form).toBeVisible()
    await desk.console.keyboard.type('billing')
    await desk.console.keyboard.press('Control+Enter')
    await expect(form).toHaveCount(0)
    await expect(desk.ticket()).toContainText('billing')
  },

  'the seventh has a workaround': async ({ desk }) => {
    await desk.console.keyboard.press('w')
    const form = desk.console.getByRole('dialog', { name: /workaround/i })
    await expect(form).toBeVisible()
    await desk.console.keyboard.type('Take the pattern out of the rule set until tomorrow.')
    await desk.console.keyboard.press('Control+Enter')
    await expect(form).toHaveCount(0)
    await expect(desk.timeline()).toContainText('Take the pattern out')
  },

  'the eighth gets a note': async ({ desk }) => {
    await desk.console.keyboard.press('n')
    await expect(desk.composer('note')).toBeFocused()
    await desk.console.keyboard.type(SAID.note)
    await desk.console.keyboard.press('Control+Enter')
    await expect(desk.timeline()).toContainText(SAID.note)
    await leaveComposer(desk)
  },

  'the ninth is worked on without the portal': async ({ desk, line }) => {
    await expect(desk.strip()).not.toContainText(/unsent/i)
    await line.cut()
    await expect(desk.strip()).toContainText(/offline/i)
    await reply(desk, SAID.offline)
    await desk.console.keyboard.press('s')
    const dialog = desk.console.getByRole('dialog', { name: /Status/ })
    await chooseBelow(desk, dialog.getByRole('option', { name: /On hold/i }))
    await expect(desk.strip()).toContainText(/2 unsent/i)
    await line.mend()
    await desk.console.keyboard.press('Escape')
    await expect(desk.strip()).toContainText(/live/i, { timeout: 60_000 })
    await expect(desk.strip()).not.toContainText(/unsent/i)
  },

  'about the tenth somebody else decides at the same time': async ({ desk, line, portal }, number) => {
    await expect(desk.strip()).not.toContainText(/unsent/i)
    await line.cut()
    await expect(desk.strip()).toContainText(/offline/i)
    await setPriority(desk, number, '4', WHY_LOWER)
    const { id } = await portal.ticket(number)
    await portal.give('backline', {
      type: 'set-priority',
      target: id,
      priority: 'P1',
      reason: 'The floor is blind.',
    })
    await line.mend()
    const needs = desk.ticket().getByRole('region', { name: 'Needs you' })
    await expect(needs).toContainText('1 needs you', { timeout: 60_000 })
    await desk.console.keyboard.press('f')
    await desk.console.keyboard.press('Enter')
    const compare = desk.console.getByRole('dialog', { name: /decided by two/ })
    await expect(compare).toContainText('The floor is blind.')
    await tabTo(desk, compare.getByRole('button', { name: 'Take mine' }))
    await desk.console.keyboard.press('Enter')
    await expect(needs).toHaveCount(0)
    await expect(desk.row(number)).toContainText('P4')
  },
}

/** One key takes and opens the most urgent ticket; what it was is said. */
async function takeNext({ desk, portal }: Shift, before: readonly string[]): Promise<string> {
  await desk.console.keyboard.press('N')
  let number = ''
  await expect(async () => {
    number = /MER-\d+/.exec((await desk.ticket().textContent({ timeout: 2000 })) ?? '')?.[0] ?? ''
    expect(number).toMatch(/^MER-/)
    expect(before).not.toContain(number)
  }).toPass()
  await expect.poll(async () => (await portal.ticket(number)).value.assigneeId).toBe(ME)
  return number
}

async function reply(desk: Desk, text: string): Promise<void> {
  await desk.console.keyboard.press('r')
  await expect(desk.composer('reply')).toBeFocused()
  await desk.console.keyboard.type(text)
  await desk.console.keyboard.press('Control+Enter')
  await expect(desk.timeline()).toContainText(text)
  // Until its text is stored the box takes no other.
  await expect(desk.composer('reply')).toHaveValue('')
  await leaveComposer(desk)
}

/** Back to where keys are commands. */
async function leaveComposer(desk: Desk): Promise<void> {
  if (await desk.ticket().locator('textarea:focus').count()) await desk.console.keyboard.press('Escape')
}

async function setPriority(desk: Desk, number: string, digit: string, why?: string): Promise<void> {
  await desk.console.keyboard.press('p')
  const dialog = desk.console.getByRole('dialog', { name: `Priority of ${number}` })
  await expect(dialog).toBeVisible()
  await desk.console.keyboard.press(digit)
  if (why !== undefined) {
    await tabTo(desk, dialog.getByRole('textbox', { name: /why/i }))
    await desk.console.keyboard.type(why)
  }
  await desk.console.keyboard.press('Control+Enter')
  await expect(dialog).toHaveCount(0)
}

/** Moves the focus with Tab until it is there, as somebody without a mouse does. */
async function tabTo(desk: Desk, wanted: ReturnType<Desk['ticket']>): Promise<void> {
  await expect(wanted).toBeVisible()
  const isThere = () => wanted.evaluate((element) => element === document.activeElement)
  for (let tabs = 0; tabs < 40; tabs += 1) {
    if (await isThere()) return
    await desk.console.keyboard.press('Tab')
  }
  throw new Error(`the Tab key does not lead to ${wanted}`)
}

async function chooseBelow(desk: Desk, option: ReturnType<Desk['ticket']>): Promise<void> {
  await expect(option).toBeVisible()
  for (let downs = 0; downs < 10; downs += 1) {
    if (await option.evaluate((element) => element === document.activeElement)) break
    await desk.console.keyboard.press('ArrowDown')
  }
  await expect(option).toBeFocused()
  await desk.console.keyboard.press('Enter')
}
