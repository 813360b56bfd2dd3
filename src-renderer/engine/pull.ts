import { bootstrapPageSchema, changesPageSchema } from '#shared/portal/calls'
import { MAX_PAGE } from '#shared/portal/protocol'
import { decodeRecord, type PortalRecord, type WireRecord } from '#shared/portal/records'
import type { Instant } from '#shared/time/instant'
import { type MirrorDb, type ProblemRow, readSyncState, type SyncState } from '../store/mirror-db'
import {
  beginBootstrap,
  finishBootstrap,
  keyOf,
  type MirrorChange,
  type Page,
  readSeen,
  type Seen,
  writeBootstrapPage,
  writeChanges,
} from '../store/mirror-write'
import type { Failure, PortalClient } from './portal-client'

/** Smaller than it could be: windows read in between, and the queue fills before their eyes. */
export const BOOTSTRAP_PAGE = 500

export type PullInput = {
  readonly client: PortalClient
  readonly mirror: MirrorDb
  /** Corrected time. */
  readonly now: () => Instant
  readonly onPage: (written: WrittenPage) => Promise<void>
}
export type WrittenPage = {
  readonly change: MirrorChange
  readonly problems: readonly ProblemRow[]
  readonly state: SyncState
}
export type Pulled =
  /** `bootstrapped`: the mirror was complete again in this pull. */
  { readonly ok: true; readonly bootstrapped: boolean } | { readonly ok: false; readonly failure: Failure }

/** Brings the mirror up to date with the portal; may be stopped or killed anywhere and goes on from there. */
export async function pull(input: PullInput): Promise<Pulled> {
  let bootstrapped = false
  let restarts = 0
  for (;;) {
    const state = await readSyncState(input.mirror)
    const step = state.cursor === undefined ? await bootstrap(input, state) : await changes(input, state)
    if (step === undefined) {
      if (state.cursor !== undefined) return { ok: true, bootstrapped }
      bootstrapped = true
    } else if (step.kind === 'gone' && restarts === 0) {
      restarts += 1
      await beginBootstrap(input.mirror, await readSyncState(input.mirror))
    } else if (step.kind === 'gone') {
      return failed('the portal calls every position in its feed too old')
    } else {
      return { ok: false, failure: step }
    }
  }
}

function failed(message: string): Pulled {
  return { ok: false, failure: { kind: 'offline', message, answered: true } }
}

/** @returns what went wrong, or `undefined` when the mirror is complete */
async function bootstrap(input: PullInput, previous: SyncState): Promise<Failure | undefined> {
  const { client, mirror, onPage } = input
  let state = previous.bootstrap ? previous : await beginBootstrap(mirror, previous)
  const seen: Seen = await readSeen(mirror)
  const ask = (after: string | undefined) =>
    client.get(
      `/bootstrap?limit=${BOOTSTRAP_PAGE}${after === undefined ? '' : `&after=${encodeURIComponent(after)}`}`,
      bootstrapPageSchema,
    )
  let asked = ask(state.bootstrap?.after)
  for (;;) {
    const boot = state.bootstrap
    if (!boot) return undefined
    const answer = await asked
    if (!answer.ok) return answer.failure
    const { records, next, progress, cursor } = answer.value
    if (next !== undefined && next === boot.after) {
      return { kind: 'offline', message: 'the portal sends the same page again and again', answered: true }
    }
    // The portal reads the next page while this one is written.
    if (next !== undefined) asked = ask(next)
    const page = readPage(records)
    const { after: _, ...rest } = boot
    // The first page's cursor: changes made while the others were read must not be missed.
    state = {
      ...state,
      ...clockOf(client),
      bootstrap: {
        ...rest,
        ...progress,
        pages: boot.pages + 1,
        cursor: boot.cursor ?? cursor,
        ...(next ? { after: next } : {}),
      },
    }
    const change = await writeBootstrapPage(mirror, page, state, seen)
    await onPage({ change, problems: page.problems, state })
    if (next === undefined) break
  }
  const { bootstrap: done, ...kept } = state
  const complete: SyncState = { ...kept, ...(done?.cursor === undefined ? {} : { cursor: done.cursor }) }
  const change = await finishBootstrap(mirror, complete)
  await onPage({ change, problems: [], state: complete })
  return undefined
}

/** @returns what went wrong, or `undefined` when there is nothing more */
async function changes(input: PullInput, previous: SyncState): Promise<Failure | undefined> {
  const { client, mirror, now, onPage } = input
  let state = previous
  for (;;) {
    const { cursor = '' } = state
    const answer = await client.get(
      `/changes?after=${encodeURIComponent(cursor)}&limit=${MAX_PAGE}`,
      changesPageSchema,
    )
    if (!answer.ok) return answer.failure
    const { records, cursor: next, more } = answer.value
    if (more && next === cursor) {
      return { kind: 'offline', message: 'the portal sends the same changes again and again', answered: true }
    }
    state = { ...state, ...clockOf(client), cursor: next, ...(more ? {} : { lastSyncAt: now() }) }
    if (records.length > 0) {
      const page = readPage(records)
      const change = await writeChanges(mirror, page, state)
      await onPage({ change, problems: page.problems, state })
    } else {
      await mirror.meta.put(state)
    }
    if (!more) return undefined
  }
}

function clockOf(client: PortalClient): { clockOffsetMs?: number } {
  const clockOffsetMs = client.offsetMs()
  return clockOffsetMs === undefined ? {} : { clockOffsetMs }
}

/** One bad or unknown record doesn't spoil a page: it is kept as it came. */
export function readPage(wire: readonly WireRecord[]): Page {
  const records: PortalRecord[] = []
  const problems: ProblemRow[] = []
  for (const raw of wire) {
    const read = decodeRecord(raw)
    if ('record' in read) records.push(read.record)
    else
      problems.push({
        key: keyOf(raw.kind, raw.id),
        version: raw.version,
        problem: read.problem.problem,
        raw,
      })
  }
  return { records, problems }
}
