import diagnostics from 'node:diagnostics_channel'
import { createRequire } from 'node:module'
import { DrizzleQueryError } from 'drizzle-orm'
import type pino from 'pino'

export type Logger = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error'>

/**
 * pino asks for a tracing channel when it is loaded; Node has them since 18.19, the oldest Electron that the console
 * runs on has 18.15. One that nobody ever subscribes to is all pino needs.
 */
function provideTracingChannel(): void {
  if ('tracingChannel' in diagnostics && typeof diagnostics.tracingChannel === 'function') return
  Object.assign(diagnostics, { tracingChannel: () => ({ hasSubscribers: false }) })
}

/**
 * Structured log lines on stderr; stdout belongs to answers. Written synchronously, without a worker thread, so that
 * the last line before a crash is there. Only what is named is logged, never headers or bodies, so no token can be.
 */
export function createLog(level: pino.LevelWithSilent = 'info'): Logger {
  provideTracingChannel()
  // Not an import: a bundle would load it before anything is provided.
  const { pino }: typeof import('pino') = createRequire(import.meta.url)('pino')
  return pino(
    { name: 'portal', level, base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  )
}

const levels: readonly pino.LevelWithSilent[] = ['debug', 'info', 'warn', 'error', 'silent']

/** The level that PORTAL_LOG asks for; undefined for one that doesn't exist. */
export function logLevel(wanted = 'info'): pino.LevelWithSilent | undefined {
  return levels.find((level) => level === wanted)
}

/**
 * What a log may hold of an error. Drizzle puts the query's parameters into its own message, and with them what people
 * wrote and the hashes of tokens: of its errors only the cause is told.
 */
export function loggable(error: unknown): { readonly error: string; readonly stack?: string | undefined } {
  if (!(error instanceof Error)) return { error: String(error) }
  if (error instanceof DrizzleQueryError) {
    return error.cause ? loggable(error.cause) : { error: 'a query failed' }
  }
  return { error: error.message, stack: error.stack }
}
