import { expect } from '@playwright/test'
import type { Random } from '../../../src-portal/demo/random'
import type { Desk } from '../desk'
import type { Place } from './colleague'
import type { Ledger } from './ledger'

type Text = { readonly kind: 'reply' | 'note'; readonly body: string }
type Act =
  | (Text & { readonly on: Place; isDraftTold: boolean })
  | { readonly kind: 'status'; readonly on: Place; line: string | undefined }
  | { readonly kind: 'priority'; readonly on: Place; line: string | undefined }
  | { readonly kind: 'draft'; readonly on: Place; readonly body: string }

const STATUSES = [
  { key: '1', label: 'Open', value: 'open' },
  { key: '2', label: 'Waiting', value: 'waiting-on-customer' },
  { key: '3', label: 'On hold', value: 'on-hold' },
] as const
const PRIORITIES = ['P2', 'P3', 'P4'] as const

/**
 * An agent who works in the real window with the keyboard, one thing after the other, and writes down what the window
 * said is stored. When the app dies they wait for it, and look first at what they were about to do.
 */
export class AgentAtWork {
  /** What was last said to be saved, or typed since: one of these is to be in the box. */
  readonly drafts: string[] = ['']
  #desk: Promise<Desk>
  #sit: (desk: Desk) => void = () => {}
  #begun = 0
  #listeners: (() => void)[] = []
  #isOver = false
  #unfinished: Act | undefined

  /**
   * @param parts.decides tickets whose status and priority are this agent's to change
   * @param parts.writes tickets that only get texts
   * @param parts.draft the ticket with the draft that is never sent
   */
  constructor(
    private readonly parts: {
      readonly desk: Desk
      readonly ledger: Ledger
      readonly random: Random
      readonly decides: readonly Place[]
      readonly writes: readonly Place[]
      readonly draft: Place
    },
  ) {
    this.#desk = Promise.resolve(parts.desk)
  }

  /** Works until told to stop. @throws what goes wrong with an app that was not killed */
  async work(): Promise<void> {
    while (!this.#isOver) {
      const desk = await this.#desk
      const again = this.#unfinished
      const act = again ?? this.#draw()
      this.#unfinished = act
      this.#begin()
      try {
        await (again ? this.#goOn(desk, act) : this.#do(desk, act))
        this.#unfinished = undefined
      } catch (error) {
        if (!desk.isKilled) throw error
      }
    }
  }

  /** Resolves when the next thing is begun. */
  nextAct(): Promise<void> {
    return new Promise((begun) => this.#listeners.push(begun))
  }

  /** The app is gone: nothing is done until there is another. */
  stand(): void {
    this.#desk = new Promise((sit) => {
      this.#sit = sit
    })
  }

  sit(desk: Desk): void {
    this.#sit(desk)
  }

  /** Finishes what is being done; `work` ends with it. */
  stop(): void {
    this.#isOver = true
  }

  #begin(): void {
    this.#begun += 1
    for (const begun of this.#listeners.splice(0)) begun()
  }

  #draw(): Act {
    const { random, decides, writes, draft } = this.parts
    const kind = random.pick(['reply', 'reply', 'note', 'note', 'status', 'priority', 'draft'] as const)
    const words = `${this.#begun + 1}: pattern ${random.int(1000, 9999)} swallows alerts of other teams.`
    switch (kind) {
      case 'reply':
      case 'note':
        return {
          kind,
          on: random.pick([...decides, ...writes]),
          body: `${kind} ${words}`,
          isDraftTold: false,
        }
      case 'draft':
        return { kind, on: draft, body: `Half a thought ${words}` }
      default:
        return { kind, on: random.pick(decides), line: undefined }
    }
  }

  async #do(desk: Desk, act: Act): Promise<void> {
    await desk.open(act.on.number)
    switch (act.kind) {
      case 'reply':
      case 'note':
        await this.#writeIn(desk, act, '')
        await this.#send(desk, act)
        return
      case 'status':
        return this.#setStatus(desk, act)
      case 'priority':
        return this.#setPriority(desk, act)
      default: {
        const box = desk.composer('reply')
        await desk.console.keyboard.press('r')
        await expect.poll(async () => this.drafts.includes(await box.inputValue()), 'the draft').toBe(true)
        this.drafts.push(act.body)
        await box.fill(act.body)
        await expect(desk.ticket().getByText('Draft saved')).toBeVisible()
        this.drafts.splice(0, this.drafts.length, act.body)
      }
    }
  }

  /** What was cut off is looked for on the screen; a text that is neither in the history nor in its box is written again. */
  async #goOn(desk: Desk, act: Act): Promise<void> {
    const { on, kind } = act
    if (kind === 'draft') return
    if (kind === 'status' || kind === 'priority') {
      if (act.line !== undefined)
        this.parts.ledger.add({ ticketId: on.id, line: act.line, isUncertain: true })
      return
    }
    await desk.open(on.number)
    // While the ticket is being opened nobody can say what is in it.
    await expect(desk.timeline()).toBeVisible()
    if ((await desk.timeline().getByText(act.body).count()) > 0) return this.#told(act)
    await this.#writeIn(desk, act, act.isDraftTold ? act.body : undefined)
    await this.#send(desk, act)
  }

  /** @param there what is to be in the box before, if that is known */
  async #writeIn(desk: Desk, act: Text & { isDraftTold: boolean }, there: string | undefined): Promise<void> {
    const box = desk.composer(act.kind)
    await desk.console.keyboard.press(act.kind === 'reply' ? 'r' : 'n')
    await expect(box).toBeFocused()
    if (there !== undefined) await expect(box, 'what stands in the box').toHaveValue(there)
    // A draft that arrives in the middle of it puts the caret elsewhere.
    await expect(async () => {
      await box.fill(act.body)
      await expect(box).toHaveValue(act.body, { timeout: 500 })
    }).toPass({ timeout: 15_000 })
    if (this.parts.random.chance(0.5)) {
      await expect(desk.ticket().getByText('Draft saved')).toBeVisible()
      act.isDraftTold = true
    }
  }

  async #send(desk: Desk, act: Text & { readonly on: Place }): Promise<void> {
    const box = desk.composer(act.kind)
    await box.press('Control+Enter')
    // Asked when the colleague wrote something meanwhile.
    const anyway = desk.console
      .getByRole('dialog', { name: /changed while/ })
      .getByRole('button', { name: /anyway/ })
    await expect(async () => {
      if (await anyway.isVisible()) await anyway.press('Control+Enter', { timeout: 500 })
      await expect(box, 'the box once its text is stored').toHaveValue('', { timeout: 500 })
    }).toPass({ timeout: 20_000 })
    this.#told(act)
  }

  #told({ kind, body, on }: Text & { readonly on: Place }): void {
    this.parts.ledger.add({ ticketId: on.id, line: `${kind}: ${body}`, isUncertain: false })
  }

  async #setStatus(desk: Desk, act: Extract<Act, { kind: 'status' }>): Promise<void> {
    const button = desk.ticket().getByRole('button', { name: /^Status / })
    const shown = await button.innerText()
    const to = this.parts.random.pick(STATUSES.filter(({ label }) => !shown.includes(label)))
    await desk.console.keyboard.press('s')
    await expect(desk.console.getByRole('dialog', { name: /^Status of/ })).toBeVisible()
    act.line = `status: ${to.value}`
    await desk.console.keyboard.press(to.key)
    await expect(button).toContainText(to.label)
    this.parts.ledger.add({ ticketId: act.on.id, line: act.line, isUncertain: false })
  }

  async #setPriority(desk: Desk, act: Extract<Act, { kind: 'priority' }>): Promise<void> {
    const button = desk.ticket().getByRole('button', { name: /^Priority / })
    const shown = await button.innerText()
    const to = this.parts.random.pick(PRIORITIES.filter((one) => !shown.includes(one)))
    const dialog = desk.console.getByRole('dialog', { name: /^Priority of/ })
    await desk.console.keyboard.press('p')
    await expect(dialog).toBeVisible()
    await desk.console.keyboard.press(to.slice(1))
    act.line = `priority: ${to}`
    await dialog.getByRole('textbox').press('Control+Enter')
    await expect(button).toContainText(to)
    this.parts.ledger.add({ ticketId: act.on.id, line: act.line, isUncertain: false })
  }
}
