import type { Message } from '#shared/tickets/message'
import type { Instant } from '#shared/time/instant'
import type { TimelineEntry } from '../../store/desk-store'

/** Where a conversation stood when somebody began to write. */
export type Since = {
  /** The time of the newest entry then; 0 when there was none. */
  readonly at: Instant
  /** The last entries then: what comes late belongs before them and is news all the same. */
  readonly known: readonly string[]
}

/** Far more than come within a breath, and few enough to be stored with every draft. */
const KNOWN = 20

/** What others said or did that a text may have to answer for. */
const TOLD: ReadonlySet<Message['type']> = new Set([
  'reply',
  'note',
  'call',
  'change',
  'escalation',
  'workaround',
  'course-of-action',
  'merge',
  'cancelled',
])

export function sinceNow(timeline: readonly TimelineEntry[]): Since {
  const last = timeline.filter(({ pending }) => !pending).slice(-KNOWN)
  return {
    at: Math.max(0, ...last.map(({ message }) => message.at)),
    known: last.map(({ message }) => message.id),
  }
}

/**
 * What others said or did since then, oldest first: replies, notes and calls, and changes of status, priority and
 * assignee. What I did is none, whichever window I did it in, and nor is what a machine sent by itself.
 */
export function newsSince(timeline: readonly TimelineEntry[], since: Since, me: string): readonly Message[] {
  const known = new Set(since.known)
  const positions = timeline.flatMap(({ message }, position) => (known.has(message.id) ? [position] : []))
  const first = positions[0]
  return timeline
    .filter(({ message, pending }, position) => {
      if (pending || known.has(message.id) || !TOLD.has(message.type)) return false
      if (message.author.kind === 'automation' || message.author.id === me) return false
      // Before the first that was known stands what had been read long before.
      return first === undefined ? message.at > since.at : position > first
    })
    .map(({ message }) => message)
}
