import type { PresenceEvent } from '#shared/portal/calls'
import { PRESENCE_MS } from '#shared/portal/protocol'
import type { Agent } from '#shared/tickets/people'
import type { DeskMessage } from './desk-channel'
import type { At, Live, Present } from './desk-store'
import { LiveValue } from './live-value'
import type { Channel, World } from './world'

type People = Readonly<Record<string, PresenceEvent['people']>>

/** Where this window is, said again while it stays; and who else is where. */
export class WindowPresence implements Live<ReadonlyMap<string, readonly Present[]>> {
  readonly #value = new LiveValue<ReadonlyMap<string, readonly Present[]>>(new Map())
  readonly #window: string
  readonly #world: World
  readonly #channel: Channel<DeskMessage>
  #at: At = { doing: 'viewing' }
  #cancel = (): void => {}
  readonly get = this.#value.get
  readonly subscribe = this.#value.subscribe

  constructor(world: World, channel: Channel<DeskMessage>) {
    this.#window = world.uuid()
    this.#world = world
    this.#channel = channel
  }

  readonly lookAt = (at: At): void => {
    if (at.ticketId === this.#at.ticketId && at.doing === this.#at.doing) return
    this.#at = at
    this.#say()
  }

  /** Takes what the engine knows; I am not somebody else, on whichever desk. */
  told(people: People, me: Agent, nameOf: (agentId: string) => string): void {
    const others = Object.entries(people).map(([ticketId, those]) => {
      const present = those
        .filter(({ agentId }) => agentId !== me.id)
        .map(({ agentId, doing }): Present => ({ agentId, doing, name: nameOf(agentId) }))
      return [ticketId, present] as const
    })
    this.#value.set(new Map(others.filter(([, present]) => present.length > 0)))
  }

  close(): void {
    this.lookAt({ doing: 'viewing' })
    this.#cancel()
  }

  #say(): void {
    this.#cancel()
    this.#channel.post({ type: 'at', window: this.#window, at: this.#at })
    if (this.#at.ticketId !== undefined) this.#cancel = this.#world.after(PRESENCE_MS / 3, () => this.#say())
  }
}
