import type { Random } from '../../../src-portal/demo/random'
import type { Workspace } from '../fixtures'
import type { Ledger } from './ledger'

export type Place = { readonly id: string; readonly number: string }

const STATUSES = ['open', 'waiting-on-customer', 'on-hold'] as const
const PRIORITIES = ['P2', 'P3', 'P4'] as const
const EVERYTHING = 1e9

/**
 * Somebody else at work, straight at the portal. What the portal did not answer for is sent again with the same id
 * once it is back, as a desk does.
 */
export class Colleague {
  readonly #now = new Map<string, { status: string; priority: string }>()
  #count = 0

  /**
   * @param parts.decides tickets whose status and priority are this one's to change
   * @param parts.notes tickets that only get notes
   */
  constructor(
    private readonly parts: {
      readonly portal: Workspace
      readonly ledger: Ledger
      readonly random: Random
      readonly decides: readonly Place[]
      readonly notes: readonly Place[]
    },
  ) {}

  /** Does one thing; resolves when the portal has answered for it. */
  async act(): Promise<void> {
    const { portal, ledger, random, decides, notes } = this.parts
    const { id: target } = random.pick([...decides, ...notes])
    const drawn = decides.some(({ id }) => id === target)
      ? random.pick(['status', 'priority', 'note'])
      : 'note'
    const { what, line } = this.#draw(drawn, target)
    const command = {
      ...what,
      id: random.uuid(),
      at: new Date().toISOString(),
      target,
      baseVersion: EVERYTHING,
    }
    for (;;) {
      const answer = await this.#send(command)
      if (answer === undefined) {
        await portal.whenUp()
        continue
      }
      const { outcome } = answer
      if (outcome !== 'applied' && outcome !== 'duplicate')
        throw new Error(`${line}: ${JSON.stringify(answer)}`)
      ledger.add({ ticketId: target, line, isUncertain: false })
      return
    }
  }

  #draw(kind: string, target: string): { what: object; line: string } {
    this.#count += 1
    const now = this.#now.get(target) ?? { status: 'open', priority: '' }
    if (kind === 'note') {
      const body = `Seen on our side, ${this.#count}.`
      return { what: { type: 'note', body }, line: `note: ${body}` }
    }
    if (kind === 'status') {
      const status = this.parts.random.pick(STATUSES.filter((one) => one !== now.status))
      this.#now.set(target, { ...now, status })
      return { what: { type: 'set-status', status }, line: `status: ${status}` }
    }
    const others = PRIORITIES.filter((one) => one !== now.priority)
    // What it has in the beginning is not known here: P4 is nobody's.
    const priority = now.priority === '' ? 'P4' : this.parts.random.pick(others)
    this.#now.set(target, { ...now, priority })
    return { what: { type: 'set-priority', priority }, line: `priority: ${priority}` }
  }

  /** @returns undefined when the portal went away before it answered */
  async #send(command: object): Promise<{ readonly outcome: string } | undefined> {
    const { portal } = this.parts
    let answer: Response
    let text: string
    try {
      answer = await fetch(`${portal.url}/v1/commands`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${portal.tokens.backline}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ commands: [command] }),
      })
      text = await answer.text()
    } catch (error) {
      if (error instanceof TypeError) return undefined
      throw error
    }
    if (!answer.ok) throw new Error(`${answer.status} ${text}`)
    return JSON.parse(text).results[0]
  }
}
