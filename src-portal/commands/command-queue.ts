import type { CommandResult } from '#shared/portal/calls'
import type { Agent } from '#shared/tickets/people'
import type { Instant } from '#shared/time/instant'
import type { Database } from '../db/database'
import { isUnavailable } from '../db/unavailable'
import { type Batch, takeBatches } from './take'

/** Commands in one transaction; one more batch than fits waits for the next. */
const MOST_TOGETHER = 50

type Waiting = Batch & {
  readonly resolve: (results: CommandResult[]) => void
  readonly reject: (error: unknown) => void
}

export type CommandQueue = {
  /** Takes a batch; resolves when it is stored. @throws what the database threw; nothing is stored then */
  readonly take: (raw: readonly unknown[], actor: Agent) => Promise<CommandResult[]>
}

/**
 * One transaction at a time for all desks of this node, with all that came meanwhile in the next. Writers wait for each
 * other anyway (`lockSequence`); waiting here they do it without a connection each, which reading desks would miss.
 */
export function createCommandQueue(db: Database, now: () => Instant, keptForMs?: number): CommandQueue {
  const waiting: Waiting[] = []
  let isRunning = false

  const nextGroup = (): Waiting[] => {
    let commands = 0
    const end = waiting.findIndex(({ raw }, index) => {
      commands += raw.length
      return index > 0 && commands > MOST_TOGETHER
    })
    return waiting.splice(0, end === -1 ? waiting.length : end)
  }
  const settle = async (group: readonly Waiting[]): Promise<void> => {
    try {
      const results = await takeBatches(db, group, now, keptForMs)
      for (const [index, { resolve }] of group.entries()) resolve(results[index] ?? [])
    } catch (error) {
      if (group.length > 1 && !isUnavailable(error)) {
        // Whichever broke it must not break the others.
        for (const one of group) await settle([one])
      } else for (const { reject } of group) reject(error)
    }
  }
  const run = async () => {
    isRunning = true
    while (waiting.length > 0) await settle(nextGroup())
    isRunning = false
  }

  return {
    take: (raw, actor) =>
      new Promise((resolve, reject) => {
        waiting.push({ raw, actor, resolve, reject })
        if (!isRunning) void run()
      }),
  }
}
