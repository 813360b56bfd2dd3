import type { Desk } from '#shared/ipc'
import { type DeskMessage, openDeskChannel } from '../store/desk-channel'
import { NewerDatabaseError } from '../store/open-database'
import type { EngineWorld } from './engine-world'
import { openDatabases } from './open-databases'
import { type RunningDesk, runDesk } from './run-desk'
import type { SignedIn } from './session-check'
import { StatusBoard } from './status-board'

export type EngineDesk = Pick<Desk, 'session' | 'alarm' | 'notification' | 'journal' | 'local' | 'power'>

/** After this the databases are tried again when they couldn't be opened. */
const OPEN_AGAIN_MS = 10_000

export type DeskEngine = { stop(): Promise<void> }

/** Opens one person's desk and runs it until it is stopped. Databases that can't be opened are said and tried again. */
export async function startDeskEngine(
  state: SignedIn,
  desk: EngineDesk,
  world: EngineWorld,
): Promise<DeskEngine> {
  const { profile } = state
  const channel = openDeskChannel(world, profile)
  const board = new StatusBoard(channel, world.uuid())
  let running: RunningDesk | undefined
  let stopped = false
  let cancelAgain = (): void => {}

  const open = async (): Promise<void> => {
    try {
      const databases = await openDatabases(profile, desk, world)
      running = await runDesk({ state, desk, world, channel, board, databases })
    } catch (error) {
      const { now } = world
      board.offline(now(), error instanceof Error ? error.message : String(error))
      // A newer database stays newer; anything else may pass.
      if (stopped || error instanceof NewerDatabaseError) return
      cancelAgain = world.after(OPEN_AGAIN_MS, () => {
        opening = open()
      })
    }
  }
  const hear = (message: DeskMessage): void => {
    if (message.type === 'ask') board.tellAgain()
    if (message.type === 'notice') board.notice(message.notice)
    else if (message.type === 'dismiss') board.dismiss(message.notice)
    else running?.hear(message)
  }
  channel.listen(hear)
  let opening = open()
  await opening

  return {
    async stop() {
      stopped = true
      cancelAgain()
      await opening
      await running?.stop()
      channel.close()
    },
  }
}
