import { commandSchema } from '#shared/commands/command'
import type { OutboxEntry, OutboxState } from '#shared/sync/outbox-entry'
import type { CommandDraft } from '../../../src-renderer/store/desk-store'
import type { Computer } from '../simulator/computer'

/** One command of somebody, as its computer's disk knew it over time. */
export type Tracked = {
  readonly id: string
  readonly first: OutboxEntry
  /** Every id it was ever sent under, or could have been. */
  readonly attempts: Set<string>
  readonly states: OutboxState['kind'][]
  /** As it is stored now; undefined once it was taken out. */
  now: OutboxEntry | undefined
  isDiscarded: boolean
}

/** Everything of the same content that somebody asked for at one desk, and what the windows said to it. */
export type Asked = {
  readonly draft: CommandDraft
  /** Not answered, as when the window was killed: it may be stored or not. */
  open: number
  stored: number
  problems: unknown[]
  readonly entries: Tracked[]
}

/**
 * Sees every transaction that reaches a computer's journal, which no process of it can hide: so what became of each
 * command is known whatever the app says of it.
 */
export class OutboxWatch {
  readonly #computer: Computer
  readonly #tracked = new Map<string, Tracked>()
  readonly #asked = new Map<string, Asked>()

  constructor(computer: Computer) {
    this.#computer = computer
  }

  /** In the order in which they were first stored. */
  get tracked(): readonly Tracked[] {
    return [...this.#tracked.values()]
  }

  /** Commands that are stored and not parked: the portal has not confirmed them, or the mirror doesn't show it yet. */
  get waiting(): readonly Tracked[] {
    return this.tracked.filter(({ now }) => now !== undefined && now.state.kind !== 'parked')
  }

  get parked(): readonly Tracked[] {
    return this.tracked.filter(({ now }) => now?.state.kind === 'parked')
  }

  get asked(): readonly Asked[] {
    return [...this.#asked.values()]
  }

  /** Whether a reply or a note of these words is or was stored. */
  hasText(body: string): boolean {
    return this.tracked.some(({ first: { command } }) => 'body' in command && command.body === body)
  }

  /** Somebody asks for it in a window. @returns what to call with its answer */
  ask(draft: CommandDraft): { stored(): void; refused(problem: unknown): void } {
    const key = JSON.stringify(draft)
    const asked = this.#asked.get(key) ?? { draft, open: 0, stored: 0, problems: [], entries: [] }
    this.#asked.set(key, asked)
    asked.open += 1
    return {
      stored: () => {
        asked.open -= 1
        asked.stored += 1
      },
      refused: (problem) => {
        asked.open -= 1
        asked.problems.push(problem)
      },
    }
  }

  discarded(id: string): void {
    const tracked = this.#tracked.get(id)
    if (tracked) tracked.isDiscarded = true
  }

  /** A transaction reached the disk, or the disk was changed by other means. @returns what is not there any more */
  look(): readonly OutboxEntry[] {
    const { disk, profile } = this.#computer
    const rows = disk.rows(`journal.${profile}`, 'outbox') as readonly OutboxEntry[]
    const stored = new Set<string>()
    for (const entry of rows) {
      stored.add(entry.id)
      const tracked = this.#tracked.get(entry.id) ?? this.#track(entry)
      if (tracked.now === entry) continue
      tracked.now = entry
      tracked.attempts.add(entry.command.id)
      if (tracked.states.at(-1) !== entry.state.kind) tracked.states.push(entry.state.kind)
    }
    const left: OutboxEntry[] = []
    for (const tracked of this.#tracked.values()) {
      if (stored.has(tracked.id) || !tracked.now) continue
      left.push(tracked.now)
      tracked.now = undefined
    }
    return left
  }

  #track(entry: OutboxEntry): Tracked {
    const tracked: Tracked = {
      id: entry.id,
      first: entry,
      attempts: new Set(),
      states: [],
      now: undefined,
      isDiscarded: false,
    }
    this.#tracked.set(entry.id, tracked)
    this.asked.find(({ draft }) => isOf(draft, entry))?.entries.push(tracked)
    return tracked
  }
}

/** Whether `entry` could be what was asked for: all that was said is in it. */
function isOf(draft: CommandDraft, { command }: OutboxEntry): boolean {
  if (draft.type !== command.type) return false
  const wire = commandSchema.encode(command) as Record<string, unknown>
  return Object.entries(draft).every(([key, value]) => JSON.stringify(wire[key]) === JSON.stringify(value))
}
