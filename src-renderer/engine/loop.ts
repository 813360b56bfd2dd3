import type { World } from '../store/world'

export type Loop = {
  /** Works now, or once more right after the work that is going on. */
  wake(): void
  /** Resolves when nothing is going on any more. */
  stop(): Promise<void>
}

/**
 * Work that is done when woken and after the waits it asks for, never twice at once.
 * @param work does one round; gives the ms until the next, or `undefined` to wait until woken
 */
export function startLoop(world: Pick<World, 'after'>, work: () => Promise<number | undefined>): Loop {
  let stopped = false
  let woken = true
  let running: Promise<void> | undefined
  let cancelTimer = (): void => {}

  const run = async (): Promise<void> => {
    let wait: number | undefined
    while (woken && !stopped) {
      woken = false
      wait = await work()
    }
    if (stopped || wait === undefined) return
    cancelTimer = world.after(Math.max(0, wait), wake)
  }
  const wake = (): void => {
    woken = true
    if (stopped || running) return
    cancelTimer()
    running = run().finally(() => {
      running = undefined
      if (woken && !stopped) wake()
    })
  }
  wake()
  return {
    wake,
    async stop() {
      stopped = true
      cancelTimer()
      await running
    },
  }
}
