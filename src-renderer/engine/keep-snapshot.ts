import type { MirrorDb } from '../store/mirror-db'
import { dropSnapshot, isReadable, readSnapshotState, renewSnapshot, writeNextPart } from '../store/snapshot'
import type { World } from '../store/world'
import { type Loop, startLoop } from './loop'

/** A window that starts together with the engine reads first. */
const START_MS = 10_000
const CHECK_MS = 60_000
/** Between two parts: whoever else wants the database gets it. */
const PAUSE_MS = 20
/** So many changed tickets a starting window reads one by one in some tens of milliseconds. */
const MANY_STALE = 500

/**
 * Keeps the snapshot from which windows start: writes it when there is none, and packs anew what changed, once after each
 * start and then whenever that has become much. In small parts; stopped or killed anywhere it goes on from there.
 * @param onProblem of a snapshot that can't be written: windows then start from the rows, and it is tried again later
 * @returns wake it when a mirror has become complete
 */
export function keepSnapshot(
  mirror: MirrorDb,
  world: Pick<World, 'after'>,
  onProblem: (error: unknown) => void,
): Loop {
  let isFirst = true
  let isLookedThrough = false
  let isStopped = false
  let endPause = (): void => {}
  const pause = async (): Promise<boolean> => {
    await new Promise<void>((resolve) => {
      endPause = resolve
      if (isStopped) resolve()
      else world.after(PAUSE_MS, resolve)
    })
    return !isStopped
  }

  const work = async (): Promise<number> => {
    if (!isReadable(await readSnapshotState(mirror))) {
      isLookedThrough = false
      if (!(await writeNextPart(mirror))) return PAUSE_MS
      if (!isReadable(await readSnapshotState(mirror))) return CHECK_MS
    }
    const stale = await mirror.stale.count()
    if (stale > MANY_STALE || !isLookedThrough) {
      await renewSnapshot(mirror, pause)
      isLookedThrough = true
    }
    return CHECK_MS
  }
  const loop = startLoop(world, async () => {
    if (isStopped) return undefined
    if (isFirst) {
      isFirst = false
      return START_MS
    }
    try {
      return await work()
    } catch (error) {
      if (isStopped) return undefined
      onProblem(error)
      // Whatever is wrong with it, a new one is as good. If this fails too the disk is full or gone.
      await dropSnapshot(mirror).catch(onProblem)
      return CHECK_MS
    }
  })
  return {
    wake: loop.wake,
    async stop() {
      isStopped = true
      endPause()
      await loop.stop()
    },
  }
}
