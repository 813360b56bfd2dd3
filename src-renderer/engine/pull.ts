import type { Instant } from '#shared/time/instant'
import { type MirrorDb, type ProblemRow, readSyncState, type SyncState } from '../store/mirror-db'
import { beginBootstrap, type MirrorChange, writeChanges } from '../store/mirror-write'
import { bootstrap } from './bootstrap'
import type { Pages } from './pages'
import type { Failure, PortalClient } from './portal-client'
import { clockOf, readPage } from './read-page'

export type PullInput = {
  readonly client: PortalClient
  readonly pages: Pages
  readonly mirror: MirrorDb
  /** Corrected time. */
  readonly now: () => Instant
  readonly onPage: (written: WrittenPage) => Promise<void>
  /** Whether the person wants the first sync to wait. */
  readonly isPaused?: () => boolean
  /** Whether it is time to ask for changes again while a first sync runs. */
  readonly wantsChanges?: () => boolean
}
export type WrittenPage = {
  readonly change: MirrorChange
  readonly problems: readonly ProblemRow[]
  readonly state: SyncState
}
export type Pulled =
  /** `bootstrapped`: the mirror is complete again, and nobody has acted on that (endRebuild). `isPaused`: it is not complete, for the person said so. */
  | { readonly ok: true; readonly bootstrapped: boolean; readonly isPaused: boolean }
  | { readonly ok: false; readonly failure: Failure }

/** Brings the mirror up to date with the portal; may be stopped or killed anywhere and goes on from there. */
export async function pull(input: PullInput): Promise<Pulled> {
  let restarts = 0
  for (;;) {
    const state = await readSyncState(input.mirror)
    const step = state.cursor === undefined ? await bootstrap(input, state) : await changes(input, state)
    switch (step.kind) {
      case 'up-to-date':
        return { ok: true, bootstrapped: state.isRebuilt === true, isPaused: false }
      case 'paused':
        return { ok: true, bootstrapped: false, isPaused: true }
      case 'complete':
        break
      case 'gone':
        if (restarts > 0) return failed('the portal calls every position in its feed too old')
        restarts += 1
        await beginBootstrap(input.mirror, await readSyncState(input.mirror))
        break
      default:
        return { ok: false, failure: step }
    }
  }
}

function failed(message: string): Pulled {
  return { ok: false, failure: { kind: 'offline', message, answered: true } }
}

async function changes(
  input: PullInput,
  previous: SyncState,
): Promise<{ readonly kind: 'up-to-date' } | Failure> {
  const { client, pages, mirror, now, onPage } = input
  const askForChanges = pages.changes()
  let state = previous
  for (;;) {
    const answer = await askForChanges(state.cursor ?? '')
    if (!answer.ok) return answer.failure
    const { records, cursor, more } = answer.value
    state = { ...state, ...clockOf(client), cursor, ...(more ? {} : { lastSyncAt: now() }) }
    if (records.length > 0) {
      const page = readPage(records)
      const change = await writeChanges(mirror, page, state)
      await onPage({ change, problems: page.problems, state })
    } else {
      await mirror.meta.put(state)
    }
    if (!more) return { kind: 'up-to-date' }
  }
}
