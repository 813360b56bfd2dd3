import { randomBytes } from 'node:crypto'
import { setTimeout as moment } from 'node:timers/promises'
import { recordKinds } from '#shared/portal/records'
import { randomFrom } from '../../src-portal/demo/random'
import { people } from '../builders/workspace'
import { expect, test } from './fixtures'
import { AgentAtWork } from './kill-rounds/agent-at-work'
import { Colleague, type Place } from './kill-rounds/colleague'
import { readDisk } from './kill-rounds/desk-disk'
import { Ledger } from './kill-rounds/ledger'
import { drawRounds, type Victim } from './kill-rounds/rounds'

/** Two minutes on two quiet cores. */
test.setTimeout(600_000)

const [a1, a2, a3, b1, b2, b3, draft] = Array.from(
  { length: 7 },
  (_, n): Place => ({ id: `ticket-${n + 1}`, number: `MER-${1001 + n}` }),
) as [Place, Place, Place, Place, Place, Place, Place]
const MINE = [a1, a2, a3]
const THEIRS = [b1, b2, b3]

/*
 * `kill -9` of the app, its engine and the portal, fifty times at random moments, while an agent works in the window
 * and a colleague changes tickets at the portal. KILL_SEED=… draws the same acts and moments again.
 */
test('fifty kills lose nothing, double nothing, and everybody agrees in the end', async ({
  workspace,
  launch,
}, info) => {
  const seed = process.env.KILL_SEED ?? randomBytes(4).toString('hex')
  info.annotations.push({ type: 'seed', description: seed })
  process.stdout.write(`kill rounds: KILL_SEED=${seed}\n`)
  const random = randomFrom(seed)
  const portal = await workspace({ tickets: 7 })
  const at = { portal: { url: portal.url, token: portal.tokens.l1 } }
  let desk = await launch(at)
  await desk.waitForQueue()
  await expect(desk.strip()).toContainText(/live/i)

  const told = { mine: new Ledger(), theirs: new Ledger() }
  const agent = new AgentAtWork({
    desk,
    ledger: told.mine,
    random: random.fork('agent'),
    decides: MINE,
    writes: THEIRS,
    draft,
  })
  const colleague = new Colleague({
    portal,
    ledger: told.theirs,
    random: random.fork('colleague'),
    decides: THEIRS,
    notes: MINE,
  })
  const kill: { readonly [victim in Victim]: () => Promise<void> } = {
    engine: () => desk.killEngine(),
    portal: () => portal.killAndRestart(),
    app: () => restarted(() => desk.kill('main')),
    'app with all its processes': () => restarted(() => desk.kill()),
  }
  const restarted = async (kills: () => Promise<void>): Promise<void> => {
    agent.stand()
    await kills()
    desk = await launch(at)
    await desk.waitForQueue()
    agent.sit(desk)
  }

  let isOver = false
  const working = agent.work()
  const changing = (async () => {
    while (!isOver) {
      await Promise.race([agent.nextAct(), working])
      await colleague.act()
    }
  })()
  const atWork = Promise.all([working, changing])
  atWork.catch(() => {})
  for (const [index, { kills, afterMs }] of drawRounds(random.fork('rounds')).entries()) {
    await test.step(`${index + 1}: ${kills}, ${afterMs} ms after an act began`, async () => {
      await Promise.race([agent.nextAct(), atWork])
      await moment(afterMs)
      await Promise.race([kill[kills](), atWork])
    })
  }
  isOver = true
  agent.stop()
  await atWork

  await test.step('everything is sent, and nothing waits for a decision', async () => {
    const tryNow = desk.strip().getByRole('button', { name: 'Try now' })
    await expect(async () => {
      if (await tryNow.isVisible()) await tryNow.click({ timeout: 500 })
      await expect(desk.strip()).toContainText(/live/i, { timeout: 1000 })
      await expect(desk.strip()).not.toContainText(/unsent|refused/i, { timeout: 1000 })
    }).toPass({ timeout: 60_000 })
  })

  const records = await portal.records()
  await test.step('what was told is at the portal, once and in its order', async () => {
    const messages = records.filter(({ kind }) => kind === 'message')
    expect(told.mine.differences(messages, people.l1.id), 'what the agent did').toEqual([])
    expect(told.theirs.differences(messages, people.backline.id), 'what the colleague did').toEqual([])
    process.stdout.write(
      `kill rounds: ${told.mine.size} acts of the agent, ${told.theirs.size} of a colleague\n`,
    )
    expect(told.mine.size, 'acts of the agent').toBeGreaterThan(50)
  })

  await test.step('the desk has what the portal has, and nothing else waits', async () => {
    const wanted = Object.fromEntries(records.map(({ kind, id, version }) => [`${kind}/${id}`, version]))
    await expect.poll(async () => (await readDisk(desk.console, recordKinds)).mirror).toEqual(wanted)
    await expect.poll(async () => (await readDisk(desk.console, recordKinds)).outbox).toEqual([])
    await expect(desk.console.getByText(/damaged|was lost|can't be/)).toHaveCount(0)
  })

  await test.step('the draft is there, and no other box has anything in it', async () => {
    await desk.open(draft.number)
    await expect.poll(async () => agent.drafts.includes(await desk.composer('reply').inputValue())).toBe(true)
    for (const { number } of [...MINE, ...THEIRS]) {
      await desk.open(number)
      await desk.console.keyboard.press('r')
      await expect(desk.composer('reply')).toHaveValue('')
      await desk.console.keyboard.press('Escape')
      await desk.console.keyboard.press('n')
      await expect(desk.composer('note')).toHaveValue('')
      await desk.console.keyboard.press('Escape')
    }
  })
})
