import type { World } from './world'

/** How long a write waits for the engine to have looked at the journal after a start. */
const ENGINE_WAIT_MS = 15_000

export type JournalGate = {
  open(): void
  /** Resolves when it is open; rejects with words for the person when the engine doesn't come. */
  passed(): Promise<void>
}

/**
 * Nothing may touch the journal before the engine has compared it with its second copy: a write into a database
 * that came up empty would make the loss look like the newest state.
 */
export function journalGate(world: Pick<World, 'after'>): JournalGate {
  let isOpen = false
  const waiting = new Set<() => void>()
  return {
    open() {
      isOpen = true
      for (const go of [...waiting]) go()
      waiting.clear()
    },
    passed() {
      if (isOpen) return Promise.resolve()
      return new Promise<void>((resolve, reject) => {
        const cancel = world.after(ENGINE_WAIT_MS, () => {
          waiting.delete(go)
          reject(new Error("the desk's engine has not started yet: keep the text and try again in a moment"))
        })
        const go = (): void => {
          cancel()
          resolve()
        }
        waiting.add(go)
      })
    },
  }
}
