/** What one desk, one person and one node may use; generous for desks, bounded for what goes wrong. */
export type Limits = {
  /** Calls a second that one token may make over time; each command of a batch counts as a call. */
  readonly callsPerSecond: number
  /** Calls a token may make in a row before `callsPerSecond` holds: a first sync, a day's worth of unsent commands. */
  readonly burst: number
  /** Calls of one token that run at the same time, streams aside. */
  readonly callsAtOnce: number
  /** How long a call may take, in ms; shorter than desks wait, so that they hear why. */
  readonly callMs: number
  /** Streams one person has at once, on this node; one more ends the oldest. */
  readonly streamsPerAgent: number
  /** Streams one node keeps open; a desk that finds no room polls. */
  readonly streams: number
  /** Connections one node accepts. */
  readonly connections: number
}

export const defaultLimits: Limits = {
  callsPerSecond: 50,
  burst: 600,
  callsAtOnce: 32,
  callMs: 25_000,
  streamsPerAgent: 8,
  streams: 2_000,
  connections: 5_000,
}
