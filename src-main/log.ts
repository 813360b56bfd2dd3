import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'

const MOST_BYTES = 2_000_000
const MOST_CHARACTERS = 20_000

/** The log of main. Written at once: what is said last before a crash matters most. */
export type Log = { write(text: string): void }

/** @param folder gets `main.log`, and `main.1.log` with what came before it */
export function fileLog(folder: string, now: () => number): Log {
  const file = path.join(folder, 'main.log')
  return {
    write(text) {
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
        if (size > MOST_BYTES) renameSync(file, path.join(folder, 'main.1.log'))
        appendFileSync(file, `${new Date(now()).toISOString()} ${withoutSecrets(text)}\n`, { mode: 0o600 })
      } catch (error) {
        // A full disk must not take the console down because of its log.
        process.stderr.write(
          `the log could not be written: ${error instanceof Error ? error.message : error}\n`,
        )
      }
    },
  }
}

/** Takes out what looks like a token: after `Bearer`, in a field or parameter of that name, or in an address. */
export function withoutSecrets(text: string): string {
  // Bounded and without open-ended beginnings: a ticket's text may be quoted here, and be made to be slow.
  return text
    .slice(0, MOST_CHARACTERS)
    .replace(/\b(bearer)\s{1,9}[^\s"',]+/gi, '$1 ***')
    .replace(
      /((?:token|password|secret|authorization)["']?(?:\s{0,9}[:=]|\s)\s{0,9}["']?)[^\s"',;&]+/gi,
      '$1***',
    )
    .replace(/:\/\/[^/\s@]{1,1000}@/g, '://***@')
}
