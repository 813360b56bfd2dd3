import { type PresenceEvent, presenceEventSchema } from '#shared/portal/calls'
import { PRESENCE_MS } from '#shared/portal/protocol'
import type { At } from '../store/desk-store'
import type { World } from '../store/world'
import type { ServerEvent } from './sse'

/** Said again well before it is forgotten, and a window that fell silent is forgotten as fast as a desk. */
export const SAY_AGAIN_MS = PRESENCE_MS / 3

/** Everybody who is at a ticket, by its id. */
export type People = Readonly<Record<string, PresenceEvent['people']>>

export type PresenceInput = {
  readonly world: Pick<World, 'now' | 'after'>
  /** Tells the portal; it is only a hint, so nobody waits for it and a failure is not tried again. */
  readonly say: (at: At) => void
  readonly onPeople: (people: People) => void
}

/** Who is at which ticket: tells the portal where this desk is, and the windows where others are. */
export class PresenceKeeper {
  readonly #input: PresenceInput
  readonly #windows = new Map<string, { readonly at: At; readonly saidAt: number }>()
  #people: Record<string, PresenceEvent['people']> = {}
  #said: At = { doing: 'viewing' }
  #isOpen = false
  #cancel = (): void => {}

  constructor(input: PresenceInput) {
    this.#input = input
  }

  /** A window says where it is; it says so again every SAY_AGAIN_MS while it is at a ticket. */
  heard(window: string, at: At): void {
    if (at.ticketId === undefined) this.#windows.delete(window)
    else this.#windows.set(window, { at, saidAt: this.#input.world.now() })
    const now = this.#where()
    if (now.ticketId !== this.#said.ticketId || now.doing !== this.#said.doing) this.#say()
  }

  /** A stream begins with all that is known: what was known before may be long over. */
  streamOpened(): void {
    this.#isOpen = true
    this.#forgetPeople()
    this.#say()
  }

  /** Without a stream nobody knows. */
  streamClosed(): void {
    this.#isOpen = false
    this.#cancel()
    this.#forgetPeople()
  }

  onEvent({ event, data }: ServerEvent): void {
    if (event !== 'presence') return
    const read = presenceEventSchema.safeParse(parsed(data))
    if (!read.success) return
    const { ticketId, people } = read.data
    if (people.length > 0) this.#people = { ...this.#people, [ticketId]: people }
    else {
      const { [ticketId]: _, ...rest } = this.#people
      this.#people = rest
    }
    this.#input.onPeople(this.#people)
  }

  /** For a window that comes later. */
  people(): People {
    return this.#people
  }

  stop(): void {
    this.#cancel()
  }

  #forgetPeople(): void {
    if (Object.keys(this.#people).length === 0) return
    this.#people = {}
    this.#input.onPeople(this.#people)
  }

  #say(): void {
    this.#cancel()
    const before = this.#said
    this.#said = this.#where()
    if (!this.#isOpen || (before.ticketId === undefined && this.#said.ticketId === undefined)) return
    this.#input.say(this.#said)
    if (this.#said.ticketId !== undefined) {
      this.#cancel = this.#input.world.after(SAY_AGAIN_MS, () => this.#say())
    }
  }

  /** Of several windows the one that writes, else the one that spoke last. */
  #where(): At {
    const now = this.#input.world.now()
    const alive = [...this.#windows.values()].filter(({ saidAt }) => Math.abs(now - saidAt) <= PRESENCE_MS)
    const last = alive.sort((a, b) => b.saidAt - a.saidAt)
    return (last.find(({ at }) => at.doing === 'replying') ?? last[0])?.at ?? { doing: 'viewing' }
  }
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
