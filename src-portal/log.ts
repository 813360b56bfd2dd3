import pino from 'pino'

export type Logger = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error'>

/**
 * Structured log lines on stderr; stdout belongs to answers. Written synchronously, without a worker thread, so that
 * the last line before a crash is there. Only what is named is logged, never headers or bodies, so no token can be.
 */
export function createLog(level: pino.LevelWithSilent = 'info'): Logger {
  return pino(
    { name: 'portal', level, base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  )
}
