export type OpenStreams = {
  /** Whether one more of this person has room. */
  readonly hasRoom: (agentId: string) => boolean
  /** Counts a stream in; `end` ends it. Gives what is to be called when it is over. */
  readonly add: (agentId: string, end: () => void) => () => void
  readonly count: () => number
}

/**
 * The streams of this node. When a person opens more than `perAgent`, the oldest ends: a desk that vanished without a
 * word, whose connection the network will notice in a quarter of an hour, must not lock its person out.
 */
export function createOpenStreams({ total, perAgent }: { total: number; perAgent: number }): OpenStreams {
  const ofAgent = new Map<string, Set<() => void>>()
  let count = 0
  return {
    hasRoom: (agentId) => count < total || (ofAgent.get(agentId)?.size ?? 0) >= perAgent,
    count: () => count,
    add: (agentId, end) => {
      const ends = ofAgent.get(agentId) ?? new Set()
      ofAgent.set(agentId, ends)
      ends.add(end)
      count += 1
      const [oldest] = ends
      if (ends.size > perAgent) oldest?.()
      return () => {
        if (!ends.delete(end)) return
        count -= 1
        if (ends.size === 0 && ofAgent.get(agentId) === ends) ofAgent.delete(agentId)
      }
    },
  }
}
