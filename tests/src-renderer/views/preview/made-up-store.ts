import { type QueueRow, queueRow } from '#shared/queue/row'
import { apply } from '#shared/tickets/apply'
import { commandSchema } from '#shared/tickets/command'
import { decide } from '#shared/tickets/decide'
import type { Message } from '#shared/tickets/message'
import type { Agent } from '#shared/tickets/people'
import type { Ticket } from '#shared/tickets/ticket'
import type {
  CommandDraft,
  DeskStore,
  Live,
  SyncStatus,
  TicketView,
  TimelineEntry,
} from '../../../../src-renderer/store/desk-store'
import { agents, calendars, contacts, madeUpTickets, organizations, policy } from './made-up-desk'

function live<T>(first: T): Live<T> & { set(next: T): void } {
  const listeners = new Set<() => void>()
  let value = first
  return {
    get: () => value,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    set(next) {
      value = next
      for (const listener of listeners) listener()
    },
  }
}

export type MadeUp = {
  readonly tickets: number
  readonly status: Partial<SyncStatus>
  readonly isReady: boolean
  /** Entries of the first ticket's conversation. */
  readonly conversation: number
  /** Whether replies stay unsent, and the newest is refused. */
  readonly offline: boolean
}

/** A desk in memory that follows the same rules; nothing is sent anywhere. */
export function madeUpStore(me: Agent, how: MadeUp): DeskStore & { touch(ids: readonly string[]): void } {
  const start = Date.now()
  const now = () => Date.now()
  const tickets = new Map<string, Ticket>()
  const timelines = new Map<string, TimelineEntry[]>()
  const rows = new Map<string, QueueRow>()
  const views = new Map<string, ReturnType<typeof live<TicketView | undefined>>>()
  const drafts = new Map<string, string>()
  const listeners = new Set<(ids: readonly string[] | undefined) => void>()
  const pending = new Map<string, number>()

  const status = live<SyncStatus>({
    connection: { kind: 'live' },
    lastSyncAt: start,
    unsent: 0,
    parked: 0,
    clockOffsetMs: 0,
    notices: [],
    ...how.status,
  })

  function rebuild(id: string): void {
    const ticket = tickets.get(id)
    const calendar = calendars.find((one) => one.id === ticket?.calendarId)
    if (!ticket || !calendar) return
    const parked = timelines.get(id)?.filter((entry) => entry.pending?.state === 'parked').length ?? 0
    rows.set(
      id,
      queueRow({
        ticket,
        confirmed: ticket,
        version: 1,
        customer: organizations.find((one) => one.id === ticket.organizationId)?.name ?? '',
        assignee: agents.find((one) => one.id === ticket.assigneeId)?.name,
        policy,
        calendar,
        unsent: (pending.get(id) ?? 0) - parked,
        parked,
        now: now(),
      }),
    )
    views.get(id)?.set(viewOf(id))
    for (const listener of listeners) listener([id])
  }
  function viewOf(id: string): TicketView | undefined {
    const ticket = tickets.get(id)
    const row = rows.get(id)
    if (!ticket || !row) return undefined
    return {
      ticket,
      confirmed: ticket,
      row,
      organization: organizations.find((one) => one.id === ticket.organizationId),
      requester: contacts.find((one) => one.id === ticket.requesterId),
      timeline: [...(timelines.get(id) ?? [])],
    }
  }

  madeUpTickets(how.tickets, start).forEach(({ ticket, messages }, at) => {
    tickets.set(ticket.id, ticket)
    const first = messages[0]
    const long: Message[] = []
    if (at === 0 && first) {
      for (let serial = 0; serial < how.conversation; serial += 1)
        long.push({ ...first, id: `long-${serial}` })
    }
    timelines.set(
      ticket.id,
      [...long, ...messages].map((message) => ({ message })),
    )
    rebuild(ticket.id)
  })

  return {
    me,
    rows: {
      get size() {
        return rows.size
      },
      isReady: () => how.isReady,
      get: (id) => rows.get(id),
      values: () => rows.values(),
      subscribe(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    status,
    agent: (id) => agents.find((one) => one.id === id),
    policies: () => [policy],
    policy: (id) => (id === policy.id ? policy : undefined),
    calendars: () => calendars,
    calendar: (id) => calendars.find((one) => one.id === id),
    now,
    ticket(id) {
      const known = views.get(id)
      if (known) return known
      const view = live(viewOf(id))
      views.set(id, view)
      return view
    },
    async run(draft: CommandDraft) {
      const ticket = tickets.get(draft.target)
      if (!ticket) throw new Error('this ticket is not on this desk')
      const command = commandSchema.decode({
        ...draft,
        id: crypto.randomUUID(),
        at: new Date(now()).toISOString(),
        baseVersion: 1,
      })
      const decision = decide(command, ticket, me)
      if (decision.kind === 'reject') throw new Error(decision.message)
      const applied = apply({ command, ticket, actor: me, at: now(), version: 1 })
      tickets.set(ticket.id, applied.ticket)
      if (how.offline) pending.set(ticket.id, (pending.get(ticket.id) ?? 0) + 1)
      const entries = applied.messages.map((message): TimelineEntry => {
        if (!how.offline) return { message }
        const isNote = message.type === 'note'
        return {
          message,
          pending: isNote
            ? {
                state: 'parked',
                commandId: command.id,
                problem: `${ticket.number} was merged into MER-10312 while you were offline`,
              }
            : { state: 'unsent', commandId: command.id },
        }
      })
      timelines.set(ticket.id, [...(timelines.get(ticket.id) ?? []), ...entries])
      rebuild(ticket.id)
    },
    retry: async () => undefined,
    async discard(commandId) {
      for (const [id, timeline] of timelines) {
        const entry = timeline.find((one) => one.pending?.commandId === commandId)
        if (!entry) continue
        timelines.set(
          id,
          timeline.filter((one) => one !== entry),
        )
        pending.set(id, (pending.get(id) ?? 1) - 1)
        rebuild(id)
        if (entry.message.type === 'change') return undefined
        return { kind: entry.message.type, body: entry.message.body }
      }
      return undefined
    },
    keepTyped: () => {},
    readDraft: async (ticketId, kind) => drafts.get(`${ticketId}/${kind}`) ?? '',
    async saveDraft(ticketId, kind, body) {
      drafts.set(`${ticketId}/${kind}`, body)
    },
    syncNow: () => undefined,
    dismissNotice(notice) {
      const present = status.get()
      status.set({ ...present, notices: present.notices.filter((one) => one !== notice) })
    },
    close: () => undefined,
    /** Somebody else changed these tickets: one change of many rows. */
    touch(ids) {
      for (const id of ids) {
        const row = rows.get(id)
        if (!row) continue
        const nextDueAt = row.nextDueAt === undefined ? undefined : row.nextDueAt + 3_600_000
        rows.set(id, { ...row, nextDueAt, version: row.version + 1, customerAt: now(), updatedAt: now() })
      }
      for (const listener of listeners) listener(ids)
    },
  }
}
