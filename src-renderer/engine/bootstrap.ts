import { readSyncState, type SyncState } from '../store/mirror-db'
import {
  beginBootstrap,
  finishBootstrap,
  keyOf,
  readSeen,
  type Seen,
  writeBootstrapPage,
} from '../store/mirror-write'
import { REPEATS } from './pages'
import type { Failure } from './portal-client'
import type { PullInput } from './pull'
import { clockOf, readPage } from './read-page'

/** Smaller than it could be: windows read in between, and the queue fills before their eyes. */
export const BOOTSTRAP_PAGE = 500
/** So many pages in a row may bring nothing new: a portal gives some records twice, but never all of them. */
const MOST_BARREN = 5

/** `paused`: the person asked for it; what is complete is kept up to date meanwhile. */
export type Bootstrapped = { readonly kind: 'complete' } | { readonly kind: 'paused' } | Failure

/**
 * Fetches everything, page after page, from wherever it was broken off. Between pages it also fetches what changed
 * since it began, so that the open queue is live while history still loads.
 */
export async function bootstrap(input: PullInput, previous: SyncState): Promise<Bootstrapped> {
  const { client, pages, mirror, now, onPage, isPaused, wantsChanges } = input
  let state = previous.bootstrap ? previous : await beginBootstrap(mirror, previous)
  const seen: Seen = await readSeen(mirror)
  let barren = 0
  const ask = (after: string | undefined) => pages.bootstrap(after, BOOTSTRAP_PAGE)

  const write = async (page: ReturnType<typeof readPage>): Promise<void> => {
    const change = await writeBootstrapPage(mirror, page, state, seen)
    await onPage({ change, problems: page.problems, state })
  }

  /** Newer than any page that is still to come, and remembered as seen, so that none of those undoes it. */
  const catchUp = async (): Promise<Failure | undefined> => {
    const askForChanges = pages.changes()
    for (;;) {
      const boot = state.bootstrap
      if (boot?.cursor === undefined) return undefined
      const answer = await askForChanges(boot.cursor)
      if (!answer.ok) return answer.failure
      const { records, cursor, more } = answer.value
      const count = boot.pages + (records.length > 0 ? 1 : 0)
      state = {
        ...state,
        ...clockOf(client),
        ...(more ? {} : { lastSyncAt: now() }),
        bootstrap: { ...boot, cursor, pages: count },
      }
      if (records.length > 0) await write(readPage(records))
      else await mirror.meta.put(state)
      if (!more) return undefined
    }
  }

  let asked = isPaused?.() ? undefined : ask(state.bootstrap?.after)
  for (;;) {
    const boot = state.bootstrap
    if (!boot) return { kind: 'complete' }
    if (isPaused?.()) return (await catchUp()) ?? { kind: 'paused' }
    const answer = await (asked ?? ask(boot.after))
    if (!answer.ok) return answer.failure
    const { records, next, progress, cursor } = answer.value
    const isNew = records.some(({ kind, id, version }) => (seen.get(keyOf(kind, id)) ?? -1) < version)
    barren = isNew ? 0 : barren + 1
    if (next !== undefined && (next === boot.after || barren > MOST_BARREN)) return REPEATS
    // The portal reads the next page while this one is written.
    asked = next === undefined ? undefined : ask(next)
    const { after: _, ...rest } = boot
    state = {
      ...state,
      ...clockOf(client),
      bootstrap: {
        ...rest,
        ...progress,
        pages: boot.pages + 1,
        // The first page's cursor: changes made while the others were read must not be missed.
        cursor: boot.cursor ?? cursor,
        ...(next ? { after: next } : {}),
      },
    }
    await write(readPage(records))
    if (next === undefined) break
    if (progress.openDone && wantsChanges?.()) {
      const failure = await catchUp()
      if (failure) return failure
    }
  }
  const { bootstrap: done, ...kept } = await readSyncState(mirror)
  const complete: SyncState = {
    ...kept,
    isRebuilt: true,
    ...(done?.cursor === undefined ? {} : { cursor: done.cursor }),
  }
  const change = await finishBootstrap(mirror, complete)
  await onPage({ change, problems: [], state: complete })
  return { kind: 'complete' }
}
