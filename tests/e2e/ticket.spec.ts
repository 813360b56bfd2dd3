import { expectAccessible } from './axe'
import type { Desk } from './desk'
import { expect, test, type Workspace } from './fixtures'

/** Of the seed: a P2 of Harbor Freight Lines (Premium), asked by Olu Adeyemi. */
const TICKET = { number: 'MER-1001', id: 'ticket-1' }
const OTHER = { number: 'MER-1004', id: 'ticket-4' }

const atPortal = async (portal: Workspace, { number }: { readonly number: string }) =>
  (await portal.ticket(number)).value

async function begin(
  workspace: (options: { tickets: number }) => Promise<Workspace>,
  launch: (options: { portal: { url: string; token: string } }) => Promise<Desk>,
  prepare: (portal: Workspace) => Promise<void> = async () => {},
) {
  const portal = await workspace({ tickets: 5 })
  await prepare(portal)
  const desk = await launch({ portal: { url: portal.url, token: portal.tokens.l1 } })
  await desk.waitForQueue()
  await expect(desk.strip()).toContainText(/live/i)
  return { portal, desk, page: desk.console }
}

test('a macro: its variables are filled in or stop the sending, and what it proposes is done with it', async ({
  workspace,
  launch,
}) => {
  test.slow()
  const { portal, desk, page } = await begin(workspace, launch, (at) =>
    at.give('supervisor', {
      type: 'save-macro',
      target: 'macro-logs',
      value: {
        id: 'macro-logs',
        name: 'Ask for logs',
        kind: 'reply',
        body: 'Hello {{requester.first}}, please send the logs of {{ticket.number}}. See {{workaround}}.',
        status: 'waiting-on-customer',
        tags: ['needs-info'],
      },
    }),
  )
  const macros = page.getByRole('dialog', { name: 'Macros' })
  const filled = 'Hello Olu, please send the logs of MER-1001. See {{workaround}}.'
  await desk.open(TICKET.number)

  await test.step('found by a word, shown as it will be, put behind what was typed', async () => {
    await page.keyboard.press('r')
    await expect(desk.composer('reply')).toBeFocused()
    await page.keyboard.type('Thank you.')
    await page.keyboard.press('Control+;')
    await page.keyboard.type('logs')
    await expect(macros.getByRole('region', { name: 'What it says here' })).toContainText(filled)
    await expect(macros).toContainText('1 to fill in yourself')
    await expectAccessible(page, 'macros')
    await page.keyboard.press('Enter')
    await expect(macros).toHaveCount(0)
    await expect(desk.composer('reply')).toHaveValue(`Thank you.\n\n${filled}`)
    await expect(desk.composer('reply')).toBeFocused()
  })

  await test.step('undo takes it out again, redo brings it back', async () => {
    await page.keyboard.press('Control+z')
    await expect(desk.composer('reply')).toHaveValue('Thank you.')
    await page.keyboard.press('Control+Shift+z')
    await expect(desk.composer('reply')).toHaveValue(`Thank you.\n\n${filled}`)
  })

  await test.step('what is left of a variable stops the sending and is selected', async () => {
    await page.keyboard.press('Control+Enter')
    await expect(desk.ticket().getByRole('alert').filter({ hasText: '{{workaround}}' })).toBeVisible()
    await page.keyboard.type('the guide')
    await expect(desk.composer('reply')).toHaveValue(
      'Thank you.\n\nHello Olu, please send the logs of MER-1001. See the guide.',
    )
    await expect(desk.timeline()).not.toContainText('Thank you.')
  })

  await test.step('status and tag go with the text, in one press', async () => {
    await expect(desk.ticket().getByRole('button', { name: 'Status Waiting, leave out' })).toBeVisible()
    await expect(desk.ticket().getByRole('button', { name: 'Tag needs-info, leave out' })).toBeVisible()
    await desk.screenshot('macro-inserted')
    await page.keyboard.press('Control+Enter')
    await expect(desk.composer('reply')).toHaveValue('')
    await expect(desk.composer('reply')).toBeFocused()
    await expect
      .poll(() => atPortal(portal, TICKET))
      .toMatchObject({ status: 'waiting-on-customer', tags: ['needs-info'] })
    expect(
      await portal.messagesSaying(
        'Thank you.\n\nHello Olu, please send the logs of MER-1001. See the guide.',
      ),
    ).toHaveLength(1)
  })
})

test('a text becomes a macro of my own, with the names of its ticket as variables', async ({
  workspace,
  launch,
}) => {
  const { portal, desk, page } = await begin(workspace, launch)
  const macros = page.getByRole('dialog', { name: 'Macros' })
  await desk.open(TICKET.number)
  await page.keyboard.press('r')
  await expect(desk.composer('reply')).toBeFocused()
  await page.keyboard.type('Dear Olu, MER-1001 is solved.')
  await page.keyboard.press('Control+;')
  await macros.getByRole('button', { name: 'Save what I wrote as a macro' }).click()
  const form = page.getByRole('dialog', { name: 'Save as a macro of mine' })
  await expect(form.getByRole('textbox', { name: 'Text' })).toHaveValue(
    'Dear {{requester.first}}, {{ticket.number}} is solved.',
  )
  await expectAccessible(page, 'a macro of mine')
  await form.getByRole('textbox', { name: 'Name' }).fill('Solved')
  await page.keyboard.press('Control+Enter')
  await expect(macros.getByRole('option', { name: /Solved/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(desk.composer('reply')).toHaveValue('Dear Olu, MER-1001 is solved.')
  await expect.poll(async () => (await portal.records('macro')).length).toBe(1)
})

test('a text is checked again before it is sent when the ticket changed meanwhile, once and with nothing lost', async ({
  workspace,
  launch,
}) => {
  test.slow()
  const { portal, desk, page } = await begin(workspace, launch)
  const asked = page.getByRole('dialog', { name: 'MER-1001 changed while you wrote' })
  const TEXT = 'We are looking into it.'
  await desk.open(TICKET.number)
  await page.keyboard.press('r')
  await expect(desk.composer('reply')).toBeFocused()
  await page.keyboard.type(TEXT)
  await portal.give('backline', { type: 'reply', target: TICKET.id, body: 'It is fixed in 4.18.' })
  await expect(desk.timeline()).toContainText('It is fixed in 4.18.')
  await expect(desk.ticket().getByText('since you began')).toContainText('Ravi Menon replied')

  await test.step('back: the text is as it was, and what was seen is not asked about again', async () => {
    await page.keyboard.press('Control+Enter')
    await expect(asked.getByRole('listitem')).toHaveText([/Ravi Menon replied .*It is fixed in 4.18./])
    await expectAccessible(page, 'the question before sending')
    await desk.screenshot('checked-again')
    await page.keyboard.press('Enter')
    await expect(asked).toHaveCount(0)
    await expect(desk.composer('reply')).toHaveValue(TEXT)
    await expect(desk.composer('reply')).toBeFocused()
    expect(await portal.messagesSaying(TEXT)).toEqual([])
  })

  await test.step('another change is asked about, and sent anyway when I say so', async () => {
    await portal.give('backline', { type: 'claim', target: TICKET.id })
    await portal.give('backline', { type: 'note', target: TICKET.id, body: 'Only on version 4.' })
    await expect(desk.timeline()).toContainText('Only on version 4.')
    await page.keyboard.press('Control+Enter')
    await expect(asked.getByRole('listitem')).toHaveText([/claimed it/, /added a note .*Only on version 4./])
    await asked.getByRole('button', { name: 'Send reply anyway' }).click()
    await expect(asked).toHaveCount(0)
    await expect(desk.composer('reply')).toHaveValue('')
    await expect.poll(() => portal.messagesSaying(TEXT)).toHaveLength(1)
  })

  await test.step('what I did myself is no reason to ask', async () => {
    await page.keyboard.type('And again.')
    await portal.give('l1', { type: 'note', target: TICKET.id, body: 'From my other desk.' })
    await expect(desk.timeline()).toContainText('From my other desk.')
    await page.keyboard.press('Control+Enter')
    await expect(desk.composer('reply')).toHaveValue('')
    await expect.poll(() => portal.messagesSaying('And again.')).toHaveLength(1)
  })

  await test.step('the next text is begun before the last one is stored', async () => {
    await desk.composer('reply').focus()
    await page.keyboard.type('A first text.')
    await page.keyboard.press('Control+Enter')
    await page.keyboard.type('And a second')
    await expect(desk.timeline()).toContainText('A first text.')
    await expect(desk.composer('reply')).toHaveValue('And a second')
    await expect(desk.strip()).not.toContainText(/unsent/i)
    expect(await portal.messagesSaying('A first text.')).toHaveLength(1)
    for (const text of [' text.', 'And a third.']) {
      await page.keyboard.type(text)
      await page.keyboard.press('Control+Enter')
    }
    await expect(desk.composer('reply')).toHaveValue('')
    for (const text of ['And a second text.', 'And a third.']) {
      await expect.poll(() => portal.messagesSaying(text), text).toHaveLength(1)
    }
  })

  await test.step('nobody touches it: then it reads nothing', async () => {
    const reads = () =>
      page.evaluate(async () => {
        const { transaction } = IDBDatabase.prototype
        let count = 0
        IDBDatabase.prototype.transaction = function (...asked) {
          count += 1
          return transaction.apply(this, asked)
        }
        await new Promise((done) => setTimeout(done, 500))
        IDBDatabase.prototype.transaction = transaction
        return count
      })
    await expect.poll(reads).toBe(0)
  })
})

test('triage: what each priority is for, and what a change does before it is saved with its reason', async ({
  workspace,
  launch,
}) => {
  const { portal, desk, page } = await begin(workspace, launch)
  await desk.open(OTHER.number)
  await page.keyboard.press('p')
  const triage = page.getByRole('dialog', { name: `Priority of ${OTHER.number}` })
  await expect(triage.getByRole('region', { name: 'What P2 is for' })).toContainText('badly slowed down')
  await page.keyboard.press('3')
  const guide = triage.getByRole('region', { name: 'What P3 is for' })
  await expect(guide).toContainText('configuration, analytics or administration')
  await expect(guide).toContainText('Premium: first response 2 business days, resolution as proposed')
  await expect(triage.getByRole('region', { name: 'First response' })).toContainText(/later/)
  await expect(triage.getByRole('region', { name: 'Resolution' })).toContainText(
    'No date until a course of action is proposed',
  )
  await expectAccessible(page, 'triage')
  await desk.screenshot('triage')
  await guide.getByRole('button', { name: 'It is partly degraded, with an acceptable workaround' }).click()
  await expect(triage.getByRole('textbox', { name: /why/i })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(triage).toHaveCount(0)
  await expect(desk.timeline()).toContainText('It is partly degraded, with an acceptable workaround.')
  await expect.poll(() => atPortal(portal, OTHER)).toMatchObject({ priority: 'P3' })
})

test('the customer: plan, time, people, other tickets, and what concerns them now', async ({
  workspace,
  launch,
}) => {
  const { desk, page } = await begin(workspace, launch, (at) =>
    at.give('supervisor', {
      type: 'save-notice',
      target: 'notice-late',
      value: {
        id: 'notice-late',
        type: 'incident',
        title: 'Alerts arrive late',
        body: '',
        impact: 'degraded',
        state: 'identified',
        startsAt: new Date(Date.now() - 3_600_000).toISOString(),
        announcedAt: new Date(Date.now() - 3_000_000).toISOString(),
        organizationIds: ['org-harbor'],
        updates: [],
      },
    }),
  )
  await desk.open(TICKET.number)
  await page.keyboard.press('C')
  const panel = desk.ticket().getByRole('region', { name: 'Customer' })
  await expect(panel).toContainText('Harbor Freight Lines')
  await expect(panel).toContainText('First response 4 hours')
  await expect(panel).toContainText(/\d\d:\d\d in London/)
  await expect(panel).toContainText(/in working hours|closed until/)
  await expect(panel.getByRole('list', { name: /Notices/ })).toContainText('Alerts arrive late')
  await expect(panel.getByRole('list', { name: /Notices/ })).toContainText(
    'It was going on when the ticket was opened.',
  )
  await expect(panel.getByText('Olu Adeyemi')).toBeVisible()
  await expect(panel.getByRole('link', { name: 'Documentation' })).toHaveAttribute(
    'href',
    /^https:.*Correlation%20pattern%201/,
  )
  await expectAccessible(page, 'the customer of a ticket', 'aside')
  await desk.screenshot('customer')
  await panel.getByRole('button', { name: new RegExp(OTHER.number) }).click()
  await expect(desk.ticket()).toHaveAccessibleName(`Ticket ${OTHER.number}`)

  await test.step('the keyboard is never left without a place', async () => {
    await expect(desk.timeline()).toBeFocused()
    const claim = desk.ticket().getByRole('button', { name: 'Claim' })
    await claim.focus()
    await page.keyboard.press('Enter')
    await expect(claim).toHaveCount(0)
    await expect(desk.ticket().locator(':focus')).toHaveCount(1)
  })
})

test('two people at one ticket see each other', async ({ workspace, launch }, info) => {
  const portal = await workspace({ tickets: 2 })
  const mine = await launch({ portal: { url: portal.url, token: portal.tokens.l1 } })
  const theirs = await launch({
    portal: { url: portal.url, token: portal.tokens.backline },
    userData: info.outputPath('profile-ravi'),
  })
  for (const desk of [mine, theirs]) {
    await desk.waitForQueue()
    await expect(desk.strip()).toContainText(/live/i)
    await desk.open(TICKET.number)
  }
  await expect(mine.ticket().getByText('Ravi Menon is viewing')).toBeAttached()
  const before = await mine.composer('reply').boundingBox()
  await theirs.console.keyboard.press('r')
  await expect(theirs.composer('reply')).toBeFocused()
  await theirs.console.keyboard.type('I have it')
  await expect(mine.ticket().getByText('Ravi Menon is replying').last()).toBeVisible()
  expect(await mine.composer('reply').boundingBox()).toEqual(before)
  await mine.screenshot('somebody-replies')
  await theirs.composer('reply').fill('')
  await expect(mine.ticket().getByText('Ravi Menon is viewing')).toBeAttached()
  await theirs.console.keyboard.press('Escape')
  await theirs.console.keyboard.press('Escape')
  await expect(mine.ticket().getByText(/Ravi Menon/)).toHaveCount(0)
})
