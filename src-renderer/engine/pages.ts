import type { z } from 'zod'
import {
  type BootstrapPage,
  bootstrapPageSchema,
  type ChangesPage,
  changesPageSchema,
} from '#shared/portal/calls'
import { MAX_PAGE } from '#shared/portal/protocol'
import type { EngineWorld } from './engine-world'
import type { Answer, Failure, PortalClient } from './portal-client'

/** A page that came within the first is no trouble for the line; one that took the second nearly came too late. */
const QUICK_MS = 5000
const SLOW_MS = 15_000
const LEAST_SHARE = 1 / 1024

/** What the desk says of pages that lead nowhere: asked for again and again, they would be a storm. */
export const REPEATS: Failure = wrong('the portal sends the same again and again')

/** Asks the portal for pages. */
export type Pages = {
  /**
   * @param after `next` of the page before; absent for the first
   * @param most records on it when nothing is in the way
   */
  bootstrap(after: string | undefined, most: number): Promise<Answer<BootstrapPage>>
  /** Begins to read changes; what it gives asks for one page after the other. */
  changes(): (cursor: string) => Promise<Answer<ChangesPage>>
}

/**
 * Pages of the size that gets through: over a slow line, or when records are very long, one of the usual size would
 * never arrive in time, so fewer records are asked for, and more again when answers come quickly.
 */
export function createPages(client: PortalClient, world: Pick<EngineWorld, 'now'>): Pages {
  let share = 1

  async function ask<S extends z.ZodType<{ readonly after?: string | undefined }>>(
    path: string,
    most: number,
    after: string | undefined,
    schema: S,
  ): Promise<Answer<z.output<S>>> {
    const limit = Math.max(1, Math.floor(most * share))
    const position = after === undefined ? '' : `&after=${encodeURIComponent(after)}`
    const askedAt = world.now()
    const answer = await client.get(`${path}?limit=${limit}${position}`, schema)
    if (!answer.ok) {
      const { failure } = answer
      if (failure.kind === 'offline' && failure.tooMuch) share = Math.max(LEAST_SHARE, share / 4)
      return answer
    }
    const tookMs = world.now() - askedAt
    if (tookMs < QUICK_MS) share = Math.min(1, share * 2)
    else if (tookMs > SLOW_MS) share = Math.max(LEAST_SHARE, share / 2)
    const answered = answer.value.after
    if (answered === undefined || answered === after) return answer
    const message = "the portal's answer belongs to another question: is there a proxy in between?"
    return { ok: false, failure: wrong(message) }
  }

  return {
    bootstrap: (after, most) => ask('/bootstrap', most, after, bootstrapPageSchema),
    changes() {
      let reached = -1
      return async (cursor) => {
        const answer = await ask('/changes', MAX_PAGE, cursor, changesPageSchema)
        if (!answer.ok) return answer
        const { records, more } = answer.value
        // The feed is in order: a page after which there is more goes further than those before it.
        const newest = records.reduce((highest, { version }) => Math.max(highest, version), -1)
        if (more && newest <= reached) return { ok: false, failure: REPEATS }
        reached = Math.max(reached, newest)
        return answer
      }
    },
  }
}

function wrong(message: string): Failure {
  return { kind: 'offline', message, answered: true }
}
