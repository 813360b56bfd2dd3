import type { Priority } from '#shared/sla/policy'
import type { Agent } from '#shared/tickets/people'
import type { Instant } from '#shared/time/instant'
import { fill, type Vars } from './fill'
import type { Beat, Wanted } from './play'
import type { Plot } from './plot'
import { agentText, capitalised, customerText } from './voice'

export type TellingInput = {
  readonly plot: Plot
  /** The values that texts are filled with when `by` writes them at that instant. */
  readonly varsAt: (at: Instant, by: Agent) => Vars
  /** Those the ticket has from the beginning. */
  readonly tags: readonly string[]
}

/** A story while it is told: what has happened so far, and whose ticket it is by now. */
export class Telling {
  readonly plot: Plot
  readonly beats: Beat[] = []
  owner: Agent
  priority: Priority
  private readonly varsAt: TellingInput['varsAt']
  private readonly tags: Set<string>

  constructor({ plot, varsAt, tags }: TellingInput) {
    this.plot = plot
    this.owner = plot.owner
    this.priority = plot.priority
    this.varsAt = varsAt
    this.tags = new Set(tags)
  }

  words(text: string, at: Instant, by = this.owner): string {
    return capitalised(fill(text, this.varsAt(at, by), this.plot.random))
  }

  act(at: Instant, wanted: Wanted, by: Agent | 'automation' = this.owner): void {
    this.beats.push({ kind: 'command', at, by, wanted })
  }

  note(at: Instant, text: string): void {
    this.act(at, { type: 'note', body: this.words(text, at) })
  }

  reply(at: Instant, text: string): void {
    const { owner, plot } = this
    const body = agentText(owner.name, text, this.varsAt(at, owner), plot.random)
    this.act(at, { type: 'reply', body, public: true })
  }

  customer(at: Instant, words: string): void {
    const { contactName, random } = this.plot
    const vars = this.varsAt(at, this.owner)
    const text = customerText(contactName, words, vars, random, { first: false })
    this.beats.push({ kind: 'customer', at, text })
  }

  /** Adds and removes tags, as far as that changes anything. */
  tag(at: Instant, change: { readonly add?: readonly string[]; readonly remove?: readonly string[] }): void {
    const add = (change.add ?? []).filter((tag) => !this.tags.has(tag))
    const remove = (change.remove ?? []).filter((tag) => this.tags.has(tag))
    if (add.length + remove.length === 0) return
    for (const tag of add) this.tags.add(tag)
    for (const tag of remove) this.tags.delete(tag)
    this.act(at, { type: 'tag', add, remove })
  }
}
