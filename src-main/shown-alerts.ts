import { z } from 'zod'
import { readIfThere, writeDurably } from './durable-file'

const MOST_KEYS = 2000
const keys = z.array(z.string().max(1000)).max(MOST_KEYS * 2)
const shownSchema = z.union([
  z.object({ version: z.literal(1), keys }),
  z.object({ version: z.literal(2), keys, begun: keys }),
])

/**
 * What is known of an alert: `shown`, the system has taken it; `begun`, it was handed to the system and it is not known
 * whether it was taken.
 */
export type Shown = 'shown' | 'begun'

/**
 * Which alerts the system has taken, so that none is shown twice, also across a restart. Keys are `profile key`.
 *
 * Between the system taking an alert and that being on the disk lie the way of its answer and one flush of a small file:
 * 20 ms where nothing else goes on, a third of a second was seen on a busy machine. Who is killed in this moment can't
 * ask a notification service what it has shown, and an alert that nobody sees is worse than one seen twice. So what was
 * begun is shown again, and says that it may be known already (notifications.ts).
 */
export type ShownAlerts = {
  state(key: string): Promise<Shown | undefined>
  /** It is about to be handed to the system. Resolves once that is on the disk. */
  begin(key: string): Promise<void>
  /** The system has taken it. Resolves once that is on the disk; the oldest keys are forgotten. */
  add(key: string): Promise<void>
  /** The system has certainly not shown it. */
  withdraw(key: string): Promise<void>
  /** Removes all that was shown to one person. */
  forget(profile: string): Promise<void>
}

/** @param report told of a file that could not be read; alerts are then judged by the engine's journal alone */
export function shownAlerts(file: string, report: (problem: string) => void): ShownAlerts {
  const loaded = load()
  let turn: Promise<void> = Promise.resolve()

  async function load(): Promise<Map<string, Shown>> {
    const text = await readIfThere(file)
    if (text === undefined) return new Map()
    try {
      const found = shownSchema.parse(JSON.parse(text))
      const begun = found.version === 2 ? found.begun : []
      return new Map([
        ...found.keys.map((key) => [key, 'shown'] as const),
        ...begun.map((key) => [key, 'begun'] as const),
      ])
    } catch {
      report(`${file} is not readable; it is started anew`)
      return new Map()
    }
  }

  function change(how: (known: Map<string, Shown>) => void): Promise<void> {
    const written = turn.then(async () => {
      const known = await loaded
      how(known)
      for (const oldest of known.keys()) {
        if (known.size <= MOST_KEYS) break
        known.delete(oldest)
      }
      const of = (state: Shown) => [...known].filter((entry) => entry[1] === state).map(([key]) => key)
      await writeDurably(file, JSON.stringify({ version: 2, keys: of('shown'), begun: of('begun') }))
    })
    turn = written.catch(() => {})
    return written
  }

  return {
    state: async (key) => (await loaded).get(key),
    begin: (key) => change((known) => known.set(key, 'begun')),
    add: (key) =>
      change((known) => {
        // The newest is forgotten last.
        known.delete(key)
        known.set(key, 'shown')
      }),
    withdraw: (key) => change((known) => known.delete(key)),
    forget: (profile) =>
      change((known) => {
        for (const key of known.keys()) if (key.startsWith(`${profile} `)) known.delete(key)
      }),
  }
}
