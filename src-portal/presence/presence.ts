import { z } from 'zod'
import { type Doing, doingSchema, type PresenceEvent } from '#shared/portal/calls'
import { PRESENCE_MS } from '#shared/portal/protocol'
import type { OpenDatabase } from '../db/database'

/** What one desk says; nodes tell each other in this form. */
const newsSchema = z.object({
  /** Tells desks of one person apart. */
  desk: z.string(),
  agentId: z.string(),
  ticketId: z.string().optional(),
  doing: doingSchema,
})
export type PresenceNews = z.output<typeof newsSchema>

export type Presence = {
  /** Tells every node what a desk is at; without a ticket, that it is at none. */
  readonly say: (news: PresenceNews) => Promise<void>
  /** Every ticket that somebody is at. */
  readonly current: () => readonly PresenceEvent[]
  /** Calls `listener` with each ticket at which people came, went or began something else. Gives its unsubscribe. */
  readonly subscribe: (listener: (event: PresenceEvent) => void) => () => void
  readonly stop: () => void
}

type Entry = {
  readonly agentId: string
  readonly doing: Doing
  readonly timer: NodeJS.Timeout
}

/**
 * Who is at which ticket, kept in memory by every node of a database. Nothing is stored: a node that has just started
 * knows all within the time in which desks say it again.
 * @param forgetMs how long after it was last said
 */
export function createPresence(
  { announce, onNews }: Pick<OpenDatabase, 'announce' | 'onNews'>,
  forgetMs = PRESENCE_MS,
): Presence {
  /** The ticket each desk is at, and the desks at each ticket; none without. */
  const ticketOf = new Map<string, string>()
  const tickets = new Map<string, Map<string, Entry>>()
  const listeners = new Set<(event: PresenceEvent) => void>()

  const at = (ticketId: string): PresenceEvent => {
    const doing = new Map<string, Doing>()
    for (const entry of tickets.get(ticketId)?.values() ?? []) {
      // Somebody who is there with two desks and replies on one is replying.
      if (entry.doing === 'replying' || !doing.has(entry.agentId)) doing.set(entry.agentId, entry.doing)
    }
    const people = [...doing].map(([agentId, what]) => ({ agentId, doing: what }))
    return { ticketId, people: people.sort((a, b) => (a.agentId < b.agentId ? -1 : 1)) }
  }
  const leave = (desk: string) => {
    const ticketId = ticketOf.get(desk)
    if (ticketId === undefined) return
    const there = tickets.get(ticketId)
    clearTimeout(there?.get(desk)?.timer)
    there?.delete(desk)
    if (there?.size === 0) tickets.delete(ticketId)
    ticketOf.delete(desk)
  }
  const enter = (desk: string, ticketId: string, entry: Entry) => {
    const there = tickets.get(ticketId) ?? new Map<string, Entry>()
    tickets.set(ticketId, there.set(desk, entry))
    ticketOf.set(desk, ticketId)
  }
  /** Tells of the tickets that look otherwise after a change. */
  const tellChanges = (ids: readonly (string | undefined)[], change: () => void) => {
    const touched = [...new Set(ids)].filter((id) => id !== undefined)
    const before = touched.map((id) => JSON.stringify(at(id)))
    change()
    for (const [index, id] of touched.entries()) {
      const event = at(id)
      if (JSON.stringify(event) === before[index]) continue
      for (const listener of [...listeners]) listener(event)
    }
  }
  const take = ({ desk, agentId, ticketId, doing }: PresenceNews) => {
    tellChanges([ticketOf.get(desk), ticketId], () => {
      leave(desk)
      if (ticketId === undefined) return
      const timer = setTimeout(() => tellChanges([ticketId], () => leave(desk)), forgetMs)
      timer.unref()
      enter(desk, ticketId, { agentId, doing, timer })
    })
  }
  const forget = onNews((text) => {
    const news = newsSchema.safeParse(parse(text))
    // One of a node with another version, which says it otherwise, is no reason to fail.
    if (news.success) take(news.data)
  })

  return {
    say: (news) => announce(JSON.stringify(news)),
    current: () => [...tickets.keys()].map(at),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop: () => {
      forget()
      for (const desk of [...ticketOf.keys()]) leave(desk)
    },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
