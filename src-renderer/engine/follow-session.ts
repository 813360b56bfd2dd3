import type { SignInState } from '#shared/ipc'
import { type DeskEngine, type EngineDesk, startDeskEngine } from './desk-engine'
import type { EngineWorld } from './engine-world'
import { wipeLeftBehind } from './wipe-left-behind'

/** Runs the engine of whoever is signed in, one at a time, until stopped. */
export function followSession(desk: EngineDesk, world: EngineWorld): { stop(): Promise<void> } {
  let wanted: SignInState | undefined
  let stopped = false
  let abortStart = new AbortController()
  let running: { readonly key: string; stop(): Promise<void> } | undefined

  const wipe = (): Promise<void> =>
    wipeLeftBehind(desk, world).catch((problem: unknown) => {
      // Main keeps the order: it is tried again after the next sign-out or start.
      console.error('removing local data', problem)
    })
  // Before anybody is asked for: main may let them in only when their data is gone.
  let turn: Promise<void> = wipe()

  const settle = async (): Promise<void> => {
    const state = stopped ? undefined : wanted
    const key = state?.kind === 'signed-in' ? `${state.profile} ${state.agent.id}` : ''
    if (running && running.key !== key) {
      await running.stop()
      running = undefined
    }
    if (running || stopped) return
    await wipe()
    if (state?.kind !== 'signed-in') return
    abortStart = new AbortController()
    // Main starts a single engine; the lock holds should that ever go wrong.
    const release = await world.lock(`engine.${state.profile}`, abortStart.signal).catch(() => undefined)
    if (!release) return
    const engine: DeskEngine = await startDeskEngine(state, desk, world)
    running = {
      key,
      async stop() {
        await engine.stop()
        release()
      },
    }
  }
  const follow = (state: SignInState | undefined): Promise<void> => {
    wanted = state
    abortStart.abort()
    // A stop that failed has been reported by its own turn; the next person's engine starts all the same.
    turn = turn.catch(() => undefined).then(settle)
    return turn
  }

  const unsubscribe = desk.session.changed((state) => void follow(state))
  void desk.session.current().then((state) => {
    if (wanted === undefined) void follow(state)
  })
  return {
    async stop() {
      stopped = true
      unsubscribe()
      await follow(undefined)
    },
  }
}
