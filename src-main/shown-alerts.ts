import { z } from 'zod'
import { readIfThere, writeDurably } from './durable-file'

const MOST_KEYS = 2000
const shownSchema = z.object({
  version: z.literal(1),
  keys: z.array(z.string().max(1000)).max(MOST_KEYS * 2),
})

/** The keys of alerts the system has taken, so that none is shown twice, also across a restart. */
export type ShownAlerts = {
  has(key: string): Promise<boolean>
  /** Resolves once it is on the disk; the oldest keys are forgotten. */
  add(key: string): Promise<void>
}

/** @param report told of a file that could not be read; alerts are then judged by the engine's journal alone */
export function shownAlerts(file: string, report: (problem: string) => void): ShownAlerts {
  const loaded = load()
  let turn: Promise<void> = Promise.resolve()

  async function load(): Promise<Set<string>> {
    const text = await readIfThere(file)
    if (text === undefined) return new Set()
    try {
      return new Set(shownSchema.parse(JSON.parse(text)).keys)
    } catch {
      report(`${file} is not readable; it is started anew`)
      return new Set()
    }
  }

  return {
    has: async (key) => (await loaded).has(key),
    add: (key) => {
      const written = turn.then(async () => {
        const keys = await loaded
        keys.add(key)
        for (const oldest of keys) {
          if (keys.size <= MOST_KEYS) break
          keys.delete(oldest)
        }
        await writeDurably(file, JSON.stringify({ version: 1, keys: [...keys] }))
      })
      turn = written.catch(() => {})
      return written
    },
  }
}
