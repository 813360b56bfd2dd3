import type { OpenDatabase } from '../db/database'
import { createCounter, createGauge, createHistogram, type Metric } from './exposition'

/** Seconds; from a lookup in memory to the time limit of a call. */
const DURATIONS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25]

/** What is asked of others when the page is read. */
export type Sources = {
  readonly openStreams: () => number
  readonly feedVersion: () => number
  readonly database: OpenDatabase
}

export type CommandEnd = 'applied' | 'duplicate' | 'conflict' | 'rejected'

/** What `/metrics` shows of one node. */
export function createPortalMetrics({ openStreams, feedVersion, database }: Sources) {
  const requests = createCounter<{ method: string; route: string; status: string }>(
    'meridian_http_requests_total',
    'Calls answered, by method, route and status; a stream counts when it opens.',
  )
  const durations = createHistogram<{ route: string }>(
    'meridian_http_request_duration_seconds',
    'How long calls took until their answer began.',
    DURATIONS,
  )
  const commands = createCounter<{ outcome: CommandEnd }>(
    'meridian_commands_total',
    'Commands taken, by outcome; duplicate: sent again, answered as the first time.',
  )
  const pool = () => {
    const state = database.pool?.()
    if (!state) return undefined
    const { total, idle, waiting } = state
    return [
      { labels: { state: 'busy' }, value: total - idle },
      { labels: { state: 'idle' }, value: idle },
      { labels: { state: 'wanted' }, value: waiting },
    ]
  }
  const memory = () => process.memoryUsage()
  const cpuSeconds = () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1e6
  }
  const startedAt = Date.now() / 1000 - process.uptime()

  const all: readonly Metric[] = [
    requests,
    durations,
    commands,
    createGauge('meridian_streams_open', 'Event streams open on this node.', openStreams),
    createGauge('meridian_feed_version', 'Version of the newest change this node knows of.', feedVersion),
    createGauge(
      'meridian_database_connections',
      'Connections of the pool; wanted: calls that wait for one. PostgreSQL only.',
      pool,
    ),
    createGauge(
      'meridian_database_listening',
      'Whether this node hears of the commits of others (1) or desks have to poll (0).',
      () => (database.isListening() ? 1 : 0),
    ),
    createGauge('process_resident_memory_bytes', 'Resident memory.', () => memory().rss),
    createGauge('nodejs_heap_used_bytes', 'Memory used on the heap.', () => memory().heapUsed),
    createGauge('nodejs_external_memory_bytes', 'Memory outside the heap.', () => memory().external),
    createGauge('process_cpu_seconds_total', 'Processor time used.', cpuSeconds, 'counter'),
    createGauge('process_start_time_seconds', 'When the process began, epoch seconds.', () => startedAt),
  ]
  return { requests, durations, commands, all }
}
export type PortalMetrics = ReturnType<typeof createPortalMetrics>
